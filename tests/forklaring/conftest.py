"""Municipalities to explain: the worked cases. The demo is in the folder of those tests that only look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import Client

from grund.models import Anvandare
from tests.kedja import direkt

EXEMPEL = Path(__file__).parents[1] / "exempel"


@contextmanager
def tillfalligt() -> Iterator[None]:
    """What happens here is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kor_exempel(fall: str) -> None:
    """Read in a worked case and run the months that it has an answer for."""
    mapp = EXEMPEL / fall
    manader = sorted(facit.stem.removeprefix("ersattning-") for facit in mapp.glob("ersattning-*.csv"))
    if (mapp / "paket").exists():
        direkt.las_in(mapp / "paket")
        for manad in manader:
            direkt.kor(manad)
        return
    direkt.las_in(mapp / "paket-1")
    direkt.kor(manader[0])
    direkt.faststall(manader[0])
    direkt.las_in(mapp / "paket-2")
    direkt.kor(manader[1])


def inloggad() -> Client:
    """A controller's browser."""
    klara, _ = Anvandare.objects.get_or_create(username="klara", defaults={"roller": ["controller"]})
    klient = Client()
    klient.force_login(klara)
    return klient
