"""Where the explanation's links lead. Pure: the pages are named, and the views turn names into addresses."""

from ersattning.forklaring.typer import Mal
from grund.tid import Manad


def rad(pk: int) -> Mal:
    """Why another row pays what it pays."""
    return Mal("ersattning:forklara", (pk,))


def korning(manad: Manad) -> Mal:
    return Mal("ersattning:korning", (manad,))


def beslut(pk: int) -> Mal:
    return Mal("beslut:beslut", (pk,))


def niva(pk: int) -> Mal:
    return Mal("beslut:niva", (pk,))


def avtal(pk: int) -> Mal:
    return Mal("utforare:avtal", (pk,))


def utforare(pk: int) -> Mal:
    return Mal("utforare:utforare", (pk,))


def verkstallighet(pk: int) -> Mal:
    return Mal("utforare:verkstallighet", (pk,))


def utfort(pk: int, manad: Manad) -> Mal:
    """The month's närvaro and visits of a verkställighet."""
    return Mal("utforare:utfort", (pk, manad))


def prislista(pk: int) -> Mal:
    return Mal("ersattning:prislista", (pk,))


def pris(prislista_pk: int, pk: int) -> Mal:
    return Mal("ersattning:prislista", (prislista_pk,), f"pris-{pk}")


def regel(nummer: str) -> Mal:
    return Mal("ersattning:regler", (), nummer)


def justering(pk: int) -> Mal:
    return Mal("ersattning:justering", (pk,))


def justeringens_bilaga(pk: int) -> Mal:
    return Mal("ersattning:justeringens_bilaga", (pk,))
