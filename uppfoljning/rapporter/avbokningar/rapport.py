"""The report: visits that were not made, what they cost, and who does not take up the support.

Pure but for the addresses of rows. In public: all utförare, one month, and sums over groups of five persons or more.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, manad_i_ord, och, stor_forsta, svensk_ordning, tal
from uppfoljning.rapport.fordelning import FARRE, Grupp, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell, Varde
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import (
    FA,
    MANGA,
    MINST_PLANERADE,
    OKAND,
    PERSONALKLASSER,
    VARSEL_I_ORD,
    Avbokning,
    Bomslag,
    Bomtid,
    Upptag,
    Verk,
    andel,
    summa,
)
from uppfoljning.rapporter.perioden import INTE_OFFENTLIG
from utforare.orsaker import avbokningsnamn

_UTAN_ORSAK = "Orsak inte angiven"
_INGA = "Inga besök i boendestöd är registrerade i perioden."
_KLASSER = (*(namn for _, namn in PERSONALKLASSER), MANGA, OKAND)
_EKONOMI = (
    "Bomtid är ett planerat besök som personen har avbokat för sent eller uteblivit från. Vad den kostar beror på"
    " avtalet: den betalas som bomtid, ingår i den beställda tiden eller betalas inte alls."
)


class Hel(NamedTuple):
    """A verkställighet as something about a person, for groups that may be shown."""

    person: int
    verk: Verk
    bomtid: int


def rapport(underlag: Underlag, lasare: Lasare, *, grans: int, utforare: str) -> Rapport:
    """The report. `grans`: from what share of missed visits, in percent, somebody does not take up the support."""
    offentlig, period = lasare.offentlig, underlag.period
    if offentlig and not period.ar_en_manad:
        delar = [Del("laget", "Läget", (INTE_OFFENTLIG,))]
    else:
        delar = [_laget(underlag, offentlig=offentlig), _utforarna(underlag, offentlig=offentlig)]
        delar.append(_bomtid(underlag, offentlig=offentlig))
    if not offentlig:
        delar += [_kontinuitet(underlag), _tar_inte_emot(underlag, lasare, grans), _personer(underlag)]
    return Rapport(
        rubrik=f"Avbokningar i boendestöd, {period.i_ord}",
        per=period.sista_dagen,
        urval=(
            ("Period", period.i_ord),
            ("Utförare", utforare or "Alla"),
            *(() if offentlig else (("Tar inte emot, minst", f"{grans} %"),)),
            ("Varsel där avtalet inte säger", antal_ord(underlag.varsel, "timme", "timmar")),
        ),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av avbokningar i boendestöd.",),
        ekonomi=(_EKONOMI,),
        personer=frozenset() if offentlig else frozenset(ett.person for ett in underlag.upptag),
    )


# ---- What was not made, why and how late ------------------------------------------------------------------------


def _laget(underlag: Underlag, *, offentlig: bool) -> Del:
    planerade, avbokade = sum(ett.planerade for ett in underlag.verk), underlag.avbokningar
    if not planerade:
        return Del("laget", "Läget", (_INGA,))
    if offentlig and (ar_for_fa(avbokade) or ar_for_fa([ett for ett in underlag.upptag if ett.utforda_planerade])):
        return Del("laget", "Läget", (FARRE,))
    brukarens = [ett for ett in avbokade if ett.av_brukaren]
    tabeller = tuple(_tabeller(brukarens, avbokade, offentlig=offentlig))
    return Del(
        "laget",
        "Läget",
        (
            f"{antal_ord(planerade, 'besök', 'besök')} var planerade, och {tal(len(avbokade))} av dem blev inte av.",
            "Varslet är verkliga timmar mellan avbokningen och besökets planerade start.",
        ),
        nyckeltal=tuple(_nyckeltal(planerade, brukarens, avbokade, offentlig=offentlig)),
        bild=_varselbild(tabeller),
        tabeller=tabeller,
    )


def _nyckeltal(
    planerade: int, brukarens: Sequence[Avbokning], avbokade: Sequence[Avbokning], *, offentlig: bool
) -> Iterator[Nyckeltal]:
    adress = "" if offentlig else "#personer"
    yield _andelstal("avbokningar_andel", len(avbokade), planerade, adress)
    utforarens = [ett for ett in avbokade if not ett.av_brukaren]
    if not (offentlig and (ar_for_fa(brukarens) or ar_for_fa(utforarens))):
        yield _andelstal("avbokningar_brukare", len(brukarens), planerade, adress)
        yield _andelstal("avbokningar_utforare", len(utforarens), planerade, adress)


def _andelstal(nyckel: str, delar: int | Fraction, av: int | Fraction, adress: str) -> Nyckeltal:
    """A share, with what it is of; parts of hours are shown as whole ones."""
    taljare, namnare = (ett if isinstance(ett, int) else avrunda(ett, 0) for ett in (delar, av))
    return Nyckeltal(nyckel, andel(delar, av), Slag.ANDEL, (taljare, namnare), adress)


def _tabeller(brukarens: Sequence[Avbokning], avbokade: Sequence[Avbokning], *, offentlig: bool) -> Iterator[Tabell]:
    ordning = [(namn, stor_forsta(namn)) for namn in VARSEL_I_ORD]
    if grupper := fordela(brukarens, lambda ett: ett.varsel, ordning, offentlig=offentlig):
        yield _antal("varsel", "När brukaren avbokade", "Hur långt före", grupper, offentlig=offentlig)
    if offentlig:
        if grupper := fordela(avbokade, lambda ett: ett.orsak, _orsaker(avbokade), offentlig=True):
            yield _antal("orsaker", "Varför besöken inte blev av", "Orsak", grupper, offentlig=True)
    elif avbokade:
        yield _orsakstabell(avbokade)


def _orsaker(avbokade: Sequence[Avbokning]) -> list[tuple[str, str]]:
    """The codes that there are, with their names, in Swedish order; what has none last. Knows no sizes."""
    koder = {ett.orsak for ett in avbokade}
    namn = [(kod, stor_forsta(avbokningsnamn(kod)) if kod else _UTAN_ORSAK) for kod in koder]
    return sorted(namn, key=lambda par: (not par[0], svensk_ordning(par[1])))


def _antal(nyckel: str, rubrik: str, vad: str, grupper: Sequence[Grupp[Avbokning]], *, offentlig: bool) -> Tabell:
    adress = "" if offentlig else "#personer"
    return Tabell(
        nyckel,
        rubrik,
        (Kolumn(vad), Kolumn("Besök", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal), adress) for grupp in grupper),
        Rad(("Summa", sum(grupp.antal for grupp in grupper))) if len(grupper) > 1 else None,
    )


def _orsakstabell(avbokade: Sequence[Avbokning]) -> Tabell:
    antal = Counter((ett.orsak, ett.av_brukaren) for ett in avbokade)
    rader = [(namn, antal[kod, True], antal[kod, False]) for kod, namn in _orsaker(avbokade)]
    summor = [sum(ett.av_brukaren for ett in avbokade), sum(not ett.av_brukaren for ett in avbokade)]
    return Tabell(
        "orsaker",
        "Varför besöken inte blev av",
        (
            Kolumn("Orsak"),
            Kolumn("Brukaren", Slag.HELTAL, summera=True),
            Kolumn("Utföraren", Slag.HELTAL, summera=True),
            Kolumn("Alla", Slag.HELTAL, summera=True),
        ),
        tuple(Rad((*rad, rad[1] + rad[2]), "#personer") for rad in rader),
        Rad(("Summa", *summor, sum(summor))) if len(rader) > 1 else None,
    )


def _varselbild(tabeller: Sequence[Tabell]) -> Bild | None:
    tabell = next((ett for ett in tabeller if ett.nyckel == "varsel"), None)
    if tabell is None:
        return None
    platser = tuple(str(rad.celler[0]) for rad in tabell.rader)
    varden = tuple(ett for rad in tabell.rader if isinstance(ett := rad.celler[1], int))
    return Bild("När brukaren avbokade", platser, (Serie("Besök", varden),), "antal besök", "varsel", liggande=True)


# ---- Ordered, carried out, bomtid, by utförare ------------------------------------------------------------------


def _utforarna(underlag: Underlag, *, offentlig: bool) -> Del:
    rubrik = "Beställd, utförd och avbokad tid"
    alla = _hela(underlag)
    if not alla or (offentlig and ar_for_fa(alla)):
        return Del("utforare", rubrik, (FARRE,) if alla else (_INGA,))
    grupper = fordela(alla, lambda ett: ett.verk.utforare, _ordnade(alla), offentlig=offentlig)
    if offentlig:
        nyckeltal = tuple(_tidstal(alla, "")) if _ar_manga([alla], *_DELAR) else ()
        return Del("utforare", rubrik, nyckeltal=nyckeltal, tabeller=tuple(_offentlig_tidstabell(grupper)))
    nyckeltal = tuple(_tidstal(alla, "#tabell-utforare_tid"))
    tabeller = (_tidstabell(grupper, underlag), _avbokningstabell(underlag, grupper))
    return Del("utforare", rubrik, nyckeltal=nyckeltal, tabeller=tabeller)


def _tidstal(alla: Sequence[Hel], adress: str) -> Iterator[Nyckeltal]:
    med = [ett for ett in alla if ett.verk.bestallt is not None]
    if bestallt := summa([ett.verk.bestallt for ett in med]):
        utfort, bom = sum(ett.verk.utforda_minuter for ett in med), sum(ett.bomtid for ett in med)
        yield _andelstal("avbokningar_utford_tid", Fraction(utfort, 60), bestallt / 60, adress)
        yield _andelstal("avbokningar_bomtid", Fraction(bom, 60), bestallt / 60, adress)


def _ar_manga(grupper: Sequence[Sequence[Hel]], *delar: Callable[[Hel], bool]) -> bool:
    """Whether, in every group, nobody or at least five persons have each of these: only then may their sums be told."""
    return not any(ar_for_fa([ett for ett in grupp if har(ett)]) for grupp in grupper for har in delar)


def _offentlig_tidstabell(grupper: Sequence[Grupp[Hel]]) -> Iterator[Tabell]:
    """The table without what rests on too few in any row: bomtid, or all of it."""
    delar = [grupp.delar for grupp in grupper]
    har_tid, har_bomtid = _DELAR[:2], _DELAR[2]
    if not grupper or not _ar_manga(delar, *har_tid):
        return
    hel = _tidstabell(grupper, None)
    utan = {7} if _ar_manga(delar, har_bomtid) else {4, 6, 7}
    yield Tabell(
        hel.nyckel,
        hel.rubrik,
        tuple(ett for plats, ett in enumerate(hel.kolumner) if plats not in utan),
        tuple(_utan(rad, utan) for rad in hel.rader),
        _utan(hel.summa, utan) if hel.summa else None,
        noter=hel.noter[:1],
    )


def _utan(rad: Rad, platser: set[int]) -> Rad:
    return Rad(tuple(cell for plats, cell in enumerate(rad.celler) if plats not in platser))


_DELAR: tuple[Callable[[Hel], bool], ...] = (
    lambda ett: ett.verk.bestallt is not None,
    lambda ett: ett.verk.utforda_minuter > 0,
    lambda ett: ett.bomtid > 0,
)


def _hela(underlag: Underlag) -> list[Hel]:
    minuter: Counter[int] = Counter()
    for bom in underlag.bomtid:
        minuter[bom.avbokning.verk] += bom.avbokning.minuter
    return [Hel(verk.person, verk, minuter[verk.id]) for verk in underlag.verk]


def _ordnade(alla: Sequence[Hel]) -> list[tuple[int, str]]:
    """Utförare in Swedish order: fixed beforehand, and knows no sizes (ADR 0016)."""
    namnen = {ett.verk.utforare: ett.verk.utforarnamn for ett in alla}
    return sorted(namnen.items(), key=lambda par: (svensk_ordning(par[1]), par[0]))


def _om(underlag: Underlag, utforare: int) -> str:
    """The same report of one utförare."""
    period = underlag.period
    val = f"fran={period.forsta}&till={period.sista}&varsel={underlag.varsel}&utforare={utforare}"
    return f"?{val}#personer"


def _timmar(minuter: Fraction | int) -> Decimal:
    return avrunda(Fraction(minuter) / 60, 1)


def _tidstabell(grupper: Sequence[Grupp[Hel]], underlag: Underlag | None) -> Tabell:
    """A row for each; of one utförare it leads to the report of that, when `underlag` is given."""
    kolumner = (
        Kolumn("Utförare"),
        Kolumn("Personer", Slag.HELTAL),
        Kolumn("Beställt, timmar", Slag.ANTAL, summera=True),
        Kolumn("Utfört, timmar", Slag.ANTAL, summera=True),
        Kolumn("Bomtid, timmar", Slag.ANTAL, summera=True),
        Kolumn("Utfört av beställt", Slag.ANDEL),
        Kolumn("Bomtid av beställt", Slag.ANDEL),
        Kolumn("Registrerat i efterhand", Slag.ANDEL),
    )
    alla = [ett for grupp in grupper for ett in grupp.delar]
    rader = tuple(
        Rad(_tidsrad(ett.namn, ett.delar), _om(underlag, ett.delar[0].verk.utforare) if underlag else "")
        for ett in grupper
    )
    return Tabell(
        "utforare_tid",
        "Beställd, utförd och avbokad tid per utförare",
        kolumner,
        rader,
        Rad(_tidsrad("Summa", alla)) if len(rader) > 1 else None,
        noter=(
            "Beställt: för de dagar då både beslutet och verkställigheten gäller. Andelarna är för dem med timmar.",
            "Registrerat i efterhand: andel av de utförda besöken.",
        ),
    )


def _tidsrad(namn: str, delar: Sequence[Hel]) -> tuple[Varde, ...]:
    med = [ett for ett in delar if ett.verk.bestallt is not None]
    bestallt = summa([ett.verk.bestallt for ett in med])
    return (
        namn,
        len({ett.person for ett in delar}),
        None if bestallt is None else _timmar(bestallt),
        _timmar(sum(ett.verk.utforda_minuter for ett in delar)),
        _timmar(sum(ett.bomtid for ett in delar)),
        andel(sum(ett.verk.utforda_minuter for ett in med), bestallt),
        andel(sum(ett.bomtid for ett in med), bestallt),
        andel(sum(ett.verk.efterhand for ett in delar), sum(ett.verk.utforda for ett in delar)),
    )


def _avbokningstabell(underlag: Underlag, grupper: Sequence[Grupp[Hel]]) -> Tabell:
    kolumner = (
        Kolumn("Utförare"),
        Kolumn("Planerade besök", Slag.HELTAL, summera=True),
        Kolumn("Avbokade av brukaren", Slag.HELTAL, summera=True),
        Kolumn("Varav bomtid", Slag.HELTAL, summera=True),
        Kolumn("Avbokade av utföraren", Slag.HELTAL, summera=True),
        Kolumn("Andel avbokade", Slag.ANDEL),
    )
    alla = [ett for grupp in grupper for ett in grupp.delar]
    avbokade = Counter((ett.verk, ett.av_brukaren) for ett in underlag.avbokningar)
    bommar = Counter(ett.avbokning.verk for ett in underlag.bomtid)
    rader = tuple(
        Rad(_avbokningsrad(ett.namn, ett.delar, avbokade, bommar), _om(underlag, ett.delar[0].verk.utforare))
        for ett in grupper
    )
    summan = Rad(_avbokningsrad("Summa", alla, avbokade, bommar)) if len(rader) > 1 else None
    return Tabell("utforare_besok", "Avbokade besök per utförare", kolumner, rader, summan)


def _avbokningsrad(
    namn: str, delar: Sequence[Hel], avbokade: Counter[tuple[int, bool]], bommar: Counter[int]
) -> tuple[Varde, ...]:
    planerade = sum(ett.verk.planerade for ett in delar)
    brukaren = sum(avbokade[ett.verk.id, True] for ett in delar)
    utforaren = sum(avbokade[ett.verk.id, False] for ett in delar)
    bom = sum(bommar[ett.verk.id] for ett in delar)
    return namn, planerade, brukaren, bom, utforaren, andel(brukaren + utforaren, planerade)


# ---- What bomtid costs ------------------------------------------------------------------------------------------


def _bomtid(underlag: Underlag, *, offentlig: bool) -> Del:
    rubrik, bommar = "Bomtid i kronor", underlag.bomtid
    if not bommar:
        return Del("bomtid", rubrik, ("Inget besök i perioden är bomtid.",))
    if offentlig and ar_for_fa(bommar):
        return Del("bomtid", rubrik, (FARRE,))
    return Del(
        "bomtid",
        rubrik,
        tuple(_om_bomtid(underlag)),
        nyckeltal=tuple(_kronor(underlag, offentlig=offentlig)),
        tabeller=() if offentlig else (_kronortabell(underlag),),
    )


def _om_bomtid(underlag: Underlag) -> Iterator[str]:
    yield (
        "Ett besök är bomtid när brukaren har avbokat senare än avtalet medger, eller inte alls. Där avtalet inte säger"
        f" något räknas {antal_ord(underlag.varsel, 'timme', 'timmar')}."
    )
    yield (
        "Betald bomtid är vad de fastställda månaderna har gett, med tak och rättelser. Annan bomtid är den planerade"
        " tiden till avtalets timpris: det som ingår i beställd tid är redan betalt, och det andra är vad bomtiden"
        " skulle kosta om den betalades fullt ut."
    )
    namnen = och([manad_i_ord(ett) for ett in underlag.fasta])
    if len(underlag.fasta) < len(underlag.period.manader):
        yield f"Fastställt i perioden: {namnen}." if namnen else "Ingen månad i perioden är fastställd."
    if utan := sum(ett.utan_pris for ett in underlag.bomtid):
        yield f"{tal(_timmar(utan), 1)} timmar saknar pris och är inte med i beloppen."


def _ej_faststalld(alla: Sequence[Bomtid]) -> list[Bomtid]:
    return [ett for ett in alla if ett.slag is Bomslag.BETALS and not ett.fast]


def _av(alla: Sequence[Bomtid], slag: Bomslag) -> list[Bomtid]:
    return [ett for ett in alla if ett.slag is slag]


def _belopp(alla: Sequence[Bomtid]) -> Decimal:
    return avrunda(sum((ett.kronor for ett in alla), Fraction(0)), 0)


def _kronor(underlag: Underlag, *, offentlig: bool) -> Iterator[Nyckeltal]:
    """Each sum of kronor is of five persons or more in public, or it is left out."""
    bommar = underlag.bomtid
    adress = "" if offentlig else "#tabell-bomtid_kronor"
    yield Nyckeltal("avbokningar_bomtid_timmar", _timmar(_minuter(bommar)), Slag.ANTAL, adress=adress)
    betald = [ett for ett in _av(bommar, Bomslag.BETALS) if ett.fast]
    if underlag.fasta and not (offentlig and (not betald or ar_for_fa(betald))):
        kronor = sum((ett.kronor for ett in underlag.betalt.values()), Decimal(0))
        yield Nyckeltal("avbokningar_bomtid_betalt", kronor, Slag.KRONOR, adress=adress)
    for nyckel, delar in (
        ("avbokningar_bomtid_ingar", _av(bommar, Bomslag.INGAR)),
        ("avbokningar_bomtid_skulle_kosta", _av(bommar, Bomslag.OBETALD)),
        ("avbokningar_bomtid_beraknat", _ej_faststalld(bommar)),
    ):
        if delar and not (offentlig and ar_for_fa(delar)):
            yield Nyckeltal(nyckel, _belopp(delar), Slag.KRONOR, adress=adress)


def _minuter(alla: Sequence[Bomtid]) -> int:
    return sum(ett.avbokning.minuter for ett in alla)


def _kronortabell(underlag: Underlag) -> Tabell:
    kolumner = (
        Kolumn("Utförare"),
        Kolumn("Avtalets regel", Slag.STYCKE),
        Kolumn("Bomtid, timmar", Slag.ANTAL, summera=True),
        Kolumn("Betald, timmar", Slag.ANTAL, summera=True),
        Kolumn("Betalt, kr", Slag.KRONOR, summera=True),
        Kolumn("Ingår i beställd tid, kr", Slag.KRONOR, summera=True),
        Kolumn("Skulle kosta, kr", Slag.KRONOR, summera=True),
        Kolumn("Beräknat, inte fastställt, kr", Slag.KRONOR, summera=True),
        Kolumn("Utan pris, timmar", Slag.ANTAL, summera=True),
    )
    namnen = dict(_ordnade(_hela(underlag)))
    med = {ett.avbokning.utforare for ett in underlag.bomtid} | underlag.betalt.keys()
    rader = tuple(
        Rad(_kronorrad(underlag, vem, namn), _om(underlag, vem)) for vem, namn in namnen.items() if vem in med
    )
    ovriga = sorted(underlag.betalt.keys() - namnen.keys())
    rader += tuple(Rad(_kronorrad(underlag, vem, f"Utförare {vem}")) for vem in ovriga)
    return Tabell(
        "bomtid_kronor",
        "Vad bomtiden kostar eller skulle kosta, per utförare",
        kolumner,
        rader,
        Rad(_kronorrad(underlag, None, "Summa")) if len(rader) > 1 else None,
        noter=("Avtalets regel: det allmänna avtalet på periodens sista dag.",),
    )


def _kronorrad(underlag: Underlag, vem: int | None, namn: str) -> tuple[Varde, ...]:
    """Of one utförare, or (None) of all."""
    bommar = [ett for ett in underlag.bomtid if vem is None or ett.avbokning.utforare == vem]
    betalt = [ett for utforare, ett in underlag.betalt.items() if vem is None or utforare == vem]
    fast = bool(underlag.fasta)
    return (
        namn,
        None if vem is None else underlag.regler.get(vem, "Inget avtal på periodens sista dag."),
        _timmar(_minuter(bommar)),
        avrunda(Fraction(sum((ett.timmar for ett in betalt), Decimal(0))), 1) if fast else None,
        sum((ett.kronor for ett in betalt), Decimal(0)) if fast else None,
        _belopp(_av(bommar, Bomslag.INGAR)),
        _belopp(_av(bommar, Bomslag.OBETALD)),
        _belopp(_ej_faststalld(bommar)),
        _timmar(sum(ett.utan_pris for ett in bommar)),
    )


# ---- Continuity -------------------------------------------------------------------------------------------------


def _kontinuitet(underlag: Underlag) -> Del:
    """How many different persons of staff each has met, and how that goes with cancellations."""
    alla = [ett for ett in underlag.upptag if ett.planerade]
    kanda = [ett for ett in alla if ett.personal]
    if not kanda:
        inget = "Det är inte inläst vem som har gjort besöken."
        return Del("kontinuitet", "Kontinuitet", (inget,))
    tabell = _kontinuitetstabell(alla)
    kanda_rader = [rad.celler for rad in tabell.rader if rad.celler[0] != OKAND]
    procent = tuple(avrunda(Fraction(cell) * 100, 1) for *_, cell in kanda_rader if isinstance(cell, Decimal))
    platser = tuple(str(namn) for namn, *_ in kanda_rader)
    return Del(
        "kontinuitet",
        "Kontinuitet",
        (
            "Hur många olika boendestödjare varje person har haft, och hur mycket brukaren själv har avbokat.",
            "Den som har många besök möter lättare många. Skillnaden visar ett samband, inte vad som beror på vad.",
        ),
        nyckeltal=tuple(_kontinuitetstal(kanda)),
        bild=Bild(
            "Avbokat av brukaren, efter antal boendestödjare",
            platser,
            (Serie("Avbokat av brukaren", procent),),
            "procent av planerade besök",
            "kontinuitet_tabell",
        ),
        tabeller=(tabell,),
    )


def _kontinuitetstal(kanda: Sequence[Upptag]) -> Iterator[Nyckeltal]:
    snitt = avrunda(Fraction(sum(ett.personal for ett in kanda), len(kanda)), 1)
    yield Nyckeltal("avbokningar_boendestodjare", snitt, Slag.ANTAL, adress="#personer")
    besok, oftast = sum(ett.kanda for ett in kanda), sum(ett.oftast for ett in kanda)
    yield _andelstal("avbokningar_av_samma", oftast, besok, "#personer")
    for nyckel, vilka in (
        ("avbokningar_hos_fa", [ett for ett in kanda if ett.personal <= FA]),
        ("avbokningar_hos_manga", [ett for ett in kanda if ett.personal > FA]),
    ):
        if vilka:
            brukaren, planerade = sum(ett.av_brukaren for ett in vilka), sum(ett.planerade for ett in vilka)
            yield _andelstal(nyckel, brukaren, planerade, "#personer")


def _kontinuitetstabell(alla: Sequence[Upptag]) -> Tabell:
    kolumner = (
        Kolumn("Boendestödjare"),
        Kolumn("Personer", Slag.HELTAL, summera=True),
        Kolumn("Planerade besök", Slag.HELTAL, summera=True),
        Kolumn("Besök per person", Slag.ANTAL),
        Kolumn("Avbokade av brukaren", Slag.HELTAL, summera=True),
        Kolumn("Andel avbokade", Slag.ANDEL),
    )
    grupper = fordela(alla, lambda ett: ett.klass, [(namn, namn) for namn in _KLASSER], offentlig=False)
    rader = tuple(Rad(_kontinuitetsrad(grupp.namn, grupp.delar), "#personer") for grupp in grupper)
    return Tabell(
        "kontinuitet_tabell",
        "Avbokningar efter hur många boendestödjare personen har haft",
        kolumner,
        rader,
        Rad(_kontinuitetsrad("Alla", alla)) if len(rader) > 1 else None,
    )


def _kontinuitetsrad(namn: str, delar: Sequence[Upptag]) -> tuple[Varde, ...]:
    planerade, brukaren = sum(ett.planerade for ett in delar), sum(ett.av_brukaren for ett in delar)
    per_person = avrunda(Fraction(planerade, len(delar)), 1)
    return namn, len(delar), planerade, per_person, brukaren, andel(brukaren, planerade)


# ---- Single persons ---------------------------------------------------------------------------------------------


def _tar_inte_emot(underlag: Underlag, lasare: Lasare, grans: int) -> Del:
    vilka = [ett for ett in underlag.upptag if ett.tar_inte_emot(grans)]
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Handläggare"),
        Kolumn("Utförare"),
        Kolumn("Planerade besök", Slag.HELTAL),
        Kolumn("Avbokade av brukaren", Slag.HELTAL),
        Kolumn("Andel", Slag.ANDEL),
        Kolumn("Vanligaste orsak"),
        Kolumn("Senast utfört", Slag.DATUM),
        Kolumn("Uppehåll"),
    )
    ordnade = sorted(vilka, key=lambda ett: (-ett.andel, ett.senaste.nyckel))
    rader = tuple(Rad(_handlingsrad(ett, underlag), _personadress(ett, lasare)) for ett in ordnade)
    tabell = Tabell("tar_inte_emot", "Personer som inte tar emot sitt stöd", kolumner, rader, enskilda=True)
    stycke = (
        f"De som har avbokat eller uteblivit från minst {grans} % av minst {MINST_PLANERADE} planerade besök, och de"
        " som någon utförare har haft hela perioden utan att ett enda besök är registrerat. Handläggaren följer upp om"
        " stödet är rätt, och vad som görs skrivs i handlingsplanen."
    )
    tal_ = Nyckeltal("avbokningar_tar_inte_emot", len(vilka), adress="#tabell-tar_inte_emot")
    return Del("handlingsplan", "Till handlingsplanen", (stycke,), nyckeltal=(tal_,), tabeller=(tabell,))


def _handlingsrad(ett: Upptag, underlag: Underlag) -> tuple[Varde, ...]:
    return (
        ett.senaste.nyckel,
        underlag.handlaggare.get(ett.person, "Ingen"),
        ett.senaste.utforarnamn,
        ett.planerade,
        ett.av_brukaren,
        andel(ett.av_brukaren, ett.planerade),
        _vanligast(ett) if ett.planerade else "Inga besök registrerade",
        max((verk.sist for verk in ett.verk if verk.sist), default=None),
        "Ja" if any(verk.uppehall for verk in ett.verk) else "Nej",
    )


def _vanligast(ett: Upptag) -> str:
    """The reason that the person has most often; of equals the first in Swedish order."""
    antal = Counter(avbokning.orsak for avbokning in ett.avbokningar if avbokning.av_brukaren)
    if not antal:
        return ""
    mest = max(antal.values())
    namn = [stor_forsta(avbokningsnamn(kod)) if kod else _UTAN_ORSAK for kod, n in antal.items() if n == mest]
    return min(namn, key=svensk_ordning)


def _personer(underlag: Underlag) -> Del:
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Utförare"),
        Kolumn("Planerade besök", Slag.HELTAL),
        Kolumn("Utförda besök", Slag.HELTAL),
        Kolumn("Avbokade av brukaren", Slag.HELTAL),
        Kolumn("Varav bomtid", Slag.HELTAL),
        Kolumn("Bomtid, timmar", Slag.ANTAL),
        Kolumn("Avbokade av utföraren", Slag.HELTAL),
        Kolumn("Andel avbokade av brukaren", Slag.ANDEL),
        Kolumn("Boendestödjare", Slag.HELTAL),
    )
    vilka = sorted(underlag.upptag, key=lambda ett: (-ett.andel, ett.senaste.nyckel))
    rader = tuple(Rad(_personrad(ett), _besoksadress(ett, underlag)) for ett in vilka)
    tabell = Tabell("personlista", "Personer med boendestöd", kolumner, rader, enskilda=True)
    return Del("personer", "Personer", tabeller=(tabell,))


def _personrad(ett: Upptag) -> tuple[Varde, ...]:
    return (
        ett.senaste.nyckel,
        ett.senaste.utforarnamn,
        ett.planerade,
        sum(verk.utforda for verk in ett.verk),
        ett.av_brukaren,
        len(ett.bomtid),
        _timmar(_minuter(ett.bomtid)),
        ett.av_utforaren,
        andel(ett.av_brukaren, ett.planerade),
        ett.personal or None,
    )


def _besoksadress(ett: Upptag, underlag: Underlag) -> str:
    return reverse("utforare:utfort", args=[ett.senaste.id, underlag.period.sista])


def _personadress(ett: Upptag, lasare: Lasare) -> str:
    """The person's akt for those who work with persons, the beslut for others."""
    if lasare.handlagger:
        return reverse("utforare:akt", args=[ett.person])
    return reverse("beslut:beslut", args=[ett.senaste.beslut])
