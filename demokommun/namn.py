"""Made-up people and places: common Swedish names (namn.txt), put together by chance."""

from importlib.resources import files
from random import Random


def _las() -> dict[str, tuple[str, ...]]:
    """Each line of namn.txt: what kind of names, then the names."""
    rader = (files("demokommun") / "namn.txt").read_text(encoding="utf-8").splitlines()
    return {sort: tuple(namn) for sort, *namn in map(str.split, rader)}


_NAMN = _las()
EFTERNAMN = _NAMN["efternamn"]
INRIKTNINGAR = _NAMN["inriktningar"]


def fornamn(slump: Random, *, kvinna: bool) -> str:
    return slump.choice(_NAMN["kvinnor" if kvinna else "man"])


def platsnamn(nummer: int) -> str:
    """`Björkbacken`, `Kvarndungen` … and, when they are used up, `Björkbacken 2`."""
    forled, efterled = _NAMN["forled"], _NAMN["efterled"]
    varv, rest = divmod(nummer, len(forled) * len(efterled))
    # the step between the two lists makes neighbours differ in both parts
    namn = forled[rest % len(forled)] + efterled[(rest + rest // len(forled)) % len(efterled)]
    return namn if varv == 0 else f"{namn} {varv + 1}"
