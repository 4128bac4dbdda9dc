"""The texts and files that may tell of somebody else: what a handläggare reads before the extract is given out."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from grund.text import stor_forsta
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.typer import Modellrad
from uppfoljning.personuppgifter.falt import falten, rubrik
from uppfoljning.personuppgifter.lasning import nummer, rader
from uppfoljning.personuppgifter.varden import fri_text
from uppfoljning.registerutdrag.ordning import BARA_I_DATA, MANADSVIS

FIL = "fil"  # stands for a row's file where the name of a field otherwise stands
# Whose rows hold no text about others: names of the person and of staff, why somebody looked, what a change was before;
# and what is written of an extract, which would outdate it.
_UTAN = frozenset({
    "beslut.Person",
    "beslut.Lasning",
    "beslut.Nivabedomning",
    "grund.Andring",
    "uppfoljning.Besokspersonal",
    "uppfoljning.Leveransrad",
    "uppfoljning.Registerutdrag",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kandidat:
    """A text, or a file, of a row. `nyckel` tells it from the others: model, row and field."""

    nyckel: str
    vad: str
    text: str


def kandidater(person: int) -> list[Kandidat]:
    """All of them, in the table's order."""
    return [ett for rad in OM_PERSON for ett in _av_modell(rad, person)]


def avtryck(alla: list[Kandidat]) -> str:
    """What they are just now, so that a text that has come since cannot be given out unread."""
    summa = sha256()
    for ett in alla:
        for del_ in (ett.nyckel, ett.text):
            summa.update(f"{len(del_)}:{del_}".encode())
    return summa.hexdigest()


def nyckel(modell: str, rad: Model, falt: str) -> str:
    """`beslut.Arende/12/text`."""
    return f"{modell}/{nummer(rad)}/{falt}"


def fil_pa_disk(tabellrad: Modellrad, rad: Model) -> Path | None:
    """Where the row's file lies; None when it has none."""
    if tabellrad.fil is None or not (plats := getattr(rad, tabellrad.fil.falt)):
        return None
    return Path(getattr(settings, tabellrad.fil.rot)) / str(plats)


def _av_modell(tabellrad: Modellrad, person: int) -> Iterator[Kandidat]:
    if tabellrad.modell in {*MANADSVIS, *_UTAN} or not (tabellrad.fritext or tabellrad.fil):
        return
    utan = BARA_I_DATA.get(tabellrad.modell, frozenset())
    for rad in rader(tabellrad, person):
        for falt in falten(type(rad)):
            varde: Any = getattr(rad, falt.attname)
            if falt.name in tabellrad.fritext and falt.name not in utan and varde:
                vad = f"{stor_forsta(str(rad._meta.verbose_name))}: {rubrik(falt)}"
                yield Kandidat(nyckel(tabellrad.modell, rad, falt.name), vad, fri_text(varde))
        if fil_pa_disk(tabellrad, rad):
            text = f"Filen {getattr(rad, 'sha256', '')[:12]}, som har lämnats in."
            vad = f"{stor_forsta(str(rad._meta.verbose_name))}: bilaga"
            yield Kandidat(nyckel(tabellrad.modell, rad, FIL), vad, text)
