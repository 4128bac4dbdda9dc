"""The ground of a random municipality: ids that sort badly, utförare, price lists, time bands and avtal."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random

from .paket import Paket, kolumner
from .tid import EN_DAG, STOCKHOLM, antal_dagar, dagar_i, lokal, manad_for, nasta_manad

# First months, so that the data lie around leap days, both DST changes, year ends and the change of SoL.
FORSTA_MANADER = "2019-12 2020-02 2021-10 2022-12 2023-02 2023-10 2023-12 2024-01 2024-02 2024-03 2024-10 2025-06"
BOENDE = ["LSS-9", "LSS-6", "LSS-8", "SOL-SARBO"]
DAGLIGT = ["LSS-10", "SOL-SYSS"]
TID = ["LSS-3", "LSS-5", "SOL-BOSTOD", "SOL-LEDS", "SOL-AVLOS"]
NIVAER = ["1", "2", "10", "grundpeng", "3 b;å"]
OMFATTNINGAR = ["heltid", "halvtid", "deltid 1", "12-18 h", "Östra"]
BAND = ["natt", "dag", "kväll", "helg", "storhelg", "jour"]


class Slump:
    """A municipality under construction: one Random, one Paket, the months of interest."""

    def __init__(self, fro: int) -> None:
        self.rnd = Random(fro)
        self.paket = Paket()
        self.anvanda: dict[str, set[str]] = defaultdict(set)
        self.manader = [self.rnd.choice(FORSTA_MANADER.split())]
        for _ in range(self.rnd.randint(1, 3)):
            self.manader.append(nasta_manad(self.manader[-1]))
        self.start = dagar_i(self.manader[0])[0]
        self.slut = dagar_i(self.manader[-1])[-1]
        self.vandningar = vandningar(self.start, self.slut)
        self.omstallningar = [dag for dag in self.vandningar if antal_timmar(dag) != 24]
        pool = [self.rnd.sample(BOENDE, 2), ["LSS-10"], self.rnd.sample(TID, 2), self.rnd.sample(DAGLIGT + TID, 1)]
        self.insatser = sorted({insats for del_ in pool for insats in del_})

    def chans(self, andel: float) -> bool:
        return self.rnd.random() < andel

    def nytt_id(self, fil: str) -> str:
        """Free text that sorts differently as text, as numbers and in Swedish, with signs that must be quoted."""
        former = [
            "{n}",
            "{n}",
            "{n:03}",
            "{f}{n}",
            "{F}{n}",
            "å{n}",
            "Ä {n}",
            "ö-{n}",
            "é{n}",
            "{n};{n}",
            '"{n}"',
            "{n}'x",
        ]
        while True:
            n = self.rnd.randint(1, 120)
            text = self.rnd.choice([*former, "z" * 35 + "{n}"]).format(n=n, f=fil[0], F=fil[0].upper())
            if text not in self.anvanda[fil]:
                self.anvanda[fil].add(text)
                return text

    def lagg(self, fil: str, **varden: object) -> str:
        """Adds a row; columns not named are empty. Returns its first column."""
        rad = {kolumn: str(varden.pop(kolumn, "")) for kolumn in kolumner(fil)}
        assert not varden, varden
        self.paket.lagg(fil, rad)
        return rad[kolumner(fil)[0]]

    def dag(self, fran: date, till: date) -> date:
        return fran + timedelta(days=self.rnd.randint(0, max(0, (till - fran).days)))

    def dag_i_perioden(self) -> date:
        """Any day of the months, the days where something turns more often."""
        if self.chans(0.4):
            return self.rnd.choice(self.vandningar)
        return self.dag(self.start, self.slut)

    def tal(self, text: str) -> str:
        """`.` or `,` as decimal mark."""
        return text.replace(".", self.rnd.choice(".,"))

    def tidpunkt(self, tidpunkt: datetime) -> str:
        """Local time; with an offset where the hour comes the second time, and sometimes elsewhere."""
        lokalt = lokal(tidpunkt)
        text = lokalt.strftime("%Y-%m-%dT%H:%M")
        if lokalt.fold or self.chans(0.1):
            offset = lokalt.strftime("%z")
            return f"{text}{offset[:3]}:{offset[3:]}"
        return text


def vandningar(start: date, slut: date) -> list[date]:
    """Month ends and firsts, leap days, and the days of a DST change; these last ones with the day before."""
    dagar = []
    for dag in (start + timedelta(days=n) for n in range((slut - start).days + 1)):
        if dag.day == 1 or (dag + EN_DAG).day == 1:
            dagar.append(dag)
        if antal_timmar(dag) != 24 or (dag.month, dag.day) == (2, 29):
            dagar += [max(start, dag - EN_DAG), dag, dag, dag]
    return dagar


def antal_timmar(dag: date) -> int:
    """23 or 25 on the days of a DST change."""
    return int((midnatt(dag + EN_DAG) - midnatt(dag)).total_seconds()) // 3600


def midnatt(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=STOCKHOLM).astimezone(UTC)


def skapa_utforare(s: Slump) -> None:
    for nummer in range(s.rnd.randint(3, 6)):
        orgnr = f"556600{s.rnd.randint(100, 999)}"
        utforare_id = s.lagg(
            "utforare",
            utforare_id=s.nytt_id("utforare"),
            namn=f'Utförare "{nummer}"; åäö',
            organisationsnummer=orgnr + kontrollsiffra(orgnr),
            regi=s.rnd.choice(["egen", "privat"]),
        )
        for _ in range(s.rnd.randint(1, 2)):
            platser = s.rnd.choice(["", "5", "20"])
            s.lagg("enheter", enhet_id=s.nytt_id("enheter"), utforare_id=utforare_id, namn="Enhet Å", platser=platser)


def kontrollsiffra(nio: str) -> str:
    produkter = [int(siffra) * (2 - plats % 2) for plats, siffra in enumerate(nio)]
    return str(-sum(p // 10 + p % 10 for p in produkter) % 10)


def manader_att_kora(s: Slump) -> list[str]:
    """The months, and one more, where late corrections can land."""
    assert antal_dagar(manad_for(s.slut)) == s.slut.day
    return [*s.manader, nasta_manad(s.manader[-1])]
