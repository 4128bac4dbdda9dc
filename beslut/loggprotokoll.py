"""A control of the log in words: its page, and the protocol as PDF/UA. Persons are known by key, never by name."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beslut import loggkontroll
from beslut.loggkontroll import period_i_ord, urval_i, urval_i_ord
from beslut.models import Kontrollrad, Loggkontroll
from beslut.regler import Lasningsutfall
from grund.dokument import pdf
from grund.models import Anvandare
from grund.text import antal_ord, stor_forsta, tal, tidpunkt_i_ord

_STILMALLAR = ("dokument.css", "loggprotokoll.css")


def fakta(kontroll: Loggkontroll) -> list[tuple[str, str]]:
    """What was drawn from, by whom, and how."""
    urval = urval_i(kontroll)
    par = [
        ("Period", period_i_ord(urval)),
        ("Urval", stor_forsta(urval_i_ord(urval))),
        ("Draget", f"{tidpunkt_i_ord(kontroll.skapad)} av {vem(kontroll.av)}"),
        ("Dragna", f"{tal(kontroll.storlek)} av {antal_ord(kontroll.antal, 'läsning', 'läsningar')}, på måfå"),
        ("Frö", str(kontroll.fro)),
    ]
    if kontroll.avslutad and kontroll.avslutad_av:
        par.append(("Avslutad", f"{tidpunkt_i_ord(kontroll.avslutad)} av {vem(kontroll.avslutad_av)}"))
    return par


def nyckeltal(rader: Sequence[Kontrollrad]) -> list[dict[str, str]]:
    """How many have each mark (komponenter/nyckeltal.html)."""
    antal = loggkontroll.fordelning(rader)
    namn = {**dict(Lasningsutfall.choices), "": "inte bedömda"}
    return [{"namn": stor_forsta(str(namn[kod])), "varde": tal(antal[kod]), "not_": ""} for kod in antal]


def utfall_i_ord(rad: Kontrollrad) -> str:
    """The mark, with who made it; empty when there is none."""
    kod = getattr(rad, "utfall", None)
    if not kod:
        return ""
    return f"{stor_forsta(Lasningsutfall(kod).label)}, {rad.bedomare}"  # type: ignore[attr-defined]  # annotated


def vem(anvandare: Anvandare) -> str:
    """A user's name, or user name."""
    return anvandare.get_full_name() or anvandare.get_username()


def gor(kontroll: Loggkontroll) -> bytes:
    """The protocol of a finished control: the same bytes each time. Raises grund.dokument.TypsnittSaknasFel."""
    mapp = Path(settings.BASE_DIR) / "static" / "dokument"
    html = render_to_string("dokument/loggprotokoll.html", _sammanhang(kontroll))
    return pdf(html, stilmallar=[mapp / namn for namn in _STILMALLAR])


def filnamn(kontroll: Loggkontroll) -> str:
    """What the file is called when it is saved."""
    return f"loggkontroll-{kontroll.pk}.pdf"


def _sammanhang(kontroll: Loggkontroll) -> dict[str, Any]:
    rader = loggkontroll.rader(kontroll)
    return {
        "titel": f"Protokoll, loggkontroll {kontroll.pk}",
        "kommun": settings.KOMMUN,
        "kontroll": kontroll,
        "fakta": fakta(kontroll),
        "tal": [ett for ett in nyckeltal(rader) if ett["varde"] != "0"],
        "rader": [
            {"rad": rad, "utfall": utfall_i_ord(rad), "anmarkt": rad.utfall != Lasningsutfall.I_ORDNING}  # type: ignore[attr-defined]
            for rad in rader
        ],
    }
