"""What is chosen for a prognos, and a year's budget."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.models import Budget
from ersattning.prognos import budget as budgeten
from ersattning.prognos.actions import Antaganden
from ersattning.prognos.berakning import Inflode
from ersattning.prognos.budget import Post
from grund.personnummer import utan_personnummer
from grund.text import manad_i_ord, stor_forsta, svensk_ordning
from grund.tid import Manad

INFLODEN = 3  # lines of assumed inflow
FLEST_PERSONER = 1000
_INFLODE = (
    "Får lämnas tomt. Fyll bara i om du antar att det kommer fler än de som är beslutade och beställda. De kostar lika"
    " mycket som en genomsnittlig person i insatsen."
)
_BAKAT = [
    (3, "de senaste 3 månaderna"),
    (12, "de senaste 12 månaderna"),
    (0, "allt blir precis som planerat"),
]


def _insatser() -> list[tuple[str, str]]:
    return sorted(((str(kod), insats_i_ord(kod)) for kod in Insats.values), key=lambda ett: svensk_ordning(ett[1]))


class Prognosform(forms.Form):
    """How much becomes of what is planned, and who is assumed to come."""

    manader_bakat = forms.TypedChoiceField(
        label="Hur stor andel av det planerade blir av?",
        choices=_BAKAT,
        coerce=int,
        initial=3,
        widget=forms.RadioSelect,
        help_text=(
            "Alla kommer inte alltid, och allt som är beställt blir inte utfört. Andelen mäts insats för insats på"
            " månaderna till och med den senast fastställda."
        ),
    )
    kommentar = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Det som den som läser prognosen senare behöver veta. Inga personuppgifter.",
    )

    def __init__(self, *args: Any, manader: Sequence[Manad], **kwargs: Any) -> None:
        """`manader`: those that are to come."""
        super().__init__(*args, **kwargs)
        val = [(str(manad), stor_forsta(manad_i_ord(manad))) for manad in manader]
        for nummer in range(1, INFLODEN + 1):
            self.fields[f"insats_{nummer}"] = forms.ChoiceField(
                label=f"Nya personer {nummer}: insats",
                required=False,
                choices=[("", "Inga"), *_insatser()],
                help_text=_INFLODE if nummer == 1 else "",
            )
            self.fields[f"personer_{nummer}"] = forms.IntegerField(
                label=f"Nya personer {nummer}: hur många i månaden",
                required=False,
                min_value=1,
                max_value=FLEST_PERSONER,
                error_messages={
                    "invalid": "Skriv ett helt tal.",
                    "min_value": "Skriv minst 1 person.",
                    "max_value": f"Skriv högst {FLEST_PERSONER} personer.",
                },
            )
            self.fields[f"fran_{nummer}"] = forms.ChoiceField(
                label=f"Nya personer {nummer}: från och med", required=False, choices=val
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for nummer in range(1, INFLODEN + 1):
            insats, personer = data.get(f"insats_{nummer}"), data.get(f"personer_{nummer}")
            if insats and not personer and f"personer_{nummer}" not in self.errors:
                self.add_error(f"personer_{nummer}", "Skriv hur många nya personer du antar.")
            if personer and not insats:
                self.add_error(f"insats_{nummer}", "Välj vilken insats de nya personerna får.")
        return data

    def antaganden(self) -> Antaganden:
        """What is chosen, when it is in order."""
        data = self.cleaned_data
        inflode = [
            Inflode(data[f"insats_{nummer}"], _forsta(data[f"fran_{nummer}"]), data[f"personer_{nummer}"])
            for nummer in range(1, INFLODEN + 1)
            if data[f"insats_{nummer}"]
        ]
        return Antaganden(data["manader_bakat"], inflode, data["kommentar"])


def _forsta(manad: str) -> date:
    return Manad.las(manad).fran


class Budgetform(forms.Form):
    """A new version of a year's budget, a line for each insats: typed, or pasted from a spreadsheet."""

    rader = forms.CharField(
        label="Budgeten, en rad per insats",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        max_length=20_000,
        help_text=(
            "Insatsen och årets belopp med semikolon eller tabb emellan, som ”LSS-10; 152 000 000”. Insatsens namn går"
            " också bra. Klistra gärna in från ett kalkylblad. Skriv också januari till december efter beloppet,"
            " om året inte ska delas lika."
        ),
        error_messages={"required": "Skriv budgeten, en rad per insats."},
    )
    kalla = forms.CharField(
        label="Var beslutet står",
        max_length=200,
        validators=[utan_personnummer],
        help_text="Till exempel ”Nämnden 2025-12-10 § 112”.",
        error_messages={"required": "Skriv var beslutet om budgeten står."},
    )
    efter = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)

    def clean_rader(self) -> list[Post]:
        poster, fel = budgeten.las(self.cleaned_data["rader"])
        if fel:
            raise forms.ValidationError(fel[:10])
        return poster


def budgetens_initial(budget: Budget | None) -> dict[str, Any]:
    """The form filled in with the version that holds."""
    if budget is None:
        return {"efter": 0}
    rader = [
        "; ".join([insats_i_ord(rad.insats), *(_tal(belopp) for belopp in (rad.belopp, *rad.manader))])
        for rad in budget.rader.order_by("pk")
    ]
    return {"efter": budget.version, "rader": "\n".join(rader)}


def _tal(belopp: Any) -> str:
    return f"{belopp:,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00")
