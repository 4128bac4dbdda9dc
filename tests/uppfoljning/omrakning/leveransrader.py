"""The files to Socialstyrelsen written anew, column by column, and held against the last that was delivered."""

from datetime import date
from typing import Any

from tests.uppfoljning.omrakning.fynden import ALLTID, DAG, Rad, Varlden, inom, lever
from uppfoljning.models import Leverans, Leveransrad, Statistikenhet, Uppgiftsfil

Filrader = dict[str, dict[str, str]]  # by the row's key: text by column
ALLTID_OLIKA = {"Kommun", "Månad"}
LSS = {
    "LSS-2": "Personlig assistans 9 § 2",
    "LSS-3": "Ledsagarservice 9 § 3",
    "LSS-4": "Kontaktperson 9 § 4",
    "LSS-5": "Avlösarservice 9 § 5",
    "LSS-6": "Korttidsvistelse 9 § 6",
    "LSS-7": "Korttidstillsyn 9 § 7",
    "LSS-10": "Daglig verksamhet 9 § 10",
}
BOENDEN = {
    ("LSS-8", "familjehem"): "Familjehem 9 § 8",
    ("LSS-8", "bostad"): "Bostad med särskild service 9 § 8",
    ("LSS-9", "bostad"): "Bostad med särskild service 9 § 9",
    ("LSS-9", "annan"): "Annan särskilt anpassad bostad 9 § 9",
}
OMFATTNING = {"timmar_vecka": "TV", "timmar_manad": "TM", "dygn_manad": "DM", "dagar_vecka": "DV", "": ""}


def skiljer(v: Varlden) -> dict[str, int]:
    """How many rows of the last delivered file of each kind would be others today, by kind, day and omgång."""
    svar = {}
    for slag in ("lss", "sol_pagaende", "sol_forandrade"):
        alla = list(Leverans.objects.filter(slag=slag, status="lamnad").values("id", "dag", "omgang", "layout_id"))
        if alla:
            sista = max(alla, key=lambda ett: (ett["dag"], ett["omgang"]))
            da, nu = _stod(sista), _skriv(v, slag, sista["dag"])
            antal = sum(da.get(nyckel) != nu.get(nyckel) for nyckel in da.keys() | nu.keys())
            if antal:
                svar[f"{slag}:{sista['dag']}:{sista['omgang']}"] = antal
    return svar


def _stod(leverans: dict[str, Any]) -> Filrader:
    """What was delivered."""
    layout = Leverans.objects.filter(id=leverans["id"]).values_list("layout__definition", flat=True).get()
    namn = [ett["namn"] for ett in layout["kolumner"]]
    rader = Leveransrad.objects.filter(leverans=leverans["id"]).values_list("nyckel", "varden")
    return {
        nyckel: {kol: text for kol, text in zip(namn, varden, strict=True) if kol not in ALLTID_OLIKA}
        for nyckel, varden in rader
    }


def _skriv(v: Varlden, slag: str, dag: date) -> Filrader:
    if slag == "lss":
        return _lss(v, dag)
    return {
        beslut["nyckel"]: _sol(v, beslut, slag, dag)
        for beslut in v.beslut.values()
        if beslut["lagrum"] == "SoL" and beslut["utfall"] != "avslag" and _med(beslut, slag, dag)
    }


def _lss(v: Varlden, dag: date) -> Filrader:
    vilar = {ett["verkstallighet_id"] for ett in v.uppehall if inom(ett, dag)}
    filer = list(Uppgiftsfil.objects.filter(slag="statistikenheter").values("id", "version"))
    fil = max(filer, key=lambda ett: ett["version"])["id"] if filer else None
    bostader = {rad["enhet_id"]: rad for rad in Statistikenhet.objects.filter(fil=fil).values()}
    svar: Filrader = {}
    for verk in sorted(v.verk.values(), key=lambda verk: (verk["beslut"]["nyckel"], verk["nyckel"])):
        beslut = verk["beslut"]
        person, insats = beslut["person"], beslut["insats"]
        galler = beslut["lagrum"] == "LSS" and beslut["utfall"] != "avslag" and inom(beslut, dag)
        if not galler or not inom(verk, dag) or verk["id"] in vilar or not lever(person, dag):
            continue
        nummer = person["personnummer"].replace("-", "")
        tom = {"Personnummer": f"{nummer[:8]}-{nummer[8:]}", "Personkrets": str(person["personkrets"] or "")}
        tom |= dict.fromkeys([*LSS.values(), *BOENDEN.values()], "0") | {"Boendekommun": ""}
        rad = svar.setdefault(person["nyckel"], tom)
        if insats in LSS:
            rad[LSS[insats]] = "1"
        elif hem := bostader.get(verk["enhet_id"]):
            if (insats, hem["boendeform"]) in BOENDEN:
                rad[BOENDEN[insats, hem["boendeform"]]] = "1"
            rad["Boendekommun"] = rad["Boendekommun"] or hem["kommun"]
    return svar


def _sista(beslut: Rad) -> date:
    """The last day: of the beslut, or of the person."""
    return min((beslut["till"] or ALLTID) - DAG, beslut["person"]["avliden"] or ALLTID)


def _handde(beslut: Rad, dag: date) -> tuple[bool, bool]:
    """Whether it began and whether it ended in the month that `dag` ends."""
    forst, sista = dag.replace(day=1), _sista(beslut)
    return (
        forst <= beslut["fran"] <= dag and beslut["fran"] <= sista,
        forst <= sista <= dag and beslut["fran"] <= sista,
    )


def _med(beslut: Rad, slag: str, dag: date) -> bool:
    if slag == "sol_pagaende":
        return inom(beslut, dag) and lever(beslut["person"], dag)
    return any(_handde(beslut, dag))


def _sol(v: Varlden, beslut: Rad, slag: str, dag: date) -> dict[str, str]:
    borjade, slutade = _handde(beslut, dag)
    slut = _sista(beslut) if slutade else beslut["till"] and beslut["till"] - DAG
    verk = _utfors(v, beslut, slag, dag)
    antal = beslut["omfattning"]
    rad = {
        "Personnummer": beslut["person"]["personnummer"].replace("-", ""),
        "Insats": beslut["insats"].removeprefix("SOL-"),
        "Beslutsdatum": f"{beslut['beslutsdatum']:%Y%m%d}",
        "Från och med": f"{beslut['fran']:%Y%m%d}",
        "Till och med": f"{slut:%Y%m%d}" if slut else "",
        "Omfattning": "" if antal is None else f"{antal:f}".rstrip("0").rstrip(".").replace(".", ","),
        "Omfattningens enhet": OMFATTNING[beslut["omfattning_enhet"] or ""],
        "Regi": {"egen": "1", "privat": "2"}[v.regi[verk["enhet"]["utforare_id"]]] if verk else "",
    }
    if slag == "sol_pagaende":
        return rad | {"Verkställt": "1" if verk else "0"}
    return rad | {"Började": "1" if borjade else "0", "Slutade": "1" if slutade else "0"}


def _utfors(v: Varlden, beslut: Rad, slag: str, dag: date) -> Rad | None:
    """Who carried it out: on the day, or last of those in the month and in the time of the beslut."""
    egna = [verk for verk in v.verk.values() if verk["beslut_id"] == beslut["id"]]
    if slag == "sol_pagaende":
        return min((verk for verk in egna if inom(verk, dag)), key=lambda verk: verk["nyckel"], default=None)
    forst, sist = dag.replace(day=1), min(dag, _sista(beslut))
    nagra = [verk for verk in egna if verk["fran"] <= sist and (verk["till"] or ALLTID) > forst]
    return min(nagra, key=lambda verk: (-verk["fran"].toordinal(), verk["nyckel"]), default=None)
