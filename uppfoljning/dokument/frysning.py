"""A report as a document keeps it: what is public, and nothing that leads into the system. Pure."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from uppfoljning.rapport.innehall import Del, Nyckeltal, Rapport, Tabell


def som_fryst(rapport: Rapport) -> Rapport:
    """`rapport`, which must be made for the public, without addresses, persons' keys and tables of single persons."""
    return replace(rapport, delar=tuple(map(_del, rapport.delar)), personer=frozenset())


def _del(del_: Del) -> Del:
    tabeller = tuple(_tabell(ett) for ett in del_.tabeller if not ett.enskilda)
    return replace(del_, nyckeltal=tuple(map(_nyckeltal, del_.nyckeltal)), tabeller=tabeller)


def _nyckeltal(ett: Nyckeltal) -> Nyckeltal:
    return replace(ett, adress="")


def _tabell(ett: Tabell) -> Tabell:
    summa = replace(ett.summa, adress="") if ett.summa else None
    return replace(ett, rader=tuple(replace(rad, adress="") for rad in ett.rader), summa=summa)


def texter_i(varde: object) -> Iterator[str]:
    """All that it says in words: a report may tell what somebody has typed elsewhere."""
    if isinstance(varde, str):
        yield varde
    elif isinstance(varde, tuple):
        for ett in varde:
            yield from texter_i(ett)
    elif is_dataclass(varde):
        for falt in fields(varde):
            yield from texter_i(getattr(varde, falt.name))
