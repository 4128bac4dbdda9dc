"""A document as PDF/UA. The same content, mall and signatures give the same bytes."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from grund.dokument import pdf
from uppfoljning.dokument.satt import Satt

_STILMALLAR = ("tjansteutlatande.css", "namnddokument.css")
_VAPEN, _LOGOTYP = "bild:vapen.svg", "bild:logotyp.png"


def gor(satt: Satt, logotyp: bytes) -> bytes:
    """The PDF. Without a logo of the mall the municipality's arms stand there. Raises TypsnittSaknasFel."""
    bilder = {figur.adress: figur.svg.encode() for figur in satt.figurer}
    adress = ""
    if logotyp:
        adress, bilder[_LOGOTYP] = _LOGOTYP, logotyp
    elif settings.VAPEN:
        adress, bilder[_VAPEN] = _VAPEN, Path(settings.VAPEN).read_bytes()
    mapp = Path(settings.BASE_DIR) / "static" / "dokument"
    html = render_to_string("dokument/namnddokument.html", {"d": satt, "titel": satt.titel, "vapen": adress})
    return pdf(html, stilmallar=[mapp / namn for namn in _STILMALLAR], bilder=bilder)
