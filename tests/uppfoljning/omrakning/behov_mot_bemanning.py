"""Report 6 counted anew: one row at a time, with fractions, and nothing of the report's own code."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from beslut.models import Beslut, Nivaarende, Nivabedomning, Nivasvar, Person
from beslut.models.instrument import Instrumentomrade
from uppfoljning.models import Bemanning, Bemanningsniva, Bemanningsnyckel, Enhetsfakta, Uppgiftsfil
from utforare.models import Enhet, Utforare, Verkstallighet

_FORMER = ["ingen", "jour", "vaken"]


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """`urval`: manad and insats. Figures and tables by the report's own keys."""
    ar, manad = map(int, urval["manad"].split("-"))
    dag = min(date(ar + manad // 12, manad % 12 + 1, 1) - timedelta(days=1), idag)
    nyckel = _nyckel(urval["insats"], dag)
    nivaer = {rad["niva"]: rad for rad in Bemanningsniva.objects.filter(nyckel=nyckel["id"]).values()}
    scheman = _scheman(urval["manad"])
    enheter = _enheter(urval["insats"], dag, scheman)
    svar = _svar(nyckel["natt_omrade"])
    boendeformer = _boendeformer(dag)
    rader = [_enhet(ett, nyckel, nivaer, svar, scheman, boendeformer) for ett in enheter]
    return {**_nyckeltal(rader, nyckel), **_tabeller(rader, nyckel)}


def _nyckel(insats: str, dag: date) -> dict[str, Any]:
    basta: dict[str, Any] = {}
    for rad in Bemanningsnyckel.objects.values():
        if rad["insats"] != insats or rad["fran"] > dag:
            continue
        if not basta or (rad["fran"], rad["version"]) > (basta["fran"], basta["version"]):
            basta = rad
    return basta


def _scheman(manad: str) -> dict[int, dict[str, Any]]:
    filer = [fil for fil in Uppgiftsfil.objects.values() if fil["slag"] == "bemanning" and fil["period"] == manad]
    if not filer:
        return {}
    senast = max(filer, key=lambda fil: fil["version"])
    return {rad["enhet_id"]: rad for rad in Bemanning.objects.values() if rad["fil_id"] == senast["id"]}


def _enheter(insats: str, dag: date, scheman: dict[int, Any]) -> list[dict[str, Any]]:
    """Each with its persons' (verkställighet, level, assessment), by the names' order."""
    beslut = {rad["id"]: rad for rad in Beslut.objects.values()}
    doda = {rad["id"]: rad["avliden"] for rad in Person.objects.values()}
    utforare = {rad["id"]: rad for rad in Utforare.objects.values()}
    personer: dict[int, dict[int, tuple[int, str]]] = {}
    har_haft = set()
    for verk in sorted(Verkstallighet.objects.values(), key=lambda rad: rad["nyckel"]):
        om = beslut[verk["beslut_id"]]
        if om["insats"] != insats:
            continue
        har_haft.add(verk["enhet_id"])
        dod = doda[om["person_id"]]
        if verk["fran"] <= dag and (verk["till"] is None or verk["till"] > dag) and (dod is None or dod > dag):
            personer.setdefault(verk["enhet_id"], {}).setdefault(om["person_id"], (verk["id"], verk["nyckel"]))
    alla = set(personer) | (set(scheman) & har_haft)
    nivaer = _nivaer(insats, dag)
    enheter = [rad for rad in Enhet.objects.values() if rad["id"] in alla]
    for rad in enheter:
        rad["utforare"] = utforare[rad["utforare_id"]]["namn"]
        rad["regi"] = utforare[rad["utforare_id"]]["regi"]
        rad["personer"] = [
            (*vilken, *nivaer.get(person, ("", 0))) for person, vilken in personer.get(rad["id"], {}).items()
        ]
    return enheter


def _nivaer(insats: str, dag: date) -> dict[int, tuple[str, int]]:
    """By person: the level that holds, and its assessment."""
    svar: dict[int, dict[str, Any]] = {}
    for rad in Nivabedomning.objects.values():
        if rad["insats"] != insats or rad["status"] != "godkand" or rad["fran"] > dag:
            continue
        fore = svar.get(rad["person_id"])
        if fore is None or _ordning(rad) > _ordning(fore):
            svar[rad["person_id"]] = rad
    return {person: (rad["niva"], rad["id"]) for person, rad in svar.items()}


def _ordning(rad: dict[str, Any]) -> tuple[Any, ...]:
    return rad["fran"], rad["godkand"], rad["nyckel"]


def _svar(omrade: str) -> dict[int, int]:
    """By assessment: the answer when it is 0–4."""
    omraden = {rad["id"] for rad in Instrumentomrade.objects.values() if rad["kod"] == omrade and omrade}
    arenden = {rad["id"]: rad["bedomning_id"] for rad in Nivaarende.objects.values() if rad["lage"] == "godkand"}
    funna = {}
    for rad in Nivasvar.objects.values():
        if rad["omrade_id"] in omraden and rad["arende_id"] in arenden and rad["svar"] in {0, 1, 2, 3, 4}:
            funna[arenden[rad["arende_id"]]] = rad["svar"]
    return funna


def _boendeformer(dag: date) -> dict[int, str]:
    svar: dict[int, tuple[Any, ...]] = {}
    for rad in Enhetsfakta.objects.values():
        om = (rad["fran"], rad["id"], rad["boendeform"])
        if rad["fran"] <= dag and om > svar.get(rad["enhet_id"], ()):
            svar[rad["enhet_id"]] = om
    return {enhet: form for enhet, (_, _, form) in svar.items()}


def _enhet(
    enhet: dict[str, Any],
    nyckel: dict[str, Any],
    nivaer: dict[str, dict[str, Any]],
    svar: dict[int, int],
    scheman: dict[int, dict[str, Any]],
    boendeformer: dict[int, str],
) -> dict[str, Any]:
    med, utan, former, flytt = [], [], [], []
    for _, namn, niva, bedomning in enhet["personer"]:
        rad = nivaer.get(niva)
        if rad is None:
            utan.append((namn, niva))
            continue
        med.append(rad)
        former.append(_form(rad, nyckel, svar.get(bedomning)))
        boende = boendeformer.get(enhet["id"])
        if boende and rad["boendeformer"] and boende not in rad["boendeformer"]:
            flytt.append(namn)
    form = max(former, key=_FORMER.index) if former else "ingen"
    jour_andel, natten = Fraction(nyckel["jour_andel"]), Fraction(nyckel["natt_timmar"])
    bas = {"ingen": Fraction(0), "jour": natten * jour_andel, "vaken": natten}[form]
    behov = [
        sum((Fraction(rad["dag"]) for rad in med), Fraction(0)),
        sum((Fraction(rad["kvall"]) for rad in med), Fraction(0)),
        max(bas, sum((Fraction(rad["natt"]) for rad in med), Fraction(0))),
    ]
    har = scheman.get(enhet["id"])
    schema = None
    if har:
        schema = [
            Fraction(har["dag"]),
            Fraction(har["kvall"]),
            Fraction(har["natt"]) + Fraction(har["jour"]) * jour_andel,
        ]
    timmar = sorted(Fraction(rad["dag"]) + Fraction(rad["kvall"]) + Fraction(rad["natt"]) for rad in med)
    kvot = Fraction(nyckel["ojamn_kvot"])
    return {
        "namn": enhet["namn"],
        "utforare": enhet["utforare"],
        "regi": enhet["regi"],
        "antal": len(enhet["personer"]),
        "med": len(med),
        "utan": utan,
        "form": form,
        "har": har,
        "behov": behov,
        "schema": schema,
        "flytt": flytt,
        "timmar": timmar,
        "ojamn": len(timmar) > 1 and timmar[-1] > 0 and timmar[-1] >= kvot * timmar[0],
        "jamford": schema is not None and bool(med),
    }


def _form(rad: dict[str, Any], nyckel: dict[str, Any], svar: int | None) -> str:
    if svar is None:
        return str(rad["nattform"])
    if svar >= nyckel["vaken_fran"]:
        return "vaken"
    return "jour" if svar >= nyckel["jour_fran"] else "ingen"


def _arsarbetare(timmar: Fraction, nyckel: dict[str, Any]) -> Decimal:
    svar = timmar / Fraction(nyckel["heltid"])
    hela = Decimal(svar.numerator) / Decimal(svar.denominator)
    return hela.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _exakt(timmar: Fraction) -> Decimal:
    return Decimal(timmar.numerator) / Decimal(timmar.denominator)


def _nyckeltal(rader: list[dict[str, Any]], nyckel: dict[str, Any]) -> dict[str, object]:
    jamforda = [rad for rad in rader if rad["jamford"]]
    behov = sum((sum(rad["behov"]) for rad in jamforda), Fraction(0))
    schema = sum((sum(rad["schema"]) for rad in jamforda), Fraction(0))
    avviker = 0
    for rad in jamforda:
        andra = {rad["har"]["nattform"], rad["har"]["beslutad"] or rad["form"]}
        avviker += andra != {rad["form"]}
    return {
        "bemanning_behov": _arsarbetare(behov, nyckel),
        "bemanning_schema": _arsarbetare(schema, nyckel),
        "bemanning_skillnad": _arsarbetare(schema - behov, nyckel),
        "bemanning_enheter_under": sum(sum(rad["schema"]) < sum(rad["behov"]) for rad in jamforda),
        "bemanning_natt_avviker": avviker,
        "bemanning_annan_boendeform": sum(len(rad["flytt"]) for rad in rader),
        "bemanning_ojamna": sum(rad["ojamn"] for rad in rader),
        "bemanning_utan_niva": sum(len(rad["utan"]) for rad in rader),
    }


def _rad(namn: str, behov: Fraction, schema: Fraction, nyckel: dict[str, Any]) -> tuple[Any, ...]:
    ett, annat = _arsarbetare(behov, nyckel), _arsarbetare(schema, nyckel)
    return namn, _exakt(behov), _exakt(schema), ett, annat, _arsarbetare(schema - behov, nyckel)


def _tabeller(rader: list[dict[str, Any]], nyckel: dict[str, Any]) -> dict[str, object]:
    jamforda = [rad for rad in rader if rad["jamford"]]
    dygnet = []
    for plats, namn in enumerate(("Dag", "Kväll", "Natt")):
        behov = sum((rad["behov"][plats] for rad in jamforda), Fraction(0))
        schema = sum((rad["schema"][plats] for rad in jamforda), Fraction(0))
        dygnet.append(_rad(namn, behov, schema, nyckel))
    regi = []
    for kod, namn in (("egen", "Egen regi"), ("privat", "Privat regi")):
        hos = [rad for rad in jamforda if rad["regi"] == kod]
        if hos:
            behov = sum((sum(rad["behov"]) for rad in hos), Fraction(0))
            regi.append(_rad(namn, behov, sum((sum(rad["schema"]) for rad in hos), Fraction(0)), nyckel))
    return {
        "dygnet": sorted(dygnet),
        "regi": sorted(regi),
        "enheter": sorted(_enhetsrad(rad, nyckel) for rad in rader),
        "natter": sorted(_nattrad(rad) for rad in jamforda),
        "forflyttning": sorted((namn, rad["namn"]) for rad in rader for namn in rad["flytt"]),
        "ojamna": sorted(_ojamn(rad) for rad in rader if rad["ojamn"]),
        "utan-niva-lista": sorted((namn, rad["namn"], bool(niva)) for rad in rader for namn, niva in rad["utan"]),
    }


def _enhetsrad(rad: dict[str, Any], nyckel: dict[str, Any]) -> tuple[str, ...]:
    schema = [_exakt(ett) for ett in rad["schema"]] if rad["schema"] else [None] * 3
    skillnad = sum(rad["schema"]) - sum(rad["behov"]) if rad["schema"] else None
    celler = [
        rad["namn"],
        rad["utforare"],
        rad["antal"],
        len(rad["utan"]),
        *(_exakt(ett) for ett in rad["behov"]),
        *schema,
        None if skillnad is None else _exakt(skillnad),
        None if skillnad is None else _arsarbetare(skillnad, nyckel),
    ]
    return tuple(map(som_text, celler))


_I_ORD = {
    "ingen": "Ingen personal på natten",
    "jour": "Sovande jour",
    "vaken": "Vaken natt",
    "": "Inte angivet",
}


def _nattrad(rad: dict[str, Any]) -> tuple[str, ...]:
    har = rad["har"]
    return rad["namn"], _I_ORD[rad["form"]], _I_ORD[har["beslutad"]], _I_ORD[har["nattform"]]


def _ojamn(rad: dict[str, Any]) -> tuple[str, ...]:
    timmar = rad["timmar"]
    mitten = len(timmar) // 2
    median = timmar[mitten] if len(timmar) % 2 else (timmar[mitten - 1] + timmar[mitten]) / 2
    return tuple(map(som_text, (rad["namn"], len(timmar), _exakt(timmar[0]), _exakt(median), _exakt(timmar[-1]))))


def som_text(cell: object) -> str:
    """A cell that can be compared and sorted: a number without zeros at its end."""
    if isinstance(cell, Decimal | int):
        return f"{Decimal(cell).normalize():f}"
    return "" if cell is None else str(cell)
