"""Filters of rows and avvikelser. They stand in the address, so they take keys of the source
system, never a name or a personnummer."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from beslut.regler import Insats
from ersattning.models import Avvikelse, Ersattningsrad, Korning, Manadssumma
from ersattning.regler import Artikel, Avvikelsekod, Bedomning, Radtyp
from grund.sortering import pa_svenska
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
    return Utforare.objects.filter(pk__in=med.filter(korning=korning).values("utforare")).order_by(*pa_svenska("namn"))


def _bland(filter_: Any, utforare: QuerySet[Utforare]) -> None:
    """Let the filter choose among these. It keeps its queryset itself, and `extra` would be overwritten by it."""
    filter_.queryset = utforare


def _utan_ord(text: str, ord_: str) -> str:
    """What is searched for, without the word for what it is: `Nivå 5` → `5`. The word alone is kept."""
    if text.casefold().startswith(ord_.casefold()):
        return text[len(ord_) :].lstrip(" :") or text
    return text


class _Nyckelfilter(django_filters.CharFilter):
    """How the key of the verkställighet, or of its person, begins. Capitals do not matter."""

    def __init__(self) -> None:
        super().__init__(label="Verkställighet eller person", max_length=40)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        borjan = _utan_ord(_utan_ord(value, "verkställighet"), "person")
        return qs.filter(Q(verkstallighet_nyckel__istartswith=borjan) | Q(person__nyckel__istartswith=borjan))


class _Nivafilter(django_filters.CharFilter):
    """A level as the price list writes it, or with the word before it. Capitals do not matter."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        kod = _utan_ord(value, "nivå")
        return qs.filter(Q(niva__iexact=value) | Q(niva__iexact=kod) | Q(niva__iexact=f"nivå {kod}"))


@dataclass(frozen=True)
class Villkor:
    """A condition that may be taken away: its field's name, where the list is without it, and how many rows it has."""

    namn: str
    adress: str
    antal: int


def att_ta_bort(filter_: Any, adress: str) -> list[Villkor]:
    """The conditions that each alone keep a list empty, with what there would be without them."""
    satta = {namn: varde for namn, varde in filter_.data.items() if namn in filter_.filters and varde}
    svar = []
    for namn in satta:
        ovriga = {ett: varde for ett, varde in satta.items() if ett != namn}
        utan = type(filter_)(ovriga, queryset=filter_.queryset, korning=filter_.korning)
        antal = utan.qs.count() if utan.form.is_valid() else 0
        if antal:
            fraga = f"?{urlencode(ovriga)}" if ovriga else ""
            svar.append(Villkor(str(filter_.filters[namn].label), adress + fraga, antal))
    return svar


class Radfilter(django_filters.FilterSet):
    """Rows of a körning."""

    utforare = _Utforarfilter(label="Utförare", queryset=Utforare.objects.none(), empty_label="Alla")
    insats = django_filters.ChoiceFilter(label="Insats", choices=[], empty_label="Alla")
    artikel = django_filters.ChoiceFilter(label="Artikel", choices=_val(Artikel), empty_label="Alla")
    typ = django_filters.ChoiceFilter(label="Typ", choices=_val(Radtyp), empty_label="Alla")
    niva = _Nivafilter(label="Nivå", max_length=40)
    verkstallighet = _Nyckelfilter()

    class Meta:
        model = Ersattningsrad
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, korning: Korning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.korning = korning
        _bland(self.filters["utforare"], _utforare(korning, Manadssumma.objects.all()))
        self.filters["insats"].extra["choices"] = _insatser(korning)


class _Bedomningsfilter(django_filters.ChoiceFilter):
    """By what somebody has made of it; needs bedomningar.med_bedomning."""

    def __init__(self) -> None:
        val = [("ingen", "Obedömda"), *((kod, stor_forsta(str(namn))) for kod, namn in Bedomning.choices)]
        super().__init__(label="Bedömning", choices=val, empty_label="Alla")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(bedomd=False) if value == "ingen" else qs.filter(bedomd=True, bedomning=value)


class Avvikelsefilter(django_filters.FilterSet):
    """Avvikelser of a körning."""

    kod = django_filters.ChoiceFilter(label="Slag", choices=Avvikelsekod.choices, empty_label="Alla")
    bedomning = _Bedomningsfilter()
    utforare = _Utforarfilter(label="Utförare", queryset=Utforare.objects.none(), empty_label="Alla")
    verkstallighet = _Nyckelfilter()

    class Meta:
        model = Avvikelse
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, korning: Korning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.korning = korning
        _bland(self.filters["utforare"], _utforare(korning, Avvikelse.objects.filter(ny=True)))
