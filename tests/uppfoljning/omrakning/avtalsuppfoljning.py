"""Report 11 counted anew: one row at a time, and nothing of the report's own code."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from beslut.models import Beslut, Person
from uppfoljning.models import (
    Avtalsuppfoljning,
    Brist,
    Bristhandelse,
    Enhetsfakta,
    Krav,
    Kravbedomning,
    Kravlista,
    Underrattelse,
    Uppgiftsfil,
    Utbildning,
)
from utforare.models import Avtal, Enhet, Utforare, Verkstallighet

Rader = dict[int, dict[str, Any]]
_REGI = {"egen": "Egen regi", "privat": "Privat regi"}


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """`urval`: ar. Figures and tables by the report's own keys."""
    ar = int(urval["ar"])
    forsta, dag = date(ar, 1, 1), min(date(ar, 12, 31), idag)
    varld = _varld(dag)
    svar: dict[str, object] = {}
    svar |= _uppfoljningar(varld, forsta, dag)
    svar |= _brister(varld, ar, dag)
    svar |= _kompetens(varld, ar)
    svar |= _ute(varld, forsta, dag)
    return svar


def andel(taljare: int, namnare: int) -> Fraction | None:
    """A share, exact."""
    return Fraction(taljare, namnare) if namnare else None


def _varld(dag: date) -> dict[str, Any]:
    enheter: Rader = {rad["id"]: rad for rad in Enhet.objects.values()}
    utforare: Rader = {rad["id"]: rad for rad in Utforare.objects.values()}
    beslut: Rader = {rad["id"]: rad for rad in Beslut.objects.values()}
    for rad in enheter.values():
        rad["regi"], rad["utf"] = utforare[rad["utforare_id"]]["regi"], utforare[rad["utforare_id"]]["namn"]
    pagar = []
    for verk in Verkstallighet.objects.values():
        if verk["fran"] <= dag and (verk["till"] is None or verk["till"] > dag):
            verk["insats"] = beslut[verk["beslut_id"]]["insats"]
            verk["person"] = beslut[verk["beslut_id"]]["person_id"]
            pagar.append(verk)
    antal: dict[int, Counter[str]] = defaultdict(Counter)
    for verk in pagar:
        antal[verk["enhet_id"]][verk["insats"]] += 1
    listor: dict[str, dict[str, Any]] = {}
    for rad in sorted(Kravlista.objects.values(), key=lambda ett: (ett["fran"], ett["version"])):
        if rad["fran"] <= dag:
            listor[rad["insats"]] = rad
    return {"enheter": enheter, "pagar": pagar, "antal": antal, "listor": listor}


def _uppfoljningar(varld: dict[str, Any], forsta: date, dag: date) -> dict[str, object]:
    listor = {rad["id"]: rad["insats"] for rad in Kravlista.objects.values()}
    ersatta = {rad["ersatter_id"] for rad in Avtalsuppfoljning.objects.values()}
    senast: dict[tuple[int, str], dict[str, Any]] = {}
    for rad in sorted(Avtalsuppfoljning.objects.values(), key=lambda ett: (ett["datum"], ett["id"])):
        if rad["id"] not in ersatta and forsta <= rad["datum"] <= dag:
            senast[rad["enhet_id"], listor[rad["lista_id"]]] = rad
    ska = {enhet for enhet, insatser in varld["antal"].items() if set(insatser) & set(varld["listor"])}
    uppfoljda = {enhet for enhet, _ in senast}
    regi = {pk: rad["regi"] for pk, rad in varld["enheter"].items()}
    per_regi = []
    for kod, namn in _REGI.items():
        alla = [enhet for enhet in ska if regi[enhet] == kod]
        klara = [enhet for enhet in alla if enhet in uppfoljda]
        per_regi.append((namn, len(alla), len(klara), andel(len(klara), len(alla))))
    krav = {rad["id"]: rad for rad in Krav.objects.values()}
    vilken = {rad["id"]: nyckel for nyckel, rad in senast.items()}
    utfall: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    per_enhet: dict[int, Counter[str]] = defaultdict(Counter)
    for rad in Kravbedomning.objects.values():
        if rad["uppfoljning_id"] in vilken:
            enhet, insats = vilken[rad["uppfoljning_id"]]
            utfall[insats, krav[rad["krav_id"]]["kod"], regi[enhet]][rad["utfall"]] += 1
            per_enhet[enhet][rad["utfall"]] += 1
    hela = sum(utfall.values(), Counter())
    insatser = sorted({insats for insats, _, _ in utfall})
    klara_alla = len(ska & uppfoljda)
    return {
        "avtal_uppfoljda": andel(klara_alla, len(ska)),
        "avtal_krav_uppfyllda": _uppfyllda(hela),
        "uppfoljda-regi": sorted(per_regi, key=str),
        "krav-insats": sorted((_insatsrad(insats, utfall) for insats in insatser), key=str),
        **{f"krav-{ett}": sorted(_kravrader(ett, utfall, varld["listor"], krav), key=str) for ett in insatser},
        "enheter": sorted((_enhetsrad(enhet, senast, per_enhet, varld) for enhet in ska), key=str),
    }


def _granskade(svar: Counter[str]) -> int:
    return svar["uppfyllt"] + svar["delvis"] + svar["ej"]


def _uppfyllda(svar: Counter[str]) -> Fraction | None:
    return andel(svar["uppfyllt"], _granskade(svar))


def _insatsrad(insats: str, utfall: dict[tuple[str, str, str], Counter[str]]) -> tuple[Any, ...]:
    per: dict[str, Counter[str]] = {"egen": Counter(), "privat": Counter()}
    for (vilken, _, regi), svar in utfall.items():
        if vilken == insats:
            per[regi] += svar
    return _uppfyllda(per["egen"]), _uppfyllda(per["privat"]), _uppfyllda(per["egen"] + per["privat"])


def _kravrader(
    insats: str, utfall: dict[tuple[str, str, str], Counter[str]], listor: dict[str, dict[str, Any]], krav: Rader
) -> list[tuple[Any, ...]]:
    koder = {kod for vilken, kod, _ in utfall if vilken == insats}
    if insats in listor:
        koder |= {rad["kod"] for rad in krav.values() if rad["lista_id"] == listor[insats]["id"]}
    svar = []
    for kod in koder:
        fyra = []
        for regi in ("egen", "privat"):
            antal = utfall.get((insats, kod, regi), Counter())
            fyra += [_granskade(antal), antal["uppfyllt"], antal["delvis"], antal["ej"]]
        svar.append((kod, *fyra))
    return svar


def _lage(varld: dict[str, Any], dag: date) -> list[dict[str, Any]]:
    handelser: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for rad in sorted(Bristhandelse.objects.values(), key=lambda ett: ett["id"]):
        if rad["datum"] <= dag:
            handelser[rad["brist_id"]].append(rad)
    svar = []
    for rad in Brist.objects.values():
        if rad["funnen"] > dag:
            continue
        for ny in handelser[rad["id"]]:
            rad["frist"] = ny["frist"] or rad["frist"]
        stangda = [ny["datum"] for ny in handelser[rad["id"]] if ny["slag"] == "stangd"]
        rad["stangd"] = stangda[0] if stangda else None
        rad["sen"] = rad["stangd"] is None and rad["frist"] < dag
        rad["regi"] = varld["enheter"][rad["enhet_id"]]["regi"]
        svar.append(rad)
    varld["brister"] = svar
    return svar


def _enhetsrad(
    enhet: int, senast: dict[tuple[int, str], dict[str, Any]], per_enhet: dict[int, Counter[str]], varld: dict[str, Any]
) -> tuple[Any, ...]:
    dagar = [rad["datum"] for (hos, _), rad in senast.items() if hos == enhet]
    if not dagar:
        return varld["enheter"][enhet]["namn"], None, None, None
    svar = per_enhet[enhet]
    return varld["enheter"][enhet]["namn"], max(dagar), _granskade(svar), svar["uppfyllt"]


def _brister(varld: dict[str, Any], ar: int, dag: date) -> dict[str, object]:
    alla = [rad for rad in _lage(varld, dag) if rad["stangd"] is None or rad["stangd"].year >= ar]
    per_regi = []
    for kod, namn in _REGI.items():
        hos = [rad for rad in alla if rad["regi"] == kod]
        oppna = [rad for rad in hos if rad["stangd"] is None]
        per_regi.append((namn, len(oppna), sum(rad["sen"] for rad in hos), len(hos) - len(oppna)))
    lista = []
    for rad in alla:
        lage = "Stängd" if rad["stangd"] else "Försenad" if rad["sen"] else "Öppen"
        namn = varld["enheter"][rad["enhet_id"]]["namn"]
        lista.append((namn, rad["vad"], rad["funnen"], rad["frist"], lage, rad["stangd"]))
    return {
        "avtal_brister_oppna": sum(rad["stangd"] is None for rad in alla),
        "avtal_brister_forsenade": sum(rad["sen"] for rad in alla),
        "avtal_brister_stangda": sum(rad["stangd"] is not None for rad in alla),
        "brister-regi": sorted(per_regi),
        "bristlista": sorted(lista, key=str),
    }


def _kompetens(varld: dict[str, Any], ar: int) -> dict[str, object]:
    filer = [fil for fil in Uppgiftsfil.objects.values() if fil["slag"] == "utbildning" and fil["period"] == str(ar)]
    if not filer:
        return {}
    senast = max(filer, key=lambda fil: fil["version"])["id"]
    rader = [rad for rad in Utbildning.objects.values() if rad["fil_id"] == senast and rad["anstallda"]]
    grupper: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    enheter, under, med_mal = [], 0, 0
    for rad in rader:
        antal = varld["antal"].get(rad["enhet_id"], Counter())
        insatser = sorted(antal, key=lambda insats: (-antal[insats], insats))
        mal = max((varld["listor"][ett]["utbildningsmal"] for ett in insatser if ett in varld["listor"]), default=None)
        hela = Fraction(rad["adekvat"], rad["anstallda"])
        om = varld["enheter"][rad["enhet_id"]]
        grupper[insatser[0] if insatser else "", om["regi"]].append(rad)
        nar = "" if mal is None else "Ja" if hela >= Fraction(mal) else "Nej"
        under, med_mal = under + (nar == "Nej"), med_mal + (mal is not None)
        enheter.append((om["namn"], rad["anstallda"], rad["adekvat"], hela, mal if mal is None else Fraction(mal), nar))
    alla, adekvat = sum(rad["anstallda"] for rad in rader), sum(rad["adekvat"] for rad in rader)
    per_grupp = []
    for (_, regi), dem in grupper.items():
        antal_, bra = sum(rad["anstallda"] for rad in dem), sum(rad["adekvat"] for rad in dem)
        per_grupp.append((_REGI[regi], antal_, bra, andel(bra, antal_)))
    return {
        "utbildning_andel": andel(adekvat, alla),
        "utbildning_under_mal": under,
        "utbildning-grupp": sorted(per_grupp, key=str),
        "utbildning-enhet": sorted(enheter, key=str),
    }


def _ute(varld: dict[str, Any], forsta: date, dag: date) -> dict[str, object]:
    kommuner: dict[int, tuple[Any, ...]] = {}
    for rad in Enhetsfakta.objects.values():
        om = (rad["fran"], rad["id"], rad["kommun"])
        if rad["fran"] <= dag and om > kommuner.get(rad["enhet_id"], ()):
            kommuner[rad["enhet_id"]] = om
    doda = {rad["id"]: rad["avliden"] for rad in Person.objects.values()}
    egna = {
        (rad["utforare_id"], rad["person_id"], rad["insats"])
        for rad in Avtal.objects.values()
        if rad["avtalsform"] == "individavtal" and rad["fran"] <= dag and (rad["till"] is None or rad["till"] > dag)
    }
    notiser = [rad for rad in Underrattelse.objects.values() if rad["underrattad"] <= dag]
    lista, saknas, borta, individ = [], [], set(), set()
    for verk in varld["pagar"]:
        dod = doda[verk["person"]]
        if dod is not None and dod <= dag:
            continue
        enhet = varld["enheter"][verk["enhet_id"]]
        kommun = kommuner[enhet["id"]][2] if enhet["id"] in kommuner else ""
        eget = (enhet["utforare_id"], verk["person"], verk["insats"]) in egna
        if not (kommun or eget):
            continue
        ska = bool(kommun) and enhet["regi"] == "privat" and verk["insats"] in {"LSS-8", "LSS-9"}
        dagar = [rad["underrattad"] for rad in notiser if ska and _galler(rad, verk)]
        lista.append((verk["nyckel"], enhet["namn"], kommun, min(dagar, default=None)))
        borta |= {verk["person"]} if kommun else set()
        individ |= {verk["person"]} if eget else set()
        if ska and not dagar:
            saknas.append((verk["nyckel"], enhet["namn"], kommun, None))
    i_aret = [rad for rad in notiser if rad["underrattad"] >= forsta]
    return {
        "externa_placeringar": len(borta),
        "externa_individavtal": len(individ),
        "underrattelser_saknas": len(saknas),
        "underrattelser_lamnade": sum(rad["riktning"] == "lamnad" for rad in i_aret),
        "underrattelser_mottagna": sum(rad["riktning"] == "mottagen" for rad in i_aret),
        "placeringar": sorted(lista, key=str),
        "utan-underrattelse": sorted(saknas, key=str),
    }


def _galler(rad: dict[str, Any], verk: dict[str, Any]) -> bool:
    return (
        rad["riktning"] == "lamnad"
        and rad["enhet_id"] == verk["enhet_id"]
        and rad["insats"] == verk["insats"]
        and rad["person_id"] in {None, verk["person"]}
    )
