"""The form of an avtal: every term with what it does, in the words of the rules (docs/ersattning.md)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.avtalsandring import UTAN_MOTIV, UTAN_SLUT, Forslag
from ersattning.formfalt import Dagfalt, Procentfalt
from ersattning.individavtal import motiv_for
from grund.personnummer import utan_personnummer
from grund.sortering import pa_svenska
from grund.text import stor_forsta, svensk_ordning
from grund.tid import EN_DAG
from utforare.models import Avtal, Prislista, Utforare
from utforare.regler import Avtalsform, Modell, NivaFran, Slutorsak
from utforare.trappor import las_granser, las_trappa

NOLL = Decimal(0)
_ANDELAR = ("bomtid_andel", "bomtid_tak_andel", "tak_andel_av_bestallt")  # per cent in the form, shares when stored
_MODELLER = [
    (Modell.DYGN, "Dygn: varje dag betalas, frånvaro efter trappan (R10)"),
    (Modell.NARVARO, "Närvaro: dagar med registrerad närvaro eller frånvaro (R11)"),
    (Modell.MANAD, "Månad: ett pris per månad, efter månadens betalda dagar (R12)"),
    (Modell.UTFORD_TID, "Utförd tid: besökens minuter (R20)"),
    (Modell.BESTALLD_TID, "Beställd tid: det som är beställt, vad som än utförs (R23)"),
]


_DELAR = (
    ("Vad avtalet gäller", "", ("insats", "avtalsform", "person_id", "motiv", "fran", "sista")),
    ("Vad det betalar", "", ("modell", "prislista", "niva_fran")),
    (
        "Frånvaro och avslut",
        "För modellerna dygn, närvaro och månad.",
        ("franvaro", "omfattning_granser", "avslut_dagar", "avslut_orsaker"),
    ),
    (
        "Besökens tid",
        "För modellen utförd tid.",
        ("avrundning_minuter", "tak_andel_av_bestallt", "bomtid_varsel_timmar", "bomtid_andel", "bomtid_tak_andel"),
    ),
)


class Del(NamedTuple):
    """A part of the form."""

    rubrik: str
    ingress: str
    falt: list[forms.BoundField]


class _Prislistefalt(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


class _Grammatikfalt(forms.CharField):
    """A term with a small grammar of its own, kept in its canonical spelling."""

    def __init__(self, las: Callable[[str], str], **kwargs: Any) -> None:
        self.las = las
        super().__init__(required=False, max_length=500, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.las(text) if text else ""
        except ValueError as fel:
            raise forms.ValidationError(str(fel)) from fel


def _val(koder: Any) -> list[tuple[str, str]]:
    return [(str(kod), stor_forsta(str(namn))) for kod, namn in koder.choices]


def _insatser() -> list[tuple[str, str]]:
    par = [(str(kod), insats_i_ord(kod)) for kod in Insats.values]
    return sorted(par, key=lambda ett: svensk_ordning(ett[1]))


class Avtalsformular(forms.Form):
    """The terms. Empty = the rule is off."""

    insats = forms.ChoiceField(
        label="Insats",
        choices=_insatser(),
    )
    avtalsform = forms.ChoiceField(
        label="Avtalsform",
        choices=_val(Avtalsform),
        help_text="Ett individavtal gäller en viss person och går före det allmänna avtalet (R2).",
    )
    person_id = forms.CharField(
        label="Personens id",
        required=False,
        max_length=40,
        help_text="Bara för individavtal: personens id i källsystemet, aldrig personnummer.",
    )
    motiv = forms.CharField(
        label="Varför personen har ett eget avtal",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[utan_personnummer],
        help_text=(
            "Bara för individavtal. Vad som gör att prislistan inte räcker, till exempel extra personal på natten."
            " Skriv inga namn och inga diagnoser."
        ),
    )
    prislista = _Prislistefalt(
        label="Prislista",
        queryset=Prislista.objects.order_by(*pa_svenska("namn"), "nyckel"),
        empty_label="Välj prislista",
        help_text="Alla priser som avtalet betalar hämtas här (R4).",
        error_messages={"required": "Välj prislista."},
    )
    fran = Dagfalt(label="Från och med")
    sista = Dagfalt(
        label="Till och med",
        required=False,
        help_text="Lämna tomt om avtalet gäller tills vidare. Ett individavtal har alltid en slutdag.",
    )
    modell = forms.ChoiceField(label="Modell: vad avtalet betalar", choices=_MODELLER, widget=forms.RadioSelect)
    niva_fran = forms.ChoiceField(
        label="En godkänd nivå räknas",
        required=False,
        choices=[
            ("", "Från den dag den gäller, även bakåt"),
            (NivaFran.GODKAND.value, "Tidigast den dag den godkänns"),
        ],
        help_text="Avgör om en höjd nivå ger betalt bakåt i tiden (R3).",
    )
    franvaro = _Grammatikfalt(
        las_trappa,
        label="Frånvarotrappa",
        help_text=(
            "Andel av priset för varje frånvarodag i följd. 1-14:100,15-30:50 betyder dag 1–14 hela priset, dag 15–30"
            " halva, sedan inget. 31-:25 betyder från dag 31 och framåt. Tomt = frånvaro betalas inte (R10, R11)."
        ),
    )
    omfattning_granser = _Grammatikfalt(
        las_granser,
        label="Gränser för omfattning",
        help_text="Hur en dags minuter blir omfattning: 0:deltid,360:heltid betyder heltid från 6 timmar (R11).",
    )
    avslut_dagar = forms.IntegerField(
        label="Dagar efter avslut",
        required=False,
        min_value=0,
        help_text="Så många dagar betalas efter att en verkställighet har slutat. Tomt = inga (R30).",
    )
    avslut_orsaker = forms.MultipleChoiceField(
        label="Slutorsaker som ger dagar efter avslut",
        required=False,
        choices=_val(Slutorsak),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ingen markerad = alla.",
    )
    avrundning_minuter = forms.IntegerField(
        label="Avrundning, minuter",
        required=False,
        min_value=1,
        help_text="Varje besök till närmaste så många minuter, mitt emellan uppåt. Tomt = varje minut (R20).",
    )
    tak_andel_av_bestallt = Procentfalt(
        label="Tak för utförd tid, procent av beställd",
        required=False,
        minst=NOLL,
        help_text="100 = högst den beställda tiden varje månad. Tomt = inget tak (R21).",
    )
    bomtid_varsel_timmar = Procentfalt(
        label="Bomtid: avbokat senare än så många timmar före",
        required=False,
        minst=NOLL,
        help_text="Besök som brukaren avbokar senare än så, eller inte alls, är bomtid. Tomt = ingen bomtid (R22).",
    )
    bomtid_andel = Procentfalt(
        label="Bomtid: andel av priset, procent", required=False, minst=NOLL, help_text="50 = halva priset (R22)."
    )
    bomtid_tak_andel = Procentfalt(
        label="Bomtid: tak, procent av beställd tid", required=False, minst=NOLL, help_text="Tomt = inget tak (R22)."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fran, sista = data.get("fran"), data.get("sista")
        if fran and sista and sista < fran:
            self.add_error("sista", "Slutdagen ligger före startdagen.")
        if data.get("avtalsform") == Avtalsform.INDIVIDAVTAL:
            if not data.get("motiv"):
                self.add_error("motiv", UTAN_MOTIV)
            if not sista and "sista" not in self.errors:
                self.add_error("sista", UTAN_SLUT)
        return data

    @property
    def delar(self) -> list[Del]:
        """The fields by what they are about."""
        return [Del(rubrik, ingress, [self[namn] for namn in falt_]) for rubrik, ingress, falt_ in _DELAR]

    def forslag(self, utforare: Utforare, foljer: Avtal | None = None) -> Forslag:
        """What is filled in, when it is in order, as a row of the format."""
        data = self.cleaned_data
        rad = {
            namn: data[namn]
            for namn in ("insats", "avtalsform", "person_id", "modell", "niva_fran", "franvaro", "omfattning_granser")
        }
        rad["prislista_id"] = data["prislista"].nyckel
        rad["avslut_orsaker"] = ",".join(data["avslut_orsaker"])
        for namn in ("avslut_dagar", "avrundning_minuter", "bomtid_varsel_timmar"):
            rad[namn] = "" if data[namn] is None else str(data[namn])
        for namn in _ANDELAR:
            rad[namn] = "" if data[namn] is None else format((data[namn] / 100).normalize(), "f")
        return Forslag(utforare, rad, data["fran"], data["sista"], foljer, data["motiv"])


KOLUMN_TILL_FALT = {"prislista_id": "prislista", "till": "sista"}


def falt(form: forms.Form, kolumn: str) -> str | None:
    """The field that a column of the format is filled in by; None when there is none."""
    namn = KOLUMN_TILL_FALT.get(kolumn, kolumn)
    return namn if namn in form.fields else None


def initial_av(avtal: Avtal, fran: date) -> dict[str, Any]:
    """The form filled in with the avtal's terms, to be changed from `fran`."""
    egna = ("insats", "avtalsform", "modell", "niva_fran", "franvaro", "omfattning_granser", "avslut_orsaker")
    svar: dict[str, Any] = {namn: getattr(avtal, namn) for namn in egna}
    svar |= {"prislista": avtal.prislista_id, "fran": fran, "person_id": avtal.person.nyckel if avtal.person else ""}
    svar |= {namn: getattr(avtal, namn) for namn in ("avslut_dagar", "avrundning_minuter")}
    svar["sista"] = avtal.till - EN_DAG if avtal.till and avtal.till > fran else None
    svar["motiv"] = motiv_for([avtal.pk]).get(avtal.pk, "")
    svar["bomtid_varsel_timmar"] = _tal(avtal.bomtid_varsel_timmar)
    for namn in _ANDELAR:
        andel = getattr(avtal, namn)
        svar[namn] = _tal(None if andel is None else andel * 100)
    if svar["niva_fran"] == NivaFran.FRAN:
        svar["niva_fran"] = ""
    return svar


def _tal(varde: Decimal | None) -> str:
    return "" if varde is None else f"{varde.normalize():f}".replace(".", ",")


class Avslutaform(forms.Form):
    """The avtal's last day."""

    sista = Dagfalt(label="Sista dagen som avtalet gäller")
