"""What is filled in of a document: its header, a box for each heading, and what goes with it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from grund.behorighet import Roll
from grund.models import Anvandare
from grund.personnummer import utan_personnummer
from uppfoljning.dokument.filer import STORST_BILAGA, Pdf, bilaga
from uppfoljning.dokument.innehall import Innehall, Mall, Underlag
from uppfoljning.dokument.koder import Rubrikslag
from uppfoljning.dokument.texter import TEXTFALT
from uppfoljning.forms import Epostfalt, Radfalt, Textfalt
from uppfoljning.models import Dokument, Mallversion
from uppfoljning.rapport.innehall import Rapport
from uppfoljning.tjansteutlatande.regler import LANGST_FRAM, hinder_for_sammantrade

_NUMRERAD = re.compile(r"^\s*\d{1,2}[.)]\s+")
_DATERAD = re.compile(
    r"(?P<fore>\d{4}-\d\d-\d\d)[\s,]+(?P<efter_text>.+)|(?P<fore_text>.+?)[\s,]+(?P<efter>\d{4}-\d\d-\d\d)"
)
_LANGST_TEXT, _LANGST_LISTA = 20_000, 4_000


def _text(
    etikett: str, saknas: str, *, hjalp: str = "", langst: int = 80, kravs: bool = True, **annat: Any
) -> forms.CharField:
    fel = {"required": saknas, "max_length": f"Skriv högst {langst} tecken."}
    return Textfalt(label=etikett, help_text=hjalp, max_length=langst, required=kravs, error_messages=fel, **annat)


def _dag(etikett: str, saknas: str, hjalp: str = "") -> forms.DateField:
    return forms.DateField(
        label=etikett,
        help_text=hjalp,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": saknas, "invalid": "Skriv datumet som 2026-06-03."},
    )


def _rader(etikett: str, hjalp: str, hojd: int = 4, langst: int = _LANGST_LISTA) -> Radfalt:
    fel = {"max_length": f"Skriv högst {langst} tecken."}
    vidd = forms.Textarea({"rows": hojd})
    return Radfalt(label=etikett, help_text=hjalp, required=False, max_length=langst, widget=vidd, error_messages=fel)


class Huvudform(forms.Form):
    """The header of a document."""

    titel = _text("Titel", "Skriv vad ärendet gäller.", hjalp="Vad ärendet gäller, utan namn.", langst=160)
    diarienummer = _text(
        "Diarienummer",
        "Skriv ärendets diarienummer.",
        hjalp="Till exempel SN 2026/0148.",
        langst=40,
        validators=[utan_personnummer],
    )
    datum = _dag("Dokumentets datum", "Skriv vilken dag dokumentet undertecknas.")
    sammantrade = _dag("Nämndens sammanträde", "Skriv vilken dag nämnden sammanträder.")
    handlaggare = _text("Handläggare", "Skriv handläggarens namn.", hjalp="Den som svarar på frågor om dokumentet.")
    handlaggare_titel = _text("Handläggarens titel", "Skriv handläggarens titel.")
    epost = Epostfalt(
        label="Handläggarens e-post",
        required=False,
        max_length=80,
        error_messages={
            "invalid": "Skriv en e-postadress som namn@kommun.se, eller lämna fältet tomt.",
            "max_length": "Skriv högst 80 tecken.",
        },
    )
    undertecknare = _text(
        "Undertecknare", "", hjalp="Chefens namn, om hon eller han ska stå på dokumentet.", kravs=False
    )
    undertecknare_titel = _text("Undertecknarens titel", "", kravs=False)

    def __init__(self, *args: Any, idag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idag = idag

    def clean_datum(self) -> date:
        datum: date = self.cleaned_data["datum"]
        if datum > self.idag + LANGST_FRAM:
            raise forms.ValidationError("Dokumentets datum ligger mer än ett år framåt. Kontrollera årtalet.")
        return datum

    def clean_sammantrade(self) -> date:
        dag: date = self.cleaned_data["sammantrade"]
        datum: date | None = self.cleaned_data.get("datum")
        if datum and (hinder := hinder_for_sammantrade(dag, datum=datum)):
            raise forms.ValidationError(hinder)
        return dag

    def huvudfalt(self) -> dict[str, Any]:
        """What the header says, as fields of an Innehall."""
        return {namn: self.cleaned_data[namn] for namn in Huvudform.base_fields}


class Nyttform(Huvudform):
    """A new document: which mall, and its header."""

    mall = forms.TypedChoiceField(
        label="Mall",
        coerce=int,
        error_messages={"required": "Välj en mall.", "invalid_choice": "Välj en mall i listan."},
    )
    field_order = ("mall",)

    def __init__(self, *args: Any, mallar: list[Mallversion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mallar = {ett.pk: ett for ett in mallar}
        self.fields["mall"].choices = [(ett.pk, ett.mall.namn) for ett in mallar]  # type: ignore[attr-defined]

    @property
    def mallversion(self) -> Mallversion:
        """The one that is chosen."""
        return self._mallar[self.cleaned_data["mall"]]

    def innehall(self) -> Innehall:
        """An empty document with the header."""
        return Innehall(**self.huvudfalt())


class Dokumentform(Huvudform):
    """The whole text of a document, a box for each heading of its mall, in its order."""

    def __init__(self, *args: Any, mall: Mall, fore: Innehall, **kwargs: Any) -> None:
        kwargs.setdefault("initial", ifyllt(fore))
        super().__init__(*args, **kwargs)
        self._fore, self._mall = fore, mall
        for rubrik in mall.rubriker:
            if rubrik in mall.fritexter:
                hojd = 6 if rubrik.slag == Rubrikslag.SAMMANFATTNING else 12
                self.fields[TEXTFALT + rubrik.nyckel] = _rader(rubrik.rubrik, "", hojd, _LANGST_TEXT)
            elif rubrik.slag in _LISTOR:
                namn, gor = _LISTOR[rubrik.slag]
                self.fields[namn] = gor(rubrik.rubrik)

    def clean_underlag(self) -> tuple[Underlag, ...]:
        svar, fel = [], []
        for nr, rad in enumerate(_radlista(self.cleaned_data["underlag"]), 1):
            try:
                svar.append(_underlag(rad))
            except ValueError as vad:
                fel.append(f"Rad {nr}: {vad}")
        if fel:
            raise forms.ValidationError(fel)
        return tuple(svar)

    def innehall(self) -> Innehall:
        """What the document says now; figures and attachments as before, and texts that the mall has no heading for."""
        falt = self.cleaned_data
        texter = dict(self._fore.texter)
        for rubrik in self._mall.fritexter:
            texter[rubrik.nyckel] = _radslut(falt[TEXTFALT + rubrik.nyckel])
        return replace(
            self._fore,
            **self.huvudfalt(),
            texter=tuple((nyckel, text) for nyckel, text in texter.items() if text),
            forslag=tuple(_NUMRERAD.sub("", rad) for rad in _radlista(falt.get("forslag", "")))
            if "forslag" in falt
            else self._fore.forslag,
            underlag=falt.get("underlag", self._fore.underlag),
            skickas_till=tuple(_radlista(falt["skickas_till"])) if "skickas_till" in falt else self._fore.skickas_till,
        )


_LISTOR: dict[str, tuple[str, Callable[[str], forms.Field]]] = {
    Rubrikslag.FORSLAG: (
        "forslag",
        lambda rubrik: _rader(rubrik, "Ett förslag på varje rad, som en egen mening. Numren sätts i dokumentet.", 5),
    ),
    Rubrikslag.UNDERLAG: (
        "underlag",
        lambda rubrik: _rader(
            rubrik,
            "En handling på varje rad, med datum: 2026-06-01 Simulering av ersättning för boendestöd. Dokumentet självt"
            " står först utan att du skriver det.",
        ),
    ),
    Rubrikslag.SKICKAS: ("skickas_till", lambda rubrik: _rader(rubrik, "En mottagare på varje rad.", 3)),
}


def ifyllt(innehall: Innehall) -> dict[str, Any]:
    """A document as the form's fields have it."""
    huvud = {namn: getattr(innehall, namn) for namn in Huvudform.base_fields}
    texter = {TEXTFALT + nyckel: text for nyckel, text in innehall.texter}
    listor = {
        "forslag": "\n".join(innehall.forslag),
        "underlag": "\n".join(f"{ett.datum} {ett.text}" for ett in innehall.underlag),
        "skickas_till": "\n".join(innehall.skickas_till),
    }
    return huvud | texter | listor


def fran_borjan(vem: Anvandare, idag: date) -> dict[str, Any]:
    """What a new document's header says before anybody has filled it in."""
    return {
        "datum": idag,
        "handlaggare": vem.get_full_name(),
        "handlaggare_titel": Roll(vem.roller[0]).label if vem.roller else "",
        "epost": vem.email,
    }


def _radslut(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _radlista(text: str) -> list[str]:
    return [rad.strip() for rad in _radslut(text).split("\n") if rad.strip()]


def _underlag(rad: str) -> Underlag:
    traff = _DATERAD.fullmatch(rad)
    if traff is None:
        msg = "skriv handlingens datum och vad den är, som 2026-06-01 Simulering av ersättning."
        raise ValueError(msg)
    try:
        dag = date.fromisoformat(traff["fore"] or traff["efter"])
    except ValueError:
        msg = "datumet finns inte i kalendern."
        raise ValueError(msg) from None
    return Underlag(dag, (traff["efter_text"] or traff["fore_text"]).strip())


class Bilageform(forms.Form):
    """An attachment: a PDF that is looked at."""

    titel = _text("Bilagans titel", "Skriv vad bilagan är.", hjalp="Som den ska stå under Bilagor.", langst=160)
    fil = forms.FileField(
        label="Fil",
        help_text="En PDF, högst 10 MB. Filens eget namn och andra dolda uppgifter sparas inte.",
        widget=forms.FileInput({"accept": ".pdf"}),
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom."},
    )
    granskad = forms.BooleanField(
        label="Jag har själv läst de sidor som har bilder eller ingen läsbar text. De innehåller inga personuppgifter.",
        required=False,
        help_text="Behövs bara när bilagan har sådana sidor, till exempel inskannade. Bilder går inte att söka igenom.",
    )

    def clean_fil(self) -> Pdf:
        fil = self.cleaned_data["fil"]
        if fil.size > STORST_BILAGA:
            raise forms.ValidationError("Bilagan är större än 10 MB.")
        try:
            return bilaga(fil.read())
        except ValueError as fel:
            raise forms.ValidationError(str(fel)) from None

    def clean(self) -> dict[str, Any]:
        falt = super().clean() or {}
        fil = falt.get("fil")
        if isinstance(fil, Pdf) and fil.bildsidor and not falt.get("granskad"):
            self.add_error(
                "granskad",
                "Bilagan har sidor med bilder eller utan läsbar text, som inte går att söka igenom. Läs dem själv och"
                " markera rutan.",
            )
        return falt


class Infogaform(forms.Form):
    """Where in which document a report's figures go, and which of its parts."""

    plats = forms.ChoiceField(
        label="Dokument och rubrik",
        help_text="Siffrorna läggs sist under rubriken. Raden kan flyttas i texten efteråt.",
        error_messages={
            "required": "Välj var siffrorna ska stå.",
            "invalid_choice": "Välj ett av dokumenten i listan.",
        },
    )
    delar = forms.MultipleChoiceField(
        label="Delar av rapporten",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en del.", "invalid_choice": "Välj bland delarna i listan."},
    )

    def __init__(self, *args: Any, platser: Sequence[tuple[Dokument, Mall]], rapport: Rapport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt: Any = self.fields["plats"]
        falt.choices = [("", "Välj"), *(_platser(dokument, mall) for dokument, mall in platser)]
        delar: Any = self.fields["delar"]
        delar.choices = [(ett.nyckel, ett.rubrik) for ett in rapport.delar]
        if not self.is_bound:
            self.initial.setdefault("delar", [ett.nyckel for ett in rapport.delar])

    @property
    def valt(self) -> tuple[int, str]:
        """The document's key and the heading's."""
        pk, _, nyckel = self.cleaned_data["plats"].partition(":")
        return int(pk), nyckel


def _platser(dokument: Dokument, mall: Mall) -> tuple[str, list[tuple[str, str]]]:
    """The headings of a document, as a group of choices."""
    texter = [ett for ett in mall.fritexter if ett.slag == Rubrikslag.TEXT]
    return f"{dokument.titel} ({dokument.diarienummer})", [
        (f"{dokument.pk}:{ett.nyckel}", ett.rubrik) for ett in texter
    ]


def forsta_rubrik(mall: Mall) -> str:
    """The key of the first heading that figures may stand under."""
    return next(ett.nyckel for ett in mall.fritexter if ett.slag == Rubrikslag.TEXT)


class Svarsform(forms.Form):
    """Why a document is given back."""

    svar = _rader("Varför", "Vad som behöver ändras. Skriv inga namn på brukare.", 3, 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["svar"].required = True
        self.fields["svar"].error_messages["required"] = "Skriv vad som behöver ändras."


def effektivt(form: forms.Form) -> Iterator[tuple[str, str]]:
    """The selection that a report's form stands for, so that it means the same on another day."""
    for namn in form.fields:
        varde = form[namn].value()
        for ett in varde if isinstance(varde, list | tuple) else [varde]:
            if ett not in {None, ""}:
                yield namn, str(ett)
