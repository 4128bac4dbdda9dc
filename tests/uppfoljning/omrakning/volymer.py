"""Volymer och kostnader counted anew: plain loops over stored rows."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from beslut.models import Beslut, Person
from beslut.ord import insats_i_ord
from grund.tid import lagg_till_manader
from tests.uppfoljning.omrakning.form import i_dag, norm, rader
from tests.uppfoljning.omrakning.volymer_kostnad import budgeten, kostnaden
from tests.uppfoljning.omrakning.volymer_plan import planerna
from utforare.models import Enhet, Utforare, Verkstallighet

REGI = {"egen": "Egen regi", "privat": "Privat regi"}
Verk = dict[str, Any]


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure and every cell of the report for those who may see single persons."""
    dag = i_dag(urval.get("dag", ""), idag)
    oktober = date(dag.year, 10, 1)
    mot = i_dag(urval.get("mot", ""), oktober if oktober < dag else date(dag.year - 1, 10, 1))
    insats = urval.get("insats", "")
    alla = list(_verken())
    valda = [verk for verk in alla if insats in {"", verk["insats"]}]
    svar = _personerna(valda, mot, dag) | _utforarna(valda, mot, dag) | _manaderna(valda, dag)
    if insats:
        svar["tabell verkstalligheter"] = rader(list(_enskilda(valda, mot, dag)))
    svar |= kostnaden(urval.get("manad", ""), urval.get("motmanad", ""), insats) | budgeten(insats)
    return svar | planerna(alla, idag)


def _verken() -> Iterator[Verk]:
    """Each verkställighet with its person, insats and utförare. `slut`: first day that it is not there."""
    personer = {ett["pk"]: ett for ett in Person.objects.values("pk", "avliden", "personnummer")}
    beslut = {ett["pk"]: ett for ett in Beslut.objects.values("pk", "person", "insats", "till")}
    enheter = {ett["pk"]: ett for ett in Enhet.objects.values("pk", "namn", "utforare", "platser")}
    utforare = {ett["pk"]: ett for ett in Utforare.objects.values("pk", "namn", "regi")}
    for verk in Verkstallighet.objects.values("pk", "nyckel", "beslut", "enhet", "fran", "till"):
        person, enhet = personer[beslut[verk["beslut"]]["person"]], enheter[verk["enhet"]]
        sist = slut = verk["till"]
        if beslut[verk["beslut"]]["insats"] == "LSS-6" and slut:  # between two stays one still has it
            grans = lagg_till_manader(slut, 3) - timedelta(30)
            slut = max(slut, min(grans, beslut[verk["beslut"]]["till"] or grans))
        if person["avliden"]:
            dod = person["avliden"] + timedelta(1)
            slut, sist = min(slut or dod, dod), min(sist or dod, dod)
        yield verk | {
            "person": person["pk"],
            "fodd": int(person["personnummer"][:4]),
            "insats": beslut[verk["beslut"]]["insats"],
            "enhetsnamn": enhet["namn"],
            "platser": enhet["platser"],
            "utforare": utforare[enhet["utforare"]]["namn"],
            "regi": REGI[utforare[enhet["utforare"]]["regi"]],
            "slut": slut,
            "sist": sist,
        }


def har(verk: Verk, dag: date) -> bool:
    """Whether it is there on the day."""
    return verk["fran"] <= dag and (verk["slut"] is None or dag < verk["slut"])


def _lage(verken: list[Verk], dag: date) -> dict[tuple[int, str], set[str]]:
    svar: dict[tuple[int, str], set[str]] = defaultdict(set)
    for verk in verken:
        if har(verk, dag):
            svar[verk["person"], verk["insats"]].add(verk["utforare"])
    return dict(svar)


def _personerna(verken: list[Verk], mot: date, dag: date) -> dict[str, object]:
    da, nu = _lage(verken, mot), _lage(verken, dag)
    tabell = []
    for insats in sorted({insats for _, insats in [*da, *nu]}):
        fore, efter = ({person for person, kod in lage if kod == insats} for lage in (da, nu))
        bytt = sum(da[person, insats] != nu[person, insats] for person in fore & efter)
        tabell.append((insats_i_ord(insats), len(fore), len(efter - fore), len(fore - efter), len(efter), bytt))
    summor = [sum(rad[plats] for rad in tabell) for plats in range(1, 6)]  # type: ignore[misc]
    svar: dict[str, object] = {
        "tal volym_personer": norm(len({person for person, _ in nu})),
        "tal volym_insatser": norm(len(nu)),
        "tal volym_nya": norm(len(nu.keys() - da.keys())),
        "tal volym_avslutade": norm(len(da.keys() - nu.keys())),
        "tal volym_bytt": norm(summor[4]),
        "tabell insatser": rader(tabell),
    }
    if len(tabell) > 1:
        svar["summa insatser"] = ("Summa", *map(norm, summor))
    return svar


def _utforarna(verken: list[Verk], mot: date, dag: date) -> dict[str, object]:
    da, nu = _lage(verken, mot), _lage(verken, dag)
    regi = {verk["utforare"]: verk["regi"] for verk in verken}
    tabell = []
    for utforare, insats in sorted({(verk["utforare"], verk["insats"]) for verk in verken}):
        antal = [0] * 6
        for person in {person for person, kod in [*da, *nu] if kod == insats}:
            fore, efter = da.get((person, insats), set()), nu.get((person, insats), set())
            var, ar = utforare in fore, utforare in efter
            for plats, det in enumerate(
                (var, ar and not fore, ar and not var and fore, var and not efter, var and not ar and efter, ar)
            ):
                antal[plats] += bool(det)
        if any(antal):
            tabell.append((utforare, regi[utforare], insats_i_ord(insats), *antal))
    egna = [
        (namn, *(sum(any(regi[ett] == namn for ett in vilka) for vilka in lage.values()) for lage in (da, nu)))
        for namn in REGI.values()
    ]
    return {"tabell utforare": rader(tabell), "tabell regi": rader(egna)}


def _manaderna(verken: list[Verk], dag: date) -> dict[str, object]:
    forsta = [dag.replace(day=1)]
    while len(forsta) < 13:
        forsta.insert(0, (forsta[0] - timedelta(1)).replace(day=1))
    tabell = []
    for borjan, slut in itertools.pairwise(forsta):
        fore, efter = _lage(verken, borjan), _lage(verken, slut)
        bytt = sum(fore[ett] != efter[ett] for ett in fore if ett in efter)
        nya, slutade = sum(ett not in fore for ett in efter), sum(ett not in efter for ett in fore)
        tabell.append((borjan, len({person for person, _ in fore}), len(fore), nya, slutade, bytt))
    return {"tabell manader": rader(tabell)}


def _enskilda(verken: list[Verk], mot: date, dag: date) -> Iterator[tuple[object, ...]]:
    da, nu = _lage(verken, mot), _lage(verken, dag)
    for verk in verken:
        if har(verk, mot) or har(verk, dag):
            fore, efter = da.get((verk["person"], verk["insats"])), nu.get((verk["person"], verk["insats"]))
            vad = "Ny" if not fore else "Avslutad" if not efter else "Bytt utförare" if fore != efter else "Kvar"
            sist = verk["sist"] and verk["sist"] - timedelta(1)
            yield verk["nyckel"], verk["utforare"], verk["enhetsnamn"], verk["fran"], sist, vad
