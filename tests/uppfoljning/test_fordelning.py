"""What the rule of merging itself tells, when the sum stands beside: every small municipality is tried."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

import pytest

from uppfoljning.rapport import fordelning
from uppfoljning.rapport.fordelning import ar_for_fa, fordela
from uppfoljning.rapporter.datakvalitet.rapport import _varde
from uppfoljning.undertryckning import MINST, gruppera

SLAG = ("a", "b", "c")
STORST = 9


@dataclass(frozen=True)
class Sak:
    person: int
    slag: str


def _kommun(antal: tuple[int, ...]) -> list[Sak]:
    return [
        Sak(100 * nr + vem, slag)
        for nr, (slag, hur_manga) in enumerate(zip(SLAG, antal, strict=True))
        for vem in range(hur_manga)
    ]


def _tryckt(antal: tuple[int, ...]) -> object:
    """What is said of a municipality with so many of each kind."""
    saker = _kommun(antal)
    if ar_for_fa(saker):
        return "färre än fem"
    grupper = fordela(saker, lambda sak: sak.slag, [(ett, ett) for ett in SLAG], offentlig=True)
    return len(saker), tuple((grupp.namn, grupp.antal) for grupp in grupper)


def _rojda() -> list[tuple[object, str, int]]:
    """Kinds of one to four persons that have the same number wherever the same is said."""
    kan_vara: dict[object, tuple[set[int], ...]] = defaultdict(lambda: tuple(set() for _ in SLAG))
    for antal in product(range(STORST + MINST), repeat=len(SLAG)):
        for talen, tal in zip(kan_vara[_tryckt(antal)], antal, strict=True):
            talen.add(tal)
    return [
        (sagt, slag, min(talen))
        for sagt, per_slag in kan_vara.items()
        if all(max(talen) <= STORST for talen in per_slag)  # larger ones are not tried, and might be said the same of
        for slag, talen in zip(SLAG, per_slag, strict=True)
        if len(talen) == 1 and 0 < min(talen) < MINST
    ]


def test_what_is_merged_beside_a_sum_may_be_of_more_than_one_size() -> None:
    assert _rojda() == []


def test_without_one_more_two_kinds_of_four_are_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fordelning, "_sammanslagna", lambda per_slag: gruppera(per_slag).samman)
    assert ((14, (("a", 6), ("Övriga", 8))), "b", 4) in _rojda()


def test_findings_about_enheter_do_not_fill_up_a_group_of_persons() -> None:
    """They have negative numbers in the place of a person's."""
    assert _varde((1, 2, 3, 4, -7), offentlig=True) is None
    assert _varde((1, 2, 3, 4, 5, -7), offentlig=True) == 5
