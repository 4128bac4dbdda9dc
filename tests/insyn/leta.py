"""Finds persons in what the system has written: their numbers in any spelling, and their names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from beslut.models import Person
from grund.insyn.skrubba import utan_nummer

_MELLAN = r"(?:[-+ ]|%2B|%20|%2D)?"


_I_SIDAN = re.compile(r'\b(?:href|action|hx-get|hx-post|src)="([^"]*)"')
_TESTNUMMER = re.compile(r"(?<![0-9a-fA-F])(?:19|20)?\d{6}[-+ ]?9[89]\d\d(?!\d)")  # no part of a SHA-256
VARLDENS = ("Anna Ek", "Bo Gran", "Hemlig Person")  # those of tests/webb/varld.py


def adresser_i(svar: Any) -> list[str]:
    """Where an answer leads: what it links to, sends to, and is called when it is saved."""
    huvuden = [svar.headers.get("Location", ""), svar.headers.get("Content-Disposition", "")]
    if svar.streaming or not svar.headers.get("Content-Type", "").startswith("text/html"):
        return huvuden
    return [*huvuden, *_I_SIDAN.findall(svar.content.decode())]


def personer_i(text: str) -> list[str]:
    """Numbers that only made-up persons have (födelsenummer 980–999), and the names of the tests' few people."""
    nummer = [ett for ett in _TESTNUMMER.findall(text) if utan_nummer(ett) != ett]
    return nummer + [namn for namn in VARLDENS if namn in text]


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
            yield from ((var, ett) for ett in personer_i(text))
