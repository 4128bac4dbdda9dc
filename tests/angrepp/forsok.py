"""What an attempt is: a test that says what was tried and what must happen. The list of them is docs/angrepp.md."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., None])


@dataclass(frozen=True)
class Forsok:
    """`nr`: its number, whose letter is its kind. `test`: where it is tried."""

    nr: str
    vad: str
    svar: str
    test: str


ALLA: dict[str, Forsok] = {}


def forsok(nr: str, vad: str, svar: str) -> Callable[[Test], Test]:
    """A test that tries `vad`, and sees that `svar` happens. Several may stand over one test."""

    def skriv_upp(test: Test) -> Test:
        fil = test.__module__.rpartition(".")[2]
        _lagg_till(Forsok(nr, vad, svar, f"tests/angrepp/{fil}.py::{test.__name__}"))
        return test

    return skriv_upp


def _lagg_till(nytt: Forsok) -> None:
    """pytest and the test of the list import the modules by different names: the same once more is the same."""
    assert ALLA.setdefault(nytt.nr, nytt) == nytt, nytt.nr


def redan(nr: str, vad: str, svar: str, test: str) -> None:
    """An attempt that a test of another folder tries."""
    _lagg_till(Forsok(nr, vad, svar, test))
