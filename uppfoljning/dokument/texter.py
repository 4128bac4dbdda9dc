"""What of a document somebody has typed, by the field that it was typed in. Pure."""

from dataclasses import replace

from uppfoljning.dokument.innehall import Innehall, Mall
from uppfoljning.dokument.text import siffrornas_rad

RAPPORTEN = "delar"  # the field that figures are chosen in
HUVUD = frozenset(
    {"handlaggare", "epost", "undertecknare", "kontakt", RAPPORTEN}
)  # fields that name those who work there
TEXTFALT = "text_"


def typade(innehall: Innehall) -> list[tuple[str, str]]:
    """Field and text, in the form's order."""
    fritexter = [(TEXTFALT + nyckel, text) for nyckel, text in innehall.texter]
    return [
        ("titel", innehall.titel),
        ("diarienummer", innehall.diarienummer),
        ("handlaggare", innehall.handlaggare),
        ("handlaggare_titel", innehall.handlaggare_titel),
        ("epost", innehall.epost),
        ("undertecknare", innehall.undertecknare),
        ("undertecknare_titel", innehall.undertecknare_titel),
        ("forslag", "\n".join(innehall.forslag)),
        *fritexter,
        ("underlag", "\n".join(f"{ett.datum} {ett.text}" for ett in innehall.underlag)),
        ("skickas_till", "\n".join(innehall.skickas_till)),
    ]


def mallens(mall: Mall) -> list[tuple[str, str]]:
    """Field and text of a mall: it stands in every document."""
    return [
        ("dokumentslag", mall.dokumentslag),
        ("kommun", mall.kommun),
        ("forvaltning", mall.forvaltning),
        ("namnd", mall.namnd),
        ("inledning", mall.inledning),
        ("kontakt", "\n".join(mall.kontakt)),
        ("rubriker", "\n".join(ett.rubrik for ett in mall.rubriker)),
    ]


def faltnamn(falt: str, mall: Mall) -> str:
    """What a field is called on the page."""
    if falt.startswith(TEXTFALT):
        nyckel = falt.removeprefix(TEXTFALT)
        return next((ett.rubrik for ett in mall.rubriker if ett.nyckel == nyckel), nyckel)
    return _NAMN.get(falt, falt)


_NAMN = {
    "titel": "Titel",
    "diarienummer": "Diarienummer",
    "handlaggare": "Handläggare",
    "handlaggare_titel": "Handläggarens titel",
    "epost": "Handläggarens e-post",
    "undertecknare": "Undertecknare",
    "undertecknare_titel": "Undertecknarens titel",
    "forslag": "Förslag till beslut",
    "underlag": "Beslutsunderlag",
    "skickas_till": "Beslutet skickas till",
    "dokumentslag": "Mallen, dokumentets slag",
    "kommun": "Mallen, kommun",
    "forvaltning": "Mallen, förvaltning eller kontor",
    "namnd": "Mallen, nämnd",
    "inledning": "Mallen, ord före förslagen",
    "kontakt": "Mallen, kontaktuppgifter",
    "rubriker": "Mallen, rubriker",
    RAPPORTEN: "Siffrorna",
}


def med_text(innehall: Innehall, nyckel: str, text: str) -> Innehall:
    """The document with `text` under a heading."""
    texter = dict(innehall.texter) | {nyckel: text}
    return replace(innehall, texter=tuple(texter.items()))


def med_placering(innehall: Innehall, nyckel: str, nr: int) -> Innehall:
    """The document with the figures last under a heading."""
    fore = innehall.text(nyckel).rstrip()
    return med_text(innehall, nyckel, f"{fore}\n\n{siffrornas_rad(nr)}".lstrip())


def utan_placering(innehall: Innehall, nr: int) -> Innehall:
    """The document with no place for the figures."""
    rad = siffrornas_rad(nr).casefold()
    texter = tuple(
        (nyckel, "\n".join(ett for ett in text.split("\n") if ett.strip().casefold() != rad))
        for nyckel, text in innehall.texter
    )
    return replace(innehall, texter=texter)
