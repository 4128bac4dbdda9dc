"""Omprövning och uppföljning, counted anew: a loop over every row, with nothing of the report's own code."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from beslut.models import Arende, Beslut, Forslag, Person, Tilldelning, Uppfoljning
from grund.models import Andring
from utforare.models import Verkstallighet

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EN_DAG = timedelta(days=1)


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure and every cell of the internal report. `urval`: what stands in its address."""
    dag = date.fromisoformat(urval.get("dag") or str(idag))
    fakta = _Fakta(dag)
    sena, snart = fakta.att_folja_upp()
    ej_klara, kommande = fakta.att_omprova()
    utan = fakta.utan_beslut()
    trend = [(slut, *fakta.grad(slut)) for slut in _sluten(dag, urval.get("steg") or "kvartal")]
    alla, foljda = fakta.grad(dag)
    listor = {"sena": sena, "snart": snart, "ej-klara": ej_klara, "utan-beslut": utan}
    return {
        "uppfoljning_forsenade": len(sena),
        "uppfoljning_inom": len(snart),
        "uppfoljningsgrad": (foljda, alla),
        "omprovning_ej_klar": len(ej_klara),
        "omprovning_kommande": len(kommande),
        "utfors_utan_beslut": len(utan),
        **{namn: fakta.med_handlaggare(lista) for namn, lista in (listor | {"kommande": kommande}).items()},
        "insatser": fakta.per_insats(listor),
        "handlaggare": fakta.per_handlaggare(listor),
        "senhet": _per_senhet(sena, dag),
        "trend": [(alla_, foljda_) for _, alla_, foljda_ in trend if alla_],
    }


def _ett_ar_efter(dag: date) -> date:
    try:
        return dag.replace(year=dag.year + 1)
    except ValueError:
        return dag.replace(year=dag.year + 1, day=28)


def _sluten(dag: date, steg: str) -> list[date]:
    """The ends of the periods before, and the day."""
    sluten: list[date] = []
    slut = dag
    while len(sluten) < (7 if steg == "kvartal" else 11):
        slut -= EN_DAG
        if (slut + EN_DAG).day == 1 and (steg == "manad" or slut.month % 3 == 0) and not _samma(slut, dag, steg):
            sluten.append(slut)
    return [*reversed(sluten), dag]


def _samma(ena: date, andra: date, steg: str) -> bool:
    """Whether both days lie in the same period."""
    langd = 3 if steg == "kvartal" else 1
    return (ena.year, (ena.month - 1) // langd) == (andra.year, (andra.month - 1) // langd)


def _per_senhet(sena: dict[str, tuple[object, ...]], dag: date) -> list[tuple[str, int]]:
    svar = {"Högst 30 dagar": 0, "31–90 dagar": 0, "91–180 dagar": 0, "Mer än 180 dagar": 0}
    for rad in sena.values():
        dagar = (dag - rad[0]).days  # type: ignore[operator]
        if dagar <= 30:
            svar["Högst 30 dagar"] += 1
        elif dagar <= 90:
            svar["31–90 dagar"] += 1
        elif dagar <= 180:
            svar["91–180 dagar"] += 1
        else:
            svar["Mer än 180 dagar"] += 1
    return [par for par in svar.items() if par[1]]


class _Fakta:
    """Everything that there is, as it was on the day."""

    def __init__(self, dag: date) -> None:
        self.dag = dag
        self.avliden = dict(Person.objects.values_list("pk", "avliden"))
        self.beslut = {ett["id"]: ett for ett in Beslut.objects.values() if ett["utfall"] != "avslag"}
        self.alla = {ett["id"]: ett for ett in Beslut.objects.values()}
        self.foljda: dict[int, list[dict[str, object]]] = defaultdict(list)
        for ett in Uppfoljning.objects.order_by("dag", "pk").values():
            self.foljda[ett["beslut_id"]].append(ett)
        self.spar: dict[str, str | None] = {}
        rader = Andring.objects.filter(handelse__handling="satt_uppfoljning", fil="beslut").order_by("pk")
        for nyckel, gammalt in rader.values_list("nyckel", "gammalt"):
            if nyckel:
                self.spar.setdefault(nyckel, gammalt["uppfoljning"])
        self.vems: dict[int, list[str]] = defaultdict(list)
        for ett in Tilldelning.objects.order_by("handlaggare").values(
            "person", "fran", "till", "handlaggare__first_name", "handlaggare__last_name", "handlaggare__username"
        ):
            if ett["fran"] <= dag and (ett["till"] is None or ett["till"] > dag):
                namn = f"{ett['handlaggare__first_name']} {ett['handlaggare__last_name']}".strip()
                self.vems[ett["person"]].append(namn or ett["handlaggare__username"])

    def med_handlaggare(self, lista: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
        """The names of the handläggare in the place of the person."""
        svar = {}
        for nyckel, (*resten, person) in lista.items():
            namnen = self.vems.get(person, [])  # type: ignore[call-overload]
            text = namnen[0] if len(namnen) == 1 else f"{', '.join(namnen[:-1])} och {namnen[-1]}" if namnen else ""
            svar[nyckel] = (*resten, text)
        return svar

    def lever(self, person: int, dag: date) -> bool:
        return self.avliden[person] is None or self.avliden[person] > dag

    def galler(self, beslut: dict[str, object], dag: date) -> bool:
        fran, till = beslut["fran"], beslut["till"]
        return (
            beslut["beslutsdatum"] <= dag  # type: ignore[operator]
            and fran <= dag  # type: ignore[operator]
            and (till is None or till > dag)  # type: ignore[operator]
            and self.lever(beslut["person_id"], dag)  # type: ignore[arg-type]
        )

    def senast(self, beslut: dict[str, object]) -> tuple[date, date | None]:
        """The day by which it was to be followed up, as it stood, and when it was followed up last."""
        alla = self.foljda[beslut["id"]]  # type: ignore[index]
        fore = [ett for ett in alla if ett["dag"] <= self.dag]  # type: ignore[operator]
        forra = fore[-1]["dag"] if fore else None
        if len(fore) == len(alla):
            sagt = beslut["uppfoljning"]
        elif fore:
            sagt = fore[-1]["nasta"]
        else:
            text = self.spar.get(str(beslut["nyckel"]))
            sagt = date.fromisoformat(text) if text else None
        return sagt or _ett_ar_efter(forra or beslut["beslutsdatum"]), forra  # type: ignore[arg-type, return-value]

    def att_folja_upp(self) -> tuple[dict[str, tuple[object, ...]], dict[str, tuple[object, ...]]]:
        sena, snart = {}, {}
        for beslut in self.beslut.values():
            if not self.galler(beslut, self.dag):
                continue
            senast, forra = self.senast(beslut)
            rad = (senast, forra, beslut["insats"], beslut["person_id"])
            if senast < self.dag:
                sena[beslut["nyckel"]] = rad
            elif senast <= self.dag + timedelta(days=30):
                snart[beslut["nyckel"]] = rad
        return sena, snart

    def att_omprova(self) -> tuple[dict[str, tuple[object, ...]], dict[str, tuple[object, ...]]]:
        per_person: dict[object, list[dict[str, object]]] = defaultdict(list)
        for beslut in self.beslut.values():
            per_person[beslut["person_id"], beslut["insats"]].append(beslut)
        ej_klara, kommande = {}, {}
        pagar = self.pagaende()
        nya = dict(Forslag.objects.exclude(beslut=None).values_list("arende", "beslut"))
        omprovade = {
            gammalt
            for arende, gammalt in Arende.objects.values_list("pk", "omprovar")
            if arende in nya and self.alla[nya[arende]]["beslutsdatum"] <= self.dag
        }
        for beslut in self.beslut.values():
            till = beslut["till"]
            if till is None or till <= self.dag or beslut["beslutsdatum"] > self.dag:
                continue
            andra = per_person[beslut["person_id"], beslut["insats"]]
            langre = any(
                ett["beslutsdatum"] <= self.dag and (ett["till"] is None or ett["till"] > till)  # type: ignore[operator]
                for ett in andra
            )
            if langre or beslut["id"] in omprovade or not self.lever(beslut["person_id"], self.dag):
                continue
            rad = (till - EN_DAG, pagar.get(beslut["id"]), beslut["insats"], beslut["person_id"])
            if till <= self.dag + timedelta(days=30):
                ej_klara[beslut["nyckel"]] = rad
            elif till <= self.dag + timedelta(days=90):
                kommande[beslut["nyckel"]] = rad
        return ej_klara, kommande

    def pagaende(self) -> dict[int, str]:
        """The number of the omprövning that was going on, by beslut."""
        beslutade = {}
        for arende, nytt in Forslag.objects.values_list("arende", "beslut"):
            if nytt is not None:
                beslutade[arende] = self.alla[nytt]["beslutsdatum"]
        svar: dict[int, str] = {}
        for ett in Arende.objects.exclude(omprovar=None).order_by("pk").values():
            oppnat: datetime = ett["oppnat"]
            if oppnat.astimezone(STOCKHOLM).date() > self.dag:
                continue
            if ett["avslutat"] is not None and ett["avslutat"] <= self.dag:
                continue
            if ett["id"] in beslutade and beslutade[ett["id"]] <= self.dag:
                continue
            svar.setdefault(ett["omprovar_id"], ett["nummer"])
        return svar

    def utan_beslut(self) -> dict[str, tuple[object, ...]]:
        svar: dict[str, tuple[object, ...]] = {}
        for verk in Verkstallighet.objects.values("beslut", "fran", "till", "enhet__namn"):
            beslut = self.alla[verk["beslut"]]
            if verk["fran"] > self.dag or (verk["till"] is not None and verk["till"] <= self.dag):
                continue
            avliden = self.avliden[beslut["person_id"]]
            slut = [beslut["till"]] if beslut["till"] is not None and beslut["till"] <= self.dag else []
            dog = avliden is not None and avliden < self.dag
            if dog:
                slut.append(avliden)
            if not slut:
                continue
            enheter = {verk["enhet__namn"], *(svar[beslut["nyckel"]][1] if beslut["nyckel"] in svar else ())}
            svar[beslut["nyckel"]] = (min(slut), enheter, beslut["insats"], beslut["person_id"])
        return svar

    def grad(self, dag: date, insats: str = "") -> tuple[int, int]:
        """How many beslut had been in force for a year, and how many of them were followed up within it."""
        alla = foljda = 0
        for beslut in self.beslut.values():
            if insats and beslut["insats"] != insats:
                continue
            if not self.galler(beslut, dag) or _ett_ar_efter(beslut["fran"]) > dag:
                continue
            alla += 1
            foljda += any(ett["dag"] <= dag < _ett_ar_efter(ett["dag"]) for ett in self.foljda[beslut["id"]])  # type: ignore[operator, arg-type]
        return alla, foljda

    def per_insats(self, listor: dict[str, dict[str, tuple[object, ...]]]) -> dict[str, tuple[int, ...]]:
        svar = {}
        for insats in {ett["insats"] for ett in self.alla.values()}:
            antal = tuple(sum(rad[2] == insats for rad in lista.values()) for lista in listor.values())
            alla, foljda = self.grad(self.dag, insats)
            if any(antal) or alla:
                svar[insats] = (*antal, alla, foljda)
        return svar

    def per_handlaggare(self, listor: dict[str, dict[str, tuple[object, ...]]]) -> dict[str, tuple[int, ...]]:
        namnen = {namn for vilka in self.vems.values() for namn in vilka}
        svar = {}
        for namn in namnen:
            svar[namn] = tuple(
                sum(namn in self.vems.get(rad[3], ()) for rad in lista.values())  # type: ignore[call-overload]
                for lista in listor.values()
            )
        svar["Ingen handläggare"] = tuple(
            sum(rad[3] not in self.vems for rad in lista.values()) for lista in listor.values()
        )
        return {namn: antal for namn, antal in svar.items() if any(antal)}
