"""A page to read: parts with sentences, facts and tables, drawn by templates/uppfoljning/avtal/sida.html."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_tables2 import RequestConfig

from grund.behorighet import Ratt, har_ratt
from grund.tillgang import inloggad
from uppfoljning.rapport.innehall import Tabell
from uppfoljning.rapport.tabell import Rapporttabell

Lankar = Sequence[tuple[str, str]]  # text and address
PER_SIDA = 50


@dataclass(frozen=True, slots=True)
class Sidodel:
    """A part. `fakta`: terms and what they are here. `knappar`: what may be done."""

    nyckel: str
    rubrik: str
    stycken: Sequence[str] = ()
    fakta: Sequence[tuple[str, ...]] = ()
    tabeller: Sequence[Tabell] = ()
    knappar: Lankar = ()


def visa(
    request: HttpRequest, rubrik: str, delar: Sequence[Sidodel], *, smulor: Lankar, ingress: str, knappar: Lankar = ()
) -> HttpResponse:
    """The page. `smulor` begin after Rapporter."""
    ritade = []
    for ett in delar:
        tabeller = [Rapporttabell(tabell) for tabell in ett.tabeller]
        for tabell in tabeller:
            RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
        ritade.append({namn: getattr(ett, namn) for namn in Sidodel.__slots__} | {"tabeller": tabeller})
    kontext = {
        "rubrik": rubrik,
        "ingress": ingress,
        "knappar": knappar,
        "delar": ritade,
        "smulor": under_rapporter(request, smulor),
    }
    return render(request, "uppfoljning/avtal/sida.html", kontext)


def under_rapporter(request: HttpRequest, smulor: Lankar) -> list[tuple[str, str]]:
    """Where a page lies: under Rapporter and its report, the first of `smulor`, for those who may read them."""
    if har_ratt(inloggad(request).roller, Ratt.SE_RAPPORTER):
        return [("Rapporter", reverse("uppfoljning:rapporter")), *smulor]
    return list(smulor[1:])
