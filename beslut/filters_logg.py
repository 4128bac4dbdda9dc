"""Filters of the log. They stand in the address: a person is named by key only, never by name or personnummer."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet

from beslut.forms.loggkontroll import Anvandarval
from beslut.models import Lasning
from grund.models import Anvandare
from grund.sortering import pa_svenska
from grund.tid import EN_DAG, dygnets_start

_UTANFOR = "Skriv en dag mellan 1900 och 2199."
_RIMLIG = [MinValueValidator(date(1900, 1, 1), _UTANFOR), MaxValueValidator(date(2199, 12, 31), _UTANFOR)]


class _Anvandarfilter(django_filters.ModelChoiceFilter):
    field_class = Anvandarval  # type: ignore[assignment]  # its stubs name the class without its argument


def _dag(etikett: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=etikett, method="dagar", validators=_RIMLIG, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class Lasningsfilter(django_filters.FilterSet):
    """Readings by day, by whom, and of whom."""

    fran = _dag("Från och med")
    sista = _dag("Till och med")
    anvandare = _Anvandarfilter(
        label="Vem som läste",
        queryset=Anvandare.objects.order_by(*pa_svenska("first_name", "username")),
        empty_label="Alla",
    )
    person = django_filters.CharFilter(label="Personens nyckel", field_name="person__nyckel", max_length=80)
    utanfor_uppdrag = django_filters.BooleanFilter(
        label="Bara utanför uppdraget", method="bara", widget=forms.CheckboxInput
    )

    class Meta:
        model = Lasning
        fields: tuple[str, ...] = ()

    def dagar(self, urval: QuerySet[Lasning], namn: str, dag: date) -> QuerySet[Lasning]:
        if namn == "fran":
            return urval.filter(tidpunkt__gte=dygnets_start(dag))
        return urval.filter(tidpunkt__lt=dygnets_start(dag + EN_DAG))

    def bara(self, urval: QuerySet[Lasning], _: str, valt: Any) -> QuerySet[Lasning]:
        return urval.filter(utanfor_uppdrag=True) if valt else urval
