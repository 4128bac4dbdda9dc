"""Filters of rows and avvikelser. They stand in the address, so they never take anything that names a person."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from beslut.regler import Insats
from ersattning.models import Avvikelse, Ersattningsrad, Korning, Manadssumma
from ersattning.regler import Artikel, Avvikelsekod, Radtyp
from grund.text import stor_forsta, svensk_ordning
from utforare.models import Utforare


def _val(koder: Any) -> list[tuple[str, str]]:
    return sorted(
        ((str(kod.value), stor_forsta(str(kod.label))) for kod in koder), key=lambda par: svensk_ordning(par[1])
    )


def _insatser(korning: Korning) -> list[tuple[str, str]]:
    """Those that the körning pays for; the law tells two of the same name apart."""
    koder = Manadssumma.objects.filter(korning=korning).exclude(insats="").values_list("insats", flat=True)
    val = [(kod, f"{stor_forsta(Insats(kod).label)} ({Insats(kod).lag})") for kod in koder]
    return sorted(val, key=lambda par: svensk_ordning(par[1]))


class _Utforarval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


class _Utforarfilter(django_filters.ModelChoiceFilter):
    field_class = _Utforarval  # type: ignore[assignment]  # its stubs name the class without its argument


def _utforare(korning: Korning, med: QuerySet[Any]) -> QuerySet[Utforare]:
    return Utforare.objects.filter(pk__in=med.filter(korning=korning).values("utforare")).order_by("namn")


class Radfilter(django_filters.FilterSet):
    """Rows of a körning."""

    utforare = _Utforarfilter(label="Utförare", queryset=Utforare.objects.none(), empty_label="Alla")
    insats = django_filters.ChoiceFilter(label="Insats", choices=[], empty_label="Alla")
    artikel = django_filters.ChoiceFilter(label="Artikel", choices=_val(Artikel), empty_label="Alla")
    typ = django_filters.ChoiceFilter(label="Typ", choices=_val(Radtyp), empty_label="Alla")
    niva = django_filters.CharFilter(label="Nivå", max_length=40)
    verkstallighet = django_filters.CharFilter(
        label="Verkställighet", field_name="verkstallighet_nyckel", lookup_expr="startswith", max_length=40
    )

    class Meta:
        model = Ersattningsrad
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, korning: Korning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["utforare"].extra["queryset"] = _utforare(korning, Manadssumma.objects.all())
        self.filters["insats"].extra["choices"] = _insatser(korning)


class Avvikelsefilter(django_filters.FilterSet):
    """Avvikelser of a körning."""

    kod = django_filters.ChoiceFilter(label="Slag", choices=Avvikelsekod.choices, empty_label="Alla")
    utforare = _Utforarfilter(label="Utförare", queryset=Utforare.objects.none(), empty_label="Alla")
    verkstallighet = django_filters.CharFilter(
        label="Verkställighet", field_name="verkstallighet_nyckel", lookup_expr="startswith", max_length=40
    )

    class Meta:
        model = Avvikelse
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, korning: Korning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["utforare"].extra["queryset"] = _utforare(korning, Avvikelse.objects.filter(ny=True))
