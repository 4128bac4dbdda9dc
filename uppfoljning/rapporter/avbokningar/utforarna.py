"""What was ordered, carried out and cancelled, by utförare. Pure but for addresses."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from grund.arbetsbok import Kolumn, Slag
from uppfoljning.rapport.fordelning import FARRE, Grupp, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell, Varde
from uppfoljning.rapporter.avbokningar.gemensamt import INGA, Hel, andelstal, hela, om_utforaren, ordnade, timmar
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import andel, summa


def utforarna(underlag: Underlag, *, offentlig: bool) -> Del:
    """The part. In public with less, so that no sum rests on too few."""
    rubrik = "Beställd, utförd och avbokad tid"
    alla = hela(underlag)
    if not alla or (offentlig and ar_for_fa(alla)):
        return Del("utforare", rubrik, (FARRE,) if alla else (INGA,))
    grupper = fordela(alla, lambda ett: ett.verk.utforare, ordnade(alla), offentlig=offentlig)
    if offentlig:
        nyckeltal = tuple(_tidstal(alla, "")) if _ar_manga([alla], *_TIDEN, *_BOMTIDEN) else ()
        return Del("utforare", rubrik, nyckeltal=nyckeltal, tabeller=tuple(_offentlig_tidstabell(grupper)))
    nyckeltal = tuple(_tidstal(alla, "#tabell-utforare_tid"))
    tabeller = (_tidstabell(grupper, underlag), _avbokningstabell(underlag, grupper))
    return Del("utforare", rubrik, nyckeltal=nyckeltal, tabeller=tabeller)


def _tidstal(alla: Sequence[Hel], adress: str) -> Iterator[Nyckeltal]:
    med = [ett for ett in alla if ett.verk.bestallt is not None]
    if bestallt := summa([ett.verk.bestallt for ett in med]):
        utfort, bom = sum(ett.verk.utforda_minuter for ett in med), sum(ett.bomtid for ett in med)
        yield andelstal("avbokningar_utford_tid", Fraction(utfort, 60), bestallt / 60, adress)
        yield andelstal("avbokningar_bomtid", Fraction(bom, 60), bestallt / 60, adress)


def _ar_manga(grupper: Sequence[Sequence[Hel]], *delar: Callable[[Hel], bool]) -> bool:
    """Whether, in every group, nobody or at least five persons have each of these: only then may their sums be told."""
    return not any(ar_for_fa([ett for ett in grupp if har(ett)]) for grupp in grupper for har in delar)


def _offentlig_tidstabell(grupper: Sequence[Grupp[Hel]]) -> Iterator[Tabell]:
    """The table without what rests on too few in any row: bomtid, or all of it. Never persons, who may be with two."""
    delar = [grupp.delar for grupp in grupper]
    if not grupper or not _ar_manga(delar, *_TIDEN):
        return
    hel = _tidstabell(grupper, None)
    utan = {1, 7} if _ar_manga(delar, *_BOMTIDEN) else {1, 4, 6, 7}
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


# Shares are of those with ordered hours and sums of all, so those without must not be few either: they would be left.
_TIDEN: tuple[Callable[[Hel], bool], ...] = (
    lambda ett: ett.verk.bestallt is not None,
    lambda ett: ett.verk.utforda_minuter > 0,
    lambda ett: ett.verk.bestallt is not None and ett.verk.utforda_minuter > 0,
    lambda ett: ett.verk.bestallt is None and ett.verk.utforda_minuter > 0,
)
_BOMTIDEN: tuple[Callable[[Hel], bool], ...] = (
    lambda ett: ett.bomtid > 0,
    lambda ett: ett.verk.bestallt is not None and ett.bomtid > 0,
    lambda ett: ett.verk.bestallt is None and ett.bomtid > 0,
)


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
        Rad(_tidsrad(ett.namn, ett.delar), om_utforaren(underlag, ett.delar[0].verk.utforare) if underlag else "")
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
        None if bestallt is None else timmar(bestallt),
        timmar(sum(ett.verk.utforda_minuter for ett in delar)),
        timmar(sum(ett.bomtid for ett in delar)),
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
        Rad(_avbokningsrad(ett.namn, ett.delar, avbokade, bommar), om_utforaren(underlag, ett.delar[0].verk.utforare))
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
