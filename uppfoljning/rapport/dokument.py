"""A report as a PDF of its own: what is public, with what each figure means. The same report gives the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from ersattning.filer.text import kommun
from grund.dokument import pdf
from uppfoljning.rapport.avsnitt import avsnitt
from uppfoljning.rapport.definitioner import Definition, definitioner
from uppfoljning.rapport.innehall import Rapport
from uppfoljning.tjansteutlatande import innehall
from uppfoljning.tjansteutlatande.tabeller import Numrering

_STILMALL = "tjansteutlatande.css"


@dataclass(frozen=True, slots=True)
class Rapportdokument:
    """What stands in it."""

    rapport: Rapport
    avsnitt: tuple[innehall.Avsnitt, ...]
    definitioner: tuple[Definition, ...]
    kommun: str
    forvaltning: str


def gor(rapport: Rapport) -> bytes:
    """The PDF of a report that is public. Raises grund.dokument.TypsnittSaknasFel."""
    dokument = satt_samman(rapport)
    bilder = {ett.figur.adress: ett.figur.svg.encode() for ett in dokument.avsnitt if ett.figur}
    stilmall = Path(settings.BASE_DIR) / "static" / "dokument" / _STILMALL
    return pdf(som_html(dokument), stilmallar=[stilmall], bilder=bilder)


def satt_samman(rapport: Rapport) -> Rapportdokument:
    """Its parts and the definitions of the figures that stand in them."""
    return Rapportdokument(
        rapport, tuple(avsnitt(rapport, Numrering())), tuple(_anvanda(rapport)), kommun(), settings.FORVALTNING
    )


def som_html(dokument: Rapportdokument) -> str:
    """The document before it is set."""
    return render_to_string("dokument/rapport.html", {"d": dokument, "titel": dokument.rapport.rubrik})


def _anvanda(rapport: Rapport) -> Iterable[Definition]:
    for nyckel in dict.fromkeys(ett.nyckel for ett in rapport.nyckeltal):
        yield definitioner()[nyckel]
