"""What the pages of a handläggare have in common: to open a thing of a person's, and to try an action."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from beslut import tillgang
from beslut.models import Arende, Beslut, Overklagande, Person
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad

Smulor = Sequence[tuple[str, str]]  # text and address; empty address = here


def hamta_person(request: HttpRequest, pk: int, *, sida: str) -> Person:
    """The person, opened and logged."""
    return tillgang.oppna(request, get_object_or_404(Person, pk=pk), sida=sida)


def hamta_arende(request: HttpRequest, pk: int, *, sida: str, upprepat: bool = False) -> Arende:
    """An ärende of a person, opened and logged (see tillgang.oppna)."""
    urval = Arende.objects.select_related("person", "handlaggare", "omprovar")
    arende = get_object_or_404(urval, pk=pk)
    tillgang.oppna(request, arende.person, sida=sida, upprepat=upprepat)
    return arende


def hamta_beslut(request: HttpRequest, pk: int, *, sida: str) -> Beslut:
    """A decision on a person, opened and logged."""
    beslut = get_object_or_404(Beslut.objects.select_related("person", "forslag__arende", "delgivning"), pk=pk)
    tillgang.oppna(request, beslut.person, sida=sida)
    return beslut


def hamta_overklagande(request: HttpRequest, pk: int, *, sida: str) -> Overklagande:
    """An appeal of a decision on a person, opened and logged."""
    urval = Overklagande.objects.select_related("beslut__person", "beslut__delgivning", "domens_beslut")
    overklagande = get_object_or_404(urval, pk=pk)
    tillgang.oppna(request, overklagande.beslut.person, sida=sida)
    return overklagande


def lyckas(form: forms.Form, gor: Callable[[], object]) -> bool:
    """Whether `gor` is done; what it is refused for is said in the form, beside the field where there is one."""
    try:
        gor()
    except EjRegistrerad as brott:
        for fel in brott.fel:
            form.add_error(fel.kolumn if fel.kolumn in form.fields else None, fel.text)
    except Hindrad as brott:
        form.add_error(None, brott.orsaker)
    return not form.errors


def forsok(request: HttpRequest, gor: Callable[[], object], klart: str) -> bool:
    """Whether `gor` is done; says so, or why not, as messages on the page that comes next."""
    try:
        gor()
    except Hindrad as brott:
        for orsak in brott.orsaker:
            messages.error(request, orsak)
        return False
    messages.success(request, klart)
    return True


def formularsida(
    request: HttpRequest,
    form: forms.Form,
    *,
    rubrik: str,
    knapp: str,
    avbryt: str,
    smulor: Smulor = (),
    ingress: str = "",
    hjalp: Sequence[tuple[str, Sequence[str]]] = (),
    **kontext: Any,
) -> HttpResponse:
    """A page with one form, and beside it what one may need to know. `hjalp`: headings with paragraphs."""
    delar = {"rubrik": rubrik, "ingress": ingress, "smulor": smulor, "hjalp": hjalp, "knapp": knapp, "avbryt": avbryt}
    return render(request, "beslut/formular.html", {"form": form, **delar, **kontext})
