"""What is asked of a simulering, its budget, and two to compare."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.formfalt import Beloppsfalt
from ersattning.models import Simulering, Simuleringsvariant
from ersattning.regler import Kanslighet
from ersattning.simulering.actions import Fraga, Variantval
from ersattning.simulering.forslag import FORSLAG, forslagets_val
from ersattning.simulering.queries import hinder_for_manader
from grund.personnummer import utan_personnummer
from grund.sortering import pa_svenska
from grund.text import manad_i_ord, stor_forsta, svensk_ordning
from grund.tid import Manad
from utforare.models import Utforare

BAKAT = 36  # months back that may be chosen


class _Namnfalt(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


def _insatser() -> list[tuple[str, str]]:
    par = sorted(((str(kod), insats_i_ord(kod)) for kod in Insats.values), key=lambda ett: svensk_ordning(ett[1]))
    return [("", "Alla insatser"), *par]


class Fragaform(forms.Form):
    """Which months, insats and utförare; and for a new one, which variants to begin with."""

    namn = forms.CharField(
        label="Namn",
        max_length=100,
        validators=[utan_personnummer],
        error_messages={"required": "Ge simuleringen ett namn."},
    )
    beskrivning = forms.CharField(
        label="Vad ska den svara på?",
        required=False,
        max_length=500,
        validators=[utan_personnummer],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="En mening för den som läser den senare. Inga personuppgifter.",
    )
    forsta = forms.TypedChoiceField(label="Från och med månad", coerce=Manad.las)
    sista = forms.TypedChoiceField(label="Till och med månad", coerce=Manad.las)
    insats = forms.ChoiceField(label="Insats", required=False, choices=_insatser)
    utforare = _Namnfalt(
        label="Utförare",
        required=False,
        queryset=Utforare.objects.order_by(*pa_svenska("namn")),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ingen markerad = alla.",
    )
    kanslighet = forms.ChoiceField(
        label="Känslighetsdiagram",
        required=False,
        choices=[("", "Inget"), *Kanslighet.choices],
        help_text=(
            "Räknar kostnaden punkt för punkt medan en enda sak ändras, till exempel bomtiden från 0 till 100 procent"
            " av beställd tid. Visar hur säkert svaret är om antagandet inte stämmer."
        ),
    )
    kanslighet_av = forms.TypedChoiceField(label="Diagrammet utgår från", required=False, coerce=int)

    def __init__(
        self,
        *args: Any,
        manader: Sequence[Manad],
        varianter: Sequence[Simuleringsvariant] | None = None,
        **kwargs: Any,
    ) -> None:
        """`varianter`: those there are. None: a new one, which may begin with our proposals."""
        super().__init__(*args, **kwargs)
        val = [(str(manad), stor_forsta(manad_i_ord(manad))) for manad in manader]
        self.fields["forsta"].choices = self.fields["sista"].choices = val  # type: ignore[attr-defined]
        if varianter is None:
            del self.fields["kanslighet_av"]
            self._lagg_forslag()
            self.order_fields(["namn", "beskrivning", "forsta", "sista", "insats", "forslag", "kapitering"])
        else:
            self.fields["kanslighet_av"].choices = [(ett.nummer, ett.namn) for ett in varianter]  # type: ignore[attr-defined]

    def _lagg_forslag(self) -> None:
        self.fields["forslag"] = forms.MultipleChoiceField(
            label="Jämför med",
            required=False,
            choices=[(kod, f"{ett.namn}: {ett.hjalp}") for kod, ett in FORSLAG.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text="Färdiga varianter att börja med. Du kan ändra dem och lägga till egna innan du räknar.",
        )
        self.fields["kapitering"] = Beloppsfalt(
            label="Kapitering: kronor per person och månad",
            required=False,
            help_text="Behövs bara för förslaget Kapitering.",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        forsta, sista = data.get("forsta"), data.get("sista")
        if forsta and sista:
            for hinder in hinder_for_manader(forsta, sista):
                self.add_error("sista", hinder)
        forslag = data.get("forslag", [])
        if "kapitering" in forslag and data.get("kapitering") is None and "kapitering" not in self.errors:
            self.add_error("kapitering", "Skriv vad en person kostar per månad.")
        if data.get("insats") == "" and any(FORSLAG[kod].tid for kod in forslag):
            self.add_error("insats", "Välj en insats: förslagen om tid gäller en insats i taget.")
        return data

    def fraga(self) -> Fraga:
        """What is asked, when it is in order."""
        data = self.cleaned_data
        return Fraga(
            namn=data["namn"],
            forsta=data["forsta"],
            sista=data["sista"],
            insats=data["insats"],
            utforare=list(data["utforare"]),
            beskrivning=data["beskrivning"],
            kanslighet=data["kanslighet"],
            kanslighet_av=data.get("kanslighet_av") or 0,
        )

    def varianter(self) -> list[Variantval]:
        """The proposals that are chosen."""
        valda = [kod for kod in FORSLAG if kod in self.cleaned_data["forslag"]]
        return [Variantval(FORSLAG[kod].namn, forslagets_val(kod, self.cleaned_data["kapitering"])) for kod in valda]


def fragans_initial(simulering: Simulering) -> dict[str, Any]:
    """The form filled in with what it asks now."""
    return {
        "namn": simulering.namn,
        "beskrivning": simulering.beskrivning,
        "forsta": str(simulering.manader[0]),
        "sista": str(simulering.manader[-1]),
        "insats": simulering.insats,
        "utforare": list(simulering.utforare.values_list("pk", flat=True)),
        "kanslighet": simulering.kanslighet,
        "kanslighet_av": simulering.kanslighet_av,
    }


class Budgetform(forms.Form):
    """What the nämnd has set aside for each insats in the period."""

    def __init__(self, *args: Any, insatser: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for insats in insatser:
            self.fields[insats] = Beloppsfalt(label=f"{insats_i_ord(insats)}, kr", required=False)

    def budget(self) -> dict[str, Decimal | None]:
        """By insats; None = no budget."""
        return {insats: self.cleaned_data[insats] for insats in self.fields}


class Jamforform(forms.Form):
    """Two saved simuleringar to lay beside each other."""

    en = forms.ModelChoiceField(label="Simulering", queryset=Simulering.objects.none(), empty_label="Välj")
    annan = forms.ModelChoiceField(label="Jämför med", queryset=Simulering.objects.none(), empty_label="Välj")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        klara = Simulering.objects.filter(status="klar", prognos_fran=None).order_by(*pa_svenska("namn"), "pk")
        self.fields["en"].queryset = self.fields["annan"].queryset = klara  # type: ignore[attr-defined]
