"""What has happened to a row and to what it rests on: the körning's events, and the changes that touch its days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ersattning.forklaring.da import Andringar
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import dagar_i_rad
from ersattning.forklaring.syskon import kreditering_av
from ersattning.forklaring.typer import Hande
from ersattning.models import Korning
from ersattning.regler import Status
from grund.models import Andring, Anvandare, Handelse
from grund.text import HART, antal_ord, manad_i_ord, tal
from grund.tid import Manad

_FIL = {
    "utforare": "Utföraren",
    "enheter": "Enheten",
    "prislistor": "Prislistan",
    "priser": "Priser",
    "tidsband": "Tidsband",
    "avtal": "Avtal",
    "personer": "Personens uppgifter",
    "beslut": "Beslut",
    "nivabedomningar": "Nivåbedömning",
    "verkstalligheter": "Verkställighet",
    "narvaro": "Närvaro",
    "besok": "Besök",
    "anstallningar": "Anställning",
    "bonusregler": "Bonusregel",
}
_DAGVIS = {"narvaro", "besok"}  # their ändringar name a day; the others' days reach on and on


def historia(u: Radunderlag) -> tuple[Hande, ...]:
    """The latest first: what became of the row, the changes after it, and how it was calculated and settled."""
    korning = u.rad.korning
    handelser = [*korningens_steg(korning), *tidigare_omgangar(u.handelser, korning)]
    handelser += [*andringar_i_ord(u.mellan.utom(u.kring.andringar)), *andringar_i_ord(u.kring.andringar)]
    tillbaka = kreditering_av(u)
    if tillbaka:
        handelser.append(Hande(tillbaka.korning.beraknad, f"Tas tillbaka i körningen {_manad(tillbaka.korning)}"))
    if u.rad.krediterar:
        handelser += korningens_steg(u.rad.krediterar.korning)
    return tuple(sorted(handelser, key=lambda ett: (ett.nar is not None, ett.nar), reverse=True))


def korningens_steg(korning: Korning) -> list[Hande]:
    """Calculated, reviewed, settled, paid: when, and by whom."""
    namn = f"körningen {_manad(korning)}"
    steg = [
        (korning.beraknad, f"Beräknad, {namn}, omgång {korning.omgang}", korning.beraknad_av),
        (korning.granskad, f"Granskad, {namn}", korning.granskad_av),
        (korning.faststalld, f"Fastställd, {namn}", korning.faststalld_av),
        (korning.utbetald, f"Utbetald, {namn}", None),
    ]
    return [Hande(nar, f"{text}{_av(vem)}") for nar, text, vem in steg if nar]


def tidigare_omgangar(handelser: Iterable[Handelse], korning: Korning) -> list[Hande]:
    """Calculations of the month that this one has replaced."""
    beraknade = [ett for ett in handelser if ett.handling == "berakna_manad"]
    return [
        Hande(ett.tidpunkt, f"Beräknad tidigare, omgång {nummer}, och ersatt")
        for nummer, ett in enumerate(beraknade, 1)
        if nummer < korning.omgang
    ]


def andringar_i_ord(andringar: Andringar) -> list[Hande]:
    """One line per package and kind of row: what was changed, and which days."""
    grupper: dict[tuple[int, str, bool], list[Andring]] = defaultdict(list)
    for ett in andringar.alla:
        grupper[ett.handelse_id, ett.fil, ett.gammalt is not None].append(ett)
    return [
        Hande(alla[0].handelse.tidpunkt, _andring(fil, alla, fanns=fanns)) for (_, fil, fanns), alla in grupper.items()
    ]


def _andring(fil: str, alla: list[Andring], *, fanns: bool) -> str:
    antal = sum(ett.antal for ett in alla)
    hande = ("ändrad eller borttagen" if antal == 1 else "ändrade eller borttagna") if fanns else "tillkom"
    dagar = sorted({ett.fran for ett in alla if ett.fran}) if fanns and fil in _DAGVIS else []
    nar = f", {_nagra(dagar)}" if dagar else ""
    vad = f"{_FIL.get(fil, fil)}: {antal_ord(antal, 'rad', 'rader')} {hande}{nar}"
    paket = alla[0].handelse.text.removeprefix("Läste in ").rstrip(".")
    return f"{vad} ({paket})."


def _nagra(dagar: list[date]) -> str:
    if len(dagar) > 12:
        return f"{tal(len(dagar))}{HART}dagar"
    return dagar_i_rad(dagar)


def _manad(korning: Korning) -> str:
    return manad_i_ord(Manad.av(korning.manad))


def _av(vem: Anvandare | None) -> str:
    return f", {vem.get_full_name() or vem.get_username()}" if vem else ""


_LAGEN = {
    Status.BERAKNAS: "Beräknas",
    Status.BERAKNAD: "Beräknad, ej fastställd",
    Status.GRANSKAD: "Granskad, ej fastställd",
    Status.FASTSTALLD: "Fastställd",
    Status.UTBETALD: "Utbetald",
}


def lage(korning: Korning) -> str:
    """The state of the körning, for a badge."""
    return _LAGEN[Status(korning.status)]
