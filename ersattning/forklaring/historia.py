"""What has happened to a row and to what it rests on: the körning's events, and the changes that touch its days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from ersattning.forklaring.da import Andringar
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import dagar_i_rad
from ersattning.forklaring.orsaker import orsaker
from ersattning.forklaring.syskon import kreditering_av
from ersattning.forklaring.typer import Hande
from ersattning.models import Korning
from ersattning.regler import Status
from grund.models import Andring, Anvandare, Handelse
from grund.text import antal_ord, manad_i_ord
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
    korningar = [korning, u.rad.krediterar.korning] if u.rad.krediterar else [korning]
    handelser = [*korningarnas_steg(korningar), *tidigare_omgangar(u.handelser, korning)]
    handelser += [*andringar_i_ord(orsaker(u)), *andringar_i_ord(u.kring.andringar.efter(korning.andring_nr))]
    tillbaka = kreditering_av(u)
    if tillbaka:
        handelser.append(Hande(tillbaka.korning.beraknad, f"Tas tillbaka i körningen {_manad(tillbaka.korning)}"))
    return tuple(sorted(handelser, key=lambda ett: (ett.nar is not None, ett.nar), reverse=True))


def korningarnas_steg(korningar: list[Korning]) -> list[Hande]:
    """Calculated, reviewed, settled, paid: when, and by whom."""
    alla = Anvandare.objects.in_bulk({pk for korning in korningar for _, _, pk in _steg(korning) if pk})
    return [Hande(nar, f"{text}{_av(alla, pk)}") for korning in korningar for nar, text, pk in _steg(korning) if nar]


def _steg(korning: Korning) -> list[tuple[datetime | None, str, int | None]]:
    namn = f"körningen {_manad(korning)}"
    return [
        (korning.beraknad, f"Beräknad, {namn}, omgång {korning.omgang}", korning.beraknad_av_id),
        (korning.granskad, f"Granskad, {namn}", korning.granskad_av_id),
        (korning.faststalld, f"Fastställd, {namn}", korning.faststalld_av_id),
        (korning.utbetald, f"Utbetald, {namn}", korning.utbetald_av_id),
    ]


def tidigare_omgangar(handelser: Iterable[Handelse], korning: Korning) -> list[Hande]:
    """Calculations of the month that this one has replaced."""
    beraknade = [ett for ett in handelser if ett.handling == "berakna_manad"]
    return [
        Hande(ett.tidpunkt, f"Beräknad tidigare, omgång {nummer}, och ersatt")
        for nummer, ett in enumerate(beraknade, 1)
        if nummer < korning.omgang
    ]


def andringar_i_ord(andringar: Andringar, *, med_paket: bool = True) -> list[Hande]:
    """One line per package and kind of row: what was changed, which days, and by which package."""
    grupper: dict[tuple[int, str, bool], list[Andring]] = defaultdict(list)
    for ett in andringar.alla:
        grupper[ett.handelse_id, ett.fil, ett.gammalt is not None].append(ett)
    svar = []
    for (_, fil, fanns), alla in grupper.items():
        paket = alla[0].handelse.text.removeprefix("Läste in ").rstrip(".")
        vad = _andring(fil, alla, fanns=fanns)
        svar.append(Hande(alla[0].handelse.tidpunkt, f"{vad} ({paket})." if med_paket else f"{vad}."))
    return svar


def _andring(fil: str, alla: list[Andring], *, fanns: bool) -> str:
    antal = sum(ett.antal for ett in alla)
    hande = ("ändrad eller borttagen" if antal == 1 else "ändrade eller borttagna") if fanns else "tillkom"
    dagar = sorted({ett.fran for ett in alla if ett.fran}) if fanns and fil in _DAGVIS else []
    nar = f", {_nagra(dagar)}" if dagar else ""
    return f"{_FIL.get(fil, fil)}: {antal_ord(antal, 'rad', 'rader')} {hande}{nar}"


def _nagra(dagar: list[date]) -> str:
    if len(dagar) > 12:
        return antal_ord(len(dagar), "dag", "dagar")
    return dagar_i_rad(dagar)


def _manad(korning: Korning) -> str:
    return manad_i_ord(Manad.av(korning.manad))


def _av(alla: dict[int, Anvandare], pk: int | None) -> str:
    vem = alla.get(pk) if pk else None
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
