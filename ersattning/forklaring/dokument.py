"""An explanation as PDF/UA, for the utförare."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from ersattning.filer.text import kommun
from ersattning.forklaring import visning
from ersattning.forklaring.typer import Forklaring
from ersattning.forklaring.utforarens import utforarens
from ersattning.forklaring.visning_tak import takvy
from grund.dokument import pdf

_STILMALLAR = ("dokument.css", "forklaring.css")


def titel(f: Forklaring) -> str:
    """The document's title. It names the row, never a person."""
    return f"Förklaring av rad {f.rad.id}, {visning.vad(f)}"


def gor(f: Forklaring) -> bytes:
    """The PDF: the same bytes for the same explanation. Raises grund.dokument.TypsnittSaknasFel."""
    egen = utforarens(f)
    sammanhang = visning.sida(egen) | {
        "titel": titel(egen),
        "kommun": kommun(),
        "veckor": veckor(egen),
        "tak": takvy(egen.rad.artikel, egen.tak),
        "regler": visning.regeltexter(egen.kedja, "R0"),
    }
    mapp = Path(settings.BASE_DIR) / "static" / "dokument"
    html = render_to_string("dokument/forklaring.html", sammanhang)
    return pdf(html, stilmallar=[mapp / namn for namn in _STILMALLAR])


def veckor(f: Forklaring) -> list[list[visning.Dagvy | None]]:
    """The month as rows of a calendar, Monday first; None where the week belongs to another month."""
    dagar: list[visning.Dagvy | None] = [*visning.remsa(f.dagar)]
    if not dagar:
        return []
    rutor = [None] * (visning.borja(f.dagar) - 1) + dagar
    rutor += [None] * (-len(rutor) % 7)
    return [rutor[start : start + 7] for start in range(0, len(rutor), 7)]


def filnamn(f: Forklaring) -> str:
    """What the file is called when it is saved."""
    return f"forklaring-{f.rad.korning}-{f.rad.id}.pdf"
