"""The decision as a document: what FL 31–33 and 44 §§ say that it must hold, in plain Swedish. PDF/UA."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beslut.lagrum import lagrum_i_ord
from beslut.models import Forslag
from beslut.ord import insats_i_mening, mangd_i_ord
from beslut.regler import Insats, Utfall
from grund import dokument
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.text import HART, datum_i_ord
from grund.tid import lokal_dag

_STILMALLAR = [settings.BASE_DIR / "static/dokument" / namn for namn in ("dokument.css", "beslut.css")]
VAPENADRESS = "vapen:"


def beslutshandling_pdf(forslag: Forslag) -> bytes:
    """The document. One that is not signed is marked as a draft on every page."""
    vapen = Path(settings.VAPEN) if settings.VAPEN else None
    kontext = sammanhang(forslag) | {"vapen": VAPENADRESS if vapen else ""}
    html = render_to_string("dokument/beslut.html", kontext)
    bilder = {VAPENADRESS: vapen.read_bytes()} if vapen else {}
    return dokument.pdf(html, stilmallar=_STILMALLAR, bilder=bilder)


def sammanhang(forslag: Forslag) -> dict[str, Any]:
    """What the template needs."""
    arende = forslag.arende
    dag = lokal_dag(forslag.undertecknat) if forslag.undertecknat else None
    return {
        "titel": f"Beslut {arende.nummer}",
        "kommun": settings.KOMMUN,
        "namnd": settings.NAMND,
        "domstol": settings.DOMSTOL,
        "postadress": settings.POSTADRESS,
        "arende": arende,
        "namn": _namn(forslag),
        "dag": dag,
        "rubrik": rubrik(forslag),
        "beslut": beslutsmeningar(forslag),
        "motivering": [stycke for stycke in forslag.motivering.splitlines() if stycke.strip()],
        "forbehall": forslag.forbehall_text if forslag.forbehall else "",
        "ger": forslag.utfall != Utfall.AVSLAG,
        "ar_lss": Insats(arende.insats).lag == "LSS",
        "lagrum": _ihop(lagrum_i_ord(arende.insats, dag)) if dag else "",
        "uppfoljning": forslag.uppfoljning,
        "beslutat_av": med_titel(forslag.undertecknat_av),
        "foredragande": med_titel(forslag.foreslaget_av),
        "medverkat": _medverkat(forslag),
    }


def rubrik(forslag: Forslag) -> str:
    """`Du beviljas daglig verksamhet (LSS)`, what the decision comes to for the one who reads it."""
    insats = insats_i_mening(forslag.arende.insats)
    if forslag.utfall == Utfall.AVSLAG:
        upphor = forslag.arende.omprovar_id and forslag.fran
        return f"Din insats {insats} upphör" if upphor else f"Din ansökan om {insats} avslås"
    return f"Du beviljas {'delvis ' if forslag.utfall == Utfall.DELVIS else ''}{insats}"


def beslutsmeningar(forslag: Forslag) -> list[str]:
    """What is decided: what, how much, from when and how long."""
    if not forslag.utfall:
        return []
    dag = lokal_dag(forslag.undertecknat) if forslag.undertecknat else forslag.arende.inkom
    enligt = _ihop(lagrum_i_ord(forslag.arende.insats, dag))
    insats = Insats(forslag.arende.insats).label
    if forslag.utfall == Utfall.AVSLAG:
        return _avslag(forslag, insats, enligt)
    delvis = "delvis " if forslag.utfall == Utfall.DELVIS else ""
    meningar = [f"{settings.NAMND} beviljar {_namn(forslag)} {delvis}{insats} enligt {enligt}.", _tid(forslag)]
    if forslag.omfattning is not None:
        meningar.append(f"Omfattningen är {mangd_i_ord(forslag.omfattning, forslag.omfattning_enhet)}.")
    if forslag.arende.omprovar and forslag.grund:
        meningar.append(f"Beslutet ersätter {forslag.arende.omprovar.nyckel}. Grund: {forslag.get_grund_display()}.")
    return meningar


def _avslag(forslag: Forslag, insats: str, enligt: str) -> list[str]:
    gammalt = forslag.arende.omprovar
    if gammalt and forslag.fran:
        nar = datum_i_ord(forslag.fran)
        upphor = f"{settings.NAMND} beslutar att {insats} enligt beslutet {gammalt.nyckel} upphör {nar}."
        return [upphor, f"Grund: {forslag.get_grund_display()}."]
    return [f"{settings.NAMND} avslår ansökan från {_namn(forslag)} om {insats} enligt {enligt}."]


def _tid(forslag: Forslag) -> str:
    if forslag.fran is None:
        return ""
    slut = f"till och med {datum_i_ord(forslag.sista)}" if forslag.sista else "tills vidare"
    return f"Beslutet gäller från och med {datum_i_ord(forslag.fran)} {slut}."


def _ihop(lagrum: str) -> str:
    """The paragraph on one line: `9 § 10 LSS` is not broken."""
    fore, paragraf, efter = lagrum.partition(" § ")
    return f"{fore.replace(' ', HART)}{HART}§{HART}{efter.replace(' LSS', f'{HART}LSS')}" if paragraf else lagrum


def _namn(forslag: Forslag) -> str:
    person = forslag.arende.person
    return f"{person.fornamn} {person.efternamn}".strip() or person.nyckel


def med_titel(vem: Anvandare | None) -> str:
    """`Gustav Ek, gruppchef`; empty for nobody."""
    if vem is None:
        return ""
    roller = [Roll(roll).label for roll in vem.roller if roll in {Roll.GRUPPCHEF, Roll.HANDLAGGARE}]
    return ", ".join([vem.get_full_name() or vem.username, *roller[:1]])


def _medverkat(forslag: Forslag) -> str:
    """Who worked with the ärende without proposing or deciding (FL 31 § 5)."""
    handlaggare = forslag.arende.handlaggare
    return "" if handlaggare in {forslag.foreslaget_av, forslag.undertecknat_av} else med_titel(handlaggare)
