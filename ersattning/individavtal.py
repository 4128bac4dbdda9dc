"""Individavtal: a person's own avtal above (or below) the list, what it costs more a year, and why it is.

The year is the twelve months from the month it is, by the core, twice: with the individavtal, as if it went on, and
with the utförare's general avtal, which would pay if it were not there (R2). Volumes are what is ordered, as it has
been used lately (kalkyl.framtid); prices and levels are those that hold in each month. An estimate. Reads only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from ersattning.kalkyl import framtid, typer
from ersattning.kalkyl.bocker import Avtalsbok
from ersattning.kalkyl.framtid import Monster, Post
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.villkor import Villkor
from ersattning.models import Individavtalsmotiv
from ersattning.nivaeffekt import MONSTER_MANADER, Sida, summera_poster
from ersattning.underlag import dagens_villkor
from ersattning.underlag_manader import las_personmanader
from grund.tid import Manad
from utforare.models import Avtal
from utforare.regler import Avtalsform


@dataclass(frozen=True, slots=True)
class Merkostnad:
    """What an individavtal costs in a year, and what the general avtal would. None: there is none to compare with."""

    fran: Manad
    sista: Manad
    eget: Sida
    allmant: Sida | None
    allmanna: tuple[int, ...] = ()  # the general avtal that would pay

    @property
    def skillnad(self) -> Fraction | None:
        """How much more; None when it cannot be said: no general avtal, or one of them has no price."""
        if self.allmant is None or self.allmant.utan_pris or self.eget.utan_pris:
            return None
        return self.eget.kronor - self.allmant.kronor


def gallande(dag: date) -> list[Avtal]:
    """The individavtal that hold on the day or begin later, the first to end first."""
    alla = Avtal.objects.filter(avtalsform=Avtalsform.INDIVIDAVTAL).exclude(till__lte=dag)
    ordnade = alla.select_related("utforare", "person", "prislista").order_by("nyckel")
    return sorted(ordnade, key=lambda ett: (ett.till or date.max, ett.nyckel))


def motiv_for(avtal: Collection[int]) -> dict[int, str]:
    """The reason for each that has one: the latest."""
    rader = Individavtalsmotiv.objects.filter(avtal__in=avtal).order_by("pk")
    return dict(rader.values_list("avtal_id", "motiv"))


def merkostnader(alla: Sequence[Avtal], idag: date) -> dict[int, Merkostnad]:
    """What each costs more, by its primary key. The same number of queries however many."""
    if not alla:
        return {}
    nu = Manad.av(idag)
    manader = list(nu.plus(-MONSTER_MANADER).till_och_med(nu.plus(11)))
    personer = sorted({ett.person_id for ett in alla if ett.person_id is not None})
    per_manad = {
        manad: {person.id: person for person in folk} for manad, folk in las_personmanader(manader, personer).items()
    }
    utforare = sorted({ett.utforare_id for ett in alla})
    villkor = dagens_villkor(manader[0], manader[-1].till, utforare)
    bocker = villkor.bocker(manader)
    return {ett.pk: _Rakning(ett, per_manad, villkor, bocker, nu).merkostnad() for ett in alla}


class _Rakning:
    """One individavtal's year, with it and without it."""

    def __init__(
        self,
        avtal: Avtal,
        personer: Mapping[Manad, Mapping[int, typer.Person]],
        villkor: Villkor,
        bocker: Mapping[Manad, Manadsbok],
        nu: Manad,
    ) -> None:
        self.avtal, self.personer, self.bocker, self.nu = avtal, personer, bocker, nu
        samma = [ett for ett in villkor.avtal if (ett.utforare_id, ett.insats) == (avtal.utforare_id, avtal.insats)]
        self.allmanna = [ett for ett in samma if ett.person_id is None]
        egna = [ett for ett in samma if ett.id == avtal.pk]
        self.egna = [replace(ett, fran=min(ett.fran, nu.fran), till=None) for ett in egna]

    def merkostnad(self) -> Merkostnad:
        manader = list(self.nu.till_och_med(self.nu.plus(11)))
        eget = self._ar(manader, self.egna)
        betalar = tuple(
            ett.id
            for ett in self.allmanna
            if ett.fran < manader[-1].till and (ett.till is None or ett.till > self.nu.fran)
        )
        allmant = self._ar(manader, self.allmanna) if betalar else None
        return Merkostnad(manader[0], manader[-1], eget, allmant, betalar)

    def _ar(self, manader: Iterable[Manad], avtal: Sequence[typer.Avtal]) -> Sida:
        """The months, paid by these avtal. Only what this utförare carries out: the rest is the same on both sides."""
        monster, svar = self._monster(), Sida()
        for manad in manader:
            person = self.personer[manad].get(self.avtal.person_id or 0)
            if person is not None:
                svar = svar.plus(summera_poster(self._manad(person, manad, avtal, monster)))
        return svar

    def _manad(
        self, person: typer.Person, manad: Manad, avtal: Sequence[typer.Avtal], monster: dict[str, Monster]
    ) -> list[Post]:
        bok = self.bocker[manad]
        egen = Manadsbok(bok.kalender, Avtalsbok(avtal, bok.kalender), bok.priser, bok.band)
        return framtid.uppskatta(_hos(person, self.avtal.utforare_id), self.avtal.insats, egen, monster)

    def _monster(self) -> dict[str, Monster]:
        """How the person has used the insats, as it was paid."""
        historia = [
            (_hos(self.personer[manad][self.avtal.person_id or 0], self.avtal.utforare_id), self.bocker[manad])
            for manad in self.nu.plus(-MONSTER_MANADER).till_och_med(self.nu.plus(-1))
            if (self.avtal.person_id or 0) in self.personer[manad]
        ]
        return framtid.monster(self.avtal.insats, historia)


def _hos(person: typer.Person, utforare_id: int) -> typer.Person:
    """The person with what this utförare carries out only."""
    egna = tuple(verk for verk in person.verkstalligheter if verk.utforare_id == utforare_id)
    return replace(person, verkstalligheter=egna)
