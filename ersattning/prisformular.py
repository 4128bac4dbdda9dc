"""The forms of price lists: a new list's amounts cell by cell, what is pasted, uppräkning, and one price."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.formfalt import Beloppsfalt, Dagfalt, Procentfalt
from ersattning.models import Pris
from ersattning.prisandring import Inskrivet, pris_i_ord
from ersattning.prisinmatning import FLEST, NYCKEL, Avrundning, rakna_upp, utrakning
from ersattning.regler import Prisenhet
from grund.personnummer import utan_personnummer
from grund.skickat import json_ur
from grund.sortering import pa_svenska
from grund.tid import EN_DAG
from utforare.models import Prislista

NOLL = Decimal(0)
TOMMA = 3  # rows for prices that the list does not have


class _Prislisteval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


class Uppraknaform(forms.Form):
    """From which day, from which list, and how much more: proposes amounts, stores nothing."""

    fran = Dagfalt(label="De nya priserna gäller från", help_text="Priserna före slutar dagen innan.")
    procent = Procentfalt(
        label="Räkna upp med, procent",
        required=False,
        minst=Decimal(-100),
        help_text="Ett förslag i varje ruta, som du kan ändra. Det som sparas är beloppen.",
    )
    momskompensation = Procentfalt(
        label="Momskompensation, procent",
        required=False,
        minst=NOLL,
        help_text=(
            "Läggs på efter uppräkningen, till exempel när en privat utförares lista görs från egen regi: en privat"
            " utförare får inte dra av momsen på sina inköp."
        ),
    )
    avrundning = forms.ChoiceField(
        label="Avrunda förslaget till",
        required=False,
        choices=[
            (Avrundning.KRONA.value, "hela kronor"),
            (Avrundning.ORE.value, "ören"),
            (Avrundning.TIOKRONA.value, "hela tiotal kronor"),
        ],
    )

    kalla = _Prislisteval(
        label="Utgå från priserna i",
        required=False,
        queryset=Prislista.objects.none(),
        empty_label="Den här prislistan",
        help_text="En annan lista kopieras som förslag, ruta för ruta.",
    )
    field_order = ("fran", "kalla", "procent", "momskompensation", "avrundning")

    def __init__(self, *args: Any, prislista: Prislista, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        andra = Prislista.objects.exclude(pk=prislista.pk).order_by(*pa_svenska("namn"), "nyckel")
        self.fields["kalla"].queryset = andra  # type: ignore[attr-defined]

    @property
    def kopierar(self) -> Prislista | None:
        """The other list that the proposals are made from."""
        return self.cleaned_data.get("kalla") if self.is_bound and self.is_valid() else None

    @property
    def foreslar(self) -> bool:
        """Whether anything is proposed: a list to copy, or a percentage."""
        if not (self.is_bound and self.is_valid()):
            return False
        return any(self.cleaned_data.get(namn) is not None for namn in ("kalla", "procent", "momskompensation"))

    def forslag(self, pris: Pris) -> str:
        """The amount that is proposed, as Swedes write it; empty when nothing is."""
        if not self.foreslar:
            return ""
        # what is copied as it is keeps its öre
        som_det_ar = Avrundning.KRONA if any(self._procent) else Avrundning.ORE
        avrundning = Avrundning(self.cleaned_data["avrundning"] or som_det_ar)
        procent, moms = self._procent
        return belopp_i_ruta(rakna_upp(pris.belopp, procent, avrundning, moms))

    def utrakning(self, pris: Pris) -> str:
        """How it came about."""
        return utrakning(pris.belopp, *self._procent) if self.foreslar else ""

    @property
    def _procent(self) -> tuple[Decimal, Decimal]:
        return self.cleaned_data.get("procent") or NOLL, self.cleaned_data.get("momskompensation") or NOLL


class Klistraform(forms.Form):
    """What is copied from a spreadsheet."""

    klistrat = forms.CharField(
        label="Celler från Excel",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Kopiera med rubrikrad: insats, nivå, omfattning, tidsband, enhet, belopp. Tomma kolumner kan utgå.",
        error_messages={"required": "Klistra in cellerna från Excel."},
    )


class Prisradform(forms.Form):
    """A cell of the list. `cell` is its key, as JSON; a row without one is for a price that the list does not have."""

    cell = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)
    insats = forms.ChoiceField(
        label="Insats", required=False, choices=[("", "–"), *((kod, insats_i_ord(kod)) for kod in Insats.values)]
    )
    niva = forms.CharField(label="Nivå", required=False, max_length=40)
    omfattning = forms.CharField(label="Omfattning", required=False, max_length=40)
    tidsband = forms.CharField(label="Tidsband", required=False, max_length=40)
    enhet = forms.ChoiceField(
        label="Per", required=False, choices=[("", "–"), *((kod, namn) for kod, namn in Prisenhet.choices)]
    )
    belopp = Beloppsfalt(label="Nytt belopp, kr", required=False, max_length=30)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("cell"):
            data |= _las_cell(data["cell"])
        elif any(data.get(namn) for namn in NYCKEL) or data.get("belopp") is not None:
            self._krav(data)
        return data

    def _krav(self, data: Mapping[str, Any]) -> None:
        if not data.get("insats"):
            self.add_error("insats", "Välj insats.")
        if not data.get("enhet"):
            self.add_error("enhet", "Välj vad priset gäller för.")
        if data.get("belopp") is None and "belopp" not in self.errors:
            self.add_error("belopp", "Ange beloppet.")

    @property
    def varden(self) -> dict[str, str]:
        """The cell's key, for rows that have one before they are filled in."""
        text = str(self["cell"].value() or "")
        try:
            return _las_cell(text) if text else {}
        except forms.ValidationError:
            return {}

    @property
    def i_ord(self) -> str:
        """What the price is for; empty for a row to fill in."""
        varden = self.varden
        return pris_i_ord(varden) if varden else ""


def _las_cell(text: str) -> dict[str, str]:
    """The key that `cell` holds. ValidationError for anything else."""
    try:
        delar = json_ur(text)
    except ValueError:
        delar = None
    hel = isinstance(delar, list) and len(delar) == len(NYCKEL) and all(isinstance(ett, str) for ett in delar)
    if not hel or delar[0] not in Insats.values or delar[-1] not in Prisenhet.values:
        raise forms.ValidationError("Raden går inte att läsa. Ladda om sidan.")
    return dict(zip(NYCKEL, delar, strict=True))


def cell(varden: Mapping[str, str]) -> str:
    """A price's key, for the hidden field."""
    return json.dumps([varden[namn] for namn in NYCKEL], ensure_ascii=False)


def belopp_i_ruta(belopp: Decimal) -> str:
    """`1234,50`, or `1234` when there are no öre."""
    text = f"{belopp:.2f}".replace(".", ",")
    return text.removesuffix(",00")


class Prisradsformset(forms.BaseFormSet):  # type: ignore[type-arg]  # not at run time
    """All the rows. The same cell twice is refused."""

    def clean(self) -> None:
        sedda: set[tuple[str, ...]] = set()
        for rad in self.forms:
            data = rad.cleaned_data if rad.is_valid() else {}
            if data.get("belopp") is None:
                continue
            nyckel = tuple(data[namn] for namn in NYCKEL)
            if nyckel in sedda:
                rad.add_error("belopp", "Samma pris står på en annan rad också. Ta bort det ena.")
            sedda.add(nyckel)

    def inskrivna(self) -> Iterator[Inskrivet]:
        """The rows with an amount, when all are in order."""
        for nummer, rad in enumerate(self.forms):
            data = rad.cleaned_data
            if data.get("belopp") is not None:
                yield Inskrivet(nummer, {namn: data[namn] for namn in NYCKEL}, data["belopp"])


PRISRADER: type[Prisradsformset] = forms.formset_factory(  # type: ignore[assignment]  # it is given as `formset`
    Prisradform, formset=Prisradsformset, extra=0, max_num=FLEST, absolute_max=FLEST + 50
)


def radinitialer(
    priser: Sequence[Pris], hjalp: Uppraknaform, kallan: Sequence[Pris] | None = None
) -> list[dict[str, str]]:
    """The list's cells with proposed amounts, those that only the copied list has, and some empty rows."""
    utgar_fran = {_prisets_cell(ett): ett for ett in (priser if kallan is None else kallan)}
    celler = dict.fromkeys([*map(_prisets_cell, priser), *utgar_fran])
    rader = [{"cell": ett, "belopp": hjalp.forslag(utgar_fran[ett]) if ett in utgar_fran else ""} for ett in celler]
    return rader + [{} for _ in range(TOMMA)]


def utrakningar(priser: Sequence[Pris], hjalp: Uppraknaform) -> dict[str, str]:
    """How each cell's proposal came about, by the cell."""
    return {_prisets_cell(ett): hjalp.utrakning(ett) for ett in priser}


def _prisets_cell(pris: Pris) -> str:
    return cell({namn: getattr(pris, namn) for namn in NYCKEL})


class Prisform(forms.Form):
    """One price: its amount, if nobody has been paid by it, and its last day."""

    belopp = Beloppsfalt(label="Belopp, kr", max_length=30, error_messages={"required": "Ange beloppet."})
    sista = Dagfalt(
        label="Till och med",
        required=False,
        help_text="Sista dagen som priset gäller. Lämna tomt om det gäller tills vidare.",
    )
    sedda = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pris: Pris, hinder: Sequence[str], sedda: str, **kwargs: Any) -> None:
        sista = pris.till - EN_DAG if pris.till else None
        kwargs["initial"] = {"belopp": belopp_i_ruta(pris.belopp), "sista": sista, "sedda": sedda}
        super().__init__(*args, **kwargs)
        self.pris = pris
        if hinder:
            self.fields["belopp"].disabled = True
            self.fields["belopp"].help_text = " ".join(hinder)

    def clean_sista(self) -> date | None:
        sista: date | None = self.cleaned_data["sista"]
        if sista and sista < self.pris.fran:
            raise forms.ValidationError("Slutdagen ligger före startdagen.")
        return sista


class Prislistaform(forms.Form):
    """A new price list."""

    namn = forms.CharField(
        label="Namn",
        max_length=200,
        validators=[utan_personnummer],
        help_text="Som den ska stå i avtalen, till exempel Daglig verksamhet, LOV.",
        error_messages={"required": "Ange ett namn på prislistan."},
    )
