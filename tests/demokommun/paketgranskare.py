"""A plain reading of DATAPAKET as a list of complaints, written for the demo municipality's package alone."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from demokommun.filer import KOLUMNER

Rad = dict[str, str]
Paket = dict[str, list[Rad]]
STOCKHOLM = ZoneInfo("Europe/Stockholm")
FOR_EVIGT = "9999-12-31"
KRAVS = {
    "utforare": "utforare_id namn organisationsnummer regi",
    "enheter": "enhet_id utforare_id namn",
    "priser": "prislista_id insats enhet belopp fran",
    "avtal": "avtal_id utforare_id insats avtalsform prislista_id modell fran",
    "personer": "person_id personnummer fornamn efternamn skyddad",
    "beslut": "beslut_id person_id insats lagrum utfall beslutsdatum fran",
    "verkstalligheter": "verkstallighet_id beslut_id enhet_id bestalld fran",
    "nivabedomningar": "nivabedomning_id person_id insats niva fran status bedomd_av",
    "narvaro": "verkstallighet_id datum kod",
    "besok": "besok_id verkstallighet_id",
    "anstallningar": "anstallning_id person_id arbetsgivare fran sysselsattningsgrad anstallningsform",
    "bonusregler": "regel_id belopp fran",
}
KODER = {
    ("utforare", "regi"): {"egen", "privat"},
    ("priser", "enhet"): {"dygn", "dag", "timme", "manad"},
    ("avtal", "avtalsform"): {"egenregi", "lov", "ramavtal", "individavtal"},
    ("avtal", "modell"): {"dygn", "narvaro", "manad", "utford_tid", "bestalld_tid"},
    ("avtal", "niva_fran"): {"", "fran", "godkand"},
    ("personer", "personkrets"): {"", "1", "2", "3"},
    ("personer", "skyddad"): {"ja", "nej"},
    ("beslut", "lagrum"): {"LSS", "SoL"},
    ("beslut", "utfall"): {"bifall", "delvis", "avslag"},
    ("nivabedomningar", "status"): {"inskickad", "godkand", "avvisad"},
    ("narvaro", "kod"): {"N", "F"},
    ("besok", "avbokad_av"): {"", "brukare", "utforare"},
    ("besok", "registrering"): {"", "pa_plats", "efterhand"},
    ("anstallningar", "anstallningsform"): {"tillsvidare", "visstid", "lonebidrag", "praktik"},
}
SLUTORSAKER = {"flytt", "byte_utforare", "avliden", "beslut_upphor", "egen_begaran", "arbete", "annat"}
ENHETER = {"", "timmar_vecka", "timmar_manad", "dygn_manad", "dagar_vecka"}
REFERENSER = {
    "utforare_id": "utforare",
    "enhet_id": "enheter",
    "prislista_id": "prislistor",
    "person_id": "personer",
    "beslut_id": "beslut",
    "verkstallighet_id": "verkstalligheter",
}


def las(mapp: Path) -> Paket:
    paket: Paket = {fil: [] for fil in KOLUMNER}
    for vag in mapp.iterdir():
        with vag.open(encoding="utf-8", newline="") as fil:
            paket[vag.stem] = list(csv.DictReader(fil, delimiter=";", strict=True))
    return paket


def nyckel(fil: str) -> list[str]:
    """The columns that make a row of a file itself."""
    flera = {"priser": 6, "narvaro": 2, "tidsband": 8, "borttag": 3}
    kolumner = KOLUMNER[fil].split(";")
    return [*kolumner[: flera.get(fil, 1)], *(["fran"] if fil == "priser" else [])]


def tillsammans(paket: Paket, sent: Paket) -> Paket:
    """What is stored when the late package has been read in after the first."""
    nytt: Paket = {}
    for fil, rader in paket.items():
        rad_for = {tuple(rad[k] for k in nyckel(fil)): rad for rad in (*rader, *sent[fil])}
        bort = {(r["id"], r["datum"]) if fil == "narvaro" else (r["id"],) for r in sent["borttag"] if r["fil"] == fil}
        assert bort <= rad_for.keys(), f"borttag av {fil} som inte finns: {bort - rad_for.keys()}"
        nytt[fil] = [rad for varde, rad in rad_for.items() if varde not in bort]
    return {**nytt, "borttag": []}


def fel(paket: Paket) -> list[str]:
    return [
        *enkla_fel(paket),
        *(f"överlapp i {fil}: {vad}" for fil, vad in overlappande(paket)),
        *fel_i_beslut(paket),
        *fel_i_verkstalligheter(paket),
        *fel_i_narvaro(paket),
        *fel_i_besok(paket),
        *fel_i_tidsband(paket["tidsband"]),
    ]


def enkla_fel(paket: Paket) -> Iterator[str]:
    for fil, rader in paket.items():
        varden = [tuple(rad[k] for k in nyckel(fil)) for rad in rader]
        if len(set(varden)) != len(varden):
            yield f"{fil}: samma nyckel två gånger"
        idn = {kolumn: {r[kolumn] for r in rader} for kolumn in KOLUMNER[fil].split(";") if kolumn.endswith("_id")}
        for kolumn, alla in idn.items():
            yield from (f"{fil}: för långt {kolumn} {i}" for i in alla if len(i) > 40)
            if kolumn in REFERENSER and fil != REFERENSER[kolumn]:
                yield from (
                    f"{fil}: {i} finns inte" for i in alla - {""} - {r[kolumn] for r in paket[REFERENSER[kolumn]]}
                )
        for kolumn in KRAVS.get(fil, "").split():
            yield from (f"{fil}: {kolumn} saknas i {r}" for r in rader if not r[kolumn])
        yield from (f"{fil}: till före fran {r}" for r in rader if r.get("till") and r["till"] < r["fran"])
    for (fil, kolumn), koder in KODER.items():
        yield from (f"{fil}: {kolumn} {r[kolumn]}" for r in paket[fil] if r[kolumn] not in koder)


def overlappande(paket: Paket) -> Iterator[tuple[str, str]]:
    nycklar = {"priser": nyckel("priser")[:6], "avtal": ["utforare_id", "insats", "person_id"]}
    for fil, kolumner in nycklar.items():
        grupper = defaultdict(list)
        for rad in paket[fil]:
            grupper[tuple(rad[k] for k in kolumner)].append((rad["fran"], rad["till"] or FOR_EVIGT))
        for vad, perioder in grupper.items():
            perioder.sort()
            if any(slut >= nasta for (_, slut), (nasta, _) in pairwise(perioder)):
                yield fil, str(vad)


def fel_i_beslut(paket: Paket) -> Iterator[str]:
    krets = {p["person_id"]: p["personkrets"] for p in paket["personer"]}
    for b in paket["beslut"]:
        if b["lagrum"] != ("LSS" if b["insats"].startswith("LSS") else "SoL"):
            yield f"lagrum: {b}"
        if b["insats"] == "LSS-10" and krets[b["person_id"]] not in {"1", "2"}:
            yield f"personkrets: {b}"
        if bool(b["omfattning"]) != bool(b["omfattning_enhet"]) or b["omfattning_enhet"] not in ENHETER:
            yield f"omfattning: {b}"


def fel_i_verkstalligheter(paket: Paket) -> Iterator[str]:
    for v in paket["verkstalligheter"]:
        if bool(v["till"]) != bool(v["slutorsak"]) or v["slutorsak"] not in {"", *SLUTORSAKER}:
            yield f"slutorsak: {v}"
        if bool(v["bestallt_antal"]) != bool(v["bestallt_enhet"]) or v["bestallt_enhet"] not in ENHETER:
            yield f"beställt: {v}"
    for n in paket["nivabedomningar"]:
        godkand = bool(n["godkand_av"] and n["godkand"])
        if godkand != (n["status"] == "godkand") or n["godkand_av"] == n["bedomd_av"]:
            yield f"godkännande: {n}"
    for a in paket["avtal"]:
        if bool(a["person_id"]) != (a["avtalsform"] == "individavtal"):
            yield f"individavtal: {a}"


def perioder(paket: Paket) -> dict[str, tuple[str, str]]:
    return {v["verkstallighet_id"]: (v["fran"], v["till"] or FOR_EVIGT) for v in paket["verkstalligheter"]}


def fel_i_narvaro(paket: Paket) -> Iterator[str]:
    inom = perioder(paket)
    for n in paket["narvaro"]:
        fran, till = inom[n["verkstallighet_id"]]
        if not fran <= n["datum"] <= till:
            yield f"utanför verkställigheten: {n}"
        if n["orsak"] and n["kod"] == "N":
            yield f"orsak utan frånvaro: {n}"
        if n["minuter"] and not (n["kod"] == "N" and 1 <= int(n["minuter"]) <= 1440):
            yield f"minuter: {n}"


def fel_i_besok(paket: Paket) -> Iterator[str]:
    inom = perioder(paket)
    for b in paket["besok"]:
        if bool(b["utford_start"]) == bool(b["avbokad_av"]):
            yield f"varken eller, eller både och: {b}"
        if (b["avbokad"] and not b["avbokad_av"]) or (not b["utford_start"] and not b["planerad_start"]):
            yield f"avbokning: {b}"
        fran, till = inom[b["verkstallighet_id"]]
        if not fran <= (b["utford_start"] or b["planerad_start"])[:10] <= till:
            yield f"utanför verkställigheten: {b}"
        for vad in ("planerad", "utford"):
            start, slut = b[f"{vad}_start"], b[f"{vad}_slut"]
            if bool(start) != bool(slut) or (start and tidpunkt(start) >= tidpunkt(slut)):
                yield f"tid: {b}"


def tidpunkt(text: str) -> datetime:
    """Stockholm time unless the text says otherwise. An hour that is skipped in March does not exist."""
    tid = datetime.fromisoformat(text)
    if tid.tzinfo is not None:
        return tid.astimezone(UTC)
    utc = tid.replace(tzinfo=STOCKHOLM).astimezone(UTC)
    assert text[11:13] != "02" or utc.astimezone(STOCKHOLM).replace(tzinfo=None) == tid, f"{text} finns inte"
    return utc


def fel_i_tidsband(rader: Iterable[Rad]) -> Iterator[str]:
    """Equal priority may not cover the same minute. In this package each priority is either weekly or calendar."""
    tider = defaultdict(list)
    for r in rader:
        if r["veckodag"]:
            dag = datetime(2024, 1, int(r["veckodag"]), tzinfo=UTC)  # a Monday the first
            start, slut = (
                dag + timedelta(hours=int(r[k][:2]), minutes=int(r[k][3:])) for k in ("fran_tid", "till_tid")
            )
        else:
            start, slut = (datetime.fromisoformat(r[k] + "Z") for k in ("fran_tidpunkt", "till_tidpunkt"))
        tider[r["prislista_id"], r["prioritet"], bool(r["veckodag"])].append((start, slut))
    if len({(lista, prio) for lista, prio, _ in tider}) != len(tider):
        yield "tidsband: en prioritet blandar vecka och kalender"
    for vad, lista in tider.items():
        lista.sort()
        if any(slut > nasta for (_, slut), (nasta, _) in pairwise(lista)):
            yield f"tidsband: samma minut två gånger {vad}"
