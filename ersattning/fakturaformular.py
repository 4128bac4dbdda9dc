"""What a controller fills in about invoices: files to take in, what the list shows, and what is done about one."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from ersattning.faktura.xmllasning import STORST, for_stor_brist
from ersattning.fakturalista import ATT_GORA, manader
from ersattning.fakturamottagning import Inkommen
from ersattning.fakturaregler import Fakturaatgard, Fakturastatus
from ersattning.formfalt import anteckningsfalt
from ersattning.models import Faktura
from grund.sortering import pa_svenska
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad
from utforare.models import Utforare

FLEST_FILER = 500
Fil: TypeAlias = "UploadedFile[bytes]"


class _Flera(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class Filfalt(forms.FileField):
    """Several files at a time."""

    def clean(self, data: Any, initial: Any = None) -> list[Fil]:
        ett = super().clean
        filer = data if isinstance(data, list | tuple) else [data]
        return [ett(fil, initial) for fil in filer] or [ett(None, initial)]


class Inlasningsform(forms.Form):
    """Files to take in."""

    filer = Filfalt(
        label="Filer",
        help_text="E-fakturor (XML, Peppol BIS Billing 3) eller CSV. Du kan välja flera filer, högst 500 åt gången.",
        widget=_Flera(attrs={"accept": ".xml,.csv", "multiple": True}),
        allow_empty_file=True,
        error_messages={"required": "Välj minst en fil."},
    )

    def clean_filer(self) -> list[Fil]:
        filer: list[Fil] = self.cleaned_data["filer"]
        if len(filer) > FLEST_FILER:
            msg = f"Du har valt {len(filer)} filer. Läs in högst {FLEST_FILER} åt gången."
            raise forms.ValidationError(msg)
        return filer

    def inkomna(self) -> Iterator[Inkommen]:
        """The files' bytes, one file at a time; one that is too large is not read."""
        return (_inkommen(fil) for fil in self.cleaned_data["filer"])


def _inkommen(fil: Fil) -> Inkommen:
    namn, storlek = fil.name or "", fil.size or 0
    if storlek > STORST:
        return Inkommen(namn, brist=for_stor_brist(storlek))
    return Inkommen(namn, fil.read())


class Atgardsform(forms.Form):
    """What is done about an invoice that does not agree."""

    atgard = forms.ChoiceField(
        label="Vad är gjort?",
        choices=[(kod, stor_forsta(str(namn))) for kod, namn in Fakturaatgard.choices],
        widget=forms.RadioSelect,
        help_text="Underlaget ändras aldrig här. Är underlaget fel rättas källan, och nästa körning ger en rättelse.",
        error_messages={"required": "Välj vad som är gjort."},
    )
    text = anteckningsfalt("Vad ni har kommit fram till, och med vem.")
    sett = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)

    def visar(self, laget: str) -> None:
        """The page is shown again, with how the invoice stands now."""
        data: Any = self.data
        self.data = data.copy()
        self.data["sett"] = laget  # type: ignore[index]  # a copy may be changed


class _Utforarval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


class _Utforarfilter(django_filters.ModelChoiceFilter):
    field_class = _Utforarval  # type: ignore[assignment]  # its stubs name the class without its argument


class _Lagesfilter(django_filters.ChoiceFilter):
    """By how it stands; first of all what is left to do."""

    def __init__(self) -> None:
        val = [("kvar", "Att hantera"), ("klar", "Utredda och klara")]
        val += [(kod, stor_forsta(str(namn))) for kod, namn in Fakturastatus.choices]
        super().__init__(label="Läge", choices=val, empty_label="Alla")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        if value == "kvar":
            return qs.filter(ATT_GORA)
        return qs.filter(lage__avslutad=True) if value == "klar" else qs.filter(lage__status=value)


class _Manadsfilter(django_filters.ChoiceFilter):
    """By the month that the invoice's period begins in."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        manad = Manad.las(value)
        return qs.filter(fran__gte=manad.fran, fran__lt=manad.till)


class _Nummerfilter(django_filters.CharFilter):
    """How the invoice's number begins."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(Q(nummer__istartswith=value)) if value else qs


class Fakturafilter(django_filters.FilterSet):
    """Invoices."""

    lage = _Lagesfilter()
    utforare = _Utforarfilter(label="Utförare", queryset=Utforare.objects.none(), empty_label="Alla")
    manad = _Manadsfilter(label="Månad", choices=[], empty_label="Alla")
    nummer = _Nummerfilter(label="Fakturanummer", max_length=60)

    class Meta:
        model = Faktura
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        har = Utforare.objects.filter(pk__in=Faktura.objects.values("utforare")).order_by(*pa_svenska("namn"))
        self.filters["utforare"].extra["queryset"] = har
        self.filters["manad"].extra["choices"] = [(str(ett), stor_forsta(manad_i_ord(ett))) for ett in manader()]
