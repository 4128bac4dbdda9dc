"""Boendeplan and DV-plan counted anew: year by year, person by person."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from beslut.models import Beslut, Person
from grund.pengar import avrunda
from grund.tid import lagg_till_manader
from tests.uppfoljning.omrakning.form import norm, rader
from uppfoljning.models import Planantagande, Planeradkapacitet, Skolelever, Uppgiftsfil
from utforare.models import Uppehall

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
    filer = sorted(Uppgiftsfil.objects.filter(slag="antaganden").values_list("version", "kalla"))
    skrivna = {ett["antagande"]: ett for ett in _rader(Planantagande, "antaganden", "antagande", "varde", "motiv")}
    tal, tabell = {}, []
    for nyckel, (forval, enhet, namn) in FORVAL.items():
        skriven = skrivna.get(nyckel)
        tal[nyckel] = Fraction(skriven["varde"]) if skriven else Fraction(forval)
        tabell.append((namn, enhet, (skriven["motiv"] or filer[-1][1]) if skriven else "förval", tal[nyckel]))
    return tal, tabell


def _i_ko(insats: str, verken: list[Rad], idag: date) -> dict[int, tuple[int, int]]:
    """(year, born) by person."""
    har = {ett["person"] for ett in verken if ett["insats"] == insats and _pagar(ett, idag)}
    per_beslut, uppehall = defaultdict(list), defaultdict(list)
    for verk in verken:
        per_beslut[verk["beslut"]].append(verk)
    for ett in Uppehall.objects.values("verkstallighet", "fran", "till"):
        uppehall[ett["verkstallighet"]].append(ett)
    personer = {ett["pk"]: ett for ett in Person.objects.values("pk", "personnummer", "avliden")}
    svar: dict[int, tuple[int, int]] = {}
    for beslut in Beslut.objects.values("pk", "person", "insats", "utfall", "beslutsdatum", "till"):
        person = personer[beslut["person"]]
        galler = beslut["utfall"] != "avslag" and beslut["beslutsdatum"] <= idag
        galler = galler and (beslut["till"] is None or beslut["till"] > idag)
        galler = galler and (person["avliden"] is None or person["avliden"] > idag)
        if beslut["insats"] != insats or not galler or person["pk"] in har:
            continue
        slut = []
        for verk in per_beslut[beslut["pk"]]:
            if verk["till"] and verk["fran"] <= idag:
                sist = min(idag, verk["till"] - timedelta(1))
                borta = [
                    u["fran"]
                    for u in uppehall[verk["pk"]]
                    if u["fran"] <= sist and not (u["till"] and u["till"] <= sist)
                ]
                slut.append(borta[0] if borta else verk["till"])
        sista = lagg_till_manader(max(slut) if slut else beslut["beslutsdatum"], 3)
        ar = max(sista.year, idag.year)
        if person["pk"] not in svar or ar < svar[person["pk"]][0]:
            svar[person["pk"]] = (ar, int(person["personnummer"][:4]))
    return svar


def _pagar(verk: Rad, dag: date) -> bool:
    return bool(verk["fran"] <= dag and (verk["slut"] is None or dag < verk["slut"]))


def _planen(
    plan: str, insats: str, verken: list[Rad], tal: dict[str, Fraction], elever: list[Rad], idag: date
) -> dict[str, object]:
    dv, nu = plan == "dv", [ett for ett in verken if _pagar(ett, idag)]
    bor = {ett["person"]: ett["fodd"] for ett in nu if ett["insats"] == insats}
    ko = _i_ko(insats, verken, idag)
    unga = {ett["person"]: ett["fodd"] for ett in nu if ett["insats"].startswith("LSS-")}
    unga = {person: fodd for person, fodd in unga.items() if person not in bor and person not in ko}
    platser = _platserna(insats, nu)
    falt = ("ar", "insats", "enhet", "namn", "platser")
    kapacitet = [ett for ett in _rader(Planeradkapacitet, "planerade-platser", *falt) if ett["insats"] == insats]
    kvar = [(fodd, Fraction(1)) for fodd in bor.values()]  # born, and how much of a person is left
    tabell = []
    for ar in range(idag.year, idag.year + 6):
        del_ = Fraction(1)
        if ar == idag.year:
            del_ = Fraction((date(ar, 12, 31) - idag).days, (date(ar + 1, 1, 1) - date(ar, 1, 1)).days)
        forst = sum((antal for _, antal in kvar), Fraction(0))
        nasta, alder, avgang = [], Fraction(0), Fraction(0)
        for fodd, antal in kvar:
            if dv and ar - fodd >= tal["dv_slutalder"]:
                alder += antal
                continue
            andel = tal["avgang_dv"] if dv else tal["avgang_boende"]
            if not dv and ar - fodd >= tal["aldre_fran"]:
                andel = tal["avgang_boende_aldre"]
            avgang += antal * andel / 100 * del_
            nasta.append((fodd, antal - antal * andel / 100 * del_))
        fran_ko = [(fodd, Fraction(1)) for nar, fodd in ko.values() if nar == ar]
        ungas = [] if dv else [(f, tal["flyttar"] / 100) for f in unga.values() if f == ar - tal["flyttalder"]]
        slutade = ar if dv else ar - tal["ar_till_boende"]
        fran_skolan = Fraction(0)
        for ett in elever:
            if ett["ar"] == slutade and not (dv and ar == idag.year and idag.month >= 9):
                fran_skolan += ett["antal"] * tal["elever_till_dv"] / 100 if dv else 0
                fran_skolan += 0 if dv else (ett["antal"] - ett["har_insats"]) * tal["elever_till_boende"] / 100
        kvar = [*nasta, *fran_ko, *ungas, (int(slutade - tal["elevalder"]), fran_skolan)]
        behov = sum((antal for _, antal in kvar), Fraction(0))
        finns = dict(platser)
        for ett in sorted(kapacitet, key=lambda ett: ett["ar"]):
            if ett["ar"] <= ar:
                finns[ett["enhet"] or ett["namn"]] = ett["platser"]
        inflode = (Fraction(len(fran_ko)), sum((antal for _, antal in ungas), Fraction(0)), fran_skolan)
        antal_platser = Fraction(sum(finns.values()))
        tabell.append((forst, *inflode, -alder, -avgang, behov, antal_platser, behov - antal_platser, ar))
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
