"""The report: findings by rule, owner, age and money, and how they have gone. Pure but for the addresses of rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.behorighet import Roll
from grund.text import datum_i_ord, manad_i_ord, stor_forsta, svensk_ordning, tidpunkt_i_ord
from uppfoljning.kontroll.fyndrader import Fyndrad
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.register import REGLER, regler
from uppfoljning.rapport.fordelning import FARRE, OVRIGA, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.datakvalitet.queries import Underlag
from uppfoljning.undertryckning import ar_litet

GAMMALT = 90  # days
ALDRAR = ((7, "högst 7 dagar"), (30, "8–30 dagar"), (GAMMALT, "31–90 dagar"), (None, "mer än 90 dagar"))
_UTAN = "Ingen handläggare"
_PAGAR = "Månaden pågår. Siffrorna visas när den har slutat."
_ORDNING = [(ett.nyckel, ett.namn) for ett in regler(Omrade.KVALITET)]
_HUR = (
    "Reglerna letar varje natt, och när något registreras, efter uppgifter som inte kan stämma eller som saknas. Ett"
    " fynd rättas i källan och stängs när regeln inte längre hittar det. Inget fynd kan ändras eller tas bort för hand."
)


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    offentlig = lasare.offentlig
    delar = [_offentligt(underlag) if offentlig else _laget(underlag), _trenden(underlag, offentlig=offentlig)]
    if not offentlig:
        delar[1:1] = [_reglerna(underlag), _agarna(underlag), _aldrarna(underlag)]
    return Rapport(
        rubrik=f"Datakvalitet, {manad_i_ord(underlag.manad)}",
        per=underlag.dag,
        urval=(("Månad", manad_i_ord(underlag.manad)), ("Läget den", datum_i_ord(underlag.dag))),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av datakvaliteten.",),
        ekonomi=("Redovisningen medför inga kostnader. Uppgifter som är fel kan ge fel ersättning och fel statistik.",),
    )


def aldersklass(upptackt: date, dag: date) -> str:
    """How long it has been known, in classes."""
    gammal = (dag - upptackt).days
    return next(namn for hogst, namn in ALDRAR if hogst is None or gammal <= hogst)


def _laget(underlag: Underlag) -> Del:
    fynd, sida = underlag.fynd, f"{reverse('uppfoljning:fynd')}?manad={underlag.manad}"
    gamla = [ett for ett in fynd if (underlag.dag - ett.upptackt).days > GAMMALT]
    obedomda = [ett for ett in fynd if not ett.avgjord]
    tal = (
        Nyckeltal("fynd_oppna", len(fynd), adress=f"{sida}&lage=alla"),
        Nyckeltal("fynd_obedomda", len(obedomda), av=(len(obedomda), len(fynd)), adress=sida),
        Nyckeltal("fynd_nya", underlag.rorelse.nya, adress=f"{sida}&lage=nya"),
        Nyckeltal("fynd_stangda", underlag.rorelse.stangda, adress=f"{sida}&lage=stangda"),
        Nyckeltal("fynd_gamla", len(gamla), av=(len(gamla), len(fynd)), adress="#tabell-aldrar"),
        Nyckeltal("fynd_belopp", summa(fynd) or Decimal(0), Slag.KRONOR, adress="#tabell-regler"),
    )
    return Del("laget", "Läget", (_HUR, _nar(underlag)), tal)


def _nar(underlag: Underlag) -> str:
    if underlag.kontrollerat is None:
        return "Kontrollerna har inte körts än."
    return f"Kontrollerna kördes senast {tidpunkt_i_ord(underlag.kontrollerat)}."


def _offentligt(underlag: Underlag) -> Del:
    fynd = [ett for ett in underlag.fynd if ett.person > 0]  # negative: of an enhet
    if underlag.dag < underlag.manad.sista:
        return Del("laget", "Läget", (_HUR, _PAGAR))
    if ar_for_fa(fynd):
        return Del("laget", "Läget", (_HUR, FARRE))
    grupper = fordela(fynd, lambda ett: ett.regel, _ORDNING, offentlig=True)
    if any(grupp.namn == OVRIGA for grupp in grupper):
        grupper = []  # other reports tell of what some rules find, and then what is left of those that are merged
    tabell = Tabell(
        "regler",
        "Öppna fynd per regel",
        (Kolumn("Regel"), Kolumn("Öppna", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal)) for grupp in grupper),
        Rad(("Summa", len(fynd))) if len(grupper) > 1 else None,
    )
    return Del("laget", "Läget", (_HUR,), (Nyckeltal("fynd_oppna", len(fynd)),), tabeller=(tabell,) if grupper else ())


def _reglerna(underlag: Underlag) -> Del:
    rader = tuple(_regelrad(nyckel, fynd, underlag) for nyckel, fynd in _per(underlag.fynd, lambda ett: ett.regel))
    kolumner = (
        Kolumn("Regel"),
        Kolumn("Rättas av"),
        Kolumn("Öppna", Slag.HELTAL, summera=True),
        Kolumn("Att titta på", Slag.HELTAL, summera=True),
        Kolumn("Äldst, dagar", Slag.HELTAL),
        Kolumn("Gäller högst, kr", Slag.KRONOR, summera=True),
    )
    noter = (
        "Beloppet är en summa av ersättningsrader. Regeln säger vilka. Fynd utan rader har inget belopp.",
        "Ett och samma belopp kan stå i flera regler.",
    )
    tabell = Tabell("regler", "Öppna fynd per regel", kolumner, rader, _summa(underlag), noter, tom="Inget är fel.")
    return Del("regler", "Regler", tabeller=(tabell,))


def _regelrad(nyckel: str, fynd: Sequence[Fyndrad], underlag: Underlag) -> Rad:
    regel = REGLER[nyckel]
    celler = (
        regel.namn,
        stor_forsta(str(regel.agare.label)),
        len(fynd),
        obedomda(fynd),
        aldst(fynd, underlag.dag),
        summa(fynd),
    )
    return Rad(celler, f"{reverse('uppfoljning:fynd')}?manad={underlag.manad}&lage=alla&regel={nyckel}")


def _summa(underlag: Underlag) -> Rad | None:
    fynd = underlag.fynd
    return Rad(("Summa", "", len(fynd), obedomda(fynd), None, summa(fynd))) if fynd else None


def _agarna(underlag: Underlag) -> Del:
    roller = tuple(
        _agarrad(stor_forsta(str(Roll(roll).label)), fynd, underlag.dag)
        for roll, fynd in _per(underlag.fynd, lambda ett: ett.agare)
    )
    hos = [ett for ett in underlag.fynd if ett.agare == Roll.HANDLAGGARE]
    personal = sorted(_per(hos, lambda ett: ett.handlaggare), key=lambda par: (not par[0], svensk_ordning(par[0])))
    namn = tuple(_agarrad(vem or _UTAN, fynd, underlag.dag) for vem, fynd in personal)
    return Del(
        "agare",
        "Vem som rättar",
        tabeller=(
            Tabell("agare", "Öppna fynd per roll", _agarkolumner("Roll"), roller, tom="Inget är fel."),
            Tabell("handlaggare", "Hos handläggare", _agarkolumner("Handläggare"), namn, tom="Inget är fel."),
        ),
    )


def _agarkolumner(vem: str) -> tuple[Kolumn, ...]:
    return (
        Kolumn(vem),
        Kolumn("Öppna", Slag.HELTAL, summera=True),
        Kolumn("Att titta på", Slag.HELTAL, summera=True),
        Kolumn("Äldst, dagar", Slag.HELTAL),
        Kolumn("Gäller högst, kr", Slag.KRONOR, summera=True),
    )


def _agarrad(vem: str, fynd: Sequence[Fyndrad], dag: date) -> Rad:
    return Rad((vem, len(fynd), obedomda(fynd), aldst(fynd, dag), summa(fynd)))


def _aldrarna(underlag: Underlag) -> Del:
    per = dict(_per(underlag.fynd, lambda ett: aldersklass(ett.upptackt, underlag.dag)))
    rader = tuple(
        Rad((stor_forsta(namn), len(fynd), obedomda(fynd), summa(fynd)))
        for _, namn in ALDRAR
        if (fynd := per.get(namn, []))
    )
    kolumner = (
        Kolumn("Känt sedan"),
        Kolumn("Öppna", Slag.HELTAL, summera=True),
        Kolumn("Att titta på", Slag.HELTAL, summera=True),
        Kolumn("Gäller högst, kr", Slag.KRONOR, summera=True),
    )
    tabell = Tabell("aldrar", "Öppna fynd efter ålder", kolumner, rader, tom="Inget är fel.")
    return Del("aldrar", "Hur gamla de är", tabeller=(tabell,))


def _trenden(underlag: Underlag, *, offentlig: bool) -> Del:
    """Twelve months. In public a number of few is not shown, nor a month that has not ended."""
    manader = underlag.trend
    if offentlig and underlag.dag < underlag.manad.sista:
        manader = manader[:-1]
    varden = tuple(_varde(vilka, offentlig=offentlig) for _, vilka in manader)
    tabell = Tabell(
        "trend",
        "Öppna fynd vid månadens slut",
        (Kolumn("Månad"), Kolumn("Öppna", Slag.HELTAL)),
        tuple(Rad((stor_forsta(manad_i_ord(ett)), varde)) for (ett, _), varde in zip(manader, varden, strict=True)),
        noter=("– = avser färre än fem personer och visas inte.",) if None in varden else (),
    )
    namn = tuple(f"{manad_i_ord(ett)[:3]} {ett.ar % 100}" for ett, _ in manader)
    bild = Bild("Öppna fynd", namn, (Serie("Fynd", varden),), "antal fynd vid månadens slut", "trend")
    return Del("utveckling", "Utveckling", bild=bild, tabeller=(tabell,))


def _varde(vilka: Sequence[int], *, offentlig: bool) -> int | None:
    if not offentlig:
        return len(vilka)
    nagra = [ett for ett in vilka if ett > 0]
    return None if ar_litet(frozenset(nagra)) else len(nagra)


def _per(fynd: Iterable[Fyndrad], av: Callable[[Fyndrad], str]) -> Iterator[tuple[str, list[Fyndrad]]]:
    """Grouped; rules in their own order, the rest with the most first."""
    grupper: dict[str, list[Fyndrad]] = {}
    for ett in fynd:
        grupper.setdefault(av(ett), []).append(ett)
    ordning = list(REGLER)
    yield from sorted(
        grupper.items(), key=lambda par: (ordning.index(par[0]) if par[0] in REGLER else -len(par[1]), par[0])
    )


def obedomda(fynd: Iterable[Fyndrad]) -> int:
    """How many that somebody has to look at."""
    return sum(not ett.avgjord for ett in fynd)


def aldst(fynd: Iterable[Fyndrad], dag: date) -> int:
    """Days that the oldest has been known."""
    return max(((dag - ett.upptackt).days for ett in fynd), default=0)


def summa(fynd: Iterable[Fyndrad]) -> Decimal | None:
    """What rows say of them; None when no row does."""
    belopp = [ett.belopp for ett in fynd if ett.belopp is not None]
    return sum(belopp, Decimal(0)) if belopp else None
