"""Finds persons in what the system has written: their numbers in any spelling, and their names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beslut.models import Person
from grund.insyn.skrubba import utan_nummer

_MELLAN = r"(?:[-+ ]|%2B|%20|%2D)?"


@dataclass(frozen=True)
class Folk:
    """Those who must not be found. `namn`: first and last names; `nummer`: as the format has them."""

    nummer: frozenset[str]
    namn: frozenset[str]

    @classmethod
    def alla(cls) -> "Folk":
        rader = list(Person.objects.values_list("personnummer", "fornamn", "efternamn"))
        namn = {f"{fornamn} {efternamn}" for _, fornamn, efternamn in rader}
        return cls(frozenset(nummer for nummer, *_ in rader), frozenset(namn))

    def monster(self) -> re.Pattern[str]:
        delar = {f"{nummer[2:8]}{_MELLAN}{re.escape(nummer[8:].lstrip('-'))}" for nummer in self.nummer}
        delar |= {re.escape(namn) for namn in self.namn}
        return re.compile("|".join(sorted(delar)))

    def i(self, texter: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """(where, what is found there)."""
        monster = self.monster()
        for var, text in texter:
            yield from ((var, traff) for traff in monster.findall(text))
            if utan_nummer(text) != text and re.search(r"(?:19|20)?\d{6}[-+ ]?9[89]\d\d(?!\d)", text):
                yield from ((var, ett) for ett in _testnummer(text))


def _testnummer(text: str) -> list[str]:
    """Any number of those that made-up persons have (födelsenummer 980–999), also one that nobody has."""
    funna = re.findall(r"(?<!\d)(?:19|20)?\d{6}[-+ ]?9[89]\d\d(?!\d)", text)
    return [ett for ett in funna if utan_nummer(ett) != ett]
