"""Report 1 counted anew: each beslut looked at by itself, on the day that is asked about (LSS 28 f–h §§)."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from beslut.models import Beslut, Overklagande
from beslut.ord import insats_i_ord
from grund.text import stor_forsta
from tests.uppfoljning.omrakning.hjalp import galler
from uppfoljning.models import Ivorapport
from utforare.bestallningsregler import Drojsmalskod
from utforare.models import Drojsmal, Erbjudande, Uppehall, Verkstallighet

_KLOCKOR = {"beslut": "Sedan beslutet", "avbrott": "Sedan avbrottet", "delvis": "Verkställt bara till en del"}
_TIDER = ((6, "Mer än 3 till 6 månader"), (12, "Mer än 6 till 12 månader"), (24, "Mer än 12 till 24 månader"))
_LANGST = "Mer än 24 månader"
_DAG = timedelta(days=1)
Rad = dict[str, Any]


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """All figures, counts and lists. `urval["kvartal"]` is `AAAA-Kn`; without it the quarter that ended last."""
    fran, sista = _kvartalet(urval.get("kvartal", ""), idag)
    dag, kommunen = min(sista, idag), _Kommunen()
    klockor = kommunen.klockor(dag)
    over = [ett for ett in klockor if dag > ett["sista"]]
    inom = [ett for ett in klockor if dag <= ett["sista"]]
    att_rapportera = [ett for ett in over if not ett["dom"]]
    slut = kommunen.slut(fran, dag)
    return {
        "ej_verkstallda_over": len(att_rapportera),
        "ej_verkstallda_mediandagar": _median([(dag - ett["fran"]).days for ett in att_rapportera]),
        "ej_verkstallda_inom": len(inom),
        "ej_verkstallda_avslutade": sum(not ett["dom"] for ett in slut),
        "sarskild_avgift_lagst": 10_000 * sum(dag <= _plus(ett["fran"], 24) for ett in over),
        "sarskild_avgift_hogst": 1_000_000 * sum(dag <= _plus(ett["fran"], 24) for ett in over),
        "insatser": Counter(insats_i_ord(ett["insats"]) for ett in att_rapportera),
        "tider": Counter(_tid(ett["fran"], dag) for ett in att_rapportera),
        "kon": Counter(_kon(ett["nummer"]) for ett in att_rapportera),
        "orsaker": Counter(kommunen.orsak(ett["pk"]) for ett in att_rapportera),
        "trend": [kommunen.antal_over(ett, idag) for ett in _atta_kvartal(fran, idag)],
        "individrapporter": sorted(kommunen.individrad(ett, dag, fran) for ett in att_rapportera),
        "avslutsrapporter": sorted(
            (ett["nyckel"], _KLOCKOR[ett["klocka"]], ett["fran"], ett["hur"], ett["dag"])
            for ett in slut
            if not ett["dom"]
        ),
        "inom": sorted(
            (ett["nyckel"], _KLOCKOR[ett["klocka"]], ett["fran"], ett["sista"], (ett["sista"] - dag).days)
            for ett in inom
        ),
    }


class _Kommunen:
    """Everything that it is counted from, read once, row by row."""

    def __init__(self) -> None:
        falt = ("pk", "nyckel", "person_id", "insats", "utfall", "beslutsdatum", "fran", "till", "omfattning")
        mer = ("omfattning_enhet", "person__avliden", "person__personnummer")
        self.beslut: list[Rad] = list(Beslut.objects.values(*falt, *mer))
        self.verk: dict[int, list[Rad]] = {}
        for rad in Verkstallighet.objects.values("pk", "beslut_id", "fran", "till", "bestallt_antal", "bestallt_enhet"):
            self.verk.setdefault(rad["beslut_id"], []).append(rad)
        self.uppehall: dict[int, list[tuple[date, date | None]]] = {}
        for verk, borjan, slut in Uppehall.objects.values_list("verkstallighet_id", "fran", "till"):
            self.uppehall.setdefault(verk, []).append((borjan, slut))
        self.domar = set(Overklagande.objects.exclude(domens_beslut=None).values_list("domens_beslut_id", flat=True))

    def klockor(self, dag: date) -> list[Rad]:
        """The clocks that run on the day."""
        return [klocka for ett in self.beslut if (klocka := self._klocka(ett, dag))]

    def antal_over(self, sista: date, idag: date) -> int:
        """How many were to be reported then."""
        dag = min(sista, idag)
        return sum(dag > ett["sista"] and not ett["dom"] for ett in self.klockor(dag))

    def _klocka(self, ett: Rad, dag: date) -> Rad | None:
        if ett["utfall"] == "avslag" or ett["beslutsdatum"] > dag or _ar_slut(ett, dag):
            return None
        verken = [rad for rad in self.verk.get(ett["pk"], []) if rad["fran"] <= dag]
        if ett["fran"] and ett["fran"] > dag and self._bars_av_ett_annat(ett, dag):
            return None
        avbrotten = {rad["pk"]: self._avbrott(rad, dag) for rad in verken}
        pagar = [rad for rad in verken if galler(rad["fran"], rad["till"], dag)]
        utfors = [rad for rad in pagar if avbrotten[rad["pk"]] is None]
        if utfors:
            return self._delvis(ett, utfors, [avbrotten[rad["pk"]] for rad in pagar])
        slutade = [avbrotten[rad["pk"]] or rad["till"] for rad in verken]
        if not slutade:
            return self._som_klocka(ett, "beslut", ett["beslutsdatum"])
        svar = self._som_klocka(ett, "avbrott", max(slutade))
        anmalt = max((dag_ for dag_ in avbrotten.values() if dag_), default=None) == svar["fran"]
        mellan_tva = ett["insats"] == "LSS-6" and not anmalt and (svar["sista"] - dag).days > 30
        return None if mellan_tva else svar

    def _avbrott(self, verk: Rad, dag: date) -> date | None:
        """The first day of the uppehåll that it is in, or was in when it ended."""
        da = min(dag, verk["till"] - _DAG) if verk["till"] else dag
        return next((borjan for borjan, slut in self.uppehall.get(verk["pk"], []) if galler(borjan, slut, da)), None)

    def _delvis(self, ett: Rad, utfors: list[Rad], avbrotten: list[date | None]) -> Rad | None:
        antal = [rad["bestallt_antal"] for rad in utfors if rad["bestallt_antal"] is not None]
        lika = all(rad["bestallt_enhet"] == ett["omfattning_enhet"] for rad in utfors)
        if not (lika and antal and ett["omfattning"] is not None and sum(antal) < ett["omfattning"]):
            return None
        dagar = [rad["fran"] for rad in utfors] + [dag for dag in avbrotten if dag]
        return self._som_klocka(ett, "delvis", max(dagar))

    def _bars_av_ett_annat(self, ett: Rad, dag: date) -> bool:
        return any(
            annat["person_id"] == ett["person_id"]
            and annat["insats"] == ett["insats"]
            and annat["pk"] != ett["pk"]
            and any(galler(rad["fran"], rad["till"], dag) for rad in self.verk.get(annat["pk"], []))
            for annat in self.beslut
        )

    def _som_klocka(self, ett: Rad, klocka: str, fran: date) -> Rad:
        return {
            "pk": ett["pk"],
            "nyckel": ett["nyckel"],
            "insats": ett["insats"],
            "nummer": ett["person__personnummer"],
            "dom": ett["pk"] in self.domar,
            "klocka": klocka,
            "fran": fran,
            "sista": _plus(fran, 3),
        }

    def slut(self, fran: date, sista: date) -> list[Rad]:
        """Clocks that had run for more than three months and stopped on one of these days, day by day."""
        svar = []
        for ett in self.beslut:
            if ett["utfall"] != "avslag":
                for hur, dag in self._handelser(ett):
                    klocka = self._dagen_innan(ett, dag - _DAG) if fran <= dag <= sista else None
                    if klocka and dag > klocka["sista"]:
                        svar.append(klocka | {"hur": hur, "dag": dag})
        return svar

    def _handelser(self, ett: Rad) -> set[tuple[str, date]]:
        verken = self.verk.get(ett["pk"], [])
        borjar = [rad["fran"] for rad in verken]
        borjar += [slut for rad in verken for _, slut in self.uppehall.get(rad["pk"], []) if slut]
        svar = {("Verkställt", dag) for dag in borjar if self._utfors(ett["pk"], dag)}
        dod = ett["person__avliden"]
        if ett["till"]:
            svar.add(("Beslutet gäller inte längre", ett["till"]))
        if dod and (not ett["till"] or dod < ett["till"]):
            svar.add(("Personen har avlidit", dod))
        return svar

    def _dagen_innan(self, ett: Rad, dag: date) -> Rad | None:
        if ett["beslutsdatum"] > dag or _ar_slut(ett, dag) or self._utfors(ett["pk"], dag):
            return None
        verken = self.verk.get(ett["pk"], [])
        slut = [rad["till"] for rad in verken if rad["till"] and rad["till"] <= dag]
        slut += [a for rad in verken for a, b in self.uppehall.get(rad["pk"], []) if galler(a, b, dag)]
        return (
            self._som_klocka(ett, "avbrott", max(slut))
            if slut
            else self._som_klocka(ett, "beslut", ett["beslutsdatum"])
        )

    def _utfors(self, beslut: int, dag: date) -> bool:
        verken = self.verk.get(beslut, [])
        avbruten = any(galler(a, b, dag) for rad in verken for a, b in self.uppehall.get(rad["pk"], []))
        return any(galler(rad["fran"], rad["till"], dag) for rad in verken) and not avbruten

    def orsak(self, beslut: int) -> str:
        """What was written last of why it takes time."""
        koder = list(Drojsmal.objects.filter(beslut_id=beslut).values_list("skriven", "pk", "kod"))
        return stor_forsta(str(Drojsmalskod(max(koder)[2]).label)) if koder else "Orsaken är inte skriven"

    def individrad(self, ett: Rad, dag: date, kvartal: date) -> tuple[object, ...]:
        """A line of the work list."""
        svaren = list(Erbjudande.objects.filter(beslut_id=ett["pk"]).values_list("svar", flat=True))
        rapporter = Ivorapport.objects.filter(beslut_id=ett["pk"], kvartal=kvartal, slag="individ")
        lamnade = [lamnad for fran, lamnad in rapporter.values_list("klockan_fran", "lamnad") if fran == ett["fran"]]
        return (
            ett["nyckel"],
            insats_i_ord(ett["insats"]),
            _KLOCKOR[ett["klocka"]],
            ett["fran"],
            (dag - ett["fran"]).days,
            self.orsak(ett["pk"]),
            len(svaren),
            svaren.count("nej"),
            lamnade[0] if lamnade else None,
        )


def _ar_slut(ett: Rad, dag: date) -> bool:
    dod = ett["person__avliden"]
    return (ett["till"] is not None and ett["till"] <= dag) or (dod is not None and dod <= dag)


def _kvartalet(text: str, idag: date) -> tuple[date, date]:
    """First and last day."""
    if text:
        fran = date(int(text[:4]), 3 * int(text[6]) - 2, 1)
    else:
        fran = _plus(date(idag.year, 3 * ((idag.month - 1) // 3) + 1, 1), -3)
    return fran, _plus(fran, 3) - _DAG


def _atta_kvartal(fran: date, idag: date) -> list[date]:
    """The last days of eight quarters, this one the last."""
    return [min(_plus(fran, 3 - 3 * steg) - _DAG, idag) for steg in range(7, -1, -1)]


def _plus(dag: date, manader: int) -> date:
    """The same day of another month, or that month's last."""
    ar, manad = divmod(dag.year * 12 + dag.month - 1 + manader, 12)
    return date(ar, manad + 1, min(dag.day, monthrange(ar, manad + 1)[1]))


def _tid(fran: date, dag: date) -> str:
    return next((namn for manader, namn in _TIDER if dag <= _plus(fran, manader)), _LANGST)


def _kon(nummer: str) -> str:
    if nummer == "19000101-T000":
        return "Uppgiften är gallrad"
    siffra = nummer.split("-")[1][2] if "-" in nummer else nummer[10]
    return "Kvinnor" if int(siffra) % 2 == 0 else "Män"


def _median(dagar: list[int]) -> Fraction | None:
    if not dagar:
        return None
    ordnade, mitt = sorted(dagar), len(dagar) // 2
    return Fraction(ordnade[mitt]) if len(dagar) % 2 else Fraction(ordnade[mitt - 1] + ordnade[mitt], 2)
