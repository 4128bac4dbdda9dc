"""Who works with whose matters."""

from datetime import date

from django.db import transaction

from beslut.models import Person, Tilldelning
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord


def tilldela(*, person: Person, handlaggare: Anvandare, fran: date, av: Anvandare | None) -> Tilldelning:
    """Give `handlaggare` the person's matters from `fran`; others keep theirs. Already given: nothing happens.

    Hindrad when `av` may not share out matters, or `handlaggare` may not work with them. `av` None = the system.
    """
    hinder = hinder_for_ratt(av.roller, Ratt.FORDELA) if av else []
    if hinder := hinder + hinder_for_ratt(handlaggare.roller, Ratt.HANDLAGGA):
        raise Hindrad(hinder)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        redan = Tilldelning.objects.filter(
            person=person, handlaggare=handlaggare, period__endswith__isnull=True
        ).first()
        if redan:
            return redan
        ny = Tilldelning.objects.create(person=person, handlaggare=handlaggare, fran=fran)
        vem, dag = _namn(handlaggare), datum_i_ord(fran)
        _skriv(av, "tilldela", ny, f"{vem} handlägger personens ärenden från och med {dag}.")
    return ny


def avsluta_tilldelning(*, tilldelning: Tilldelning, till: date, av: Anvandare) -> None:
    """End the assignment; `till` is the first day without it. Hindrad when `av` may not share out matters, or it has
    ended before: whose the person was then, says which looks needed a reason, and is not drawn out afterwards."""
    if hinder := hinder_for_ratt(av.roller, Ratt.FORDELA):
        raise Hindrad(hinder)
    with transaction.atomic():
        last = Tilldelning.objects.select_for_update(of=("self",)).select_related("person", "handlaggare")
        ett = last.filter(pk=tilldelning.pk).first()
        if ett is None or (ett.till is not None and ett.till <= till):
            raise Hindrad(["Tilldelningen är redan avslutad."])
        _skriv(av, "avsluta_tilldelning", ett, f"{_namn(ett.handlaggare)} handlägger inte längre personen.")
        if till <= ett.fran:
            ett.delete()
        else:
            Tilldelning.objects.filter(pk=ett.pk).update(till=till)


def _skriv(av: Anvandare | None, handling: str, tilldelning: Tilldelning, text: str) -> None:
    objekt = f"person:{tilldelning.person.nyckel}"
    skriv_handelse(av=av, handling=handling, objekt=objekt, text=text, handlaggare=tilldelning.handlaggare.username)


def _namn(handlaggare: Anvandare) -> str:
    return handlaggare.get_full_name() or handlaggare.username
