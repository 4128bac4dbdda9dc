"""Assessing avvikelser from a page: the form, and what a post of it does."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ersattning.bedomningar import bedom
from ersattning.forms import Bedomningsform
from ersattning.regler import Bedomning
from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.hinder import Hindrad
from grund.skickat import pk_ur
from grund.text import antal_ord
from grund.tillgang import inloggad


def formular(request: HttpRequest) -> Bedomningsform | None:
    """The form, with what was posted; None for somebody who may only look. Who posts without the right is refused."""
    if request.method == "POST":
        if hinder := hinder_for_ratt(inloggad(request).roller, Ratt.GRANSKA_MANAD):
            raise PermissionDenied(" ".join(hinder))
        return Bedomningsform(request.POST)
    return Bedomningsform() if har_ratt(inloggad(request).roller, Ratt.GRANSKA_MANAD) else None


def valda(request: HttpRequest) -> list[int]:
    """The avvikelser that are ticked in the list."""
    return [pk for text in request.POST.getlist("avvikelse") if (pk := pk_ur(text)) is not None]


def spara(request: HttpRequest, form: Bedomningsform | None, avvikelser: Sequence[int]) -> bool:
    """Note it and say so; or leave in the form why not."""
    if form is None or not form.is_bound or not form.is_valid():
        return False
    val, anteckning = Bedomning(form.cleaned_data["bedomning"]), form.cleaned_data["anteckning"]
    try:
        nya = bedom(avvikelser=avvikelser, bedomning=val, anteckning=anteckning, av=inloggad(request), nu=klocka.nu())
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    text = f"{antal_ord(len(nya), 'avvikelse är bedömd', 'avvikelser är bedömda')}: {val.label}."
    messages.success(request, text if nya else "Det var redan antecknat.")
    return True
