"""Report 3 counted again, day by day and person by person."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import holidays

from beslut.models import Beslut, Person
from ersattning.models import Ersattningsrad, Korning
from tests.uppfoljning.omrakning.hjalp import SLUTEN, avrunda, galler, perioden, procent
from utforare.models import Avtal, Enhet, Narvaro, Uppehall, Utforare, Verkstallighet

LAGAR = {"lss": ("LSS-10", "LSS-9", "SOL-SARBO"), "sol": ("SOL-SYSS", "SOL-SARBO", "LSS-9")}
NAMN = {"LSS-9": "Bostad med särskild service för vuxna", "SOL-SARBO": "Särskilt boende"}
KLASSER = ["Ingen närvaro", *(f"Mer än {n} till {n + 1}" for n in range(5))]


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure and cell of the report for those who may see single persons."""
    fran, till, manaderna = perioden(urval, idag)
    rot = _Rot(fran, till, manaderna)
    svar: dict[str, object] = {}
    for nyckel, (insats, boende, andra) in LAGAR.items():
        svar |= _lagen(rot, nyckel, insats, boende, andra)
        svar |= _platser(rot, nyckel, insats)
    return svar


class _Rot:
    """The rows that it is counted from."""

    def __init__(self, fran: date, till: date, manaderna: list[date]) -> None:
        self.fran, self.till, self.manaderna = fran, till, manaderna
        self.sista = date.fromordinal(till.toordinal() - 1)
        self.avliden = dict(Person.objects.values_list("pk", "avliden"))
        self.personkrets = dict(Person.objects.values_list("pk", "personkrets"))
        self.beslut = {ett["id"]: ett for ett in Beslut.objects.values()}
        self.enhet = {ett["id"]: ett for ett in Enhet.objects.values()}
        self.utforare = {ett["id"]: ett for ett in Utforare.objects.values()}
        self.avtal = list(Avtal.objects.values())
        self.verk = {}
        for ett in Verkstallighet.objects.values():
            if ett["fran"] < till and (ett["till"] is None or ett["till"] > fran):
                self.verk[ett["id"]] = ett | {"insats": self.beslut[ett["beslut_id"]]["insats"]}
        self.uppehall = list(Uppehall.objects.values())
        self.narvaro = list(Narvaro.objects.filter(datum__gte=fran, datum__lt=till).values())
        self.fasta = {
            ett["manad"] for ett in Korning.objects.values() if ett["manad"] in manaderna and ett["status"] in SLUTEN
        }
        roda = holidays.country_holidays("SE", years=range(fran.year, till.year + 1), categories=("public", "de_facto"))
        self.oppna = {insats: self._oppna(insats, roda) for insats, _, _ in LAGAR.values()}

    def person(self, verk: dict[str, Any]) -> int:
        vem: int = self.beslut[verk["beslut_id"]]["person_id"]
        return vem

    def slut(self, verk: dict[str, Any]) -> date:
        """The day after the last of the verkställighet in the period, and in the life."""
        slut = min(self.till, verk["till"] or self.till)
        dog = self.avliden[self.person(verk)]
        return min(slut, date.fromordinal(dog.toordinal() + 1)) if dog else slut

    def _oppna(self, insats: str, roda: Any) -> list[date]:
        antal: dict[date, int] = defaultdict(int)
        for ett in self.narvaro:
            verk = self.verk.get(ett["verkstallighet_id"])
            if verk and verk["insats"] == insats:
                antal[ett["datum"]] += 1
        svar = []
        for dag in sorted(antal):
            har = [v for v in self.verk.values() if v["insats"] == insats and v["fran"] <= dag < self.slut(v)]
            if dag.isoweekday() <= 5 and dag not in roda and antal[dag] * 10 >= len(har):
                svar.append(dag)
        return svar

    def gallande(self, insats: str) -> dict[int, dict[str, Any]]:
        """The beslut that hold on the last day, the latest of each person's."""
        svar: dict[int, dict[str, Any]] = {}
        for ett in sorted(self.beslut.values(), key=lambda b: (b["fran"] or date.min, b["id"])):
            dog = self.avliden[ett["person_id"]]
            bifall = ett["insats"] == insats and ett["utfall"] != "avslag"
            if bifall and galler(ett["fran"], ett["till"], self.sista) and (dog is None or dog > self.sista):
                svar[ett["person_id"]] = ett
        return svar

    def alla_gallande(self, insats: str) -> list[dict[str, Any]]:
        levande = self.gallande(insats)
        return [
            ett
            for ett in self.beslut.values()
            if ett["insats"] == insats
            and ett["utfall"] != "avslag"
            and galler(ett["fran"], ett["till"], self.sista)
            and ett["person_id"] in levande
        ]


def _omfattning(rot: _Rot, rad: dict[str, Any], verk: dict[str, Any]) -> str:
    """The day's own; else by its minutes and the avtal's steps; else the ordered (R11)."""
    if rad["omfattning"]:
        return str(rad["omfattning"])
    if rad["minuter"] is not None:
        vem, utforare = rot.person(verk), rot.enhet[verk["enhet_id"]]["utforare_id"]
        passar = [
            ett
            for ett in rot.avtal
            if ett["utforare_id"] == utforare
            and ett["insats"] == verk["insats"]
            and galler(ett["fran"], ett["till"], rad["datum"])
            and ett["person_id"] in (vem, None)
        ]
        passar.sort(key=lambda ett: ett["person_id"] is None)
        if passar and passar[0]["omfattning_granser"]:
            svar = ""
            for steg in passar[0]["omfattning_granser"].split(","):
                minst, kod = steg.split(":", 1)
                if int(minst) <= rad["minuter"]:
                    svar = kod
            return svar
    return str(verk["omfattning"])


def _personer(rot: _Rot, insats: str) -> dict[int, dict[str, Any]]:
    """What each person with a beslut has done."""
    oppna, svar = set(rot.oppna[insats]), {}
    for vem, beslut in rot.gallande(insats).items():
        mina = [
            v for v in rot.verk.values() if v["insats"] == insats and rot.person(v) == vem and v["fran"] < rot.slut(v)
        ]
        mina.sort(key=lambda v: (v["fran"], v["id"]))
        egna = {v["id"] for v in mina}
        rader = [r for r in rot.narvaro if r["verkstallighet_id"] in egna]
        dar = {r["datum"] for r in rader if r["kod"] == "N"} & oppna
        borta = {r["datum"] for r in rader if r["kod"] == "F"} & oppna
        for ett in rot.uppehall:
            if ett["verkstallighet_id"] in egna and ett["orsak"] not in ("personal", "lokal"):
                verk = rot.verk[ett["verkstallighet_id"]]
                for dag in oppna:
                    if galler(ett["fran"], ett["till"], dag) and verk["fran"] <= dag < rot.slut(verk):
                        borta.add(dag)
        borta -= dar
        mojliga = sum(any(v["fran"] <= dag < rot.slut(v) for v in mina) for dag in oppna)
        lediga = Fraction(0 if mina else 5)
        if mojliga:
            lediga = Fraction(5 * (mojliga - len(dar) - len(borta)), mojliga)
        vecka = Fraction(5 * len(dar), mojliga) if mojliga else Fraction(0)
        svar[vem] = {
            "beslut": beslut,
            "enhet": rot.enhet[mina[-1]["enhet_id"]]["namn"] if mina else "Verkställs inte",
            "oppna": mojliga,
            "dar": len(dar),
            "borta": len(borta),
            "lediga": lediga,
            "vet": bool(mojliga) or not mina,
            "vecka": vecka,
            "klass": KLASSER[0] if not dar else KLASSER[min(5, max(1, -(-vecka.numerator // vecka.denominator)))],
            "minuter": sum(r["minuter"] or 0 for r in rader if r["kod"] == "N"),
        }
    return svar


def _andel(taljare: int, namnare: int) -> tuple[str | None, tuple[int, int]]:
    return procent(Fraction(taljare, namnare)), (taljare, namnare)


def _lagen(rot: _Rot, nyckel: str, insats: str, boende: str, andra: str) -> dict[str, object]:
    personer = _personer(rot, insats)
    svar: dict[str, object] = {}
    rader = []
    bor = {kod: rot.gallande(kod) for kod in (boende, andra)}
    for kod in (boende, andra):
        med = {vem: ett for vem, ett in personer.items() if vem in bor[kod]}
        vet = {vem: ett for vem, ett in med.items() if ett["vet"]}
        lediga = sum(ett["lediga"] >= 1 for ett in vet.values())
        if kod == boende:
            svar[f"narvaro_{nyckel}_boende"] = (len(bor[kod]), None)
            if bor[kod]:
                svar[f"narvaro_{nyckel}_med_beslut"] = _andel(len(med), len(bor[kod]))
            if vet:
                svar[f"narvaro_{nyckel}_lediga"] = _andel(lediga, len(vet))
        if kod == boende or med:
            andel = procent(Fraction(len(med), len(bor[kod]))) if bor[kod] else None
            ingen = sum(not ett["dar"] for ett in med.values())
            slut = (lediga, procent(Fraction(lediga, len(vet)))) if vet else (None, None)
            rader.append((NAMN[kod], len(bor[kod]), len(med), andel, ingen, *slut))
    svar[f"tabell:{nyckel}_boende"] = sorted(rader, key=repr)
    if oppna := sum(ett["oppna"] for ett in personer.values()):
        dagar = avrunda(Fraction(5 * sum(ett["dar"] for ett in personer.values()), oppna), 1)
        svar[f"narvaro_{nyckel}_dagar"] = (dagar, None)
    klasser: dict[str, int] = defaultdict(int)
    for ett in personer.values():
        klasser[ett["klass"]] += 1
    if klasser:
        summa = [("Summa", len(personer))] if len(klasser) > 1 else []
        svar[f"tabell:{nyckel}_dagar"] = sorted([*klasser.items(), *summa], key=repr)
    svar |= _omfattningar(rot, nyckel, insats)
    svar[f"tabell:{nyckel}_lista"] = sorted((_rad(vem, ett, bor) for vem, ett in personer.items()), key=repr)
    svar[f"tabell:{nyckel}_utan_lista"] = sorted(
        (
            (
                ett["nyckel"],
                *([rot.personkrets[ett["person_id"]]] if nyckel == "lss" else []),
                "Ja" if ett["person_id"] in rot.gallande("LSS-10" if nyckel == "sol" else "SOL-SYSS") else "Nej",
            )
            for ett in rot.alla_gallande(boende)
            if ett["person_id"] not in personer
        ),
        key=repr,
    )
    return svar


def _rad(vem: int, ett: dict[str, Any], bor: dict[str, dict[int, Any]]) -> tuple[object, ...]:
    beslut = ett["beslut"]
    return (
        beslut["nyckel"],
        " och ".join(NAMN[kod] for kod in sorted(bor) if vem in bor[kod]),
        ett["enhet"],
        beslut["omfattning"] if beslut["omfattning_enhet"] == "dagar_vecka" else None,
        ett["oppna"],
        ett["dar"],
        ett["borta"],
        avrunda(ett["vecka"], 1),
        avrunda(ett["lediga"], 1) if ett["vet"] else None,
        ("Ja" if ett["lediga"] >= 1 else "Nej") if ett["vet"] else "Går inte att säga",
        avrunda(Fraction(ett["minuter"], 60), 1) if ett["minuter"] else None,
    )


def _omfattningar(rot: _Rot, nyckel: str, insats: str) -> dict[str, object]:
    per: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for rad in rot.narvaro:
        verk = rot.verk.get(rad["verkstallighet_id"])
        if verk and verk["insats"] == insats and rad["kod"] == "N":
            per[_omfattning(rot, rad, verk)].append((rot.person(verk), rad["minuter"]))
    if not per:
        return {}
    rader = [_omfattningsrad((kod[:1].upper() + kod[1:]) or "Omfattning saknas", dagar) for kod, dagar in per.items()]
    if len(rader) > 1:
        rader.append(_omfattningsrad("Alla", [ett for dagar in per.values() for ett in dagar]))
    return {f"tabell:{nyckel}_omfattning": sorted(rader, key=repr)}


def _omfattningsrad(namn: str, dagar: list[tuple[int, int | None]]) -> tuple[object, ...]:
    med_tid = [minuter for _, minuter in dagar if minuter is not None]
    timmar = avrunda(Fraction(sum(med_tid), 60), 1) if med_tid else None
    return namn, len({vem for vem, _ in dagar}), len(dagar), len(med_tid), timmar


def _platser(rot: _Rot, nyckel: str, insats: str) -> dict[str, object]:
    rader, summor = [], [0, 0, 0]
    varden, outnyttjat, platsdagar_alla, kanda = [], 0, 0, 0
    for enhet in rot.enhet.values():
        ett = _enhet(rot, enhet, insats)
        if ett is None:
            continue
        rader.append(tuple(ett))
        summor = [summor[0] + (ett[4] or 0), summor[1] + ett[5], summor[2] + (ett[6] or 0)]
        if ett[6] is not None:
            kanda, outnyttjat, platsdagar_alla = kanda + 1, outnyttjat + ett[6], platsdagar_alla + ett[4]
        if ett[9] is not None:
            varden.append(ett[9])
    if len(rader) > 1:
        summa = sum(varden, Decimal(0)) if varden else None
        rader.append(("Summa", None, None, None, *summor, None, None, summa, None))
    svar: dict[str, object] = {f"tabell:{nyckel}_platser_enheter": sorted(rader, key=repr)}
    if kanda:
        svar[f"narvaro_{nyckel}_outnyttjade"] = (outnyttjat, None)
        if platsdagar_alla:
            svar[f"narvaro_{nyckel}_andel_outnyttjade"] = _andel(outnyttjat, platsdagar_alla)
        if varden:
            svar[f"narvaro_{nyckel}_outnyttjade_kr"] = (sum(varden, Decimal(0)), None)
    return svar


def _har(rot: _Rot, enhet: dict[str, Any]) -> list[str]:
    """The insatser that the enhet has had in the period; for one that nobody was at, what its utförare's avtal say."""
    har = {
        v["insats"]
        for v in rot.verk.values()
        if v["enhet_id"] == enhet["id"] and v["insats"] in ("LSS-10", "SOL-SYSS") and v["fran"] < rot.slut(v)
    }
    if not har:
        avtal = {
            ett["insats"]
            for ett in rot.avtal
            if ett["utforare_id"] == enhet["utforare_id"]
            and ett["fran"] < rot.till
            and (ett["till"] is None or ett["till"] > rot.fran)
        }
        har = avtal if avtal in ({"LSS-10"}, {"SOL-SYSS"}) else set()
    return sorted(har)


def _enhet(rot: _Rot, enhet: dict[str, Any], insats: str) -> list[Any] | None:
    har = _har(rot, enhet)
    if insats not in har:
        return None
    mina = {v["id"]: v for v in rot.verk.values() if v["enhet_id"] == enhet["id"] and v["insats"] == insats}
    dagar = [r for r in rot.narvaro if r["verkstallighet_id"] in mina and r["kod"] == "N"]
    oppna = set(rot.oppna[insats])
    dar = sum(r["datum"] in oppna for r in dagar)
    i_fasta = sum(r["datum"].replace(day=1) in rot.fasta for r in dagar)
    belopp = sum(
        (
            rad["belopp"]
            for rad in Ersattningsrad.objects.filter(enhet=enhet["id"], korning__status__in=SLUTEN).values()
            if rad["insats"] == insats and rad["artikel"] in ("narvaro", "manad") and rad["avser_manad"] in rot.fasta
        ),
        Decimal(0),
    )
    pris = avrunda(Fraction(belopp) / i_fasta, 2) if i_fasta and belopp > 0 else None
    platser, anmarkning = enhet["platser"], ""
    platsdagar = None if platser is None or len(har) > 1 else platser * len(oppna)
    outnyttjade = None if platsdagar is None else max(0, platsdagar - dar)
    if len(har) > 1:
        anmarkning = "Har både daglig verksamhet och sysselsättning: platserna kan inte delas upp."
    elif platser is None:
        anmarkning = "Antalet platser är inte registrerat."
    elif pris is None:
        anmarkning = "Pris saknas: ingen ersättning är fastställd i perioden."
    elif platsdagar is not None and dar > platsdagar:
        anmarkning = "Fler närvarodagar än platser."
    pagar = {rot.person(v) for v in mina.values() if v["fran"] < rot.slut(v) and rot.slut(v) > rot.sista}
    return [
        enhet["namn"],
        rot.utforare[enhet["utforare_id"]]["namn"],
        platser,
        len(pagar),
        platsdagar,
        dar,
        outnyttjade,
        procent(avrunda(Fraction(dar, platsdagar), 4)) if platsdagar else None,
        pris,
        avrunda(outnyttjade * Fraction(pris), 0) if outnyttjade is not None and pris is not None else None,
        anmarkning,
    ]
