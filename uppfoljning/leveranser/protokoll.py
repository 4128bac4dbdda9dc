"""The control protocol of a delivery: what it holds, what was left out and why, and what is or may be wrong. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grund.text import antal_ord
from uppfoljning.leveranser.layout import Form, Layout, Sattrad
from uppfoljning.leveranser.regler import Allvar, Anmarkning, Underlag

_RESERV = "T"


@dataclass(frozen=True, slots=True)
class Kolumnrakning:
    """A column counted: filled in, empty, and how many of each code."""

    namn: str
    ifyllda: int
    tomma: int
    koder: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Protokoll:
    """The whole. `utelamnade`: why, how many beslut, and their keys."""

    rader: int
    personer: int
    skyddade: int
    kolumner: tuple[Kolumnrakning, ...]
    utelamnade: tuple[tuple[str, tuple[str, ...]], ...]
    anmarkningar: tuple[Anmarkning, ...]

    @property
    def stoppar(self) -> tuple[Anmarkning, ...]:
        """What must be put right before it can be delivered."""
        return tuple(ett for ett in self.anmarkningar if ett.allvar is Allvar.STOPPAR)

    @property
    def varnar(self) -> tuple[Anmarkning, ...]:
        """What somebody must have read before it is delivered."""
        return tuple(ett for ett in self.anmarkningar if ett.allvar is Allvar.VARNAR)

    def som_data(self) -> dict[str, Any]:
        """To be stored; `las` reads it."""
        return {
            "rader": self.rader,
            "personer": self.personer,
            "skyddade": self.skyddade,
            "kolumner": [[ett.namn, ett.ifyllda, ett.tomma, [list(kod) for kod in ett.koder]] for ett in self.kolumner],
            "utelamnade": [[orsak, list(nycklar)] for orsak, nycklar in self.utelamnade],
            "anmarkningar": [[e.allvar.value, e.text, e.nyckel, e.kolumn, e.person] for e in self.anmarkningar],
        }


def las(data: dict[str, Any]) -> Protokoll:
    """A stored one."""
    return Protokoll(
        data["rader"],
        data["personer"],
        data["skyddade"],
        tuple(
            Kolumnrakning(n, i, t, tuple((kod, antal) for kod, antal in koder)) for n, i, t, koder in data["kolumner"]
        ),
        tuple((orsak, tuple(nycklar)) for orsak, nycklar in data["utelamnade"]),
        tuple(Anmarkning(Allvar(allvar), *resten) for allvar, *resten in data["anmarkningar"]),
    )


def gor(
    layout: Layout,
    underlag: Underlag,
    satta: Sequence[Sattrad],
    anmarkningar: Sequence[Anmarkning],
    *,
    bekraftad: bool,
) -> Protokoll:
    """The protocol of these rows. `bekraftad`: whether somebody has held the layout against the official one."""
    alla = [*_om_layouten(bekraftad=bekraftad), *_om_raderna(layout, satta), *underlag.anmarkningar, *anmarkningar]
    orsaker = dict.fromkeys(ett.orsak for ett in underlag.utelamnade)
    return Protokoll(
        rader=len(satta),
        personer=len({ett.person for ett in satta}),
        skyddade=len(underlag.skyddade),
        kolumner=tuple(_rakna(layout, satta)),
        utelamnade=tuple(
            (orsak, tuple(sorted(ett.nyckel for ett in underlag.utelamnade if ett.orsak == orsak))) for orsak in orsaker
        ),
        anmarkningar=tuple(sorted(alla, key=lambda ett: (ett.allvar.value, ett.text, ett.nyckel, ett.kolumn))),
    )


def _rakna(layout: Layout, satta: Sequence[Sattrad]) -> Iterator[Kolumnrakning]:
    for plats, kolumn in enumerate(layout.kolumner):
        varden = [rad.varden[plats] for rad in satta]
        ifyllda = sum(bool(ett) for ett in varden)
        koder = Counter(ett for ett in varden if ett) if kolumn.form is Form.KOD else Counter()
        yield Kolumnrakning(kolumn.namn, ifyllda, len(varden) - ifyllda, tuple(sorted(koder.items())))


def _om_layouten(*, bekraftad: bool) -> Iterator[Anmarkning]:
    if not bekraftad:
        yield Anmarkning(
            Allvar.VARNAR,
            "Filens layout är inte bekräftad mot Socialstyrelsens beskrivning. Jämför kolumner, ordning och koder innan"
            " filen lämnas.",
        )


def _om_raderna(layout: Layout, satta: Sequence[Sattrad]) -> Iterator[Anmarkning]:
    if not satta:
        yield Anmarkning(Allvar.VARNAR, "Filen har inga rader.")
    platser = [
        plats for plats, ett in enumerate(layout.kolumner) if ett.form in (Form.PERSONNUMMER, Form.PERSONNUMMER_12)
    ]
    for plats in platser:
        reserv = [rad for rad in satta if _RESERV in rad.varden[plats]]
        if reserv:
            antal = antal_ord(len(reserv), "rad har", "rader har")
            text = f"{antal} ett reservnummer i stället för ett personnummer. Se hur mottagaren vill ha dem."
            yield Anmarkning(Allvar.VARNAR, text, "", layout.kolumner[plats].namn)
    yield from _samma_nummer(layout, satta)


def _samma_nummer(layout: Layout, satta: Sequence[Sattrad]) -> Iterator[Anmarkning]:
    """Two persons of ours with one number are one person to those who count."""
    for plats, kolumn in enumerate(layout.kolumner):
        if kolumn.form not in (Form.PERSONNUMMER, Form.PERSONNUMMER_12):
            continue
        vems: dict[str, set[int]] = {}
        for rad in satta:
            vems.setdefault(rad.varden[plats], set()).add(rad.person)
        for rad in satta:
            if rad.varden[plats] and len(vems[rad.varden[plats]]) > 1:
                text = "Två personer i systemet har samma personnummer."
                yield Anmarkning(Allvar.STOPPAR, text, rad.nyckel, kolumn.namn, rad.person)
