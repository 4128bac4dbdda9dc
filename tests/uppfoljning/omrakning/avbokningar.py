"""Report 4 counted again, visit by visit and minute by minute."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from beslut.models import Beslut, Nivabedomning, Person, Tilldelning
from ersattning.models import Ersattningsrad, Korning, Pris, Tidsband
from grund.models import Anvandare
from tests.uppfoljning.omrakning.hjalp import SLUTEN, avrunda, dagarna, galler, perioden, procent
from uppfoljning.models import Besokspersonal, Uppgiftsfil
from utforare.models import Avtal, Besok, Enhet, Uppehall, Utforare, Verkstallighet

SVENSK = ZoneInfo("Europe/Stockholm")
ORSAKER = {
    "sjuk": "Sjuk",
    "annan_aktivitet": "Annan aktivitet",
    "avbojde": "Ville inte ha besöket",
    "ej_hemma": "Var inte hemma",
    "oppnar_inte": "Öppnade inte",
    "personalbrist": "Personalbrist",
    "annat": "Annat",
    "": "Orsak inte angiven",
}
TIMMAR = [(2, "Mindre än 2 timmar före"), (24, "2 till 24 timmar före"), (48, "24 till 48 timmar före")]
TIMMAR += [(168, "2 till 7 dygn före"), (10**9, "7 dygn före eller tidigare")]
Sak = dict[str, Any]


def _andel(delar: Fraction | int, av: Fraction | int) -> str | None:
    return procent(Fraction(delar) / Fraction(av)) if av else None


class _Rot:
    """The rows that it is counted from."""

    def __init__(self, urval: dict[str, str], idag: date) -> None:
        self.fran, self.till, self.manaderna = perioden(urval, idag)
        self.sista, self.idag = self.till - timedelta(1), idag
        self.varsel, self.grans = int(urval.get("varsel") or 24), int(urval.get("grans") or 50)
        self.person = {ett["id"]: ett for ett in Person.objects.values()}
        self.beslut = {ett["id"]: ett for ett in Beslut.objects.values() if ett["insats"] == "SOL-BOSTOD"}
        self.enhet = {ett["id"]: ett for ett in Enhet.objects.values()}
        self.utforare = {ett["id"]: ett for ett in Utforare.objects.values()}
        self.avtal = [ett for ett in Avtal.objects.values() if ett["insats"] == "SOL-BOSTOD"]
        self.priser = list(Pris.objects.filter(insats="SOL-BOSTOD", enhet="timme").values())
        self.band = list(Tidsband.objects.values())
        self.nivaer = [
            ett
            for ett in Nivabedomning.objects.values()
            if ett["insats"] == "SOL-BOSTOD" and ett["status"] == "godkand"
        ]
        vald = int(urval["utforare"]) if urval.get("utforare") else None
        self.verk: dict[int, Sak] = {}
        for ett in sorted(Verkstallighet.objects.values(), key=lambda v: (v["fran"], v["id"])):
            utforare = self.enhet[ett["enhet_id"]]["utforare_id"]
            med = ett["beslut_id"] in self.beslut and vald in (None, utforare)
            if med and ett["fran"] < self.till and (ett["till"] is None or ett["till"] > self.fran):
                beslut = self.beslut[ett["beslut_id"]]
                self.verk[ett["id"]] = ett | {"utforare": utforare, "vem": beslut["person_id"], "beslut": beslut}
        self.besok = [
            ett | {"verk": self.verk[ett["verkstallighet_id"]]}
            for ett in Besok.objects.filter(dag__gte=self.fran, dag__lt=self.till).values()
            if ett["verkstallighet_id"] in self.verk
        ]
        self.fasta = [
            ett["manad"]
            for ett in Korning.objects.values()
            if ett["manad"] in self.manaderna and ett["status"] in SLUTEN
        ]
        self.betalt: dict[int, list[Sak]] = defaultdict(list)
        for rad in Ersattningsrad.objects.filter(artikel="bomtid", korning__status__in=SLUTEN).values():
            med = rad["insats"] == "SOL-BOSTOD" and vald in (None, rad["utforare_id"])
            if med and rad["avser_manad"] in self.fasta:
                self.betalt[rad["utforare_id"]].append(rad)
        self.planerade = [ett for ett in self.besok if ett["planerad_start"]]
        self.avbokade = [ett for ett in self.besok if ett["utford_start"] is None]
        self.bom = [b for b in map(self._bom, self.avbokade) if b]

    def avtalet(self, besok: Sak) -> Sak | None:
        dag = besok["planerad_start"].astimezone(SVENSK).date()
        verk = besok["verk"]
        passar = [
            ett
            for ett in self.avtal
            if ett["utforare_id"] == verk["utforare"]
            and ett["person_id"] in (verk["vem"], None)
            and galler(ett["fran"], ett["till"], dag)
        ]
        return min(passar, key=lambda ett: ett["person_id"] is None, default=None)

    def _bom(self, besok: Sak) -> Sak | None:
        """The visit if it is bomtid, with what becomes of it."""
        if besok["avbokad_av"] != "brukare":
            return None
        avtal = self.avtalet(besok)
        timmar = avtal["bomtid_varsel_timmar"] if avtal else None
        timmar = Fraction(self.varsel) if timmar is None else Fraction(timmar)
        start, avbokad = besok["planerad_start"], besok["avbokad"]
        if (
            avbokad is not None
            and Fraction(int(start.timestamp()) // 60 - int(avbokad.timestamp()) // 60, 60) >= timmar
        ):
            return None
        minuter = (int(besok["planerad_slut"].timestamp()) - int(start.timestamp())) // 60
        slag, kronor, utan = "saknas", Fraction(0), minuter
        if avtal:
            kronor, utan = self._kostnad(besok, avtal, minuter)
            slag = "obetald"
            if avtal["modell"] == "bestalld_tid":
                slag = "ingar"
            elif (
                avtal["modell"] == "utford_tid" and avtal["bomtid_varsel_timmar"] is not None and avtal["bomtid_andel"]
            ):
                slag, kronor = "betals", kronor * Fraction(avtal["bomtid_andel"])
        manad = start.astimezone(SVENSK).date().replace(day=1)
        return besok | {"minuter": minuter, "slag": slag, "kronor": kronor, "utan": utan, "fast": manad in self.fasta}

    def _kostnad(self, besok: Sak, avtal: Sak, minuter: int) -> tuple[Fraction, int]:
        dag, kronor, utan = besok["planerad_start"].astimezone(SVENSK).date(), Fraction(0), 0
        niva = self._niva(besok["verk"]["vem"], dag, avtal)
        for nummer in range(minuter):
            band = self._bandet(avtal["prislista_id"], besok["planerad_start"] + timedelta(minutes=nummer))
            passar = [
                pris
                for pris in self.priser
                if pris["prislista_id"] == avtal["prislista_id"]
                and galler(pris["fran"], pris["till"], dag)
                and pris["niva"] in ("", niva)
                and pris["omfattning"] == ""
                and pris["tidsband"] in ("", band)
            ]
            if not passar:
                utan += 1
                continue
            bast = min(passar, key=lambda pris: (pris["niva"] == "", pris["tidsband"] == ""))
            kronor += Fraction(bast["belopp"]) / 60
        return kronor, utan

    def _niva(self, vem: int, dag: date, avtal: Sak) -> str:
        fran_godkand = avtal["niva_fran"] == "godkand"
        mina = [
            (max(n["fran"], n["godkand"]) if fran_godkand else n["fran"], n["godkand"], n["nyckel"], n["niva"])
            for n in self.nivaer
            if n["person_id"] == vem
        ]
        galler_nu = [n for n in mina if n[0] <= dag]
        return str(max(galler_nu)[3]) if galler_nu else ""

    def _bandet(self, lista: int, da: datetime) -> str:
        lokal, bast = da.astimezone(SVENSK), (-(10**9), "")
        minut = lokal.hour * 60 + lokal.minute
        for ett in self.band:
            if ett["prislista_id"] != lista:
                continue
            if ett["veckodag"] is not None:
                inne = ett["veckodag"] == lokal.isoweekday() and ett["fran_minut"] <= minut < ett["till_minut"]
            else:
                inne = ett["fran_tidpunkt"] <= da.astimezone(UTC) < ett["till_tidpunkt"]
            if inne:
                bast = max(bast, (ett["prioritet"], ett["tidsband"]))
        return bast[1]

    def bestallt(self, verk: Sak) -> Fraction | None:
        """Ordered minutes, day by day."""
        antal, enhet, beslut = verk["bestallt_antal"], verk["bestallt_enhet"], verk["beslut"]
        if antal is None:
            antal, enhet = beslut["omfattning"], beslut["omfattning_enhet"]
        if antal is None or enhet not in ("timmar_vecka", "timmar_manad"):
            return None
        summa, dog = Fraction(0), self.person[verk["vem"]]["avliden"]
        for manad in self.manaderna:
            nasta = (manad + timedelta(31)).replace(day=1)
            for dag in dagarna(manad, nasta):
                beviljat = beslut["utfall"] != "avslag" and galler(beslut["fran"], beslut["till"], dag)
                if beviljat and galler(verk["fran"], verk["till"], dag) and (dog is None or dag <= dog):
                    summa += Fraction(antal) * 60 / (7 if enhet == "timmar_vecka" else (nasta - manad).days)
        return summa


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure and cell of the report for those who may see single persons."""
    rot = _Rot(urval, idag)
    svar: dict[str, object] = {}
    if rot.planerade:
        svar |= _laget(rot)
    if rot.verk:
        svar |= _utforarna(rot)
    if rot.bom:
        svar |= _kronor(rot)
    return svar | _kontinuitet(rot) | _personerna(rot)


def _tal(delar: Fraction | int, av: Fraction | int) -> tuple[str | None, tuple[int | Decimal, int | Decimal]]:
    taljare, namnare = (ett if isinstance(ett, int) else avrunda(ett, 0) for ett in (delar, av))
    return _andel(delar, av), (taljare, namnare)


def _laget(rot: _Rot) -> dict[str, object]:
    brukarens = [ett for ett in rot.avbokade if ett["avbokad_av"] == "brukare"]
    svar: dict[str, object] = {
        "avbokningar_andel": _tal(len(rot.avbokade), len(rot.planerade)),
        "avbokningar_brukare": _tal(len(brukarens), len(rot.planerade)),
        "avbokningar_utforare": _tal(len(rot.avbokade) - len(brukarens), len(rot.planerade)),
    }
    varsel: Counter[str] = Counter()
    for ett in brukarens:
        if ett["avbokad"] is None:
            varsel["Aldrig avbokat"] += 1
            continue
        timmar = (ett["planerad_start"].timestamp() // 60 - ett["avbokad"].timestamp() // 60) / 60
        namn = next(namn for grans, namn in TIMMAR if timmar < grans)
        varsel["Efter att besöket skulle ha börjat" if timmar < 0 else namn] += 1
    if varsel:
        summa = [("Summa", len(brukarens))] if len(varsel) > 1 else []
        svar["tabell:varsel"] = sorted([*varsel.items(), *summa], key=repr)
    orsaker: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for ett in rot.avbokade:
        orsaker[_orsak(ett)][ett["avbokad_av"] != "brukare"] += 1
    if orsaker:
        rader = [(namn, *antal, sum(antal)) for namn, antal in orsaker.items()]
        if len(rader) > 1:
            rader.append(("Summa", *(sum(rad[plats] for rad in rader) for plats in (1, 2, 3))))  # type: ignore[misc]
        svar["tabell:orsaker"] = sorted(rader, key=repr)
    return svar


def _orsak(besok: Sak) -> str:
    kod = besok["orsak"]
    fritt = kod.replace("_", " ")
    return ORSAKER.get(kod, fritt[:1].upper() + fritt[1:])


def _minuter(besok: Sak) -> int:
    return (int(besok["utford_slut"].timestamp()) - int(besok["utford_start"].timestamp())) // 60


def _utforarna(rot: _Rot) -> dict[str, object]:
    per: dict[int, list[int]] = defaultdict(list)
    for pk, verk in rot.verk.items():
        per[verk["utforare"]].append(pk)
    tid = [_tidsrad(rot, rot.utforare[vem]["namn"], verk) for vem, verk in per.items()]
    besok = [_besoksrad(rot, rot.utforare[vem]["namn"], verk) for vem, verk in per.items()]
    if len(per) > 1:
        tid.append(_tidsrad(rot, "Summa", list(rot.verk)))
        besok.append(_besoksrad(rot, "Summa", list(rot.verk)))
    svar: dict[str, object] = {
        "tabell:utforare_tid": sorted(tid, key=repr),
        "tabell:utforare_besok": sorted(besok, key=repr),
    }
    med = {pk for pk, verk in rot.verk.items() if rot.bestallt(verk) is not None}
    if bestallt := sum((rot.bestallt(rot.verk[pk]) or 0 for pk in med), Fraction(0)):
        utfort = sum(_minuter(b) for b in rot.besok if b["utford_start"] and b["verkstallighet_id"] in med)
        bom = sum(b["minuter"] for b in rot.bom if b["verkstallighet_id"] in med)
        svar["avbokningar_utford_tid"] = _tal(Fraction(utfort, 60), bestallt / 60)
        svar["avbokningar_bomtid"] = _tal(Fraction(bom, 60), bestallt / 60)
    return svar


def _tidsrad(rot: _Rot, namn: str, verk: list[int]) -> tuple[object, ...]:
    utforda = [b for b in rot.besok if b["utford_start"] and b["verkstallighet_id"] in verk]
    bom = [b for b in rot.bom if b["verkstallighet_id"] in verk]
    med = [pk for pk in verk if rot.bestallt(rot.verk[pk]) is not None]
    bestallt = sum((rot.bestallt(rot.verk[pk]) or 0 for pk in med), Fraction(0)) if med else None
    return (
        namn,
        len({rot.verk[pk]["vem"] for pk in verk}),
        None if bestallt is None else avrunda(bestallt / 60, 1),
        avrunda(Fraction(sum(map(_minuter, utforda)), 60), 1),
        avrunda(Fraction(sum(b["minuter"] for b in bom), 60), 1),
        _andel(sum(_minuter(b) for b in utforda if b["verkstallighet_id"] in med), bestallt or 0),
        _andel(sum(b["minuter"] for b in bom if b["verkstallighet_id"] in med), bestallt or 0),
        _andel(sum(b["registrering"] == "efterhand" for b in utforda), len(utforda)),
    )


def _besoksrad(rot: _Rot, namn: str, verk: list[int]) -> tuple[object, ...]:
    planerade = sum(b["verkstallighet_id"] in verk for b in rot.planerade)
    avbokade = [b for b in rot.avbokade if b["verkstallighet_id"] in verk]
    brukaren = sum(b["avbokad_av"] == "brukare" for b in avbokade)
    bom = sum(b["verkstallighet_id"] in verk for b in rot.bom)
    return namn, planerade, brukaren, bom, len(avbokade) - brukaren, _andel(len(avbokade), planerade)


def _kronor(rot: _Rot) -> dict[str, object]:
    svar: dict[str, object] = {
        "avbokningar_bomtid_timmar": (avrunda(Fraction(sum(b["minuter"] for b in rot.bom), 60), 1), None)
    }
    if rot.fasta:
        betalt = sum((rad["belopp"] for rader in rot.betalt.values() for rad in rader), Decimal(0))
        svar["avbokningar_bomtid_betalt"] = (betalt, None)
    delar = {
        "avbokningar_bomtid_ingar": [b for b in rot.bom if b["slag"] == "ingar"],
        "avbokningar_bomtid_skulle_kosta": [b for b in rot.bom if b["slag"] == "obetald"],
        "avbokningar_bomtid_beraknat": [b for b in rot.bom if b["slag"] == "betals" and not b["fast"]],
    }
    for nyckel, bommar in delar.items():
        if bommar:
            svar[nyckel] = (_kr(bommar), None)
    berorda = {b["verk"]["utforare"] for b in rot.bom} | rot.betalt.keys()
    rader = [_kronorrad(rot, vem) for vem in berorda]
    if len(rader) > 1:
        rader.append(_kronorrad(rot, None))
    svar["tabell:bomtid_kronor"] = sorted(rader, key=repr)
    return svar


def _kr(bommar: list[Sak]) -> Decimal:
    return avrunda(sum((b["kronor"] for b in bommar), Fraction(0)), 0)


def _kronorrad(rot: _Rot, vem: int | None) -> tuple[object, ...]:
    bom = [b for b in rot.bom if vem in (None, b["verk"]["utforare"])]
    betalt = [rad for utforare, rader in rot.betalt.items() for rad in rader if vem in (None, utforare)]
    return (
        "Summa" if vem is None else rot.utforare[vem]["namn"],
        None if vem is None else _regel(rot, vem),
        avrunda(Fraction(sum(b["minuter"] for b in bom), 60), 1),
        avrunda(Fraction(sum((rad["antal"] for rad in betalt), Decimal(0))), 1) if rot.fasta else None,
        sum((rad["belopp"] for rad in betalt), Decimal(0)) if rot.fasta else None,
        _kr([b for b in bom if b["slag"] == "ingar"]),
        _kr([b for b in bom if b["slag"] == "obetald"]),
        _kr([b for b in bom if b["slag"] == "betals" and not b["fast"]]),
        avrunda(Fraction(sum(b["utan"] for b in bom), 60), 1),
    )


def _regel(rot: _Rot, vem: int) -> str:
    """The rule in words: only what the demo's avtal have."""
    for ett in rot.avtal:
        if ett["utforare_id"] == vem and ett["person_id"] is None and galler(ett["fran"], ett["till"], rot.sista):
            if ett["modell"] == "bestalld_tid":
                return "Beställd tid betalas, vad som än utförs."
            if ett["bomtid_varsel_timmar"] is None or not ett["bomtid_andel"]:
                return "Betalas inte."
            hart = "\N{NO-BREAK SPACE}"
            text = (
                f"{ett['bomtid_andel'] * 100:.0f}{hart}% av priset när brukaren avbokar mindre än"
                f" {ett['bomtid_varsel_timmar']:.0f}{hart}timmar före, eller inte alls."
            )
            tak = ett["bomtid_tak_andel"]
            return text if tak is None else f"{text} Högst {tak * 100:.0f}{hart}% av månadens beställda tid."
    return "Inget avtal på periodens sista dag."


def _personal(rot: _Rot) -> dict[int, dict[str, set[str]]]:
    """By person: who came, and to which visits."""
    sista: dict[str, Sak] = {}
    for fil in sorted(Uppgiftsfil.objects.filter(slag="besokspersonal").values(), key=lambda f: f["version"]):
        sista[fil["period"]] = fil
    galler_nu = {fil["id"] for fil in sista.values()}
    per_besok: dict[str, set[str]] = defaultdict(set)
    for rad in Besokspersonal.objects.values():
        if rad["fil_id"] in galler_nu:
            per_besok[rad["besok_id"]].add(rad["personal"])
    svar: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for ett in rot.besok:
        if ett["utford_start"]:
            for kod in per_besok.get(ett["nyckel"], ()):
                svar[ett["verk"]["vem"]][kod].add(ett["nyckel"])
    return svar


def _kontinuitet(rot: _Rot) -> dict[str, object]:
    personal = _personal(rot)
    planerade = Counter(ett["verk"]["vem"] for ett in rot.planerade)
    avbokade = Counter(ett["verk"]["vem"] for ett in rot.avbokade if ett["avbokad_av"] == "brukare")
    kanda = [vem for vem in planerade if personal.get(vem)]
    if not kanda:
        return {}
    besok = sum(len(set().union(*personal[vem].values())) for vem in kanda)
    oftast = sum(max(len(nycklar) for nycklar in personal[vem].values()) for vem in kanda)
    svar: dict[str, object] = {
        "avbokningar_boendestodjare": (
            avrunda(Fraction(sum(len(personal[vem]) for vem in kanda), len(kanda)), 1),
            None,
        ),
        "avbokningar_av_samma": _tal(oftast, besok),
    }
    for nyckel, vilka in (
        ("avbokningar_hos_fa", [vem for vem in kanda if len(personal[vem]) <= 3]),
        ("avbokningar_hos_manga", [vem for vem in kanda if len(personal[vem]) >= 4]),
    ):
        if vilka:
            svar[nyckel] = _tal(sum(avbokade[vem] for vem in vilka), sum(planerade[vem] for vem in vilka))
    per: dict[str, list[int]] = defaultdict(list)
    for vem in planerade:
        antal = len(personal.get(vem, ()))
        namn = {0: "Inte registrerat", 4: "4–5", 5: "4–5"}.get(antal, str(antal) if antal < 6 else "6 eller fler")
        per[namn].append(vem)
    grupper = [*per.items(), *([("Alla", list(planerade))] if len(per) > 1 else [])]
    svar["tabell:kontinuitet_tabell"] = sorted(
        (
            (
                namn,
                len(vilka),
                sum(planerade[vem] for vem in vilka),
                avrunda(Fraction(sum(planerade[vem] for vem in vilka), len(vilka)), 1),
                sum(avbokade[vem] for vem in vilka),
                _andel(sum(avbokade[vem] for vem in vilka), sum(planerade[vem] for vem in vilka)),
            )
            for namn, vilka in grupper
        ),
        key=repr,
    )
    return svar


def _personerna(rot: _Rot) -> dict[str, object]:
    per: dict[int, list[Sak]] = defaultdict(list)
    for verk in rot.verk.values():
        per[verk["vem"]].append(verk)
    personal = _personal(rot)
    lista, handlingsplan = [], []
    for vem, verken in per.items():
        besok = [b for b in rot.besok if b["verk"]["vem"] == vem]
        planerade = sum(b["planerad_start"] is not None for b in besok)
        egna = [b for b in besok if b["utford_start"] is None and b["avbokad_av"] == "brukare"]
        utforarens = [b for b in besok if b["utford_start"] is None and b["avbokad_av"] == "utforare"]
        bom = [b for b in rot.bom if b["verk"]["vem"] == vem]
        senaste = verken[-1]
        namn, nyckel = rot.utforare[senaste["utforare"]]["namn"], senaste["beslut"]["nyckel"]
        lista.append(
            (
                nyckel,
                namn,
                planerade,
                sum(b["utford_start"] is not None for b in besok),
                len(egna),
                len(bom),
                avrunda(Fraction(sum(b["minuter"] for b in bom), 60), 1),
                len(utforarens),
                _andel(len(egna), planerade),
                len(personal.get(vem, ())) or None,
            )
        )
        dog = rot.person[vem]["avliden"]
        levande = dog is None or dog > rot.sista
        pagar = [v for v in verken if levande and (v["till"] is None or v["till"] > rot.sista)]
        inga = any(v["fran"] <= rot.fran for v in pagar) and not besok
        manga = planerade >= 4 and len(egna) * 100 >= rot.grans * planerade
        if pagar and (manga or inga):
            handlingsplan.append(
                (
                    nyckel,
                    _handlaggare(vem, rot.idag),
                    namn,
                    planerade,
                    len(egna),
                    _andel(len(egna), planerade),
                    _vanligast(egna) if planerade else "Inga besök registrerade",
                    max((b["dag"] for b in besok if b["utford_start"]), default=None),
                    "Ja" if any(_uppehall(v, rot) for v in verken) else "Nej",
                )
            )
    return {
        "avbokningar_tar_inte_emot": (len(handlingsplan), None),
        "tabell:tar_inte_emot": sorted(handlingsplan, key=repr),
        "tabell:personlista": sorted(lista, key=repr),
    }


def _vanligast(egna: list[Sak]) -> str:
    antal = Counter(_orsak(b) for b in egna)
    mest = max(antal.values(), default=0)
    ordning = {"å": "{", "ä": "|", "ö": "}"}
    namnen = [namn for namn, n in antal.items() if n == mest]
    return min(namnen, key=lambda namn: "".join(ordning.get(t, t) for t in namn.lower()), default="")


def _handlaggare(vem: int, idag: date) -> str:
    svar = []
    for ett in sorted(Tilldelning.objects.filter(person=vem).values(), key=lambda t: t["id"]):
        if galler(ett["fran"], ett["till"], idag):
            anvandare = Anvandare.objects.filter(pk=ett["handlaggare_id"]).values().get()
            svar.append(f"{anvandare['first_name']} {anvandare['last_name']}".strip() or anvandare["username"])
    return ", ".join(svar) or "Ingen"


def _uppehall(verk: Sak, rot: _Rot) -> bool:
    return any(
        ett["fran"] < rot.till and (ett["till"] is None or ett["till"] > rot.fran)
        for ett in Uppehall.objects.filter(verkstallighet=verk["id"]).values()
    )
