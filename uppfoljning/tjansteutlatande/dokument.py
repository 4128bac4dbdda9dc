"""A tjänsteutlåtande as PDF/UA. The same figures and the same header give the same bytes."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from grund.dokument import pdf
from grund.tid import Manad
from uppfoljning.tjansteutlatande.innehall import Utlatande

_STILMALL = "tjansteutlatande.css"
_VAPEN = "bild:vapen.svg"


def gor(utlatande: Utlatande) -> bytes:
    """The PDF. Raises grund.dokument.TypsnittSaknasFel."""
    bilder = {figur.adress: figur.svg.encode() for figur in utlatande.figurer}
    if settings.VAPEN:
        bilder[_VAPEN] = Path(settings.VAPEN).read_bytes()
    stilmall = Path(settings.BASE_DIR) / "static" / "dokument" / _STILMALL
    return pdf(som_html(utlatande), stilmallar=[stilmall], bilder=bilder)


def som_html(utlatande: Utlatande) -> str:
    """The document before it is set."""
    vapen = _VAPEN if settings.VAPEN else ""
    preliminar = " (preliminärt underlag)" if utlatande.preliminart else ""
    titel = f"{utlatande.titel}{preliminar}"
    return render_to_string("dokument/tjansteutlatande.html", {"u": utlatande, "titel": titel, "vapen": vapen})


def filnamn(manad: Manad) -> str:
    """`tjansteutlatande-2026-05.pdf`."""
    return f"tjansteutlatande-{manad}.pdf"
