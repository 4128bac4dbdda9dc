"""Feeds a package straight into the pure core, without a database: the reference's underlag as the core's input.

Keys become numbers in an order of their own (never the order of the texts), so that nothing leans on them.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from ersattning.kalkyl import typer
from ersattning.kalkyl.bocker import Avtalsbok, Prisbok
from ersattning.kalkyl.dagar import Kalender
from ersattning.kalkyl.person import rakna_person
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.tidsband import Bandbok
from grund.pengar import fast
from grund.tid import Manad
from tests.referens.inlasning import las_underlag
from tests.referens.paket import Paket
from tests.referens.underlag import Besok, Underlag, Verkstallighet
from utforare.villkor import Trappsteg

EN_DAG = timedelta(days=1)


class Nummer:
    """Numbers for keys, backwards: the last key asked for gets the lowest number."""

    def __init__(self) -> None:
        self._nummer: dict[str, int] = {}

    def __call__(self, nyckel: str) -> int:
        return self._nummer.setdefault(nyckel, 1_000_000 - len(self._nummer))

    def nyckel(self, nummer: int) -> str:
        return next(nyckel for nyckel, ett in self._nummer.items() if ett == nummer)


def exklusiv(till: date | None) -> date | None:
    return None if till is None else till + EN_DAG


def minut(tidpunkt: datetime | None) -> int | None:
    return None if tidpunkt is None else int(tidpunkt.timestamp()) // 60


def decimal(tal: Fraction) -> Decimal:
    return (Decimal(tal.numerator) / Decimal(tal.denominator)).normalize()


class Brygga:
    """One package's underlag, ready to be calculated month by month."""

    def __init__(self, paket: Paket) -> None:
        self.u: Underlag = las_underlag(paket)
        self.id = Nummer()

    def bok(self, manad: Manad) -> Manadsbok:
        kalender = Kalender.for_manad(manad)
        return Manadsbok(kalender, Avtalsbok(self._avtal(), kalender), Prisbok(self._priser(), kalender), self._band())

    def _avtal(self) -> Iterable[typer.Avtal]:
        for a in self.u.avtal:
            yield typer.Avtal(
                id=self.id(a.avtal_id),
                utforare_id=self.id(a.utforare_id),
                insats=a.insats,
                person_id=self.id(a.person_id) if a.person_id else None,
                prislista_id=self.id(a.prislista_id),
                modell=a.modell,
                fran=a.fran,
                till=exklusiv(a.till),
                franvaro=tuple(Trappsteg(f, t, decimal(andel)) for f, t, andel in a.franvaro),
                omfattning_granser=tuple(a.omfattning_granser),
                niva_fran_godkand=a.niva_fran == "godkand",
                avslut_dagar=a.avslut_dagar,
                avslut_orsaker=frozenset(a.avslut_orsaker),
                bomtid_varsel_timmar=a.bomtid_varsel_timmar,
                bomtid_andel=None if a.bomtid_andel is None else decimal(a.bomtid_andel),
                bomtid_tak_andel=a.bomtid_tak_andel,
                tak_andel_av_bestallt=a.tak_andel_av_bestallt,
                avrundning_minuter=a.avrundning_minuter,
            )

    def _priser(self) -> Iterable[tuple[int, str, str, typer.Pris]]:
        for nummer, p in enumerate(self.u.priser):
            cell = typer.Pris(nummer, p.niva, p.omfattning, p.tidsband, decimal(p.belopp), p.fran, exklusiv(p.till))
            yield self.id(p.prislista_id), p.insats, p.enhet, cell

    def _band(self) -> Bandbok:
        return Bandbok(
            (
                self.id(t.prislista_id),
                typer.Bandrad(
                    t.tidsband,
                    t.prioritet,
                    t.veckodag,
                    t.fran_minut if t.fran_tidpunkt is None else minut(t.fran_tidpunkt) or 0,
                    t.till_minut if t.till_tidpunkt is None else minut(t.till_tidpunkt) or 0,
                ),
            )
            for t in self.u.tidsband
        )

    def personer(self, manad: Manad) -> list[typer.Person]:
        per_person: dict[str, list[Verkstallighet]] = defaultdict(list)
        for v in self.u.verkstalligheter:
            per_person[v.person_id].append(v)
        return [
            typer.Person(
                self.id(person_id),
                verk[0].avliden,
                tuple(self._verkstallighet(v, manad) for v in verk),
                self._nivaer(person_id),
            )
            for person_id, verk in per_person.items()
        ]

    def _verkstallighet(self, v: Verkstallighet, manad: Manad) -> typer.Verkstallighet:
        b = v.beslut
        return typer.Verkstallighet(
            id=self.id("v" + v.verkstallighet_id),
            nyckel=v.verkstallighet_id,
            beslut=typer.Beslut(
                0, b.insats, b.utfall != "avslag", b.fran, exklusiv(b.till), b.omfattning, b.omfattning_enhet
            ),
            utforare_id=self.id(v.utforare_id),
            enhet_id=self.id(v.enhet_id),
            omfattning=v.omfattning,
            fran=v.fran,
            till=exklusiv(v.till),
            slutorsak=v.slutorsak,
            bestallt_antal=v.bestallt_antal,
            bestallt_enhet=v.bestallt_enhet,
            narvaro=_narvaro(v, manad),
            franvaro_fore=_franvaro_fore(v, manad),
            besok=tuple(_besok(ett, nr) for nr, ett in enumerate(v.besok)),
        )

    def _nivaer(self, person_id: str) -> dict[str, tuple[typer.Nivabedomning, ...]]:
        svar: dict[str, tuple[typer.Nivabedomning, ...]] = {}
        for n in self.u.nivabedomningar:
            if n.person_id == person_id and n.status == "godkand" and n.godkand:
                ny = typer.Nivabedomning(0, n.nivabedomning_id, n.niva, n.fran, n.godkand)
                svar[n.insats] = (*svar.get(n.insats, ()), ny)
        return svar

    def rakna(self, manad: Manad) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        """The month's rows and avvikelser as the reference prints them, sorted."""
        bok = self.bok(manad)
        rader, avvikelser = [], []
        for person in self.personer(manad):
            resultat = rakna_person(person, bok)
            person_id = self.id.nyckel(person.id)
            rader += [self._tryckt(person_id, rad) for rad in resultat.rader]
            avvikelser += [self._tryckt_avvikelse(manad, person_id, a) for a in resultat.avvikelser]
        return sorted(rader), sorted(avvikelser)

    def _tryckt(self, person_id: str, r: typer.Rad) -> tuple[str, ...]:
        v = r.verkstallighet
        return (
            self.id.nyckel(v.utforare_id), self.id.nyckel(v.enhet_id), v.nyckel, person_id, v.beslut.insats, r.artikel,
            r.niva, r.omfattning, r.tidsband, str(r.fran), str(r.sista), fast(r.antal, 4), r.enhet, fast(r.a_pris, 2),
            fast(r.faktor, 4), fast(r.belopp, 2), r.underlag,
        )  # fmt: skip

    def _tryckt_avvikelse(self, manad: Manad, person_id: str, a: typer.Avvikelse) -> tuple[str, ...]:
        v = a.verkstallighet
        return (
            str(manad), a.kod, self.id.nyckel(v.utforare_id), v.nyckel, person_id, str(a.fran), str(a.sista), a.besok,
            a.varde,
        )  # fmt: skip


def _narvaro(v: Verkstallighet, manad: Manad) -> tuple[typer.Narvaro, ...]:
    kalender, grupper = Kalender.for_manad(manad), defaultdict(int)
    for dag, n in v.narvaro.items():
        grupper[n.kod, n.omfattning, n.minuter] |= kalender.bit(dag)
    return tuple(typer.Narvaro(*nyckel, mask) for nyckel, mask in grupper.items() if mask)


def _franvaro_fore(v: Verkstallighet, manad: Manad) -> tuple[date, ...]:
    fore = []
    for dag in sorted((d for d in v.narvaro if d < manad.fran), reverse=True):
        if v.narvaro[dag].kod == "N":
            break
        fore.append(dag)
    return tuple(fore)


def _besok(b: Besok, nummer: int) -> typer.Besok:
    tider = (minut(t) for t in (b.planerad_start, b.planerad_slut, b.utford_start, b.utford_slut, b.avbokad))
    return typer.Besok(nummer, b.besok_id, *tider, b.avbokad_av)
