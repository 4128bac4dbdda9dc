"""Makes a prognos' frozen rows: what has been, as it was paid, and what is to come, as planned and with its shares."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from ersattning.kalkyl.antagande import Antagande
from ersattning.models import Ersattningsrad, Prognos, Prognosrad, Simuleringssumma, Simuleringsvolym
from ersattning.prognos.berakning import (
    SOM_DET_AR,
    Prognosvarde,
    Radnyckel,
    Summa,
    andelar,
    prognosvarden,
)
from ersattning.prognos.queries import andelsmanader
from ersattning.regler import FAST, Prognoskalla, Radtyp
from grund.pengar import avrunda
from grund.tid import Manad

_FALT = ("variant__nummer", "manad", "insats", "utforare_id", "artikel", "enhet")
_INGEN = (0, 0, 0)


class Betalt:
    """What a month that has been came to. `volym`: by unit, [antal, kronor]; `ovrigt`: all but ordinary rows."""

    def __init__(self) -> None:
        self.volym: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        self.ovrigt = Decimal(0)

    @property
    def belopp(self) -> Decimal:
        """All of it."""
        return sum((kronor for _, kronor in self.volym.values()), self.ovrigt)

    def lagg(self, enhet: str, antal: Decimal, kronor: Decimal) -> None:
        """More of it."""
        self.volym[enhet][0] += antal
        self.volym[enhet][1] += kronor


def spara(prognos: Prognos) -> int:
    """Store the shares and the rows; gives how many. The simulering is calculated."""
    summor = _summor(prognos)
    prognos.andelar = _som_text(andelar(summor, andelsmanader(prognos)))
    prognos.save(update_fields=["andelar"])
    rader = [*_det_som_har_varit(prognos, summor), *_det_som_kommer(prognos, summor)]
    return len(Prognosrad.objects.bulk_create(rader, batch_size=2000))


def andelar_av(prognos: Prognos) -> dict[str, dict[str, Decimal]]:
    """The shares as they are stored."""
    return {insats: {slag: Decimal(text) for slag, text in alla.items()} for insats, alla in prognos.andelar.items()}


def _som_text(alla: dict[str, dict[str, Decimal]]) -> dict[str, dict[str, str]]:
    return {insats: {slag: str(andel) for slag, andel in egna.items()} for insats, egna in alla.items()}


def _summor(prognos: Prognos) -> list[Summa]:
    rader = Simuleringssumma.objects.filter(variant__simulering=prognos.simulering_id).order_by()
    return [Summa(*rad) for rad in rader.values_list(*_FALT).annotate(a=Sum("antal"), b=Sum("belopp"))]


def _antal(prognos: Prognos) -> dict[Radnyckel, tuple[int, int, int]]:
    """Persons, and how many begin and end."""
    volymer = Simuleringsvolym.objects.filter(
        simulering=prognos.simulering_id, manad__isnull=False, utforare__isnull=False
    )
    falt = ("manad", "insats", "utforare_id", "personer", "nya", "avslutade")
    return {(rad[0], rad[1], rad[2]): (rad[3], rad[4], rad[5]) for rad in volymer.values_list(*falt)}


def _det_som_har_varit(prognos: Prognos, summor: list[Summa]) -> Iterator[Prognosrad]:
    """The year's months so far: their körning; a month that was never run, by what is registered of it."""
    korda = {Manad.las(ett["manad"]).fran: ett["status"] for ett in prognos.simulering.grund}
    fran, till = date(prognos.ar, 1, 1), prognos.prognos_fran.fran
    betalt: dict[Radnyckel, Betalt] = defaultdict(Betalt)
    for rad in _rader([dag for dag in korda if fran <= dag < till]):
        manad, insats, utforare, typ, enhet, antal, kronor = rad
        if typ == Radtyp.ORDINARIE:
            betalt[manad, insats, utforare].lagg(enhet, antal, kronor)
        else:
            betalt[manad, insats, utforare].ovrigt += kronor
    for ett in summor:
        if ett.variant == SOM_DET_AR and fran <= ett.manad < till and ett.manad not in korda:
            betalt[ett.manad, ett.insats, ett.utforare_id].lagg(ett.enhet, ett.antal, ett.belopp)
    antal_av = _antal(prognos)
    for nyckel, blev in sorted(betalt.items()):
        status = korda.get(nyckel[0])
        kalla = Prognoskalla.UTFALL if status in FAST else Prognoskalla.KORNING if status else Prognoskalla.RAKNAD
        yield _rad(prognos, nyckel, kalla, antal_av.get(nyckel, _INGEN), blev.volym, blev.belopp, ovrigt=blev.ovrigt)


def _rader(manader: list[date]) -> list[tuple[Any, ...]]:
    rader = Ersattningsrad.objects.filter(korning__manad__in=manader).order_by()
    falt = ("korning__manad", "insats", "utforare_id", "typ", "enhet_for_antal")
    return list(rader.values_list(*falt).annotate(a=Sum("antal"), b=Sum("belopp")))


def _det_som_kommer(prognos: Prognos, summor: list[Summa]) -> Iterator[Prognosrad]:
    varden = prognosvarden(summor, andelar_av(prognos), prognos.prognos_fran.fran)
    antal_av = _antal(prognos)
    for nyckel in sorted(varden.keys() | {ett for ett in antal_av if ett[0] >= prognos.prognos_fran.fran}):
        varde = varden.get(nyckel) or Prognosvarde()
        yield _rad(
            prognos,
            nyckel,
            Prognoskalla.PROGNOS,
            antal_av.get(nyckel, _INGEN),
            varde.volym,
            varde.belopp(),
            forlangt=varde.belopp(Antagande.FORLANGT),
            starter=varde.varav(Antagande.UTAN_STARTER),
            slut=varde.varav(Antagande.UTAN_SLUT),
            priser=varde.varav(Antagande.DAGENS_PRISER),
            nivaer=varde.varav(Antagande.DAGENS_NIVAER),
        )


def _rad(
    prognos: Prognos,
    nyckel: Radnyckel,
    kalla: Prognoskalla,
    antal: tuple[int, int, int],
    volym: Any,
    belopp: Decimal,
    **mer: Decimal,
) -> Prognosrad:
    mer.setdefault("forlangt", belopp)
    return Prognosrad(
        prognos=prognos,
        manad=nyckel[0],
        insats=nyckel[1],
        utforare_id=nyckel[2],
        kalla=kalla,
        personer=antal[0],
        nya=antal[1],
        avslutade=antal[2],
        volym={enhet: [_tal(par[0], 4), _tal(par[1], 2)] for enhet, par in sorted(volym.items())},
        belopp=belopp,
        **mer,
    )


def _tal(varde: Decimal | Fraction, decimaler: int) -> str:
    return str(avrunda(Fraction(varde), decimaler))
