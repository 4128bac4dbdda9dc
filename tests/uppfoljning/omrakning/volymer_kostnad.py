"""Why a month costs more than another, and the year against its budget, counted anew row by row."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from beslut.ord import insats_i_ord
from ersattning.models import Budget, Budgetrad, Ersattningsrad, Korning, Prognos, Prognosrad
from grund.pengar import avrunda
from tests.uppfoljning.omrakning.form import norm, rader
from utforare.models import Avtal, Utforare

Rad = dict[str, Any]
FALT = ("korning__manad", "typ", "utforare", "insats", "verkstallighet", "artikel", "niva", "omfattning", "tidsband")
FALT += ("enhet_for_antal", "faktor", "a_pris", "belopp", "antal", "grund")


def kostnaden(manad: str, mot: str, insats: str) -> dict[str, object]:
    """Two months: those that are asked for, or the last that is run against a year before, or the one before."""
    korda = sorted(Korning.objects.exclude(status="beraknas").values_list("manad", flat=True), reverse=True)
    if len(korda) < 2:
        return {}
    nu = date.fromisoformat(f"{manad}-01") if manad else korda[0]
    aret_fore = date(korda[0].year - 1, korda[0].month, 1)
    fore = date.fromisoformat(f"{mot}-01") if mot else aret_fore if aret_fore in korda else korda[1]
    avtal = {pk: person or 0 for pk, person in Avtal.objects.values_list("pk", "person")}
    alla = [_rad(rad, avtal) for rad in Ersattningsrad.objects.filter(korning__manad__in=[nu, fore]).values(*FALT)]
    for rad in alla:
        rad["nu"] = rad["korning__manad"] == nu
    effekter = _effekter([rad for rad in alla if rad["typ"] == "ordinarie"])
    namn = dict(Utforare.objects.values_list("pk", "namn"))
    per_insats = _tabellen(alla, effekter, lambda ett: ett["insats"], lambda fack: fack[1])
    per_insats = {kod: rad for kod, rad in per_insats.items() if insats in {"", kod}}
    svar = _som_tabell("effekter", [(insats_i_ord(kod), *rad) for kod, rad in per_insats.items()])
    if not insats:
        per_utforare = _tabellen(alla, effekter, lambda ett: ett["utforare"], lambda fack: fack[0])
        svar |= _som_tabell("effekter_utforare", [(namn[pk], *rad) for pk, rad in per_utforare.items()])
    for plats, nyckel in ((1, "volym"), (2, "pris"), (3, "niva"), (5, "manad")):
        svar[f"tal kostnad_{nyckel}"] = norm(sum((rad[plats] for rad in per_insats.values()), Decimal(0)))
    return svar


def _som_tabell(nyckel: str, alla: list[tuple[Any, ...]]) -> dict[str, object]:
    svar: dict[str, object] = {f"tabell {nyckel}": rader(alla)}
    if len(alla) > 1:
        summor = (norm(sum((rad[plats] for rad in alla), Decimal(0))) for plats in range(1, 7))
        svar[f"summa {nyckel}"] = ("Summa", *summor)
    return svar


def _rad(rad: Rad, avtal: dict[int, int]) -> Rad:
    """With how much there is of it, and whose avtal priced it: 0 = the general one."""
    mangd = Fraction(rad["antal"]) * Fraction(rad["faktor"])
    grund = rad["grund"][0] if rad["grund"] else {}
    return rad | {"mangd": mangd, "part": avtal.get(grund.get("avtal"))}


def _tabellen(
    alla: list[Rad], effekter: dict[Any, list[Decimal]], av_rad: Callable[[Rad], Any], av_fack: Callable[[Any], Any]
) -> dict[Any, list[Decimal]]:
    """fore, volym, pris, nivå, övrigt, nu by what the key says."""
    svar: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 6)
    for rad in alla:
        svar[av_rad(rad)][5 if rad["nu"] else 0] += rad["belopp"]
        if rad["typ"] != "ordinarie":
            svar[av_rad(rad)][4] += rad["belopp"] if rad["nu"] else -rad["belopp"]
    for fack, (volym, pris, niva) in effekter.items():
        for plats, del_ in enumerate((volym, pris, niva), 1):
            svar[av_fack(fack)][plats] += del_
    return svar


def _effekter(alla: list[Rad]) -> dict[tuple[Hashable, ...], list[Decimal]]:
    """Volym, pris and nivå of each slot of each verkställighet."""
    facken: dict[tuple[Hashable, ...], dict[str, list[Rad]]] = defaultdict(lambda: defaultdict(list))
    verkets, listan = defaultdict(list), defaultdict(list)
    for rad in alla:
        verk = (rad["utforare"], rad["insats"], rad["verkstallighet"])
        villkor = (rad["omfattning"], rad["tidsband"], rad["enhet_for_antal"])
        facken[*verk, rad["artikel"], *villkor, rad["faktor"]][rad["niva"]].append(rad)
        if not rad["nu"]:
            verkets[*verk, *villkor, rad["niva"]].append(rad)
            listan[*verk[:2], rad["part"], *villkor, rad["niva"]].append(rad)
    svar = {}
    for fack, nivaer in facken.items():
        priser = {niva: _p0(fack, niva, rader_, verkets, listan) for niva, rader_ in nivaer.items()}
        svar[fack] = _fackets(nivaer, priser)
    return svar


def _medel(alla: list[Rad]) -> Fraction | None:
    mangd = sum((rad["mangd"] for rad in alla), Fraction(0))
    varde = sum((rad["mangd"] * Fraction(rad["a_pris"]) for rad in alla), Fraction(0))
    return varde / mangd if mangd else None


def _p0(fack: Any, niva: str, alla: list[Rad], verkets: Any, listan: Any) -> Fraction | None:
    """The price of then: the slot's own, the verkställighet's, the list's; or that of now."""
    utforare, insats, verk, _, *villkor, _ = fack
    nu = [rad for rad in alla if rad["nu"]]
    parter = [rad["part"] for rad in nu if rad["part"] is not None]
    pa_listan = listan[utforare, insats, max(parter), *villkor, niva] if parter else []
    for val in ([rad for rad in alla if not rad["nu"]], verkets[utforare, insats, verk, *villkor, niva], pa_listan, nu):
        pris = _medel(val)
        if pris is not None and (val is not pa_listan or sum(rad["mangd"] for rad in val) > 0):
            return pris
    return None


def _fackets(nivaer: dict[str, list[Rad]], priser: dict[str, Fraction | None]) -> list[Decimal]:
    q: dict[bool, dict[str, Fraction]] = {True: {}, False: {}}
    pris = Fraction(0)
    for niva, alla in nivaer.items():
        for nu in (True, False):
            q[nu][niva] = sum((rad["mangd"] for rad in alla if rad["nu"] == nu), Fraction(0))
        nya, p0 = [rad for rad in alla if rad["nu"]], priser[niva]
        if nya and p0 is not None:
            pris += sum((rad["mangd"] * Fraction(rad["a_pris"]) for rad in nya), Fraction(0)) - q[True][niva] * p0
    q1, q0 = (sum(ett.values(), Fraction(0)) for ett in (q[True], q[False]))
    niva_ = Fraction(0)
    if q1 > 0 and q0 > 0:
        kanda = [(niva, p0) for niva, p0 in priser.items() if p0 is not None]
        nu, da = (sum((q[nar][niva] * p0 for niva, p0 in kanda), Fraction(0)) for nar in (True, False))
        niva_ = nu - q1 * da / q0
    skillnad = sum(
        (rad["belopp"] if rad["nu"] else -rad["belopp"] for alla in nivaer.values() for rad in alla), Decimal(0)
    )
    delar = [avrunda(pris), avrunda(niva_)]
    return [skillnad - sum(delar), *delar]


def budgeten(insats: str) -> dict[str, object]:
    """The year of the latest prognos that is done."""
    klara = Prognos.objects.filter(simulering__status="klar").values("pk", "ar", "inflode", "simulering__skapad")
    if not klara:
        return {}
    prognos = max(klara, key=lambda ett: (ett["simulering__skapad"], ett["pk"]))
    alla = list(Prognosrad.objects.filter(prognos=prognos["pk"]).values())
    budget = _budget(prognos["ar"])
    per: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for rad in alla:
        if rad["manad"].year == prognos["ar"]:
            ar_prognos = rad["kalla"] == "prognos"
            per[rad["insats"]][ar_prognos] += rad["forlangt"] if ar_prognos else rad["belopp"]
    for (manad, kod), kronor in _inflodet(prognos["inflode"], alla).items():
        if manad.year == prognos["ar"]:
            per[kod][True] += kronor
    tabell = [_arsrad(insats_i_ord(kod), budget.get(kod), *per[kod]) for kod in {*per, *budget} if insats in {"", kod}]
    alla_budget = sum(budget.values(), Decimal(0)) if budget else None
    summa = _arsrad("Summa", alla_budget, *(sum((rad[p] for rad in per.values()), Decimal(0)) for p in (0, 1)))
    svar: dict[str, object] = {"tabell budget": rader(tabell)}
    if not insats:
        svar["summa budget"] = tuple(map(norm, summa))
    elif not tabell:
        return svar
    visad = tabell[0] if insats else summa
    return svar | {"tal kostnad_hela_aret": norm(visad[4]), "tal kostnad_mot_budget": norm(visad[5])}


def _budget(ar: int) -> dict[str, Decimal]:
    versioner = sorted(Budget.objects.filter(ar=ar).values_list("version", "pk"))
    return dict(Budgetrad.objects.filter(budget=versioner[-1][1]).values_list("insats", "belopp")) if versioner else {}


def _inflodet(infloden: list[Rad], alla: list[Rad]) -> dict[tuple[date, str], Decimal]:
    """Each who is assumed to come costs as the mean person of the month."""
    svar: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for ett in infloden:
        fran = date.fromisoformat(ett["fran"])
        for manad in {rad["manad"] for rad in alla if rad["manad"] >= fran}:
            egna = [r for r in alla if r["manad"] == manad and r["insats"] == ett["insats"] and r["kalla"] == "prognos"]
            personer = sum(rad["personer"] for rad in egna)
            if personer:
                antal = ett["personer"] * ((manad.year - fran.year) * 12 + manad.month - fran.month + 1)
                kronor = sum((Fraction(rad["belopp"]) for rad in egna), Fraction(0))
                svar[manad, ett["insats"]] += avrunda(kronor * antal / personer)
    return svar


def _arsrad(namn: str, budget: Decimal | None, utfall: Decimal, rest: Decimal) -> tuple[Any, ...]:
    helt = utfall + rest
    return namn, budget, utfall, rest, helt, None if budget is None else helt - budget
