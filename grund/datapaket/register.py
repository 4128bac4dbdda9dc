"""The files of the format, as the installed apps describe them, in an order where what is referred to comes first."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from grund.datapaket.beskrivning import Fil, Kolumn, Radfel, Spar, Varden
from grund.datapaket.tidtyper import Datum
from grund.datapaket.typer import Id, Val

BORTTAG = "borttag"


@cache
def filer() -> dict[str, Fil]:
    """All files but borttag, by name, each after those that it refers to."""
    alla = {fil.namn: fil for app in apps.get_app_configs() for fil in _i_app(app.name)}
    ordnade: dict[str, Fil] = {}

    def lagg(fil: Fil) -> None:
        for kolumn in fil.referenser:
            lagg(alla[kolumn.fil])
        ordnade.setdefault(fil.namn, fil)

    for fil in alla.values():
        lagg(fil)
    return ordnade


def _i_app(namn: str) -> tuple[Fil, ...]:
    modul = f"{namn}.datapaket"
    if namn.startswith(("django.", "grund")) or find_spec(modul) is None:
        return ()
    beskrivna: tuple[Fil, ...] = import_module(modul).FILER
    return beskrivna


def _dag_om_raden_har_en(varden: Varden) -> Iterator[Radfel]:
    har_dag = len(filer()[varden["fil"]].kan_tas_bort) > 1
    if har_dag and varden["datum"] is None:
        yield "datum", f"En rad i {varden['fil']}.csv tas bort med id och datum: ange datum."
    if not har_dag and varden["datum"] is not None:
        yield "datum", f"En rad i {varden['fil']}.csv har bara ett id: lämna datum tomt."


@cache
def borttag() -> Fil:
    """borttag.csv: takes back rows of the files that say that they can."""
    mojliga = tuple(fil.namn for fil in filer().values() if fil.kan_tas_bort)
    kolumner = (Kolumn("fil", Val(mojliga), kravs=True), Kolumn("id", Id(), kravs=True), Kolumn("datum", Datum()))
    return Fil(BORTTAG, "", kolumner, nyckel=("fil", "id", "datum"), spar=Spar("", ""), regler=(_dag_om_raden_har_en,))


def alla_filer() -> dict[str, Fil]:
    """Every file that a package may hold."""
    return {**filer(), BORTTAG: borttag()}
