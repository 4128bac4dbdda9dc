"""How many there are of each kind. In public the small are merged before anything is printed (ADR 0016). Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from uppfoljning.undertryckning import MINST, Personer, gruppera

OVRIGA = "Övriga"
FARRE = "Avser färre än fem personer och visas inte."


class HarPerson(Protocol):
    """Something that is about a person."""

    @property
    def person(self) -> int: ...


T = TypeVar("T", bound=HarPerson)
N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Grupp(Generic[T]):
    """Those of a kind, or of several kinds that are only shown together."""

    namn: str
    delar: tuple[T, ...]

    @property
    def antal(self) -> int:
        return len(self.delar)


def ar_for_fa(delar: Iterable[HarPerson]) -> bool:
    """Whether they are so few persons that nothing may be said of them in public."""
    return 0 < len({ett.person for ett in delar}) < MINST


def fordela(
    alla: Sequence[T], slag: Callable[[T], N], ordning: Sequence[tuple[N, str]], *, offentlig: bool
) -> list[Grupp[T]]:
    """`alla` by kind, in `ordning` (kind and name); kinds that nobody has are left out.

    `offentlig`: a kind of fewer than five persons is merged with others into one that comes last, so that no one can
    tell what is inside. Nothing when no kind may be shown by itself. The sum of them all is told beside them, so one
    more is merged when the merged could only have four each.
    """
    per_slag = {ett: tuple(del_ for del_ in alla if slag(del_) == ett) for ett, _ in ordning}
    if not offentlig:
        return [Grupp(namn, per_slag[ett]) for ett, namn in ordning if per_slag[ett]]
    sammanslagna = _sammanslagna({ett: frozenset(del_.person for del_ in delar) for ett, delar in per_slag.items()})
    grupper = [Grupp(namn, per_slag[ett]) for ett, namn in ordning if ett not in sammanslagna and per_slag[ett]]
    if not grupper:
        return []  # all in one: that says nothing of kinds
    samman = tuple(del_ for ett, _ in ordning if ett in sammanslagna for del_ in per_slag[ett])
    return grupper + ([Grupp(OVRIGA, samman)] if samman else [])


def _sammanslagna(per_slag: Mapping[N, Personer]) -> frozenset[N]:
    """The kinds that are only shown together: also one more, when all that are not shown have four persons each.

    Whoever knows the kinds sees which are not shown. Four times as many persons as kinds would mean four in each.
    """
    grupperat = gruppera(per_slag)
    if grupperat.dolt:
        return frozenset(per_slag)
    samman, egna = grupperat.samman, [ett for ett in grupperat.egna if per_slag[ett]]
    dolda = len(per_slag) - len(egna)
    if samman and sum(len(per_slag[ett]) for ett in samman) == dolda * (MINST - 1):
        return samman | set(egna[:1])
    return samman
