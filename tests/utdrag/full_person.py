"""Rows of every model that the retention table says is about persons, made of the models alone.

Each text is the person's mark, the model and the field, so that what stands in an extract can be traced. Guards and
CHECKs are off while it lasts (the test's transaction takes them back): the rows need not make sense, only to be there.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Model

from beslut.models import Person
from grund.behorighet import Roll
from grund.models import Andring, Anvandare
from grund.tid import Manad
from uppfoljning.gallring.tabell import FOR, OM_PERSON
from uppfoljning.gallring.typer import Lankslag
from utforare.partitioner import sakra_manader

OM = {rad.modell for rad in OM_PERSON}
DAG, TILL = date(2026, 5, 4), date(2026, 5, 10)
NAR = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def utan_vakter() -> None:
    """Let any row in, till the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT c.conrelid::regclass::text, quote_ident(c.conname) FROM pg_constraint c"
            " JOIN pg_class t ON t.oid = c.conrelid"
            " WHERE c.contype = 'c' AND c.coninhcount = 0 AND c.connamespace = 'public'::regnamespace"
        )
        for tabell, namn in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {tabell} DROP CONSTRAINT {namn}")


class Fyllare:
    """Makes one row of a model for a person, and what it points at."""

    def __init__(self, marke: str, personnummer: str, delat: dict[str, Model]) -> None:
        self.marke, self.personnummer, self.delat = marke, personnummer, delat
        self.egna: dict[str, Model] = {}
        self.tal = 7 + len(marke)  # differs between the two: some rows are numbered within what they share

    def alla(self) -> Person:
        for modell in OM:
            self.rad(apps.get_model(modell))
        person = self.egna["beslut.Person"]
        assert isinstance(person, Person)
        return person

    def rad(self, modell: type[Model]) -> Model:
        namn = modell._meta.label
        kanda = self.egna if namn in OM else self.delat
        if namn not in kanda:
            kanda[namn] = _anvandare() if modell is Anvandare else self._ny(modell)
        return kanda[namn]

    def _ny(self, modell: type[Model]) -> Model:
        falt = (ett for ett in modell._meta.concrete_fields if not isinstance(ett, _DATABASENS))
        varden = {ett.attname: self._varde(modell, ett) for ett in falt}
        if modell is Person:
            varden["personnummer"] = self.personnummer
        return modell._base_manager.create(**varden | self._lank(modell))

    def _lank(self, modell: type[Model]) -> dict[str, Any]:
        lank = FOR[modell._meta.label].lank if modell._meta.label in OM else None
        if lank is None:
            return {}
        if lank.slag == Lankslag.NYCKEL:
            return {lank.falt: self.rad(apps.get_model(lank.till)).nyckel}  # type: ignore[attr-defined]
        pk = self.rad(Person).pk
        if lank.slag == Lankslag.PERSONER:
            return {lank.falt: [pk]}
        return {lank.falt: pk} | ({"slag": Andring.Slag.PERSON} if lank.slag == Lankslag.ANDRING else {})

    def _varde(self, modell: type[Model], falt: "models.Field[Any, Any]") -> Any:
        if falt.related_model is not None:
            mal = apps.get_model(falt.related_model._meta.label)
            return None if mal is modell else self.rad(mal).pk
        text = f"{self.marke}:{modell._meta.label}.{falt.name}"
        if falt.choices:
            return next(kod for kod, _ in falt.flatchoices if kod != "")
        if isinstance(falt, ArrayField):
            val = falt.base_field.choices
            return (
                [val[0][0]] if val else [self.tal] if isinstance(falt.base_field, models.IntegerField) else [text[:40]]
            )
        for slag, varde in _VARDEN:
            if isinstance(falt, slag):
                return TILL if varde is DAG and falt.name == "till" else varde
        if isinstance(falt, models.IntegerField):
            return self.tal
        return _text(falt, text)


def _text(falt: "models.Field[Any, Any]", text: str) -> Any:
    if isinstance(falt, models.JSONField):
        return {"marke": text}
    if isinstance(falt, models.BinaryField):
        return b"%PDF-1.7 " + text.encode()
    return text[: falt.max_length] if falt.max_length else text


_DATABASENS = models.AutoField | models.GeneratedField | models.CompositePrimaryKey
_VARDEN: tuple[tuple[type, Any], ...] = (
    (models.DateTimeField, NAR),
    (models.DateField, DAG),
    (models.DecimalField, Decimal("12.5")),
    (models.BooleanField, True),
)


def _anvandare() -> Anvandare:
    """Staff at a provider: nothing of theirs may stand in an extract."""
    return Anvandare.objects.create_user(
        "hemligt-konto", "hemlig@example.se", first_name="Hemliga", last_name="Hjalparen", roller=[Roll.UTFORARE]
    )


def tva_personer() -> tuple[Person, Person]:
    """Two persons with a row of everything each; they share no row but those that are nobody's."""
    utan_vakter()
    sakra_manader([Manad.av(DAG)])
    delat: dict[str, Model] = {}
    ada = Fyllare("ADA", "199002029818", delat).alla()
    bo = Fyllare("BO", "199003039824", delat).alla()
    return ada, bo
