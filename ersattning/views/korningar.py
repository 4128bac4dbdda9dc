"""Körningar: the list of months, and a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grund.behorighet import Ratt
from grund.tid import Manad
from grund.tillgang import kraver


@kraver(Ratt.SE_ERSATTNING)
def lista(request: HttpRequest) -> HttpResponse:
    """The months that have been run, and the next to run."""
    return render(request, "ersattning/korningar.html")


@kraver(Ratt.SE_ERSATTNING)
def manad(request: HttpRequest, manad: Manad) -> HttpResponse:
    """A month."""
    return render(request, "ersattning/korning.html", {"manad": manad})
