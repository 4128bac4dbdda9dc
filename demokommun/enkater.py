"""Two years of brukarundersökning in Ekstad, with enheter that are too small for results of their own. Made up."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from zlib import crc32

from beslut.personnummer import ar_kvinna
from beslut.regler import Insats
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from uppfoljning.brukarundersokning.regler import Enkat, Kon, Omrade
from uppfoljning.models import Enkatrad
from uppfoljning.uppgifter.brukarundersokning import BRUKARUNDERSOKNING
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from utforare.models import Verkstallighet

_ENKATER = {
    Enkat.DAGLIG_VERKSAMHET: Insats.DAGLIG_VERKSAMHET,
    Enkat.GRUPPBOSTAD: Insats.BOSTAD_VUXNA,
    Enkat.BOENDESTOD: Insats.BOENDESTOD,
}
_FRAGOR = {
    Omrade.SJALVBESTAMMANDE: ("Får du bestämma om saker som är viktiga för dig?", "Får du den hjälp du vill ha?"),
    Omrade.BEMOTANDE: ("Bryr sig personalen om dig?", "Pratar personalen så att du förstår?"),
    Omrade.TRYGGHET: ("Känner du dig trygg?", "Vet du vem du ska prata med om något är dåligt?"),
    Omrade.TRIVSEL: ("Trivs du?", "Är det du gör viktigt för dig?"),
}
_SVARAR, _BAST = (45, 85), (55, 95)  # percent: of those asked who answer, of those who answer who are pleased
_SVARAR_VIDARE = 92  # percent of those who answer at all who answer a question
_RUBRIK = "enhet_id;enkat;kon;tillfragade;svarande;omrade;fraga;svar;positiva"


def lagg_upp(idag: date) -> None:
    """Once: the two years before this."""
    if Enkatrad.objects.exists():
        return
    for ar in (idag.year - 2, idag.year - 1):
        rader = [rad for enkat, insats in _ENKATER.items() for rad in _rader(ar, enkat, insats)]
        if rader:
            las_in_uppgifter(
                slag=BRUKARUNDERSOKNING,
                period=str(ar),
                innehall="\n".join([_RUBRIK, *rader]).encode(),
                filnamn=f"brukarundersokning-{ar}.csv",
                kalla="Påhittad undersökning i Ekstad",
                av=Anvandare.objects.get(username="klara"),
                nu=datetime.combine(date(ar, 12, 5), time(10), STOCKHOLM),
            )


def _rader(ar: int, enkat: Enkat, insats: Insats) -> Iterator[str]:
    """Of each enhet: all, women and men."""
    verk = Verkstallighet.objects.filter(beslut__insats=insats, period__contains=date(ar, 10, 1))
    personer: dict[str, list[bool]] = defaultdict(list)
    for enhet, nummer in verk.order_by("nyckel").values_list("enhet__nyckel", "beslut__person__personnummer"):
        personer[enhet].append(ar_kvinna(nummer))
    for enhet, kvinnor in sorted(personer.items()):
        delar = {
            Kon.KVINNOR: _delen(f"{ar}{enkat}{enhet}K", sum(kvinnor)),
            Kon.MAN: _delen(f"{ar}{enkat}{enhet}M", len(kvinnor) - sum(kvinnor)),
        }
        alla = {namn: _plus(delar[Kon.KVINNOR][namn], delar[Kon.MAN][namn]) for namn in delar[Kon.MAN]}
        for kon, del_ in {Kon.ALLA: alla, **delar}.items():
            tillfragade, svarande = del_[""]
            for omrade, fragor in _FRAGOR.items():
                for fraga in fragor:
                    svar, positiva = del_[fraga]
                    yield ";".join(map(str, (enhet, enkat, kon, tillfragade, svarande, omrade, fraga, svar, positiva)))


def _delen(fro: str, antal: int) -> dict[str, tuple[int, int]]:
    """Asked and answered under "", and answers and best answers of each question."""
    svarande = round(antal * _procent(f"{fro}svarar", *_SVARAR) / 100)
    svar = {"": (antal, svarande)}
    for fraga in (fraga for fragor in _FRAGOR.values() for fraga in fragor):
        nagra = round(svarande * _SVARAR_VIDARE / 100)
        svar[fraga] = (nagra, round(nagra * _procent(f"{fro}{fraga}", *_BAST) / 100))
    return svar


def _plus(ett: tuple[int, int], annat: tuple[int, int]) -> tuple[int, int]:
    return ett[0] + annat[0], ett[1] + annat[1]


def _procent(fro: str, lagst: int, hogst: int) -> int:
    return lagst + crc32(fro.encode()) % (hogst - lagst + 1)
