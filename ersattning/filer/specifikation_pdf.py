"""A provider's specification as PDF/UA."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from ersattning.filer.innehall import Specifikation
from ersattning.filer.text import spec_titel
from grund.dokument import pdf

_STILMALLAR = ("dokument.css", "specifikation.css")


def gor(spec: Specifikation) -> bytes:
    """The PDF. Raises grund.dokument.TypsnittSaknasFel."""
    html = render_to_string("dokument/ersattningsspecifikation.html", {"spec": spec, "titel": spec_titel(spec)})
    mapp = Path(settings.BASE_DIR) / "static" / "dokument"
    return pdf(html, stilmallar=[mapp / namn for namn in _STILMALLAR])
