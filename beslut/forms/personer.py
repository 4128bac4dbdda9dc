"""Finding, adding and changing persons."""

from typing import Any

from django import forms

from beslut.forms import falt
from beslut.personnummer import fel_i_personnummer


class Sokform(forms.Form):
    """Who one looks for. Nothing else may be searched for (SoLPUF 15 §)."""

    fraga = falt.rad(
        "Sök person",
        hjalp="Namn, personnummer, samordningsnummer eller ärendenummer.",
        saknas="Skriv ett namn, ett personnummer eller ett ärendenummer.",
        autocomplete="off",
        spellcheck="false",
    )


class Personform(forms.Form):
    """What is known of a person, in the columns of personer.csv."""

    personnummer = falt.rad(
        "Personnummer",
        hjalp="12 siffror, med eller utan bindestreck. Samordningsnummer går också. Reservnummer skrivs 19850202-T123.",
        saknas="Skriv personnumret. Finns inget, skriv ett reservnummer.",
        langst=13,
        inputmode="text",
        autocomplete="off",
    )
    fornamn = falt.rad("Förnamn", saknas="Skriv förnamnet.")
    efternamn = falt.rad("Efternamn", saknas="Skriv efternamnet.")
    personkrets = forms.ChoiceField(
        label="Personkrets",
        required=False,
        choices=[("", "Ingen eller inte bedömd"), ("1", "1"), ("2", "2"), ("3", "3")],
        help_text=(
            "LSS 1 §. 1: utvecklingsstörning eller autism. 2: bestående begåvningsmässig funktionsnedsättning efter "
            "hjärnskada i vuxen ålder. 3: andra stora och varaktiga funktionsnedsättningar."
        ),
    )
    skyddad = forms.BooleanField(
        label="Skyddade personuppgifter",
        required=False,
        help_text="Då ser bara särskilt utsedda användare vem personen är. Du kan själv stängas ute.",
    )
    avliden = falt.dag("Avliden", hjalp="Lämna tomt om personen lever.")

    def clean_personnummer(self) -> str:
        nummer = self.cleaned_data["personnummer"].replace(" ", "").upper()
        if nummer[8:9] in {"-", "+"} and nummer[9:].isdigit():
            nummer = nummer[:8] + nummer[9:]
        if fel := fel_i_personnummer(nummer):
            raise forms.ValidationError(fel)
        return str(nummer)

    def uppgifter(self) -> dict[str, str]:
        """The columns of personer.csv."""
        varden: dict[str, Any] = self.cleaned_data
        return {
            "personnummer": varden["personnummer"],
            "fornamn": varden["fornamn"],
            "efternamn": varden["efternamn"],
            "personkrets": varden["personkrets"],
            "skyddad": "ja" if varden["skyddad"] else "nej",
            "avliden": str(varden["avliden"] or ""),
        }


class Andraform(Personform):
    """The same of a person that is known already. `sag`: which details the page was made with."""

    sag = forms.CharField(widget=forms.HiddenInput, required=False)
