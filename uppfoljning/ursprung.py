"""What reports were built on: the körningar with who did what, and the documents that have been made."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ersattning.models import Korning
from grund.models import Anvandare, Handelse
from grund.text import manad_i_ord, stor_forsta, tidpunkt_i_ord
from grund.tid import Manad
from uppfoljning.actions import GJORT


@dataclass(frozen=True, slots=True)
class Ursprung:
    """A körning and the steps that it has taken, in words. `andring_nr`: the last change that it counted with."""

    manad: Manad
    namn: str
    status: str
    omgang: int
    andring_nr: int
    steg: tuple[str, ...]


def ursprung(manader: Collection[Manad]) -> list[Ursprung]:
    """The körningar of these months, the latest first. One query."""
    urval = Korning.objects.filter(manad__in=[manad.fran for manad in manader])
    alla = urval.select_related("beraknad_av", "granskad_av", "faststalld_av").order_by("-manad")
    return [_ursprung(korning) for korning in alla]


def gjorda(manad: Manad) -> QuerySet[Handelse]:
    """The documents about the month that have been made, the latest first."""
    urval = Handelse.objects.filter(objekt=f"tjansteutlatande:{manad}", handling=GJORT)
    return urval.select_related("av").order_by("-tidpunkt", "-pk")


def antal_gjorda(manader: Collection[Manad]) -> Counter[str]:
    """How many documents have been made of each month."""
    objekt = [f"tjansteutlatande:{manad}" for manad in manader]
    gjorda_ = Handelse.objects.filter(objekt__in=objekt, handling=GJORT).values_list("objekt", flat=True)
    return Counter(ett.partition(":")[2] for ett in gjorda_)


def steg_i_ord(korning: Korning) -> list[str]:
    """`Beräknad 3 juni 2026 kl. 07.14 av Klara Lind`, and so on for each step that is taken."""
    steg = [
        ("beräknad", korning.beraknad, korning.beraknad_av),
        ("granskad", korning.granskad, korning.granskad_av),
        ("fastställd", korning.faststalld, korning.faststalld_av),
    ]
    return [_steg(namn, nar, vem) for namn, nar, vem in steg if nar]


def _ursprung(korning: Korning) -> Ursprung:
    manad = Manad.av(korning.manad)
    namn = stor_forsta(manad_i_ord(manad))
    return Ursprung(manad, namn, korning.status, korning.omgang, korning.andring_nr, tuple(steg_i_ord(korning)))


def _steg(namn: str, nar: datetime, vem: Anvandare | None) -> str:
    av = f" av {vem.get_full_name() or vem.get_username()}" if vem else ""
    return f"{stor_forsta(namn)} {tidpunkt_i_ord(nar)}{av}"
