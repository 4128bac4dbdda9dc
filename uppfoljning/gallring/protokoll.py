"""The protocol of a gallring as PDF/UA: the same bytes each time, and nobody in it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from grund.dokument import pdf
from grund.text import antal_ord, datum_i_ord, tal, tidpunkt_i_ord
from uppfoljning.gallring.koder import Listslag
from uppfoljning.gallring.text import per_tabell
from uppfoljning.models import Gallringslista

_STILMALLAR = ("dokument.css", "loggprotokoll.css")


def gor(lista: Gallringslista) -> bytes:
    """Raises grund.dokument.TypsnittSaknasFel."""
    mapp = Path(settings.BASE_DIR) / "static" / "dokument"
    html = render_to_string("dokument/gallringsprotokoll.html", _sammanhang(lista))
    return pdf(html, stilmallar=[mapp / namn for namn in _STILMALLAR])


def filnamn(lista: Gallringslista) -> str:
    """What the file is called when it is saved."""
    return f"gallringsprotokoll-{lista.pk}.pdf"


def fakta(lista: Gallringslista) -> list[tuple[str, str]]:
    """What the protocol says, as terms and words."""
    p = lista.protokoll
    par = [
        ("Lista", lista.nyckel),
        ("Gäller", lista.get_slag_display()),
        ("Läget den", datum_i_ord(date.fromisoformat(p["dag"]))),
        ("Lagrum", p["lagrum"]),
        ("Personer i listan", tal(p["personer"])),
        ("Gallrade", tal(p["gallrade"])),
        ("Föll ur listan", tal(p["foll_ur"])),
        ("Sista anteckning", _mellan(p["sista_anteckning"])),
        ("Filer som togs bort", tal(p["filer"])),
        ("Föreslagen", _nar(p["foreslagen"])),
        ("Beslutad", _nar(p["beslutad"])),
        ("Genomförd", tidpunkt_i_ord(datetime.fromisoformat(p["genomford"]))),
        ("Listans kontrollsumma", p["listans_kontrollsumma"]),
        ("Protokollets kontrollsumma", lista.sha256),
    ]
    return [ett for ett in par if ett[1]]


def _nar(nar_vem: list[str]) -> str:
    nar, vem = nar_vem
    return f"{tidpunkt_i_ord(datetime.fromisoformat(nar))} av {vem}"


def _mellan(dagar: list[str]) -> str:
    if not dagar:
        return ""
    forsta, sista = (datum_i_ord(date.fromisoformat(dag)) for dag in dagar)
    return f"mellan {forsta} och {sista}"


def _sammanhang(lista: Gallringslista) -> dict[str, Any]:
    p = lista.protokoll
    return {
        "titel": f"Gallringsprotokoll {lista.nyckel}",
        "kommun": settings.KOMMUN,
        "lista": lista,
        "fakta": fakta(lista),
        "akten": lista.slag == Listslag.AKT,
        "gallrade": antal_ord(p["gallrade"], "person", "personer"),
        "tabeller": [
            ("Rader som togs bort", per_tabell(p["borttagna"])),
            ("Rader som avidentifierades", per_tabell(p["avidentifierade"])),
        ],
    }
