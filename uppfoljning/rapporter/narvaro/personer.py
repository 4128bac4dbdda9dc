"""Single persons: those with a beslut, and those in the housing without one. Pure but for addresses."""

from collections.abc import Sequence
from fractions import Fraction

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import och, stor_forsta
from uppfoljning.rapport.innehall import Del, Lasare, Rad, Tabell
from uppfoljning.rapporter.narvaro.gemensamt import Lagen, beslutsadress, boenderad, dagliga, insatsnamn
from uppfoljning.rapporter.narvaro.queries import Underlag
from uppfoljning.rapporter.narvaro.regler import DV, SYSS, Dagverksam


def personlista(underlag: Underlag, lag: Lagen, lasare: Lasare) -> Del:
    """Everybody with a beslut under the law."""
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Boende", Slag.STYCKE),
        Kolumn("Enhet"),
        Kolumn("Beviljat, dagar i veckan", Slag.ANTAL),
        Kolumn("Öppna dagar", Slag.HELTAL),
        Kolumn("Närvaro", Slag.HELTAL),
        Kolumn("Frånvaro", Slag.HELTAL),
        Kolumn("Närvaro i veckan", Slag.ANTAL),
        Kolumn("Lediga dagar i veckan", Slag.ANTAL),
        Kolumn("Ledig en hel dag eller mer"),
        Kolumn("Timmar", Slag.ANTAL),
    )
    rader = tuple(_personrad(ett, underlag, lasare) for ett in _ordnade(dagliga(underlag, lag)))
    tabell = Tabell(
        f"{lag.nyckel}_lista", f"Personer med beslut om {insatsnamn(lag.insats)}", kolumner, rader, enskilda=True
    )
    return Del(f"{lag.nyckel}_personer", f"Personer, {insatsnamn(lag.insats)}", tabeller=(tabell,))


def _ordnade(alla: Sequence[Dagverksam]) -> list[Dagverksam]:
    """Those who are free the most first."""
    return sorted(alla, key=lambda ett: (-ett.lediga, ett.nyckel))


def _personrad(ett: Dagverksam, underlag: Underlag, lasare: Lasare) -> Rad:
    if ett.verk is None:
        adress = beslutsadress(ett.beslut, lasare)
    else:
        adress = reverse("utforare:utfort", args=[ett.verk, underlag.period.sista])
    return Rad(
        (
            ett.nyckel,
            och([stor_forsta(insatsnamn(boende)) for boende in sorted(ett.boenden)]),
            ett.enhet or "Verkställs inte",
            ett.beviljat,
            ett.oppna,
            ett.narvaro,
            ett.franvaro,
            avrunda(ett.per_vecka, 1),
            avrunda(ett.lediga, 1) if ett.vet else None,
            ("Ja" if ett.ar_ledig else "Nej") if ett.vet else "Går inte att säga",
            avrunda(Fraction(ett.minuter, 60), 1) if ett.minuter else None,
        ),
        adress,
    )


def utan(underlag: Underlag, lag: Lagen, lasare: Lasare) -> Del:
    """Those in the law's own kind of housing who have no beslut on what they do in the days."""
    rad = boenderad(underlag, lag, lag.boende)
    med = {ett.person for ett in rad.med}
    andra = {ett.person for ett in underlag.dagverksamma if ett.insats != lag.insats}
    lss = lag.insats == DV
    rader = tuple(
        Rad(
            (ett.nyckel, *([ett.personkrets] if lss else []), "Ja" if ett.person in andra else "Nej"),
            beslutsadress(ett.beslut, lasare),
        )
        for ett in sorted(rad.alla, key=lambda ett: ett.nyckel)
        if ett.person not in med
    )
    annan = insatsnamn(SYSS if lag.insats == DV else DV)
    tabell = Tabell(
        f"{lag.nyckel}_utan_lista",
        f"{stor_forsta(insatsnamn(lag.boende))} utan beslut om {insatsnamn(lag.insats)}",
        (Kolumn("Beslut om boende"), *([Kolumn("Personkrets", Slag.HELTAL)] if lss else []), Kolumn(f"Har {annan}")),
        rader,
        noter=("Personkrets 3 har inte rätt till daglig verksamhet (LSS 7 §).",) if lss else (),
        enskilda=True,
    )
    return Del(f"{lag.nyckel}_utan", f"Boende utan {insatsnamn(lag.insats)}", tabeller=(tabell,))
