"""Boendeplan and DV-plan counted anew: year by year, person by person."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from grund.pengar import avrunda
from tests.uppfoljning.omrakning.form import norm, rader
from uppfoljning.models import Planantagande, Skolelever, Uppgiftsfil

# What the documentation says holds when nothing else is put in.
FORVAL = {
    "flyttalder": (22, "år", "Ålder då den som redan har LSS-insatser antas behöva en egen bostad"),
    "flyttar": (40, "procent", "Andel av dem som behöver bostad det år de når åldern"),
    "elevalder": (20, "år", "Ålder det år en elev slutar skolan"),
    "elever_till_dv": (75, "procent", "Andel av eleverna som behöver daglig verksamhet samma år"),
    "elever_till_boende": (20, "procent", "Andel av eleverna utan insats som behöver bostad senare"),
    "ar_till_boende": (3, "år", "Tid från skolans slut till bostad"),
    "dv_slutalder": (67, "år", "Ålder då daglig verksamhet slutar"),
    "avgang_dv": (3, "procent", "Andra som slutar daglig verksamhet varje år"),
    "aldre_fran": (65, "år", "Ålder från vilken fler lämnar sin bostad"),
    "avgang_boende": (2, "procent", "De som lämnar sin bostad varje år, före den åldern"),
    "avgang_boende_aldre": (7, "procent", "De som lämnar sin bostad varje år, från den åldern"),
}
Rad = dict[str, Any]


def planerna(verken: list[Rad], idag: date) -> dict[str, object]:
    """All of both plans."""
    tal, tabell = _antagandena()
    elever = _rader(Skolelever, "elever", "ar", "skola", "antal", "har_insats")
    svar: dict[str, object] = {
        "tabell antaganden": rader(tabell),
        "tabell elever": rader([(str(ett["ar"]), ett["skola"], ett["antal"], ett["har_insats"]) for ett in elever]),
    }
    for plan, insats in (("boende", "LSS-9"), ("dv", "LSS-10")):
        svar |= _planen(plan, insats, verken, tal, elever, idag)
    return svar


def _rader(modell: Any, slag: str, *falt: str) -> list[Rad]:
    filer = sorted(Uppgiftsfil.objects.filter(slag=slag).values_list("version", "pk"))
    return list(modell.objects.filter(fil=filer[-1][1]).values(*falt)) if filer else []


def _antagandena() -> tuple[dict[str, Fraction], list[tuple[object, ...]]]:
    sorted(Uppgiftsfil.objects.filter(slag="antaganden").values_list("version", "kalla"))
    skrivna = {ett["antagande"]: ett for ett in _rader(Planantagande, "antaganden", "antagande", "varde", "motiv")}
    tal, tabell = {}, []
    for nyckel, (forval, _enhet, _namn) in FORVAL.items():
        skriven = skrivna.get(nyckel)
        tal[nyckel] = Fraction(skriven["varde"]) if skriven else Fraction(forval)
        inflode = (Fraction(len(fran_ko)), sum((antal for _, antal in ungas), Fraction(0)), fran_skolan)
        antal_platser = Fraction(sum(finns.values()))
        utflode = (-alder, -avgang)
        tabell.append((forst, *inflode, *utflode, behov, antal_platser, behov - antal_platser, Fraction(ar)))
    utan = 2 if dv else 4
    visas = [plats for plats in range(9) if plats != utan]
    return {
        f"tabell plan_{plan}": rader([(str(rad[9]), *(avrunda(rad[plats], 1) for plats in visas)) for rad in tabell]),
        f"tabell plan_{plan}_platser": rader(
            [(str(ett["ar"]), ett["namn"], platser.get(ett["enhet"]), ett["platser"]) for ett in kapacitet]
        ),
        f"tal plan_{plan}_nu": norm(len(bor)),
        f"tal plan_{plan}_ko": norm(len(ko)),
        f"tal plan_{plan}_behov": norm(avrunda(tabell[-1][6], 1)),
        f"tal plan_{plan}_saknas": norm(avrunda(tabell[-1][8], 1)),
    }


def _platserna(insats: str, nu: list[Rad]) -> dict[int | str, int]:
    personer = defaultdict(set)
    for verk in nu:
        if verk["insats"] == insats:
            personer[verk["enhet"], verk["platser"]].add(verk["person"])
    return {enhet: len(vilka) if platser is None else platser for (enhet, platser), vilka in personer.items()}
