"""Kostnad per brukare counted anew: day by day, visit by visit, post by post."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.crypto import salted_hmac

from beslut.models import Beslut, Person
from beslut.ord import insats_i_ord
from beslut.personnummer import ar_kvinna
from beslut.regler import Insats
from ersattning.models import Ersattningsrad, Korning
from grund.pengar import avrunda
from grund.text import manad_i_ord, och
from tests.uppfoljning.omrakning.form import norm, rader
from uppfoljning.models import Bokslutsrad, Uppgiftsfil, Ytterfallsgrans
from utforare.models import Besok, Enhet, Narvaro, Uppehall, Utforare, Verkstallighet

MATT = {"dygn": "Dygn", "dagar": "Dagar med närvaro", "timmar": "Utförda timmar", "platser": "Platsmånader"}
OVRIGT = {"gemensam": "De andra kostnaderna", "ingen": "Fördelas inte"}
BETALT_I = {"dygn": "dygn", "dagar": "dag", "timmar": "timme", "platser": "manad"}
REGI = {"egen": "Egen regi", "privat": "Privat regi", "": ""}
ALDRAR = [(0, 17, "0–17 år"), (18, 29, "18–29 år"), (30, 44, "30–44 år"), (45, 64, "45–64 år")]
ALDRAR += [(65, 999, "65 år och äldre")]
Plats = tuple[str, int, int]  # insats, utförare, person
Rad = dict[str, Any]


class Ar:
    """The accounts of a year and what was carried out in their months."""

    def __init__(self, ar: int, poster: list[Rad], kalla: str) -> None:
        self.ar, self.poster, self.kalla = ar, sorted(poster, key=lambda post: post["rad"]), kalla
        self.manader: int = poster[0]["manader"]
        self.fran = date(ar, 1, 1)
        self.till = date(ar + 1, 1, 1) if self.manader == 12 else date(ar, self.manader + 1, 1)
        self.volymer = _utfort(self.fran, self.till)
        self.delar, self.paslag, self.vidare = _fordelat(self.poster, self.volymer)

    @property
    def namn(self) -> str:
        sist = manad_i_ord(self.till - timedelta(1))
        return str(self.ar) if self.manader == 12 else f"januari–{sist}" if self.manader > 1 else sist

    def mangd(self, matt: str, antal: int) -> Fraction:
        """Minutes in hours, days of a place in months."""
        if matt == "timmar":
            return Fraction(antal, 60)
        return Fraction(antal * self.manader, (self.till - self.fran).days) if matt == "platser" else Fraction(antal)

    def enheter(self, nyckel: Callable[[Plats, str], Any]) -> dict[Any, list[Any]]:
        """Persons, how much and kronor by the key."""
        svar: dict[Any, list[Any]] = defaultdict(lambda: [set(), set(), Decimal(0)])
        for post in self.poster:
            for plats, ore in self.delar[post["rad"]].items():
                ett = svar[nyckel(plats, post["fordelas_efter"])]
                ett[0].add(plats[2])
                ett[1].add(plats)
                ett[2] += Decimal(ore) / 100
        return svar


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure and every cell of the report for those who may see single persons."""
    aren = dict(_boksluten())
    if not aren:
        return {}
    hela = [ar for ar, (poster, _) in aren.items() if poster[0]["manader"] == 12 and ar < idag.year]
    valt = int(urval["ar"]) if urval.get("ar") else max(hela or aren)
    detta = Ar(valt, *aren[valt])
    fore = max((ar for ar in aren if ar < valt), default=None)
    betalt, per_enhet = _ersattningen(detta)
    svar = _personerna(detta, betalt) | _enheterna(detta, per_enhet) | _avstamningen(detta)
    return svar | _aren(detta, Ar(fore, *aren[fore])) if fore else svar


def _boksluten() -> Iterable[tuple[int, tuple[list[Rad], str]]]:
    gallande: dict[str, Rad] = {}
    for fil in Uppgiftsfil.objects.filter(slag="bokslut").values():
        if fil["period"] not in gallande or gallande[fil["period"]]["version"] < fil["version"]:
            gallande[fil["period"]] = fil
    for period, fil in gallande.items():
        poster = list(Bokslutsrad.objects.filter(fil=fil["id"]).values())
        yield int(period), (poster, f"{fil['kalla']}, version {fil['version']}")


def _utfort(fran: date, till: date) -> dict[str, dict[Plats, int]]:
    """Days, days with närvaro and minutes in [fran, till), one at a time."""
    beslut = {pk: (insats, person) for pk, insats, person in Beslut.objects.values_list("pk", "insats", "person")}
    hos = dict(Enhet.objects.values_list("pk", "utforare"))
    dod = dict(Person.objects.values_list("pk", "avliden"))
    borta = defaultdict(list)
    for verk, start, slut in Uppehall.objects.values_list("verkstallighet", "fran", "till"):
        borta[verk].append((start, slut or date.max))
    dagar: dict[str, dict[Plats, int]] = {matt: defaultdict(int) for matt in MATT}
    platser: dict[int, Plats] = {}
    for verk in Verkstallighet.objects.values("pk", "beslut", "enhet", "fran", "till"):
        insats, person = beslut[verk["beslut"]]
        plats = platser[verk["pk"]] = (insats, hos[verk["enhet"]], person)
        dag, slut = max(verk["fran"], fran), min(verk["till"] or till, till)
        while dag < slut:
            lever = dod[person] is None or dag <= dod[person]
            if lever and not any(start <= dag < stopp for start, stopp in borta[verk["pk"]]):
                dagar["dygn"][plats] += 1
            dag += timedelta(1)
    dagar["platser"] = dict(dagar["dygn"])
    for verk, dag, kod in Narvaro.objects.values_list("verkstallighet", "datum", "kod").iterator(20000):
        if fran <= dag < till and kod == "N":
            dagar["dagar"][platser[verk]] += 1
    for verk, dag, start, slut in Besok.objects.values_list(
        "verkstallighet", "dag", "utford_start", "utford_slut"
    ).iterator(20000):
        if start and fran <= dag < till:
            dagar["timmar"][platser[verk]] += int((slut - start).total_seconds()) // 60
    return {matt: {plats: antal for plats, antal in alla.items() if antal} for matt, alla in dagar.items()}


def _netto(post: Rad) -> int:
    """In öre."""
    return int((post["bruttokostnad"] - post["interna_intakter"] - post["forsaljning"]) * 100)


def _dela(ore: int, vikter: dict[Any, int]) -> dict[Any, int]:
    """In öre, what is left over to those that lost most."""
    summa, tecken, belopp = sum(vikter.values()), -1 if ore < 0 else 1, abs(ore)
    svar = {nyckel: belopp * vikt // summa for nyckel, vikt in vikter.items()}
    kvar = belopp - sum(svar.values())
    mest = sorted(vikter, key=lambda nyckel: (-(Fraction(belopp * vikter[nyckel], summa) - svar[nyckel]), nyckel))
    for nyckel in mest[:kvar]:
        svar[nyckel] += 1
    return {nyckel: tecken * del_ for nyckel, del_ in svar.items()}


def _fordelat(
    poster: list[Rad], volymer: dict[str, dict[Plats, int]]
) -> tuple[dict[int, dict[Plats, int]], dict[int, int], dict[int, int]]:
    regi = dict(Utforare.objects.values_list("pk", "regi"))
    vikter: dict[int, dict[Plats, int]] = {}
    for post in poster:
        alla = volymer.get(post["fordelas_efter"], {})
        vikter[post["rad"]] = {
            plats: antal
            for plats, antal in alla.items()
            if plats[0] == post["insats"]
            and (post["utforare_id"] is None or plats[1] == post["utforare_id"])
            and (not post["regi"] or regi[plats[1]] == post["regi"])
        }
    egna = {post["rad"]: max(_netto(post), 0) for post in poster if vikter[post["rad"]]}
    paslag: dict[int, int] = defaultdict(int)
    vidare: dict[int, int] = defaultdict(int)
    for post in poster:
        if post["fordelas_efter"] == "gemensam" and sum(egna.values()):
            vidare[post["rad"]] = _netto(post)
            for rad, del_ in _dela(_netto(post), egna).items():
                paslag[rad] += del_
    delar = {
        post["rad"]: _dela(_netto(post) + paslag[post["rad"]], vikter[post["rad"]]) if vikter[post["rad"]] else {}
        for post in poster
    }
    return delar, paslag, vidare


def _kr(ore: int) -> Decimal:
    return Decimal(ore) / 100


def _snitt(ore: int, antal: int) -> Decimal:
    return avrunda(Fraction(ore, 100 * antal))


def _ersattningen(detta: Ar) -> tuple[dict[Plats, Decimal], dict[tuple[str, int, str], list[Decimal]]]:
    korda = dict(Korning.objects.exclude(status="beraknas").values_list("pk", "manad"))
    betalt: dict[Plats, Decimal] = defaultdict(Decimal)
    per_enhet: dict[tuple[str, int, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    falt = ("korning", "avser_manad", "typ", "insats", "utforare", "person", "enhet_for_antal", "antal", "belopp")
    for rad in Ersattningsrad.objects.values(*falt):
        if rad["korning"] in korda and detta.fran <= rad["avser_manad"] < detta.till:
            if rad["person"] and rad["typ"] in {"ordinarie", "kreditering", "rattelse"}:
                betalt[rad["insats"], rad["utforare"], rad["person"]] += rad["belopp"]
            if rad["typ"] == "ordinarie":
                ett = per_enhet[rad["insats"], rad["utforare"], rad["enhet_for_antal"]]
                ett[0] += rad["antal"]
                ett[1] += rad["belopp"]
    return betalt, per_enhet


def _mix(koder: Iterable[str]) -> str:
    valda = set(koder)
    return och([insats_i_ord(kod) for kod in Insats.values if kod in valda])


def _personerna(detta: Ar, betalt: dict[Plats, Decimal]) -> dict[str, object]:
    personer: dict[int, int] = defaultdict(int)
    per_insats: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for delar in detta.delar.values():
        for (insats, _, person), ore in delar.items():
            personer[person] += ore
            per_insats[insats][person] += ore
    har = {person: _mix(kod for kod, vilka in per_insats.items() if person in vilka) for person in personer}
    netto, fordelat = sum(map(_netto, detta.poster)), sum(personer.values())
    ytterfall, granser = _ytterfallen(detta, personer, per_insats)
    svar: dict[str, object] = {
        "tal kpb_kostnad": norm(_kr(netto)),
        "tal kpb_fordelat": norm(_kr(fordelat)),
        "tal kpb_inte_fordelat": norm(_kr(netto - fordelat)),
        "tal kpb_personer": norm(len(personer)),
        "tal kpb_medel": norm(_snitt(fordelat, len(personer))),
        "tal kpb_ytterfall": norm(len(ytterfall)),
        "tabell ytterfall": rader(granser),
        "tabell blandning": rader(_grupper(personer, lambda person: har[person])),
    }
    nummer = dict(Person.objects.values_list("pk", "personnummer"))
    ar = {person: detta.ar - int(nummer[person][:4]) for person in personer}

    def borta(person: int) -> str:
        return "Uppgiften är gallrad" if nummer[person].startswith("1900") and nummer[person].endswith("T000") else ""

    svar["tabell aldrar"] = rader(
        _grupper(
            personer,
            lambda p: borta(p) or next(namn for fran, till, namn in ALDRAR if fran <= ar[p] <= till),
        )
    )
    svar["tabell kpb_kon"] = rader(
        _grupper(personer, lambda p: borta(p) or ("Kvinnor" if ar_kvinna(nummer[p]) else "Män"))
    )
    svar |= _insatserna(per_insats, betalt, fordelat) | _percentilerna(list(personer.values()))
    return svar | _brukarna(detta, personer, har, betalt, ytterfall)


def _grupper(personer: dict[int, int], slag: Callable[[int], str]) -> list[tuple[Any, ...]]:
    per: dict[str, list[int]] = defaultdict(list)
    for person, ore in personer.items():
        per[slag(person)].append(ore)
    return [(namn, len(oren), _kr(sum(oren)), _snitt(sum(oren), len(oren))) for namn, oren in per.items()]


def _insatserna(
    per_insats: dict[str, dict[int, int]], betalt: dict[Plats, Decimal], fordelat: int
) -> dict[str, object]:
    per: dict[str, Decimal] = defaultdict(Decimal)
    for (insats, _, _), belopp in betalt.items():
        per[insats] += belopp
    tabell = []
    for kod in {*per_insats, *per}:
        personer = per_insats.get(kod, {})
        ore = sum(personer.values())
        snitt = _snitt(ore, len(personer)) if personer else None
        tabell.append((insats_i_ord(kod), len(personer), _kr(ore), snitt, per.get(kod)))
    svar: dict[str, object] = {"tabell kpb_insatser": rader(tabell)}
    if len(tabell) > 1:
        summa = sum(per.values(), Decimal(0)) if betalt else None
        svar["summa kpb_insatser"] = ("Summa", None, norm(_kr(fordelat)), None, norm(summa))
    return svar


def _percentilerna(oren: list[int]) -> dict[str, object]:
    """Between two persons in proportion: the place is (n − 1) · p."""
    oren = sorted(oren)
    svar = {}
    for procent in (10, 25, 50, 75, 90, 95, 99):
        plats = Fraction((len(oren) - 1) * procent, 100)
        nedre = int(plats)
        ovre = min(nedre + 1, len(oren) - 1)
        svar[procent] = avrunda((oren[nedre] + (oren[ovre] - oren[nedre]) * (plats - nedre)) / 100)
    return {
        "tabell percentiler": rader([(f"{procent} procent", varde) for procent, varde in svar.items()]),
        "tal kpb_median": norm(svar[50]),
        "tal kpb_p90": norm(svar[90]),
    }


def _ytterfallen(
    detta: Ar, personer: dict[int, int], per_insats: dict[str, dict[int, int]]
) -> tuple[set[int], list[tuple[Any, ...]]]:
    filer = sorted(Uppgiftsfil.objects.filter(slag="ytterfall").values_list("version", "pk"))
    alla: set[int] = set()
    tabell: list[tuple[Any, ...]] = []
    for ett in Ytterfallsgrans.objects.filter(fil=filer[-1][1]).values() if filer else []:
        varden: dict[int, Fraction] = defaultdict(Fraction)
        if ett["matt"] == "kronor":
            kronor = per_insats[ett["insats"]] if ett["insats"] else personer
            varden |= {person: Fraction(ore, 100) for person, ore in kronor.items()}
        else:
            for (insats, _, person), antal in detta.volymer[ett["matt"]].items():
                if insats == ett["insats"]:
                    varden[person] += detta.mangd(ett["matt"], antal)
        aret = {person: varde * 12 / detta.manader for person, varde in varden.items()}
        lagst, hogst = ett["lagst"], ett["hogst"]
        under = {person for person, varde in aret.items() if lagst is not None and varde < lagst}
        over = {person for person, varde in aret.items() if hogst is not None and varde > hogst}
        alla |= under | over
        namn = insats_i_ord(ett["insats"]) if ett["insats"] else "Alla insatser tillsammans"
        tabell.append((namn, MATT.get(ett["matt"], "Kronor"), lagst, hogst, len(under | over)))
    return alla, tabell


def _brukarna(
    detta: Ar, personer: dict[int, int], har: dict[int, str], betalt: dict[Plats, Decimal], ytterfall: set[int]
) -> dict[str, object]:
    per: dict[int, Decimal] = defaultdict(Decimal)
    for (_, _, person), belopp in betalt.items():
        per[person] += belopp
    tabell = []
    for person, ore in personer.items():
        om = f"{detta.ar}, {detta.poster[0]['manader']} månader, {detta.kalla}"
        namn = salted_hmac(f"kpb:{om}", str(person), algorithm="sha256").hexdigest()[:10].upper()
        tabell.append((namn, har[person], _kr(ore), per.get(person), "Ytterfall" if person in ytterfall else ""))
    return {"tabell brukare": rader(tabell)}


def _celler(detta: Ar, matt: str, ett: list[Any]) -> tuple[Any, ...]:
    antal = sum(detta.volymer[matt][plats] for plats in ett[1])
    mangd = detta.mangd(matt, antal)
    return MATT[matt], len(ett[0]), avrunda(mangd), ett[2], avrunda(Fraction(ett[2]) / mangd)


def _enheterna(detta: Ar, per_enhet: dict[tuple[str, int, str], list[Decimal]]) -> dict[str, object]:
    def betalt(insats: str, matt: str, utforare: int | None) -> Decimal | None:
        egna = [
            ett
            for (kod, pk, enhet), ett in per_enhet.items()
            if kod == insats and enhet == BETALT_I[matt] and utforare in {None, pk}
        ]
        antal = sum((ett[0] for ett in egna), Decimal(0))
        return avrunda(Fraction(sum((ett[1] for ett in egna), Decimal(0))) / Fraction(antal)) if antal else None

    namn = dict(Utforare.objects.values_list("pk", "namn"))
    per_insats = detta.enheter(lambda plats, matt: (plats[0], matt))
    hos = detta.enheter(lambda plats, matt: (plats[1], plats[0], matt))
    return {
        "tabell enhetskostnad": rader(
            [(insats_i_ord(i), *_celler(detta, m, ett), betalt(i, m, None)) for (i, m), ett in per_insats.items()]
        ),
        "tabell kpb_utforare": rader(
            [(namn[u], insats_i_ord(i), *_celler(detta, m, ett), betalt(i, m, u)) for (u, i, m), ett in hos.items()]
        ),
    }


def _aren(detta: Ar, fore: Ar) -> dict[str, object]:
    nu, da = (ar.enheter(lambda plats, matt: (plats[0], matt)) for ar in (detta, fore))
    tabell = []
    for insats, matt in {*nu, *da}:
        sedan = _celler(detta, matt, nu[insats, matt]) if (insats, matt) in nu else None
        forr = _celler(fore, matt, da[insats, matt]) if (insats, matt) in da else None
        andring = None
        if sedan and forr and da[insats, matt][2]:
            kvot = [Fraction(ar.enheter(lambda p, m: (p[0], m))[insats, matt][2]) for ar in (detta, fore)]
            mangder = [
                ar.mangd(matt, sum(ar.volymer[matt][p] for p in ett[insats, matt][1]))
                for ar, ett in ((detta, nu), (fore, da))
            ]
            andring = avrunda(kvot[0] / mangder[0] / (kvot[1] / mangder[1]) - 1, 4)
        antal = (forr and forr[1], sedan and sedan[1], forr and forr[4], sedan and sedan[4])
        tabell.append((insats_i_ord(insats), MATT[matt], *antal, andring))
    return {"tabell kpb_aren": rader(tabell)}


def _avstamningen(detta: Ar) -> dict[str, object]:
    namn = dict(Utforare.objects.values_list("pk", "namn"))
    tabell = []
    for post in detta.poster:
        rad, matt, netto = post["rad"], post["fordelas_efter"], _netto(post)
        fordelat, vidare = sum(detta.delar[rad].values()), detta.vidare[rad]
        kvar = 0 if detta.delar[rad] else netto - vidare
        varfor = ""
        if not detta.delar[rad] and not (matt == "gemensam" and vidare):
            varfor = {"ingen": "Ska inte fördelas", "gemensam": "Det finns inget att fördela den på"}.get(
                matt, "Inget utfört är registrerat"
            )
        vem = namn[post["utforare_id"]] if post["utforare_id"] else REGI[post["regi"]]
        tabell.append(
            (
                post["verksamhet"],
                insats_i_ord(post["insats"]) if post["insats"] else "",
                vem,
                MATT.get(matt) or OVRIGT[matt],
                post["bruttokostnad"],
                post["interna_intakter"],
                post["forsaljning"],
                *map(_kr, (netto, detta.paslag[rad] - vidare, fordelat, kvar)),
                varfor,
            )
        )
    svar: dict[str, object] = {"tabell avstamning": rader(tabell)}
    if len(tabell) > 1:
        summor = (norm(sum((rad[plats] for rad in tabell), Decimal(0))) for plats in range(4, 11))
        svar["summa avstamning"] = ("Summa", "", "", "", *summor, "")
    return svar
