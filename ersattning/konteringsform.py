"""The forms of the konteringsmall."""

from typing import Any

from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.formfalt import Dagfalt
from ersattning.kontering import KONTON, VAD, Uppgifter
from ersattning.models import Kontering
from ersattning.models.kontering import KODFORM, KONTOFORM
from ersattning.regler import ORESUTJAMNING, Artikel
from grund.sortering import pa_svenska
from grund.text import stor_forsta
from grund.tid import EN_DAG
from utforare.models import Utforare
from utforare.regler import Regi

ARTIKLAR = [
    ("", "Alla artiklar"),
    *((kod, stor_forsta(str(namn))) for kod, namn in Artikel.choices),
    (ORESUTJAMNING, "Öresutjämning till hela kronor"),
]


def _konto(etikett: str, hjalp: str) -> forms.RegexField:
    fel = {"required": "Ange kontot.", "invalid": "Ett konto har 3–10 siffror."}
    ruta = forms.TextInput(attrs={"inputmode": "numeric", "class": "kort-ruta"})
    return forms.RegexField(KONTOFORM, label=etikett, help_text=hjalp, error_messages=fel, widget=ruta)


def _kod(etikett: str, hjalp: str) -> forms.RegexField:
    fel = {"invalid": "En kod har högst 20 tecken: siffror, bokstäverna a–z och bindestreck."}
    ruta = forms.TextInput(attrs={"class": "kort-ruta"})
    return forms.RegexField(
        KODFORM, label=etikett, help_text=hjalp, error_messages=fel, required=False, max_length=20, widget=ruta
    )


def _namn(etikett: str) -> forms.CharField:
    return forms.CharField(
        label=etikett,
        max_length=60,
        error_messages={"required": "Ange vad kontot heter."},
        help_text="Som i kontoplanen.",
    )


class Konteringsform(forms.Form):
    """A row of the mall."""

    regi = forms.ChoiceField(
        label="Regi",
        choices=[(kod, stor_forsta(str(namn))) for kod, namn in Regi.choices],
        help_text="Egen regi blir bokföringsorder, privat regi blir förväntade fakturor.",
    )
    utforare = forms.ModelChoiceField(
        label="Utförare",
        queryset=Utforare.objects.none(),
        required=False,
        empty_label="Alla",
        help_text="Välj en bara om raden ska gälla den ensam, till exempel enligt dess avtal.",
    )
    insats = forms.ChoiceField(
        label="Insats",
        required=False,
        choices=[("", "Alla insatser"), *((kod, insats_i_ord(kod)) for kod in Insats.values)],
    )
    artikel = forms.ChoiceField(
        label="Artikel",
        required=False,
        choices=ARTIKLAR,
        help_text=(
            "Av flera rader som passar används en som anger utföraren först, sedan insatsen, sedan artikeln. "
            "Öresutjämning: summan per utförare blir hela kronor, och skillnaden bokförs på raden."
        ),
    )
    konto = _konto("Konto", "Kostnaden, till exempel köp av huvudverksamhet.")
    kontonamn = _namn("Kontots namn")
    ansvar = _kod("Ansvar", "Vem som bär kostnaden. Tomt om ni inte använder det.")
    verksamhet = _kod("Verksamhet", "Verksamhetskoden, så att kostnaden hamnar rätt i räkenskapssammandraget.")
    objekt = _kod("Objekt", "Egen kod, till exempel ett projekt.")
    motkonto = _konto("Motkonto", "Den interna intäkten, eller skulden tills fakturan har kommit.")
    motkontonamn = _namn("Motkontots namn")
    motansvar = _kod("Motkontots ansvar", "Till exempel den enhet som säljer internt.")
    fran = Dagfalt(label="Gäller från", help_text="En månad bokförs efter den rad som gäller månadens sista dag.")
    sista = Dagfalt(label="Till och med", required=False, help_text="Tomt = tills vidare.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        utforare = self.fields["utforare"]
        assert isinstance(utforare, forms.ModelChoiceField)  # noqa: S101  declared above
        utforare.queryset = Utforare.objects.order_by(*pa_svenska("namn"), "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("artikel") == ORESUTJAMNING and data.get("insats"):
            self.add_error("insats", "Öresutjämningen gäller summan. Välj alla insatser.")
        if data.get("sista") and data.get("fran") and data["sista"] < data["fran"]:
            self.add_error("sista", "Slutdagen ligger före startdagen.")
        return data

    @property
    def uppgifter(self) -> Uppgifter:
        """What is filled in, when all is in order."""
        return Uppgifter(**{namn: self.cleaned_data[namn] for namn in (*VAD, *KONTON, "fran", "sista")})


def ifylld(kontering: Kontering) -> dict[str, Any]:
    """The form's content for a stored row."""
    svar = {namn: getattr(kontering, namn) for namn in (*VAD, *KONTON, "fran")}
    return svar | {"sista": kontering.till - EN_DAG if kontering.till else None}


class Slutform(forms.Form):
    """The last day of a row that is used."""

    sista = Dagfalt(label="Sista dagen som raden gäller", required=False, help_text="Tomt = tills vidare.")
