"""What the rules of data quality and the signals should have found, counted by plain loops over the rows upstream."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from beslut.models import Beslut, Nivabedomning, Person
from ersattning.models import Ersattningsrad, Pris
from uppfoljning.models import Besokspersonal, Uppgiftsfil
from utforare.models import Avtal, Besok, Bestallning, Enhet, Narvaro, Signering, Uppehall, Utforare, Verkstallighet

Rad = dict[str, Any]
Svar = dict[str, Decimal | None]  # the finding's key → kronor
ALLTID = date(9999, 1, 1)
DAG = timedelta(days=1)
SVENSK = ZoneInfo("Europe/Stockholm")


class Varlden:
    """The rows, each a dict, by what one looks for. `forst`: the first of three whole months before this one."""

    def __init__(self, idag: date) -> None:
        self.idag, self.manad = idag, idag.replace(day=1)
        self.forst = self.manad
        for _ in range(3):
            self.forst = (self.forst - DAG).replace(day=1)
        self.person = {rad["id"]: rad for rad in Person.objects.values()}
        self.beslut = {rad["id"]: rad for rad in Beslut.objects.values()}
        self.enhet = {rad["id"]: rad for rad in Enhet.objects.values()}
        self.verk = {rad["id"]: rad for rad in Verkstallighet.objects.values()}
        for rad in self.beslut.values():
            rad["person"] = self.person[rad["person_id"]]
        for rad in self.verk.values():
            rad["beslut"], rad["enhet"] = self.beslut[rad["beslut_id"]], self.enhet[rad["enhet_id"]]
        self.avtal = list(Avtal.objects.values())
        self.regi = {rad["id"]: rad["regi"] for rad in Utforare.objects.values()}
        self.nivaer = list(Nivabedomning.objects.values())

    @cached_property
    def besok(self) -> list[Rad]:
        rader = [rad for rad in Besok.objects.values() if self.forst <= rad["dag"] <= self.idag]
        for rad in rader:
            rad["verk"] = self.verk[rad["verkstallighet_id"]]
            rad["person"] = rad["verk"]["beslut"]["person_id"]
            rad["manad"] = rad["dag"].replace(day=1)
            rad["minuter"] = minuter(rad["utford_start"], rad["utford_slut"])
            rad["planerat"] = minuter(rad["planerad_start"], rad["planerad_slut"])
        return rader

    @cached_property
    def utforda(self) -> list[Rad]:
        return [rad for rad in self.besok if rad["utford_start"]]

    @cached_property
    def narvaro(self) -> list[Rad]:
        return list(Narvaro.objects.values("verkstallighet_id", "datum", "kod", "orsak"))

    @cached_property
    def uppehall(self) -> list[Rad]:
        return list(Uppehall.objects.values())

    @cached_property
    def gav(self) -> dict[str, list[tuple[int, Fraction]]]:
        """By the visit's key: paid minutes and exact kronor, of each row and each part of it."""
        svar: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
        for rad in Ersattningsrad.objects.values("antal", "a_pris", "faktor", "grund"):
            tecken = 1 if rad["antal"] > 0 else -1
            for del_ in rad["grund"]:
                for nyckel, antal in del_.get("besok", []):
                    pris = Fraction(rad["a_pris"]) * Fraction(rad["faktor"]) * antal / 60
                    svar[nyckel].append((tecken * antal, tecken * pris))
        return svar

    def avtalet(self, verk: Rad, dag: date) -> Rad | None:
        """R2."""
        person, insats = verk["beslut"]["person_id"], verk["beslut"]["insats"]
        galler = [
            ett
            for ett in self.avtal
            if ett["utforare_id"] == verk["enhet"]["utforare_id"]
            and ett["insats"] == insats
            and ett["person_id"] in (None, person)
            and inom(ett, dag)
        ]
        return max(galler, key=lambda ett: ett["person_id"] is not None, default=None)


def inom(rad: Rad, dag: date) -> bool:
    return bool(rad["fran"] and rad["fran"] <= dag < (rad["till"] or ALLTID))


def lever(person: Rad, dag: date) -> bool:
    return person["avliden"] is None or bool(dag <= person["avliden"])


def minuter(fran: datetime | None, till: datetime | None) -> int:
    return int((till - fran).total_seconds()) // 60 if fran and till else 0


def kronor(exakt: Fraction) -> Decimal:
    oren = Decimal(exakt.numerator) / Decimal(exakt.denominator)
    return oren.quantize(Decimal("0.01"), ROUND_HALF_UP)


def nasta_manad(manad: date) -> date:
    return (manad + timedelta(days=32)).replace(day=1)


def per(rader: Iterable[Rad], nyckel: Callable[[Rad], Any]) -> dict[Any, list[Rad]]:
    svar: dict[Any, list[Rad]] = defaultdict(list)
    for rad in rader:
        svar[nyckel(rad)].append(rad)
    return svar


def besokens(v: Varlden, nycklar: Iterable[str]) -> Decimal | None:
    delar = [kr for nyckel in nycklar for _, kr in v.gav.get(nyckel, [])]
    return kronor(sum(delar, Fraction(0))) if delar else None


# Beslut and verkställigheter.


def verkstalls_utanfor_beslut(v: Varlden) -> Svar:
    svar: Svar = {}
    for verk in v.verk.values():
        beslut = verk["beslut"]
        if beslut["utfall"] == "avslag" or verk["fran"] < beslut["fran"] or verk["fran"] >= (beslut["till"] or ALLTID):
            svar[verk["nyckel"]] = None
    return svar


def bestallning_utanfor_beslut(v: Varlden) -> Svar:
    svar: Svar = {}
    for rad in Bestallning.objects.values():
        beslut, dag = v.beslut[rad["beslut_id"]], rad["start"] or rad["onskad_start"]
        if rad["status"] in ("skickad", "accepterad") and (beslut["utfall"] == "avslag" or not inom(beslut, dag)):
            svar[f"BE-{rad['id']}"] = None
    return svar


def verkstalls_efter_beslut(v: Varlden) -> Svar:
    return {
        verk["nyckel"]: None
        for verk in v.verk.values()
        if verk["beslut"]["utfall"] != "avslag"
        and (slut := verk["beslut"]["till"])
        and slut <= v.idag
        and verk["fran"] < slut < (verk["till"] or ALLTID)
    }


def verkstalls_efter_dod(v: Varlden) -> Svar:
    return {
        verk["nyckel"]: None
        for verk in v.verk.values()
        if (dog := verk["beslut"]["person"]["avliden"]) and dog < v.idag and (verk["till"] or ALLTID) - DAG > dog
    }


def dubbel_insats(v: Varlden) -> Svar:
    """Day by day: both are paid, by day or by month."""
    svar: Svar = {}
    for rader in per(v.verk.values(), lambda verk: (verk["beslut"]["person_id"], verk["beslut"]["insats"])).values():
        ordnade = sorted(rader, key=lambda verk: (max(verk["fran"], verk["beslut"]["fran"] or ALLTID), verk["nyckel"]))
        for plats, ett in enumerate(ordnade):
            for annat in ordnade[plats + 1 :]:
                dagar = [dag for dag in _dagar(annat, v.idag) if _betald(v, ett, dag) and _betald(v, annat, dag)]
                if dagar:
                    svar["+".join(sorted((ett["nyckel"], annat["nyckel"])))] = _raderna(annat, dagar, v)
    return svar


def _dagar(verk: Rad, idag: date) -> Iterator[date]:
    dag = verk["fran"]
    while dag < min(verk["till"] or idag, idag):
        yield dag
        dag += DAG


def _betald(v: Varlden, verk: Rad, dag: date) -> bool:
    beslut = verk["beslut"]
    if not (inom(verk, dag) and beslut["utfall"] != "avslag" and inom(beslut, dag) and lever(beslut["person"], dag)):
        return False
    avtal = v.avtalet(verk, dag)
    return avtal is not None and avtal["modell"] in ("dygn", "manad")


def _raderna(verk: Rad, dagar: list[date], v: Varlden) -> Decimal | None:
    slut = dagar[-1] + DAG if dagar[-1] + DAG < v.idag else ALLTID
    belopp = [
        rad["belopp"]
        for rad in Ersattningsrad.objects.filter(verkstallighet_id=verk["id"]).values("fran", "till", "belopp")
        if rad["fran"] < slut and dagar[0] < rad["till"]
    ]
    return sum(belopp, Decimal(0)) if belopp else None


def dubbla_beslut(v: Varlden) -> Svar:
    svar: Svar = {}
    gynnande = [ett for ett in v.beslut.values() if ett["utfall"] != "avslag" and ett["person"]["avliden"] is None]
    for rader in per(gynnande, lambda ett: (ett["person_id"], ett["insats"])).values():
        for plats, ett in enumerate(rader):
            for annat in rader[plats + 1 :]:
                fran = max(ett["fran"], annat["fran"])
                till = min(ett["till"] or ALLTID, annat["till"] or ALLTID)
                if fran < till and till > v.idag:
                    svar["+".join(sorted((ett["nyckel"], annat["nyckel"])))] = None
    return svar


def _galler(v: Varlden) -> Iterator[Rad]:
    for ett in v.beslut.values():
        if ett["utfall"] != "avslag" and inom(ett, v.idag) and lever(ett["person"], v.idag):
            yield ett


def uppfoljning_saknas(v: Varlden) -> Svar:
    return {ett["nyckel"]: None for ett in _galler(v) if (ett["uppfoljning"] or _om_ett_ar(ett)) < v.idag}


def _om_ett_ar(beslut: Rad) -> date:
    dag: date = beslut["beslutsdatum"]
    return dag.replace(year=dag.year + 1, day=28) if (dag.month, dag.day) == (2, 29) else dag.replace(year=dag.year + 1)


def personkrets(v: Varlden) -> Svar:
    return {
        ett["nyckel"]: None
        for ett in _galler(v)
        if ett["lagrum"] == "LSS"
        and (ett["person"]["personkrets"] is None or (ett["insats"] == "LSS-10" and ett["person"]["personkrets"] == 3))
    }


def _utfors(v: Varlden) -> Iterator[Rad]:
    for verk in v.verk.values():
        beslut = verk["beslut"]
        galler = beslut["utfall"] != "avslag" and inom(beslut, v.idag) and lever(beslut["person"], v.idag)
        if galler and inom(verk, v.idag):
            yield verk


def avtal_saknas(v: Varlden) -> Svar:
    return {verk["nyckel"]: None for verk in _utfors(v) if v.avtalet(verk, v.idag) is None}


def niva_saknas(v: Varlden) -> Svar:
    svar: Svar = {}
    enheter = {"dygn": "dygn", "narvaro": "dag", "manad": "manad"}
    priser = list(Pris.objects.values())
    for verk in _utfors(v):
        avtal, insats = v.avtalet(verk, v.idag), verk["beslut"]["insats"]
        if avtal is None:
            continue
        enhet = enheter.get(avtal["modell"], "timme")
        cellerna = [
            pris
            for pris in priser
            if (pris["prislista_id"], pris["insats"], pris["enhet"]) == (avtal["prislista_id"], insats, enhet)
            and inom(pris, v.idag)
        ]
        har = any(
            ett["status"] == "godkand"
            and (ett["person_id"], ett["insats"]) == (verk["beslut"]["person_id"], insats)
            and ett["fran"] <= v.idag
            and (avtal["niva_fran"] != "godkand" or ett["godkand"] <= v.idag)
            for ett in v.nivaer
        )
        if cellerna and all(pris["niva"] for pris in cellerna) and not har:
            svar[verk["nyckel"]] = None
    return svar


# Närvaro and visits.


def utfort_efter_dod(v: Varlden) -> Svar:
    svar: Svar = {}
    doda = {pk: verk["beslut"]["person"]["avliden"] for pk, verk in v.verk.items()}
    for rad in v.narvaro:
        dog = doda[rad["verkstallighet_id"]]
        if dog and rad["kod"] == "N" and rad["datum"] > dog:
            svar[v.verk[rad["verkstallighet_id"]]["nyckel"]] = None
    for rad in Besok.objects.values("verkstallighet_id", "dag", "utford_start"):
        dog = doda[rad["verkstallighet_id"]]
        if dog and rad["utford_start"] and rad["dag"] > dog:
            svar[v.verk[rad["verkstallighet_id"]]["nyckel"]] = None
    return svar


def narvaro_saknas(v: Varlden) -> Svar:
    svar: Svar = {}
    har = {(rad["verkstallighet_id"], rad["datum"].replace(day=1)) for rad in v.narvaro}
    signerade = {(rad["enhet_id"], rad["manad"]) for rad in Signering.objects.values()}
    manader = [v.forst, nasta_manad(v.forst), nasta_manad(nasta_manad(v.forst))]
    for verk in v.verk.values():
        for manad in manader:
            till = nasta_manad(manad)
            beslut = verk["beslut"]
            hela = verk["fran"] <= manad and (verk["till"] or ALLTID) >= till and beslut["utfall"] != "avslag"
            hela = hela and beslut["fran"] <= manad and (beslut["till"] or ALLTID) >= till
            hela = hela and lever(beslut["person"], till)
            klar = (verk["enhet_id"], manad) in signerade or _last(manad, v.idag)
            if not (hela and klar) or (verk["id"], manad) in har:
                continue
            avtal = v.avtalet(verk, manad)
            borta = any(
                ett["verkstallighet_id"] == verk["id"] and ett["fran"] < till and (ett["till"] or ALLTID) > manad
                for ett in v.uppehall
            )
            if avtal and avtal["modell"] == "narvaro" and not borta:
                svar[f"{verk['nyckel']}:{manad:%Y-%m}"] = None
    return svar


def _last(manad: date, idag: date) -> bool:
    """The fifth working day after the month has passed. Of the months here that is in the first half of the next."""
    dag, arbetsdagar = nasta_manad(manad), 0
    helg = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1)}
    while arbetsdagar < 5:
        arbetsdagar += dag.isoweekday() < 6 and dag not in helg
        dag += DAG
    return idag >= dag


def besok_overlappar(v: Varlden) -> Svar:
    svar: Svar = {}
    for rader in per(v.utforda, lambda rad: rad["person"]).values():
        rader.sort(key=lambda rad: (rad["utford_start"], rad["utford_slut"], rad["nyckel"]))
        for plats, ett in enumerate(rader):
            for annat in rader[plats + 1 :]:
                if annat["utford_start"] < ett["utford_slut"]:
                    nyckel = "+".join(sorted((ett["nyckel"], annat["nyckel"])))
                    svar[nyckel] = besokens(v, [annat["nyckel"]])
    return svar


def besok_vid_franvaro(v: Varlden) -> Svar:
    borta = set()
    for rad in v.narvaro:
        verk = v.verk[rad["verkstallighet_id"]]
        if rad["kod"] == "F" and v.forst <= rad["datum"] <= v.idag:
            avtal = v.avtalet(verk, rad["datum"])
            if avtal and avtal["modell"] == "dygn":
                borta.add((verk["beslut"]["person_id"], rad["datum"]))
    return {rad["nyckel"]: besokens(v, [rad["nyckel"]]) for rad in v.utforda if (rad["person"], rad["dag"]) in borta}


def utfort_over_bestallt(v: Varlden) -> Svar:
    svar: Svar = {}
    hela = [rad for rad in v.utforda if rad["manad"] < v.manad]
    for (pk, manad), rader in per(hela, lambda rad: (rad["verkstallighet_id"], rad["manad"])).items():
        verk = v.verk[pk]
        bestallt = _bestallt(verk, manad)
        if bestallt is not None and sum(rad["minuter"] for rad in rader) > bestallt:
            ordnade = sorted(rader, key=lambda rad: (rad["utford_start"], rad["nyckel"]))
            svar[f"{verk['nyckel']}:{manad:%Y-%m}"] = _det_over(v, ordnade, bestallt)
    return svar


def _bestallt(verk: Rad, manad: date) -> Fraction | None:
    beslut = verk["beslut"]
    antal, slag = verk["bestallt_antal"], verk["bestallt_enhet"]
    if antal is None:
        antal, slag = beslut["omfattning"], beslut["omfattning_enhet"]
    if beslut["utfall"] == "avslag" or slag not in ("timmar_vecka", "timmar_manad"):
        return None
    till = nasta_manad(manad)
    alla = [manad + nr * DAG for nr in range((till - manad).days)]
    dagar = [dag for dag in alla if inom(verk, dag) and inom(beslut, dag) and lever(beslut["person"], dag)]
    return Fraction(antal) * 60 * len(dagar) / (7 if slag == "timmar_vecka" else len(alla))


def _det_over(v: Varlden, rader: list[Rad], bestallt: Fraction) -> Decimal | None:
    """Minute by minute of what was paid, past the ordered minutes (as the page says them, in whole minutes)."""
    kvar, svar, nagot = Fraction(int(bestallt + Fraction(1, 2))), Fraction(0), False
    for rad in rader:
        delar = v.gav.get(rad["nyckel"], [])
        nagot = nagot or bool(delar)
        antal, gett = sum(minut for minut, _ in delar), sum((kr for _, kr in delar), Fraction(0))
        for _ in range(antal):
            kvar -= 1
            svar += gett / antal if kvar < 0 else 0
    return kronor(svar) if nagot else None


def efterregistrering(v: Varlden) -> Svar:
    svar: Svar = {}
    hela = [rad for rad in v.utforda if rad["manad"] < v.manad]
    for (pk, manad), rader in per(hela, lambda rad: (rad["verk"]["enhet_id"], rad["manad"])).items():
        efter = [rad["nyckel"] for rad in rader if rad["registrering"] == "efterhand"]
        if len(rader) >= 20 and 100 * len(efter) >= 30 * len(rader):
            svar[f"{v.enhet[pk]['nyckel']}:{manad:%Y-%m}"] = besokens(v, efter)
    return svar


# Signals.


def full_tid(v: Varlden) -> Svar:
    svar: Svar = {}
    for pk, alla in per(v.besok, lambda rad: rad["verkstallighet_id"]).items():
        fulla = []
        for manad, rader in per(alla, lambda rad: rad["manad"]).items():
            planerade = [rad for rad in rader if rad["planerad_start"]]
            if manad >= v.manad or len(planerade) < 4 or not all(rad["utford_start"] for rad in planerade):
                continue
            if sum(rad["minuter"] for rad in planerade) >= sum(rad["planerat"] for rad in planerade):
                fulla.append([rad["nyckel"] for rad in planerade])
        if len(fulla) == 3:
            svar[v.verk[pk]["nyckel"]] = besokens(v, [nyckel for manad in fulla for nyckel in manad])
    return svar


def lika_langa(v: Varlden) -> Svar:
    svar: Svar = {}
    hela = [rad for rad in v.utforda if rad["manad"] < v.manad]
    for pk, rader in per(hela, lambda rad: rad["verkstallighet_id"]).items():
        antal = Counter(rad["minuter"] for rad in rader)
        vanligast = min(antal, key=lambda langd: (-antal[langd], langd))
        if len(rader) >= 10 and 100 * antal[vanligast] >= 95 * len(rader):
            lika = [rad["nyckel"] for rad in rader if rad["minuter"] == vanligast]
            svar[v.verk[pk]["nyckel"]] = besokens(v, lika)
    return svar


def besok_under_bortavaro(v: Varlden) -> Svar:
    borta = {
        (v.verk[rad["verkstallighet_id"]]["beslut"]["person_id"], rad["datum"])
        for rad in v.narvaro
        if rad["kod"] == "F" and rad["orsak"] == "sjukhus"
    }
    for ett in v.uppehall:
        verk = v.verk[ett["verkstallighet_id"]]
        dag = ett["fran"]
        while ett["orsak"] in ("sjukhus", "bortrest") and dag < (ett["till"] or ALLTID) and dag <= v.idag:
            if inom(verk, dag):
                borta.add((verk["beslut"]["person_id"], dag))
            dag += DAG
    rader = [rad for rad in v.utforda if (rad["person"], rad["dag"]) in borta]
    return _per_verk_och_manad(v, rader)


def nattbesok(v: Varlden) -> Svar:
    svar: Svar = {}
    hela = [rad for rad in v.utforda if rad["manad"] < v.manad]
    for rader in per(hela, lambda rad: (rad["verkstallighet_id"], rad["manad"])).values():
        natt = [rad for rad in rader if not 6 <= rad["utford_start"].astimezone(SVENSK).hour < 22]
        if len(natt) >= 4 and 2 * len(natt) >= len(rader):
            svar |= _per_verk_och_manad(v, natt)
    return svar


def _per_verk_och_manad(v: Varlden, rader: list[Rad]) -> Svar:
    return {
        f"{nyckel}:{manad:%Y-%m}": besokens(v, [rad["nyckel"] for rad in dess])
        for (nyckel, manad), dess in per(rader, lambda rad: (rad["verk"]["nyckel"], rad["manad"])).items()
    }


def _hojda(v: Varlden) -> Iterator[tuple[Rad, int]]:
    for ett in v.nivaer:
        if ett["status"] not in ("inskickad", "godkand") or not v.forst <= ett["fran"] <= v.idag:
            continue
        forra = [
            annat
            for annat in v.nivaer
            if (annat["person_id"], annat["insats"]) == (ett["person_id"], ett["insats"])
            and annat["status"] == "godkand"
            and annat["fran"] < ett["fran"]
        ]
        if not forra:
            continue
        sist = max(forra, key=lambda annat: (annat["fran"], annat["godkand"], annat["nyckel"]))
        if ett["niva"].isdigit() and sist["niva"].isdigit() and int(ett["niva"]) > int(sist["niva"]):
            yield ett, int(ett["niva"]) - int(sist["niva"])


def nivasteg(v: Varlden) -> Svar:
    return {ett["nyckel"]: None for ett, steg in _hojda(v) if steg >= 2}


def nivaansokningar(v: Varlden) -> Svar:
    svar: Svar = {}
    hojda = []
    for ett, _ in _hojda(v):
        hos = [
            verk
            for verk in v.verk.values()
            if (verk["beslut"]["person_id"], verk["beslut"]["insats"]) == (ett["person_id"], ett["insats"])
            and inom(verk, ett["fran"])
        ]
        if hos:
            sist = min(hos, key=lambda verk: (-verk["fran"].toordinal(), verk["nyckel"]))
            hojda.append({"enhet": sist["enhet_id"], "person": ett["person_id"], "manad": ett["fran"].replace(day=1)})
    for (enhet, manad), rader in per(hojda, lambda rad: (rad["enhet"], rad["manad"])).items():
        personer = {rad["person"] for rad in rader}
        alla = {
            verk["beslut"]["person_id"]
            for verk in v.verk.values()
            if verk["enhet_id"] == enhet and verk["fran"] < nasta_manad(manad) and (verk["till"] or ALLTID) > manad
        }
        if len(personer) >= 3 and 5 * len(personer) >= len(alla):
            svar[f"{v.enhet[enhet]['nyckel']}:{manad:%Y-%m}"] = None
    return svar


def samma_personal(v: Varlden) -> Svar:
    galler: dict[str, Rad] = {}
    for fil in Uppgiftsfil.objects.filter(slag="besokspersonal").order_by("version").values():
        galler[fil["period"]] = fil
    hos: dict[str, set[str]] = defaultdict(set)
    for fil in galler.values():
        for rad in Besokspersonal.objects.filter(fil_id=fil["id"]).values():
            hos[rad["besok_id"]].add(rad["personal"])
    par = [
        {**rad, "vem": (rad["verk"]["enhet"]["utforare_id"], kod)} for rad in v.utforda for kod in hos[rad["nyckel"]]
    ]
    svar: Svar = {}
    for rader in per(par, lambda rad: rad["vem"]).values():
        rader.sort(key=lambda rad: (rad["utford_start"], rad["utford_slut"], rad["nyckel"]))
        for plats, ett in enumerate(rader):
            for annat in rader[plats + 1 :]:
                if annat["utford_start"] < ett["utford_slut"] and annat["person"] != ett["person"]:
                    svar["+".join(sorted((ett["nyckel"], annat["nyckel"])))] = besokens(v, [annat["nyckel"]])
    return svar


# What is not here is ej_verkstallt, whose clocks are the report to IVO's, which is held day by day elsewhere, and
# statistik_skiljer, which is counted from whole files (leveransrader.py).
OM: dict[str, Callable[[Varlden], Svar]] = {
    ett.__name__: ett
    for ett in (
        verkstalls_utanfor_beslut,
        bestallning_utanfor_beslut,
        verkstalls_efter_beslut,
        verkstalls_efter_dod,
        dubbel_insats,
        dubbla_beslut,
        uppfoljning_saknas,
        personkrets,
        niva_saknas,
        avtal_saknas,
        utfort_efter_dod,
        narvaro_saknas,
        besok_overlappar,
        besok_vid_franvaro,
        utfort_over_bestallt,
        efterregistrering,
        full_tid,
        lika_langa,
        besok_under_bortavaro,
        nattbesok,
        nivasteg,
        nivaansokningar,
        samma_personal,
    )
}
