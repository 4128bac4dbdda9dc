"""The register that texts are checked against is read again as soon as anybody in it has changed."""

import pytest

from beslut.models import Person
from uppfoljning.dokument.personregister import register

pytestmark = pytest.mark.django_db


def test_who_is_new_or_has_another_name_is_looked_for_at_once() -> None:
    person = Person.objects.create(nyckel="P-1", personnummer="199002029818", fornamn="Anna", efternamn="Ek")
    assert ("anna", "ek") in register().namn
    assert register() is register()
    Person.objects.filter(pk=person.pk).update(efternamn="Gran")
    assert ("anna", "gran") in register().namn
    assert ("anna", "ek") not in register().namn
    Person.objects.create(nyckel="P-2", personnummer="199003039824", fornamn="Bo", efternamn="Ek")
    assert ("bo", "ek") in register().namn
