"""The extract as PDF/UA."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beslut.visning import personnummer_i_ord
from grund.dokument import pdf
from grund.text import datum_i_ord, tidpunkt_i_ord
from uppfoljning.models import Registerutdrag
from uppfoljning.registerutdrag import information
from uppfoljning.registerutdrag.innehall import Byggare
from uppfoljning.registerutdrag.typer import Innehall

_STILMALLAR = ("dokument.css", "registerutdrag.css")


def gor(utdrag: Registerutdrag) -> tuple[bytes, Innehall]:
    """The document, and what is in it. Raises grund.dokument.TypsnittSaknasFel."""
    mapp = Path(settings.BASE_DIR) / "static" / "dokument"
    innehall = Byggare(utdrag.person, utdrag.undantag).bygg()
    html = render_to_string("dokument/registerutdrag.html", sammanhang(utdrag, innehall))
    return pdf(html, stilmallar=[mapp / namn for namn in _STILMALLAR]), innehall


def filnamn(utdrag: Registerutdrag, slut: str) -> str:
    """What the file is called when it is saved: nothing that says whose it is."""
    return f"registerutdrag-{utdrag.pk}.{slut}"


def sammanhang(utdrag: Registerutdrag, innehall: Innehall) -> dict[str, Any]:
    """What the template reads."""
    person = utdrag.person
    namn = f"{person.fornamn} {person.efternamn}".strip()
    return {
        "titel": "Registerutdrag",
        "kommun": settings.KOMMUN,
        "forvaltning": settings.FORVALTNING,
        "utdrag": utdrag,
        "namn": namn or person.nyckel,
        "personnummer": personnummer_i_ord(person.personnummer),
        "gjort": tidpunkt_i_ord(utdrag.tidpunkt),
        "begart": datum_i_ord(utdrag.begart),
        "innehall": innehall,
        "information": {
            "ansvarig": information.ansvarig(),
            "andamal": information.ANDAMAL,
            "kategorier": information.KATEGORIER,
            "ursprung": information.URSPRUNG,
            "mottagare": information.mottagare(person),
            "tredjeland": information.TREDJELAND,
            "lagring": information.lagring(),
            "bevaras": information.BEVARAS,
            "automatiskt": information.AUTOMATISKT,
            "rattigheter": information.RATTIGHETER,
        },
    }
