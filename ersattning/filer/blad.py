"""The columns of rows and avvikelser in workbooks, the same for providers and for the controller."""

from collections.abc import Iterable, Iterator
from typing import Any

from ersattning.filer.innehall import Avvik, Rad
from ersattning.filer.ord import insats_i_ord
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Artikel, Radtyp
from grund.arbetsbok import Kolumn, Slag
from grund.text import stor_forsta

_UTFORARE = Kolumn("Utförare")
_RAD = (
    Kolumn("Enhets-id"),
    Kolumn("Enhet"),
    Kolumn("Verkställighet"),
    Kolumn("Person"),
    Kolumn("Insats"),
    Kolumn("Artikel"),
    Kolumn("Nivå"),
    Kolumn("Omfattning"),
    Kolumn("Tidsband"),
    Kolumn("Avser månad", Slag.MANAD),
    Kolumn("Typ"),
    Kolumn("Från", Slag.DATUM),
    Kolumn("Till och med", Slag.DATUM),
    Kolumn("Antal", Slag.ANTAL),
    Kolumn("Per"),
    Kolumn("Underlag"),
    Kolumn("À-pris, kr", Slag.KRONOR),
    Kolumn("Andel", Slag.ANDEL),
    Kolumn("Belopp, kr", Slag.KRONOR, summera=True),
)
_AVVIKELSE = (
    Kolumn("Verkställighet"),
    Kolumn("Person"),
    Kolumn("Avser månad", Slag.MANAD),
    Kolumn("Från", Slag.DATUM),
    Kolumn("Till och med", Slag.DATUM),
    Kolumn("Besök"),
    Kolumn("Avvikelse"),
    Kolumn("Vad det betyder", Slag.LANGTEXT),
)


def radkolumner(*, med_utforare: bool) -> tuple[Kolumn, ...]:
    """Columns of a sheet of rows."""
    return (_UTFORARE, *_RAD) if med_utforare else _RAD


def avvikelsekolumner(*, med_utforare: bool) -> tuple[Kolumn, ...]:
    """Columns of a sheet of avvikelser."""
    return (_UTFORARE, *_AVVIKELSE) if med_utforare else _AVVIKELSE


def radceller(rader: Iterable[Rad], *, med_utforare: bool) -> Iterator[tuple[Any, ...]]:
    """The cells of `radkolumner`."""
    for rad in rader:
        celler: tuple[Any, ...] = (
            rad.enhet_id,
            rad.enhet,
            rad.verkstallighet,
            rad.person,
            insats_i_ord(rad.insats),
            artikel_i_ord(rad.artikel),
        )
        celler += (rad.niva, rad.omfattning, tidsband_i_ord(rad.tidsband))
        celler += (rad.avser, Radtyp(rad.typ).label, rad.fran, rad.sista)
        celler += (rad.antal, rad.antalsenhet_i_ord, rad.underlag, rad.a_pris, rad.faktor, rad.belopp)
        yield (rad.utforare, *celler) if med_utforare else celler


def avvikelseceller(avvikelser: Iterable[Avvik], *, med_utforare: bool) -> Iterator[tuple[Any, ...]]:
    """The cells of `avvikelsekolumner`."""
    for avvik in avvikelser:
        celler: tuple[Any, ...] = (
            avvik.verkstallighet,
            avvik.person,
            avvik.manad,
            avvik.fran,
            avvik.sista,
            avvik.besok,
        )
        celler += (avvik.rubrik, avvik.mening)
        yield (avvik.utforare, *celler) if med_utforare else celler


def artikel_i_ord(artikel: str) -> str:
    """`Utförd tid`."""
    return stor_forsta(Artikel(artikel).label)
