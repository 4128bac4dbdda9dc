"""Nivåbedömningar that somebody else has begun and that hinder a new one: which, and why they may not be taken over.

Whoever works with the person may go on with what another has begun; only those who answer for the work, or decide on
it, may throw away what is somebody else's. Nobody can see from here who is on leave, so it is never by the calendar:
it takes a reason, which the other can read.
"""

from datetime import date

from django.db.models import QuerySet

from beslut import nivaarenden, tillgang
from beslut.models import Nivaarende
from beslut.models.nivaarende import HOS_BEDOMAREN, Arendelage
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.models import Anvandare


def hos_andra() -> QuerySet[Nivaarende]:
    """Those that another than a deciding hand has: of closed accounts first, then the oldest."""
    urval = nivaarenden.i_lista().filter(lage__in=HOS_BEDOMAREN)
    return urval.order_by("bedomare__is_active", "skapad", "pk")


def som_jag_kan_ta(vem: Anvandare, idag: date) -> QuerySet[Nivaarende]:
    """What others have begun of the persons that `vem` works with; a gruppchef answers for everybody."""
    urval = hos_andra().exclude(bedomare=vem)
    return urval if har_ratt(vem.roller, Ratt.FORDELA) else urval.filter(person__in=tillgang.mina(vem, idag))


def oppet(person_id: int, insats: str, vem: Anvandare) -> Nivaarende | None:
    """What another has begun and so hinders a new one, when there is such."""
    return hos_andra().exclude(bedomare=vem).filter(person=person_id, insats=insats).first()


def hinder_for_overtagande(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why `av` may not take it over. Whose person it is, is the page's to know."""
    hinder = hinder_for_ratt(av.roller, Ratt.BEDOMA_NIVA) + _hos_bedomaren(arende)
    if arende.bedomare_id == av.pk:
        hinder.append("Det är redan du som gör bedömningen.")
    return hinder + _skyddad(arende, av)


def hinder_for_kast(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why `av` may not throw away a draft of somebody else's."""
    hinder = hinder_for_ratt(av.roller, Ratt.KASTA_NIVA)
    if arende.lage != Arendelage.UTKAST:
        hinder.append("Bara ett utkast som aldrig har skickats in kan kastas.")
    return hinder + _skyddad(arende, av)


def hinder_for_avvisning(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why `av` may not reject one that was sent back and never came again."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_NIVA) + nivaarenden.hinder_for_egen(arende, av)
    if arende.lage != Arendelage.ATERSKICKAD:
        hinder.append(f"Bedömningen är {arende.get_lage_display()}.")
    return hinder + _skyddad(arende, av)


def _hos_bedomaren(arende: Nivaarende) -> list[str]:
    return [] if arende.lage in HOS_BEDOMAREN else [f"Bedömningen är {arende.get_lage_display()} och tas inte över."]


def _skyddad(arende: Nivaarende, av: Anvandare) -> list[str]:
    if tillgang.far_se(av, arende.person):
        return []
    return ["Personens uppgifter är skyddade. Någon som får se dem tar hand om bedömningen."]
