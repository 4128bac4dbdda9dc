"""A new version of the key from levels to staff."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory

from beslut.ord import insats_i_ord
from ersattning.formfalt import Dagfalt, Procentfalt, anteckningsfalt
from grund.text import stor_forsta, tal
from uppfoljning.bemanningsatgarder import Nyckelforslag
from uppfoljning.models import Bemanningsnyckel
from uppfoljning.rapporter.behov_mot_bemanning.forms import INSATSER
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform, Nattform, Nivabehov

_HUNDRA, _NOLL, _ETT = Decimal(100), Decimal(0), Decimal(1)
_TOMMA = 2  # rows to fill in beside those that are there
_SVAR: dict[str, Any] = {"required": False, "min_value": 1, "max_value": 4}


class Timfalt(Procentfalt):
    """A number as it is kept: at most two decimals, and no more than `hogst`."""

    def __init__(self, *, hogst: int = 1000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hogst = hogst

    def clean(self, value: Any) -> Any:
        varde = super().clean(value)
        if varde is None:
            return None
        if varde > self.hogst:
            msg = f"Talet är högst {tal(self.hogst)}."
            raise forms.ValidationError(msg)
        if varde != round(varde, 2):
            msg = "Skriv högst två decimaler."
            raise forms.ValidationError(msg)
        return varde


class Nyckelform(forms.Form):
    """What holds for all levels of the key."""

    insats = forms.ChoiceField(label="Insats", choices=[(ett, stor_forsta(insats_i_ord(ett))) for ett in INSATSER])
    fran = Dagfalt(label="Gäller från", help_text="Den version som gäller i dag gäller till och med dagen före.")
    heltid = Timfalt(
        label="Timmar per vecka för en årsarbetare", minst=_ETT, error_messages={"required": "Ange timmarna."}
    )
    natt_timmar = Timfalt(
        label="Nattens timmar per vecka",
        minst=_NOLL,
        help_text="Så många timmar behöver någon finnas på plats på natten, till exempel 63 för nio timmar varje natt.",
        error_messages={"required": "Ange timmarna."},
    )
    jour_andel = Procentfalt(
        label="Så stor del av en jourtimme räknas som arbete, procent",
        minst=_NOLL,
        help_text="Bara för jämförelsen här. Lön och ersättning för jour styrs av kollektivavtalet.",
        error_messages={"required": "Ange andelen."},
    )
    natt_omrade = forms.CharField(
        label="Område som avgör natten",
        required=False,
        max_length=10,
        help_text="Kod i instrumentet. Lämna tomt om nivån avgör. Svaren 8 och 9 är inga tal: då avgör nivån.",
    )
    jour_fran = forms.IntegerField(label="Sovande jour från svaret", **_SVAR)
    vaken_fran = forms.IntegerField(label="Vaken natt från svaret", **_SVAR)
    ojamn_kvot = Timfalt(
        hogst=100,
        label="Ojämnt från kvoten",
        minst=_ETT,
        help_text="Så många gånger mer behöver den som behöver mest, jämfört med den som behöver minst.",
        error_messages={"required": "Ange kvoten."},
    )
    motiv = anteckningsfalt("Vad nyckeln bygger på, till exempel en tidmätning, och vem som har beslutat den.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motiv"].label = "Vad nyckeln bygger på"

    def clean_jour_andel(self) -> Decimal:
        andel: Decimal = self.cleaned_data["jour_andel"]
        if andel > _HUNDRA:
            msg = "Andelen är högst 100 procent."
            raise forms.ValidationError(msg)
        return andel / _HUNDRA


class Nivaform(forms.Form):
    """A level. Without niva the row is left out."""

    niva = forms.CharField(label="Nivå", max_length=40, required=False)
    dag = Timfalt(label="Dag, timmar", minst=_NOLL, required=False)
    kvall = Timfalt(label="Kväll, timmar", minst=_NOLL, required=False)
    natt = Timfalt(label="Natt, timmar", minst=_NOLL, required=False)
    nattform = forms.ChoiceField(
        label="Natten", choices=[(ett.value, stor_forsta(str(ett.label))) for ett in Nattform], required=False
    )
    boendeformer = forms.MultipleChoiceField(
        label="Passar i",
        choices=[(ett.value, stor_forsta(str(ett.label))) for ett in Boendeform if ett != Boendeform.ANNAN],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("niva"):
            for namn in ("dag", "kvall", "natt"):
                if data.get(namn) is None and namn not in self.errors:
                    self.add_error(namn, "Ange timmarna, 0 om det inte behövs några.")
        return data


Nivaformset = formset_factory(Nivaform, extra=_TOMMA, max_num=40)


def som_forslag(form: Nyckelform, rader: Any) -> Nyckelforslag:
    """What was filled in, rows without level left out."""
    data = form.cleaned_data
    return Nyckelforslag(
        **{namn: data[namn] for namn in ("insats", "fran", "heltid", "natt_timmar", "jour_andel", "ojamn_kvot")},
        natt_omrade=data["natt_omrade"].strip(),
        jour_fran=data["jour_fran"] or 0,
        vaken_fran=data["vaken_fran"] or 0,
        motiv=data["motiv"],
        nivaer=[
            Nivabehov(
                ett["niva"].strip(),
                ett["dag"],
                ett["kvall"],
                ett["natt"],
                Nattform(ett["nattform"] or Nattform.INGEN),
                tuple(ett["boendeformer"]),
            )
            for ett in rader.cleaned_data
            if ett.get("niva", "").strip()
        ],
    )


def fran_nyckel(nyckel: Bemanningsnyckel | None, fran: date) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The form's values from the version before, and those of its rows."""
    if nyckel is None:
        return {"fran": fran}, []
    forst: dict[str, Any] = {"insats": nyckel.insats, "fran": fran, "natt_omrade": nyckel.natt_omrade}
    for namn in ("heltid", "natt_timmar", "ojamn_kvot"):
        forst[namn] = _tal(getattr(nyckel, namn))
    forst["jour_andel"] = _tal(nyckel.jour_andel * _HUNDRA)
    forst |= {"jour_fran": nyckel.jour_fran or None, "vaken_fran": nyckel.vaken_fran or None}
    rader = [
        {
            "niva": ett.niva,
            "dag": _tal(ett.dag),
            "kvall": _tal(ett.kvall),
            "natt": _tal(ett.natt),
            "nattform": ett.nattform,
            "boendeformer": ett.boendeformer,
        }
        for ett in nyckel.nivaer.all()
    ]
    return forst, rader


def _tal(varde: Decimal) -> str:
    return f"{varde.normalize():f}".replace(".", ",")
