"""The report: what is late, what comes, and how often follow-ups are made. Pure but for the addresses of rows.

In public: the figures of a quarter that has ended, of five persons or more, and how follow-ups that are late are spread
over insatser. No handläggare, and nothing of single beslut.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, datum_i_ord, stor_forsta
from uppfoljning.rapport.fordelning import HarPerson, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.omprovning_och_uppfoljning.listor import arbetslistor
from uppfoljning.rapporter.omprovning_och_uppfoljning.queries import INGA, AttFoljaUpp, Grad, Underlag
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import OMPROVNING_FORE, SENHETER, senhet
from uppfoljning.rapporter.omprovning_och_uppfoljning.urval import Urval, dela
from uppfoljning.undertryckning import MINST

_INSATSER = [(kod.value, insats_i_ord(kod)) for kod in Insats]
_SENHETER = [(namn, stor_forsta(namn)) for _, namn in SENHETER]
_INGEN = "Ingen handläggare"
_FOR_FA = "Tal som avser färre än fem personer visas inte."
_KVARTAL = "I ett offentligt dokument visas läget när ett kvartal har slutat."
_EKONOMI = "Dagar som inget beslut täcker ersätts inte, så en omprövning som blir sen drabbar utföraren eller personen."
_SA_VAR_DET = (
    "Räknat på hur det var den sista dagen i varje period, efter det som är registrerat i dag: en uppföljning som har"
    " gjorts senare är inte med, men en som har skrivits in i efterhand är det."
)


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    urval = dela(underlag)
    delar = [_laget(underlag, urval, lasare), _utvecklingen(underlag, offentlig=lasare.offentlig)]
    if not lasare.offentlig:
        delar += arbetslistor(underlag, urval, lasare)
    return Rapport(
        rubrik="Omprövning och uppföljning",
        per=underlag.dag,
        urval=(("Läget den", datum_i_ord(underlag.dag)),),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av omprövningar och uppföljningar.",),
        ekonomi=(_EKONOMI,),
        personer=frozenset() if lasare.offentlig else urval.personer,
    )


def _laget(underlag: Underlag, urval: Urval, lasare: Lasare) -> Del:
    offentlig = lasare.offentlig
    tabeller = [_offentlig_insats(urval)] if offentlig else _interna_tabeller(underlag, urval)
    return Del(
        "laget",
        "Läget",
        tuple(_meningar(underlag, urval, offentlig=offentlig)),
        nyckeltal=tuple(_nyckeltal(underlag, urval, offentlig=offentlig)),
        tabeller=tuple(ett for ett in tabeller if ett.rader),
    )


def _meningar(underlag: Underlag, urval: Urval, *, offentlig: bool) -> Iterator[str]:
    yield f"Rapporten visar läget den {datum_i_ord(underlag.dag)}."
    yield (
        "En uppföljning säger hur stödet fungerar och ändrar aldrig beslutet. Den görs minst en gång om året, eller den"
        " dag som beslutet säger. En omprövning är ett nytt ärende: ett tidsbegränsat beslut omprövas senast"
        f" {OMPROVNING_FORE.days} dagar innan det går ut."
    )
    if not offentlig:
        begarda = sum(ett.arende is not None for ett in urval.ej_klara)
        if urval.ej_klara:
            antal = antal_ord(len(urval.ej_klara), "beslut", "beslut")
            for_ = f"påbörjad för {begarda}" if begarda else "inte påbörjad för något"
            yield f"Av {antal} som går ut inom {OMPROVNING_FORE.days} dagar är omprövningen {for_}."
        return
    yield f"{_KVARTAL} {_FOR_FA}"


def _nyckeltal(underlag: Underlag, urval: Urval, *, offentlig: bool) -> Iterator[Nyckeltal]:
    yield from _antal("uppfoljning_forsenade", urval.sena, "#tabell-sena", offentlig=offentlig)
    if not offentlig:
        yield from _antal("uppfoljning_inom", urval.snart, "#tabell-snart", offentlig=offentlig)
    grad = underlag.trend[-1][1]
    if grad.alla and (not offentlig or _far_visas(grad)):
        av = None if offentlig else (grad.foljda, grad.alla)
        yield Nyckeltal("uppfoljningsgrad", _visad_andel(grad, offentlig=offentlig), Slag.ANDEL, av, "#utveckling")
    yield from _antal("omprovning_ej_klar", urval.ej_klara, "#tabell-ej-klara", offentlig=offentlig)
    if not offentlig:
        yield from _antal("omprovning_kommande", urval.kommande, "#tabell-kommande", offentlig=offentlig)
    yield from _antal("utfors_utan_beslut", underlag.utan_beslut, "#tabell-utan-beslut", offentlig=offentlig)


def _antal(nyckel: str, vilka: Sequence[HarPerson], adress: str, *, offentlig: bool) -> Iterator[Nyckeltal]:
    """How many they are; in public nothing when they are a few persons."""
    if not (offentlig and ar_for_fa(vilka)):
        yield Nyckeltal(nyckel, len(vilka), adress="" if offentlig else adress)


def _far_visas(grad: Grad) -> bool:
    """Whether the share says nothing of a few persons: neither those on one side nor those on the other are few."""
    return not any(0 < antal < MINST for antal in (grad.personer_foljda, grad.personer_ej))


def _andel(grad: Grad) -> Decimal:
    return Decimal(grad.foljda) / grad.alla


def _visad_andel(grad: Grad, *, offentlig: bool) -> Decimal:
    """In public whole per cent: exactly it would tell how many have not been followed up, and those who are late are
    the same and a few more."""
    return _andel(grad).quantize(Decimal("0.01"), ROUND_HALF_UP) if offentlig else _andel(grad)


def _offentlig_insats(urval: Urval) -> Tabell:
    grupper = fordela(urval.sena, _insats, _INSATSER, offentlig=True)
    return Tabell(
        "insatser",
        "Försenade uppföljningar per insats",
        (Kolumn("Insats"), Kolumn("Beslut", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal)) for grupp in grupper),
        Rad(("Summa", len(urval.sena))) if len(grupper) > 1 else None,
    )


def _insats(ett: AttFoljaUpp) -> str:
    return ett.insats


def _interna_tabeller(underlag: Underlag, urval: Urval) -> list[Tabell]:
    return [_per_insats(underlag, urval), _per_handlaggare(underlag, urval), _per_senhet(underlag, urval)]


_LAGE = (
    Kolumn("Försenade uppföljningar", Slag.HELTAL, summera=True),
    Kolumn("Uppföljning inom 30 dagar", Slag.HELTAL, summera=True),
    Kolumn("Omprövning ej klar", Slag.HELTAL, summera=True),
    Kolumn("Utförs utan beslut", Slag.HELTAL, summera=True),
)


def _per_insats(underlag: Underlag, urval: Urval) -> Tabell:
    kolumner = (
        Kolumn("Insats"),
        *_LAGE,
        Kolumn("Beslut minst ett år", Slag.HELTAL, summera=True),
        Kolumn("Uppföljda senaste året", Slag.HELTAL, summera=True),
        Kolumn("Uppföljda, andel", Slag.ANDEL),
    )
    rader = []
    for kod, namn in _INSATSER:
        lage = _lage(urval, lambda ett, kod=kod: ett.insats == kod)
        grad = underlag.grad_per_insats.get(kod, INGA)
        if any(lage) or grad.alla:
            rader.append(Rad((namn, *lage, grad.alla, grad.foljda, _andel(grad) if grad.alla else None)))
    hela = underlag.trend[-1][1]
    lage = _lage(urval, lambda _: True)
    summa = Rad(("Summa", *lage, hela.alla, hela.foljda, _andel(hela) if hela.alla else None))
    return Tabell("insatser", "Per insats", kolumner, tuple(rader), summa if len(rader) > 1 else None)


def _lage(urval: Urval, med: Callable[..., bool]) -> tuple[int, ...]:
    """How many of each list are `med`, in the order of the columns."""
    return tuple(sum(1 for ett in lista if med(ett)) for lista in _listor(urval))


def _listor(urval: Urval) -> tuple[Iterable[HarPerson], ...]:
    return urval.sena, urval.snart, urval.ej_klara, urval.utan_beslut


def _per_handlaggare(underlag: Underlag, urval: Urval) -> Tabell:
    """One reading of each list: a nation has thousands of handläggare, and as many late follow-ups."""
    hos = [Counter(namn for ett in lista for namn in _hos(ett, underlag)) for lista in _listor(urval)]
    namnen = sorted({namn for vilka in underlag.handlaggare.values() for namn in vilka})
    rader = [Rad((namn, *(antal[namn] for antal in hos))) for namn in namnen]
    if any(antal[None] for antal in hos):
        rader.append(Rad((_INGEN, *(antal[None] for antal in hos))))
    noter = ("Den som har två handläggare räknas hos båda.",)
    return Tabell("handlaggare", "Per handläggare", (Kolumn("Handläggare"), *_LAGE), tuple(rader), noter=noter)


def _hos(ett: HarPerson, underlag: Underlag) -> set[str] | set[None]:
    """The names of those who have the person, each once; None: nobody."""
    namnen = underlag.handlaggare.get(ett.person)
    return set(namnen) if namnen else {None}


def _per_senhet(underlag: Underlag, urval: Urval) -> Tabell:
    grupper = fordela(urval.sena, lambda ett: senhet(ett.senast, underlag.dag), _SENHETER, offentlig=False)
    return Tabell(
        "senhet",
        "Hur sena uppföljningarna är",
        (Kolumn("Tid"), Kolumn("Beslut", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal)) for grupp in grupper),
        Rad(("Summa", len(urval.sena))) if len(grupper) > 1 else None,
    )


def _utvecklingen(underlag: Underlag, *, offentlig: bool) -> Del:
    """How large a share had been followed up at each time. In public without the numbers that it is made of."""
    rubrik = "Utveckling"
    visade = [(ett, grad) for ett, grad in underlag.trend if grad.alla]
    andelar = [
        None if offentlig and not _far_visas(grad) else _visad_andel(grad, offentlig=offentlig) for _, grad in visade
    ]
    antal = () if offentlig else (Kolumn("Beslut minst ett år", Slag.HELTAL), Kolumn("Uppföljda", Slag.HELTAL))
    rader = tuple(
        Rad((punkt.namn, *(() if offentlig else (grad.alla, grad.foljda)), andel))
        for (punkt, grad), andel in zip(visade, andelar, strict=True)
    )
    noter = [_SA_VAR_DET]
    if None in andelar:
        noter.append("– = avser färre än fem personer och visas inte.")
    kolumner = (Kolumn("Period"), *antal, Kolumn("Uppföljda senaste året", Slag.ANDEL))
    tabell = Tabell("trend", "Uppföljningsgrad vid periodens slut", kolumner, rader, noter=tuple(noter))
    bild = Bild(
        rubrik,
        tuple(punkt.kort for punkt, _ in visade),
        (Serie("Uppföljda", tuple(None if andel is None else _procent(andel) for andel in andelar)),),
        "procent av besluten",
        "trend",
    )
    return Del("utveckling", rubrik, bild=bild if visade else None, tabeller=(tabell,))


def _procent(andel: Decimal) -> Decimal:
    return (andel * 100).quantize(Decimal(1), ROUND_HALF_UP)
