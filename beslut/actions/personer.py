"""Persons that are added and changed on a page."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from django.db import transaction

from beslut.actions.nummer import nasta_nummer, vanta_pa_inlasning
from beslut.actions.tilldelning import tilldela
from beslut.models import Person
from grund.behorighet import Ratt, Roll, hinder_for_ratt
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare

ANDRAD = (
    "Någon annan har ändrat personens uppgifter sedan du öppnade sidan. Ingenting är sparat. "
    "Öppna sidan igen och gör om din ändring."
)
REDAN = "Det finns redan en person med det numret. Sök fram personen i stället."


def lagg_till_person(*, uppgifter: Mapping[str, str], av: Anvandare, idag: date) -> Person:
    """Add a person; `uppgifter` are columns of personer.csv without the id. A handläggare gets the matters.

    Hindrad when `av` may not, the number is taken, or a rule of the format says no (EjRegistrerad).
    """
    _krav_ratt(av)
    with transaction.atomic():
        vanta_pa_inlasning()
        if Person.objects.filter(personnummer=uppgifter["personnummer"]).exists():
            raise Hindrad([REDAN])
        nyckel = nasta_nummer(prefix="P", ar=idag.year, tagen=lambda n: Person.objects.filter(nyckel=n).exists())
        spar = Spar(av, "lagg_till_person", f"person:{nyckel}", "Personen lades till.")
        registrera(rader={"personer": [{**uppgifter, "person_id": nyckel}]}, spar=spar)
        person = Person.objects.get(nyckel=nyckel)
        if Roll.HANDLAGGARE in av.roller:
            tilldela(person=person, handlaggare=av, fran=idag, av=None)
    return person


def avtryck(person: Person) -> str:
    """Which details they are: a form carries it, to tell whether somebody has changed them meanwhile."""
    return sha256(repr(sorted(lagrad_rad("personer", person.nyckel).items())).encode()).hexdigest()


def andra_person(*, person: Person, uppgifter: Mapping[str, str], sag: str, av: Anvandare) -> None:
    """Change what is known of the person. `sag`: the `avtryck` of what the writer saw.

    A form sends every column, so one that was opened before another's change would take it back, and with it a
    protection or a death. Hindrad then, when `av` may not, or a rule of the format says no.
    """
    _krav_ratt(av)
    with transaction.atomic():
        vanta_pa_inlasning()
        if sag != avtryck(person):
            raise Hindrad([ANDRAD])
        nummer = uppgifter.get("personnummer", person.personnummer)
        if Person.objects.filter(personnummer=nummer).exclude(pk=person.pk).exists():
            raise Hindrad([REDAN])
        spar = Spar(av, "andra_person", f"person:{person.nyckel}", "Personens uppgifter ändrades.")
        registrera(rader={"personer": [{**lagrad_rad("personer", person.nyckel), **uppgifter}]}, spar=spar)


def _krav_ratt(av: Anvandare) -> None:
    if hinder := hinder_for_ratt(av.roller, Ratt.HANDLAGGA):
        raise Hindrad(hinder)
