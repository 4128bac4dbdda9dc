"""What is filled in of a mall: names, logo, and the headings in order."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.text import slugify

from ersattning.filer.text import kommun
from grund.personnummer import utan_personnummer
from uppfoljning.dokument.filer import STORST_LOGOTYP, logotyp
from uppfoljning.dokument.innehall import Mall, Rubrik
from uppfoljning.dokument.koder import Rubrikslag
from uppfoljning.dokument.ordningar import Ordning
from uppfoljning.forms import Radfalt, Textfalt

TOMMA_RADER = 3
FLEST_RUBRIKER = 30


def _text(etikett: str, *, hjalp: str = "", langst: int = 80, kravs: bool = True) -> forms.CharField:
    fel = {"required": f"Fyll i {etikett.lower()}.", "max_length": f"Skriv högst {langst} tecken."}
    return Textfalt(
        label=etikett,
        help_text=hjalp,
        max_length=langst,
        required=kravs,
        validators=[utan_personnummer],
        error_messages=fel,
    )


class Mallform(forms.Form):
    """The names and the logo."""

    namn = _text("Mallens namn", hjalp="Så heter mallen när någon väljer den.")
    dokumentslag = _text("Dokumentets slag", hjalp="Till exempel tjänsteutlåtande eller tjänsteskrivelse.", langst=40)
    kommun = _text("Kommun")
    forvaltning = _text("Förvaltning eller kontor")
    namnd = _text("Nämnd")
    inledning = _text(
        "Ord före förslagen",
        hjalp="Kan vara tomt. Till exempel: Socialnämnden beslutar att. Förslagen behöver då inte vara hela meningar.",
        kravs=False,
    )
    kontakt = Radfalt(
        label="Kontaktuppgifter",
        help_text="Förvaltningens, en på varje rad. Får lämnas tomt.",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Skriv högst 500 tecken."},
    )
    kontrasigneras = forms.BooleanField(label="Dokumenten ska kontrasigneras av en gruppchef", required=False)
    logotyp = forms.FileField(
        label="Logotyp",
        required=False,
        help_text="En PNG-bild, högst 512 kB. SVG tas inte emot, eftersom en sådan fil kan innehålla program.",
        widget=forms.FileInput({"accept": ".png"}),
        error_messages={"empty": "Filen är tom."},
    )
    utan_logotyp = forms.BooleanField(
        label="Ta bort logotypen", required=False, help_text="Då visas kommunens vapen, om det finns."
    )

    def __init__(self, *args: Any, ny: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["utan_logotyp" if ny else "namn"]

    def clean_logotyp(self) -> bytes | None:
        fil = self.cleaned_data["logotyp"]
        if not fil:
            return None
        if fil.size > STORST_LOGOTYP:
            raise forms.ValidationError("Logotypen är större än 512 kB.")
        try:
            return logotyp(fil.read())
        except ValueError as fel:
            raise forms.ValidationError(str(fel)) from None

    @property
    def bild(self) -> bytes | None:
        """The new logo; nothing to take it away, None to keep it."""
        return b"" if self.cleaned_data.get("utan_logotyp") else self.cleaned_data["logotyp"]

    def mall(self, rubriker: tuple[Rubrik, ...]) -> Mall:
        """What the mall says."""
        falt = self.cleaned_data
        kontakt = tuple(rad.strip() for rad in falt["kontakt"].splitlines() if rad.strip())
        namn = ("dokumentslag", "kommun", "forvaltning", "namnd", "inledning", "kontrasigneras")
        return Mall(**{ett: falt[ett] for ett in namn}, rubriker=rubriker, kontakt=kontakt)


class Rubrikform(forms.Form):
    """A heading, and where it comes."""

    ordning = forms.IntegerField(
        label="Ordning",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"class": "kort-ruta"}),
        error_messages={
            "invalid": "Skriv ett tal.",
            "min_value": "Skriv 1 eller mer.",
            "max_value": "Skriv högst 999.",
        },
    )
    rubrik = Textfalt(
        label="Rubrik", required=False, max_length=80, error_messages={"max_length": "Skriv högst 80 tecken."}
    )
    slag = forms.ChoiceField(
        label="Innehåll",
        choices=Rubrikslag.choices,
        initial=Rubrikslag.TEXT,
        error_messages={"invalid_choice": "Välj i listan.", "required": "Välj vad som står under rubriken."},
    )
    obligatorisk = forms.BooleanField(label="Måste fyllas i", required=False)
    nyckel = forms.CharField(
        required=False, max_length=80, widget=forms.HiddenInput, validators=[RegexValidator(r"^[a-z0-9_]*$")]
    )


Rubrikformer = forms.formset_factory(
    Rubrikform, extra=TOMMA_RADER, max_num=FLEST_RUBRIKER, absolute_max=FLEST_RUBRIKER, validate_max=True
)


def rubriker(former: Any) -> tuple[Rubrik, ...]:
    """The headings that are filled in, in order; a row without words is left out."""
    falt = [form.cleaned_data for form in former if form.cleaned_data.get("rubrik")]
    falt.sort(key=lambda ett: ett["ordning"] or 999)
    return tuple(
        Rubrik(
            ett["nyckel"] or slugify(ett["rubrik"]).replace("-", "_"),
            Rubrikslag(ett["slag"]),
            ett["rubrik"],
            ett["obligatorisk"],
        )
        for ett in falt
    )


def rader(rubrikerna: tuple[Rubrik, ...]) -> list[dict[str, Any]]:
    """Headings as the form's rows have them."""
    return [
        {
            "ordning": nr * 10,
            "rubrik": ett.rubrik,
            "slag": ett.slag.value,
            "obligatorisk": ett.obligatorisk,
            "nyckel": ett.nyckel,
        }
        for nr, ett in enumerate(rubrikerna, 1)
    ]


def fran_ordning(ordning: Ordning) -> dict[str, Any]:
    """What a new mall says before anybody has filled it in."""
    return {
        "dokumentslag": ordning.dokumentslag,
        "kommun": kommun(),
        "forvaltning": settings.FORVALTNING,
        "namnd": settings.NAMND,
        "inledning": ordning.inledning,
    }


def fran_mall(mall: Mall) -> dict[str, Any]:
    """A mall as the form's fields have it."""
    namn = ("dokumentslag", "kommun", "forvaltning", "namnd", "inledning", "kontrasigneras")
    return {ett: getattr(mall, ett) for ett in namn} | {"kontakt": "\n".join(mall.kontakt)}
