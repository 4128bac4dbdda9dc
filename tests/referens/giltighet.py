"""DATAPAKET said again as a check: what breaks a rule of structure in a whole state (never what only looks wrong)."""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from .paket import Paket, Rad, kolumner
from .tid import dag_for, las_tidpunkt, lokal
from .underlag import datum, granser, lista, tal, trappa

KODER = {
    ("utforare", "regi"): "egen privat",
    ("priser", "enhet"): "dygn dag timme manad",
    ("avtal", "avtalsform"): "egenregi lov ramavtal individavtal",
    ("avtal", "modell"): "dygn narvaro manad utford_tid bestalld_tid",
    ("beslut", "utfall"): "bifall delvis avslag",
    ("nivabedomningar", "status"): "inskickad godkand avvisad",
    ("narvaro", "kod"): "N F",
    ("anstallningar", "anstallningsform"): "tillsvidare visstid lonebidrag praktik",
}
SLUTORSAKER = "flytt byte_utforare avliden beslut_upphor egen_begaran arbete annat".split()  # noqa: SIM905
OMFATTNINGSENHETER = {"", "timmar_vecka", "timmar_manad", "dygn_manad", "dagar_vecka"}
REFERENSER = {
    "utforare_id": "utforare",
    "enhet_id": "enheter",
    "prislista_id": "prislistor",
    "person_id": "personer",
    "beslut_id": "beslut",
    "verkstallighet_id": "verkstalligheter",
}


def fel(paket: Paket) -> list[str]:
    """Every broken rule; empty for a valid state."""
    return [f"{fil}: {vad}" for fil, prova in PROVNINGAR.items() for vad in prova(paket)]


def enkla_fel(paket: Paket) -> Iterator[str]:
    """Ids, references, codes and the order of days, in every file."""
    for fil in paket.filer:
        idn = [kolumn for kolumn in kolumner(fil) if kolumn.endswith("_id")]
        koder = {kolumn: varden.split() for (vilken, kolumn), varden in KODER.items() if vilken == fil}
        for rad in paket.rader(fil):
            for kolumn in idn:
                if len(rad[kolumn]) > 40 or rad[kolumn] != rad[kolumn].strip():
                    yield f"{fil}: {kolumn} {rad[kolumn]!r}"
                mal = REFERENSER.get(kolumn)
                if mal and rad[kolumn] and (rad[kolumn],) not in paket.filer[mal]:
                    yield f"{fil}: {kolumn} {rad[kolumn]!r} finns inte"
            for kolumn, varden in koder.items():
                if rad[kolumn] not in varden:
                    yield f"{fil}: {kolumn} {rad[kolumn]!r}"
            if rad.get("till") and rad["till"] < rad["fran"]:
                yield f"{fil}: till före fran {rad}"


def overlapp(rader: list[Rad], nycklar: list[str]) -> Iterator[str]:
    """Rows of one key may not overlap in time, both ends inclusive."""
    grupper = defaultdict(list)
    for rad in rader:
        grupper[tuple(rad[kolumn] for kolumn in nycklar)].append((rad["fran"], rad["till"] or "9999-12-31"))
    for vad, perioder in grupper.items():
        perioder.sort()
        for (_, till), (fran, _) in itertools.pairwise(perioder):
            if fran <= till:
                yield f"överlapp {vad} {fran}"


def fel_i_priser(paket: Paket) -> Iterator[str]:
    yield from overlapp(paket.rader("priser"), kolumner("priser")[:6])
    namn = {(rad["prislista_id"], rad["tidsband"]) for rad in paket.rader("tidsband")}
    for rad in paket.rader("priser"):
        if rad["tidsband"] and (rad["prislista_id"], rad["tidsband"]) not in namn:
            yield f"okänt tidsband {rad}"
        if not re.fullmatch(r"\d+([.,]\d{1,2})?", rad["belopp"]):
            yield f"belopp {rad}"


def tacker(rad: Rad, minut: datetime) -> bool:
    if rad["fran_tidpunkt"]:
        return las_tidpunkt(rad["fran_tidpunkt"]) <= minut < las_tidpunkt(rad["till_tidpunkt"])
    vaggur = lokal(minut)
    return int(rad["veckodag"]) == vaggur.isoweekday() and rad["fran_tid"] <= f"{vaggur:%H:%M}" < rad["till_tid"]


def fel_i_tidsband(paket: Paket) -> Iterator[str]:
    """Equal prioritet on one minute of one prislista: weekly rows by the clock, calendar rows minute by minute."""
    grupper = defaultdict(list)
    for rad in paket.rader("tidsband"):
        grupper[rad["prislista_id"], rad["prioritet"]].append(rad)
    for vad, rader in grupper.items():
        vecka = sorted((r["veckodag"], r["fran_tid"], r["till_tid"]) for r in rader if r["veckodag"])
        for (dag, fran, till), (nasta_dag, nasta_fran, _) in itertools.pairwise(vecka):
            if till <= fran or (dag == nasta_dag and nasta_fran < till):
                yield f"överlapp {vad} veckodag {dag} {fran}"
        for rad in (r for r in rader if r["fran_tidpunkt"]):
            if kalenderkrock(rad, [r for r in rader if r is not rad]):
                yield f"överlapp {vad} {rad}"


def kalenderkrock(rad: Rad, andra: list[Rad]) -> bool:
    minut, slut = las_tidpunkt(rad["fran_tidpunkt"]), las_tidpunkt(rad["till_tidpunkt"])
    if slut <= minut:
        return True
    while andra and minut < slut:
        if any(tacker(annan, minut) for annan in andra):
            return True
        minut += timedelta(minutes=1)
    return False


def fel_i_avtal(paket: Paket) -> Iterator[str]:
    yield from overlapp(paket.rader("avtal"), ["utforare_id", "insats", "person_id"])
    for rad in paket.rader("avtal"):
        if (rad["avtalsform"] == "individavtal") != bool(rad["person_id"]):
            yield f"individavtal {rad}"
        vantad = 1
        for fran, till, andel in trappa(rad["franvaro"]):
            if fran != vantad or not 0 <= andel <= 1:
                yield f"trappa {rad['franvaro']}"
            vantad = 0 if till is None else till + 1
        steg = [minuter for minuter, _ in granser(rad["omfattning_granser"])]
        if steg and (steg[0] != 0 or steg != sorted(set(steg))):
            yield f"gränser {rad['omfattning_granser']}"
        if not set(lista(rad["avslut_orsaker"])) <= set(SLUTORSAKER) or rad["avrundning_minuter"] == "0":
            yield f"avtal {rad}"


def luhn(siffror: str) -> bool:
    produkter = [int(siffra) * (2 - plats % 2) for plats, siffra in enumerate(siffror)]
    return sum(p // 10 + p % 10 for p in produkter) % 10 == 0


def fel_i_personer(paket: Paket) -> Iterator[str]:
    nummer = [rad["personnummer"] for rad in paket.rader("personer")]
    if len(set(nummer)) < len(nummer):
        yield "samma personnummer två gånger"
    for text in nummer:
        fodd = f"{text[:6]}{int(text[6:8]) % 60:02}"
        datetime.strptime(fodd, "%Y%m%d").replace(tzinfo=UTC)
        if not (re.fullmatch(r"\d{12}", text) and luhn(text[2:]) and int(text[8:11]) >= 980) and not re.fullmatch(
            r"\d{8}-T(\d{3}|F\d\d)", text
        ):
            yield f"personnummer {text}"


def fel_i_beslut(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("beslut"):
        person = paket.filer["personer"][(rad["person_id"],)]
        if rad["lagrum"] != ("LSS" if rad["insats"].startswith("LSS-") else "SoL"):
            yield f"lagrum {rad}"
        if rad["insats"] == "LSS-10" and person["personkrets"] not in {"1", "2"}:
            yield f"personkrets {rad}"
        if (
            bool(rad["omfattning"]) != bool(rad["omfattning_enhet"])
            or rad["omfattning_enhet"] not in OMFATTNINGSENHETER
        ):
            yield f"omfattning {rad}"


def fel_i_verkstalligheter(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("verkstalligheter"):
        if bool(rad["till"]) != bool(rad["slutorsak"]) or rad["slutorsak"] not in {"", *SLUTORSAKER}:
            yield f"slutorsak {rad}"
        if (
            bool(rad["bestallt_antal"]) != bool(rad["bestallt_enhet"])
            or rad["bestallt_enhet"] not in OMFATTNINGSENHETER
        ):
            yield f"beställt {rad}"


def fel_i_nivabedomningar(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("nivabedomningar"):
        godkand = rad["status"] == "godkand"
        if not rad["niva"] or not rad["bedomd_av"]:
            yield f"nivå {rad}"
        if (
            godkand != bool(rad["godkand"])
            or godkand != bool(rad["godkand_av"])
            or rad["godkand_av"] == rad["bedomd_av"]
        ):
            yield f"godkännande {rad}"


def inom(paket: Paket, verkstallighet_id: str, dag: date) -> bool:
    v = paket.filer["verkstalligheter"].get((verkstallighet_id,))
    return v is not None and v["fran"] <= dag.isoformat() and (not v["till"] or dag.isoformat() <= v["till"])


def fel_i_narvaro(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("narvaro"):
        minuter = rad["minuter"]
        if not inom(paket, rad["verkstallighet_id"], date.fromisoformat(rad["datum"])):
            yield f"utanför {rad}"
        if (minuter and rad["omfattning"]) or (minuter and not 1 <= int(minuter) <= 1440):
            yield f"omfattning och minuter {rad}"
        if rad["orsak"] and rad["kod"] != "F":
            yield f"orsak {rad}"


def fel_i_besok(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("besok"):
        planerad, utford = bool(rad["planerad_start"]), bool(rad["utford_start"])
        if not planerad and not utford:
            yield f"utan tider {rad}"
            continue
        if not inom(
            paket, rad["verkstallighet_id"], dag_for(las_tidpunkt(rad["utford_start"] or rad["planerad_start"]))
        ):
            yield f"utanför {rad}"
        if utford == bool(rad["avbokad_av"]) or (utford and rad["avbokad"]) or utford != bool(rad["registrering"]):
            yield f"utförd eller avbokad {rad}"
        for vad in ("planerad", "utford"):
            start, slut = rad[f"{vad}_start"], rad[f"{vad}_slut"]
            if bool(start) != bool(slut) or (start and las_tidpunkt(slut) <= las_tidpunkt(start)):
                yield f"slut efter start {rad}"
        if rad["avbokad"]:
            las_tidpunkt(rad["avbokad"])


def fel_i_anstallningar(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("anstallningar"):
        if not 1 <= int(rad["sysselsattningsgrad"]) <= 100:
            yield f"grad {rad}"


def fel_i_bonusregler(paket: Paket) -> Iterator[str]:
    for rad in paket.rader("bonusregler"):
        andel = tal(rad["andel_vid_start"])
        if (int(rad["kvalificering_manader"] or 0) > 0 and andel is None) or not 0 <= (andel or 0) <= 1:
            yield f"andel {rad}"
        datum(rad["till"])


PROVNINGAR: dict[str, Callable[[Paket], Iterator[str]]] = {
    "alla": enkla_fel,
    "priser": fel_i_priser,
    "tidsband": fel_i_tidsband,
    "avtal": fel_i_avtal,
    "personer": fel_i_personer,
    "beslut": fel_i_beslut,
    "verkstalligheter": fel_i_verkstalligheter,
    "nivabedomningar": fel_i_nivabedomningar,
    "narvaro": fel_i_narvaro,
    "besok": fel_i_besok,
    "anstallningar": fel_i_anstallningar,
    "bonusregler": fel_i_bonusregler,
}
