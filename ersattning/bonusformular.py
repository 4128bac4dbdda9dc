"""The forms of the municipality's arbetsbonus: decisions, an anställning's end, the terms, and kvalitetspeng."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from ersattning.aterkrav import ALLT, STARTDELEN
from ersattning.bonusform import las_intyg
from ersattning.formfalt import Beloppsfalt, Dagfalt, Procentfalt
from ersattning.intyg import Intyg
from ersattning.kvalitetspeng import MINST_SVAR, Resultat, Vikt
from ersattning.models import Bonusregel
from ersattning.regler import Anstallningsform
from grund.pengar import fast
from grund.personnummer import utan_personnummer
from grund.tid import EN_DAG

BIFALL, AVSLAG, KOMPLETTERA = "bifall", "avslag", "komplettera"
_MINST = 5


def motivfalt(hjalp: str, etikett: str = "Motivering") -> forms.CharField:
    """Why. It is read by others, and bears no personal data."""
    fel = "Skriv varför, med några ord."
    return forms.CharField(
        label=etikett,
        min_length=_MINST,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[utan_personnummer],
        help_text=f"{hjalp} Skriv inga namn och inga personnummer.",
        error_messages={"required": fel, "min_length": fel},
    )


class Beslutsform(forms.Form):
    """What becomes of a claim, and why. `version`: which the page showed."""

    beslut = forms.ChoiceField(
        label="Ditt beslut", widget=forms.RadioSelect, error_messages={"required": "Välj vad du beslutar."}
    )
    motiv = motivfalt("Utföraren läser den.")
    trots_brist = forms.BooleanField(
        label="Jag vet att ingen bonus betalas, och vill registrera anställningen ändå", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def __init__(self, *args: Any, ger: bool, kan_kompletteras: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["beslut"]
        assert isinstance(falt, forms.ChoiceField)  # noqa: S101  declared above
        falt.choices = [(BIFALL, "Bifall: anställningen registreras"), (AVSLAG, "Avslag")]
        if kan_kompletteras:
            falt.choices = [*falt.choices, (KOMPLETTERA, "Begär komplettering av utföraren")]
        if ger:
            del self.fields["trots_brist"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("beslut") == BIFALL and "trots_brist" in self.fields and not data.get("trots_brist"):
            self.add_error(
                "trots_brist", "Villkoren är inte uppfyllda. Markera rutan om anställningen ska registreras."
            )
        return data


class Svarsform(forms.Form):
    """The utförare's answer, with another paper or without."""

    text = motivfalt("Kommunen läser det.", "Komplettering")
    intyg = forms.FileField(
        label="Nytt intyg",
        required=False,
        help_text="Om det behövs. En PDF-, PNG- eller JPG-fil på högst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def clean_intyg(self) -> Intyg | None:
        """The file by what it holds; one that is too large is not even read."""
        return las_intyg(self.cleaned_data["intyg"]) if self.cleaned_data["intyg"] else None


class Aterkravsform(forms.Form):
    """Take back or let stand, and why. `sedda`: what the page showed, line by line."""

    beslut = forms.ChoiceField(
        label="Ditt beslut", widget=forms.RadioSelect, error_messages={"required": "Välj vad du beslutar."}
    )
    motiv = motivfalt("Den följer med raden i körningen och läses av utföraren.")
    sedda = forms.CharField(widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, val: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["beslut"]
        assert isinstance(falt, forms.ChoiceField)  # noqa: S101  declared above
        falt.choices = list(val)

    @property
    def tas_tillbaka(self) -> str:
        """What is taken back; empty = nothing."""
        val = str(self.cleaned_data["beslut"])
        return val if val in {ALLT, STARTDELEN} else ""


class Slutform(forms.Form):
    """The last day of an anställning. `sedd`: what the page showed."""

    sista = Dagfalt(label="Sista dagen i arbetet", required=False, help_text="Tomt = anställningen fortsätter.")
    sedd = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    @property
    def sedd_till(self) -> date | None:
        """The seen end, exclusive. What is no day is no end that is stored, and is refused as changed."""
        try:
            return date.fromisoformat(self.cleaned_data["sedd"]) if self.cleaned_data["sedd"] else None
        except ValueError:
            return date.min


def _manader(etikett: str, hjalp: str) -> forms.IntegerField:
    ruta = forms.NumberInput(attrs={"class": "kort-ruta", "inputmode": "numeric"})
    fel = {"invalid": "Skriv ett helt antal månader.", "max_value": "Skriv högst 600 månader."}
    fel["min_value"] = "Antalet månader är minst 0."
    return forms.IntegerField(
        label=etikett, help_text=hjalp, required=False, min_value=0, max_value=600, widget=ruta, error_messages=fel
    )


class Regelform(forms.Form):
    """A version of the terms (R50)."""

    belopp = Beloppsfalt(label="Belopp, kr", error_messages={"required": "Skriv bonusens belopp."})
    tidigast_manader = _manader(
        "Tidigast, månader", "Så länge måste personen ha haft daglig verksamhet. Tomt = ingen gräns."
    )
    senast_manader = _manader(
        "Senast, månader",
        "Anställningen börjar senast så långt efter första dagen i daglig verksamhet. Tomt = ingen gräns.",
    )
    kvalificering_manader = _manader(
        "Kvalificeringstid, månader",
        "Så länge ska anställningen bestå innan resten betalas. Tomt = allt betalas vid start.",
    )
    andel_vid_start = Procentfalt(
        label="Andel vid start, procent",
        required=False,
        minst=Decimal(0),
        help_text="Krävs när det finns en kvalificeringstid. 0 = allt betalas efter den.",
    )
    anstallningsformer = forms.MultipleChoiceField(
        label="Anställningsformer",
        required=False,
        choices=[(kod, str(namn).capitalize()) for kod, namn in Anstallningsform.choices],
        widget=forms.CheckboxSelectMultiple,
        help_text="De som räknas. Ingen markerad = alla.",
    )
    minst_sysselsattningsgrad = Procentfalt(
        label="Minsta sysselsättningsgrad, procent", required=False, minst=Decimal(0), help_text="Tomt = ingen gräns."
    )
    arstak = Beloppsfalt(
        label="Årstak, kr",
        required=False,
        help_text="Högsta bonus per kalenderår. Täby räknade med högst 200 000 kr per år. Tomt = inget tak.",
    )
    fran = Dagfalt(label="Gäller från", help_text="Anställningar som börjar den dagen eller senare.")
    sista = Dagfalt(label="Till och med", required=False, help_text="Tomt = tills vidare.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sista") and data.get("fran") and data["sista"] < data["fran"]:
            self.add_error("sista", "Slutdagen ligger före startdagen.")
        andel = data.get("andel_vid_start")
        if andel is not None and andel > 100:
            self.add_error("andel_vid_start", "Andelen är högst 100 procent.")
        if data.get("kvalificering_manader") and andel is None and "andel_vid_start" not in self.errors:
            self.add_error("andel_vid_start", "Ange hur stor andel som betalas vid start, 0–100 procent.")
        return data

    @property
    def rad(self) -> dict[str, str]:
        """The columns of bonusregler.csv."""
        data = self.cleaned_data
        andel = data["andel_vid_start"]
        heltal = ("tidigast_manader", "senast_manader", "kvalificering_manader")
        return {
            "belopp": fast(data["belopp"], 2),
            "arstak": "" if data["arstak"] is None else fast(data["arstak"], 2),
            "andel_vid_start": "" if andel is None else f"{andel / 100:f}",
            "anstallningsformer": ",".join(data["anstallningsformer"]),
            "minst_sysselsattningsgrad": _text(data["minst_sysselsattningsgrad"]),
            **{falt: _text(data[falt]) for falt in heltal},
        }


def _text(varde: Decimal | int | None) -> str:
    return "" if varde is None else f"{varde:f}" if isinstance(varde, Decimal) else str(varde)


def _i_rutan(varde: Decimal | None) -> str:
    """`30000`, `12,5`: as people write it, without zeros that say nothing."""
    return "" if varde is None else f"{varde.normalize():f}".replace(".", ",")


def ifylld(regel: Bonusregel, fran: date) -> dict[str, Any]:
    """The form's content for a new version of a stored rule."""
    falt = ("tidigast_manader", "senast_manader", "kvalificering_manader", "anstallningsformer")
    grad, andel = regel.minst_sysselsattningsgrad, regel.andel_vid_start
    return {
        **{namn: getattr(regel, namn) for namn in falt},
        "belopp": _i_rutan(regel.belopp),
        "arstak": _i_rutan(regel.arstak),
        "minst_sysselsattningsgrad": _i_rutan(grad),
        "andel_vid_start": _i_rutan(None if andel is None else andel * 100),
        "fran": fran,
        "sista": regel.till - EN_DAG if regel.till and regel.till > fran else None,
    }


class Avslutaform(forms.Form):
    """The last day on which an employment may start under a rule."""

    sista = Dagfalt(label="Sista dagen som regeln gäller", help_text="Anställningar som börjar senare ger inget.")


class Kvalitetsform(forms.Form):
    """A pot and the survey's results, pasted or typed: enhet, answers, index."""

    pott = Beloppsfalt(label="Summa att fördela, kr", error_messages={"required": "Skriv summan."})
    vikt = forms.ChoiceField(
        label="Fördela efter",
        choices=[(Vikt.INDEX.value, "index"), (Vikt.INDEX_SVAR.value, "index gånger antalet svar")],
        help_text="Med antalet svar får en stor enhet mer än en liten med samma index.",
    )
    resultat = forms.CharField(
        label="Resultat",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "En enhet per rad: namn, antal svar och index, med semikolon eller tabb mellan. Klistra gärna in från ett "
            f"kalkylark. En enhet med färre än {MINST_SVAR} svar är inte med i fördelningen."
        ),
        error_messages={"required": "Skriv eller klistra in resultaten."},
    )

    def clean_pott(self) -> Decimal:
        pott: Decimal = self.cleaned_data["pott"]
        if pott <= 0:
            msg = "Summan ska vara större än 0."
            raise forms.ValidationError(msg)
        return pott

    def clean_resultat(self) -> list[Resultat]:
        rader = [rad for rad in self.cleaned_data["resultat"].splitlines() if rad.strip()]
        svar, fel = [], []
        for nummer, rad in enumerate(rader, 1):
            try:
                svar.append(_resultat(rad))
            except ValueError:
                fel.append(f"Rad {nummer}: skriv namn; antal svar; index, till exempel Snickeriet; 12; 78,5.")
        if dubbla := _dubbla([ett.enhet for ett in svar]):
            fel.append(f"{', '.join(dubbla)} står flera gånger.")
        if fel or not svar:
            raise forms.ValidationError(fel or "Skriv eller klistra in resultaten.")
        return svar


def _resultat(rad: str) -> Resultat:
    namn, svar, index = (del_.strip() for del_ in rad.replace("\t", ";").split(";"))
    hel, _, brak = index.replace(",", ".").partition(".")
    siffror = (svar, hel, brak or "0")
    if not namn or len(namn) > 200 or not all(s.isdecimal() and s.isascii() and len(s) < 7 for s in siffror):
        raise ValueError(rad)
    return Resultat(namn, int(svar), Decimal(f"{hel}.{brak or 0}"))


def _dubbla(namn: Sequence[str]) -> list[str]:
    return sorted({ett for ett in namn if namn.count(ett) > 1})
