"""Checking the chain: every link and every row of the logs, and every anchor. What does not hold is named.

A link holds when it is the SHA-256 of the link before it, as that is stored, and of its row as it is now. So a changed
row breaks its own link and no other, and is told apart from all the rest. A row that gallring has emptied is held
against the sum that it had, and must look as gallring leaves it; gallring removes no row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max

from grund.kedja import ankare
from grund.kedja.forsegling import forsegla, vantande
from grund.kedja.gallring import GALLRA_PERSON
from grund.kedja.loggar import Logg, loggar
from grund.models import Gallradloggrad, Handelse, Logglank
from grund.text import antal_ord
from grund.tid import STOCKHOLM

BUNT = 50_000  # links read at a time: what is held in memory is what does not hold
FLEST = 200  # faults told one by one
VANTAT = timedelta(minutes=10)  # longer than that a row does not wait for its link when all is well
# A row is stored when the transaction of what somebody did ends. Imports take hours at most.
LANGSTA_TRANSAKTION = timedelta(hours=6)
DYGN = timedelta(days=1)


@dataclass
class Utfall:
    """What was checked, and what does not hold: Swedish sentences, the first `FLEST`."""

    lankar: int = 0
    nya: int = 0
    ankare: int = 0
    gallrade: int = 0
    antal_fel: int = 0
    fel: list[str] = field(default_factory=list)

    def lagg(self, text: str) -> None:
        self.antal_fel += 1
        if len(self.fel) < FLEST:
            self.fel.append(text)


def kontrollera(nu: datetime, framsteg: Callable[[int, int], None] = lambda _klara, _alla: None) -> Utfall:
    """Seal what waits, and check everything. `framsteg` is told how many links are done, and of how many."""
    utfall = Utfall()
    _vantande(utfall, nu)
    utfall.nya = forsegla(nu)
    alla = Logglank.objects.aggregate(sist=Max("nr", default=0))["sist"]
    _Gang(utfall, alla, framsteg).ga()
    for logg in loggar():
        _utan_lank(utfall, logg)
    _ankaren(utfall, alla, nu)
    utfall.gallrade = Gallradloggrad.objects.count()
    return utfall


def _langst() -> timedelta:
    """How much older than those before it a row may be. On a day that is set (settings.IDAG, for made-up data) each
    midnight takes the clock a day back, and nobody has put anything in."""
    return LANGSTA_TRANSAKTION if settings.IDAG is None else LANGSTA_TRANSAKTION + DYGN


def _rader(fraga: str, varden: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(fraga, varden)
        return list(cursor.fetchall())


def _vantande(utfall: Utfall, nu: datetime) -> None:
    """Whether sealing has stood still. Before the first time nothing is late."""
    if not Logglank.objects.exists():
        return
    for logg in loggar():
        antal, aldst = vantande(logg, nu - VANTAT)
        if aldst:
            sedan = f"{aldst.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}"
            rader = antal_ord(antal, "rad", "rader")
            utfall.lagg(
                f"{logg.namn}: {rader} hade väntat på förseglingen, den äldsta sedan {sedan}."
                " Går arbetaren och klockan?"
            )


_TID = "to_char(t.tidpunkt AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD HH24.MI')"
_BUNT = """
WITH l AS (
    SELECT nr, logg, rad, forseglad, summa, lag(summa) OVER w AS fore, lag(nr) OVER w AS fore_nr
      FROM grund_logglank WHERE nr BETWEEN %(fran)s - 1 AND %(till)s WINDOW w AS (ORDER BY nr)
), r AS MATERIALIZED ({rader}), s AS (
    SELECT r.*, NOT finns AS borta, fore_nr IS DISTINCT FROM nr - 1 AND nr > 1 AS lucka,
           finns AND tidpunkt + %(langst)s < greatest(
               max(tidpunkt) OVER (PARTITION BY logg ORDER BY nr ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
               CASE logg {senaste} END) AND nr > %(forsta)s AS sent
      FROM r WHERE nr >= %(fran)s
)
SELECT (SELECT coalesce(json_agg(json_build_object('nr', nr, 'logg', logg, 'rad', rad, 'fore_nr', fore_nr, 'vad', vad,
               'borta', borta, 'lucka', lucka, 'stammer', stammer, 'sent', sent, 'ej_gallrad', ej_gallrad)
               ORDER BY nr), '[]')
          FROM s WHERE borta OR lucka OR NOT stammer OR sent OR ej_gallrad),
       (SELECT count(*) FROM s),
       {hogsta}
"""
_LOGGENS = """
    SELECT l.nr, l.logg, l.rad, l.fore_nr, l.forseglad, t.tidpunkt,
           t.id IS NOT NULL AS finns,
           t.id IS NOT NULL AND g.id IS NOT NULL AND (({gallrad}) IS NOT TRUE OR NOT EXISTS (
               SELECT FROM grund_handelse h WHERE h.id = g.handelse_id AND h.handling = '{gallra}')) AS ej_gallrad,
           {tid} || ', ' || {vad} AS vad,
           l.summa = grund_lank_summa(coalesce(l.fore, ''), l.nr, l.logg, l.rad, l.forseglad,
               coalesce(g.avtryck, sha256(convert_to({tabell}_form(t), 'UTF8')))) AS stammer
      FROM l LEFT JOIN {tabell} t ON t.id = l.rad
      LEFT JOIN grund_gallradloggrad g ON g.logg = l.logg AND g.rad = l.rad
     WHERE l.logg = {kod}"""


def _forsta_omgangen() -> int:
    """The last link of the first sealing, which took all that there was, in the order of the numbers and not of time.

    By number: whoever may seal may also say when, and so could say that a row put in afterwards was of the first."""
    ((sista,),) = _rader(
        "SELECT coalesce((SELECT min(nr) - 1 FROM grund_logglank WHERE forseglad <> f.forseglad),"
        " (SELECT max(nr) FROM grund_logglank)) FROM grund_logglank f ORDER BY nr LIMIT 1"
    ) or [(0,)]
    return int(sista)


class _Gang:
    """A walk along the chain, a bunch of links at a time."""

    def __init__(self, utfall: Utfall, alla: int, framsteg: Callable[[int, int], None]) -> None:
        self.utfall, self.alla, self.framsteg = utfall, alla, framsteg
        self.loggar = {logg.kod: logg for logg in loggar()}
        self.senaste: dict[int, datetime | None] = dict.fromkeys(self.loggar)  # the latest time of a row so far
        self.fraga = _BUNT.format(
            rader=" UNION ALL ".join(
                _LOGGENS.format(
                    tid=_TID, vad=ett.vad, tabell=ett.tabell, kod=ett.kod, gallrad=ett.gallrad, gallra=GALLRA_PERSON
                )
                for ett in self.loggar.values()
            ),
            senaste=" ".join(f"WHEN {kod} THEN %(senaste{kod})s::timestamptz" for kod in self.loggar),
            hogsta=", ".join(f"(SELECT max(tidpunkt) FROM s WHERE logg = {kod})" for kod in self.loggar),
        )

    def ga(self) -> None:
        forsta = _forsta_omgangen()
        for fran in range(1, self.alla + 1, BUNT):
            till = min(fran + BUNT - 1, self.alla)
            self._bunt({"fran": fran, "till": till, "langst": _langst(), "forsta": forsta})
            self.framsteg(till, self.alla)

    def _bunt(self, varden: dict[str, Any]) -> None:
        senaste = {f"senaste{kod}": tid for kod, tid in self.senaste.items()}
        ((fel, antal, *hogsta),) = _rader(self.fraga, varden | senaste)
        self.utfall.lankar += antal
        for kod, tid in zip(self.loggar, hogsta, strict=True):
            self.senaste[kod] = max(filter(None, (self.senaste[kod], tid)), default=None)
        brutna = {ett["nr"] for ett in fel if ett["stammer"] is False}
        for ett in fel:
            for text in self._meningar(ett, nasta_bruten=ett["nr"] + 1 in brutna):
                self.utfall.lagg(text)

    def _meningar(self, ett: dict[str, Any], *, nasta_bruten: bool) -> Iterator[str]:
        logg = self.loggar[ett["logg"]]
        raden = f"{logg.namn} {ett['rad']}" + (f" ({ett['vad']})" if ett["vad"] else "")
        if ett["lucka"]:
            yield f"Länkarna {(ett['fore_nr'] or 0) + 1}–{ett['nr'] - 1} är borttagna ur kedjan."
        elif ett["borta"]:
            yield f"{raden} är borttagen. Den förseglades i länk {ett['nr']}."
        elif not ett["stammer"] and nasta_bruten:
            yield f"{raden} eller dess länk {ett['nr']} är ändrad."
        elif not ett["stammer"]:
            yield f"{raden} är ändrad sedan den förseglades i länk {ett['nr']}."
        if ett["ej_gallrad"]:
            yield f"{raden} är antecknad som gallrad, men ser inte ut som gallringen lämnar en rad."
        if ett["sent"]:
            yield f"{raden} är inlagd i efterhand: den förseglades efter rader som är mer än sex timmar nyare."


def _utan_lank(utfall: Utfall, logg: Logg) -> None:
    """All that is committed has just been sealed. What has no link yet lies among the sealed."""
    rader = _rader(
        f"SELECT t.id, {logg.vad}, {_TID} FROM {logg.tabell} t"
        " WHERE NOT EXISTS (SELECT FROM grund_logglank l WHERE l.logg = %(logg)s AND l.rad = t.id)"
        " AND t.id <= (SELECT under FROM grund_loggmarke WHERE logg = %(logg)s) ORDER BY t.id LIMIT %(flest)s",
        {"logg": logg.kod, "flest": FLEST},
    )
    for rad, vad, tid in rader:
        utfall.lagg(f"{logg.namn} {rad} ({tid}, {vad}) saknar länk: den är inlagd i efterhand, eller länken borttagen.")


def _ankaren(utfall: Utfall, alla: int, nu: datetime) -> None:
    """The chain against what was written down outside the database."""
    try:
        kanda, sagt = ankare.giltiga(), [ett for ett in ankare.alla() if ett.aterstalld]
    except ValueError as fel:
        utfall.lagg(f"{fel} Ankarna är inte jämförda med kedjan.")
        return
    utfall.ankare = len(kanda)
    _ankarfilen(utfall, kanda, sagt, nu)
    summor = ankare.kedjans_summor(kanda)
    for ett in kanda:
        if ett.nr > alla:
            utfall.lagg(
                f"Ankaret från {ett.tid:%Y-%m-%d %H.%M} säger länk {ett.nr}, men kedjan slutar vid {alla}: länkar är"
                " borttagna, eller så är databasen återställd till en tidigare tidpunkt."
            )
        elif ett.nr in summor and summor[ett.nr] != ett.summa:
            utfall.lagg(
                f"Ankaret från {ett.tid:%Y-%m-%d %H.%M} säger något annat om länk {ett.nr} än kedjan: kedjan är"
                " omräknad fram till dess, eller så har databasen återställts före den."
            )


def _ankarfilen(utfall: Utfall, kanda: list[ankare.Ankare], sagt: list[ankare.Ankare], nu: datetime) -> None:
    """Whether the file itself can be believed: who counts the chain anew could else remove it, or say that the database
    has been restored (`sagt`)."""
    namn = ankare.plats().name
    forsta = Logglank.objects.order_by("nr").values_list("forseglad", flat=True).first()
    if not kanda and forsta and forsta < nu - VANTAT:
        utfall.lagg(
            f"Inga ankare finns, fast loggen har förseglats sedan {forsta.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}:"
            f" {namn} är borttagen, eller så är databasen återställd på en ny plats."
        )
    if sagt and not Handelse.objects.filter(handling=ankare.ATERSTALLD, data__tid=sagt[-1].tid.isoformat()).exists():
        utfall.lagg(
            f"{namn} säger att databasen återställdes {sagt[-1].tid:%Y-%m-%d %H.%M}, men det finns ingen händelse om"
            " det. De ankare som raden gör ogiltiga är inte jämförda med kedjan."
        )
