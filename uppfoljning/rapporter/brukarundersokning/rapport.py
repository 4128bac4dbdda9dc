"""The report: who answered, what they answered by område, and what the small enheter hide. Pure.

It is the same for every reader, and made of groups that may be shown alone (brukarundersokning/skydd.py).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, stor_forsta
from uppfoljning.brukarundersokning.regler import Enkat, Kon, Omrade
from uppfoljning.brukarundersokning.skydd import (
    Gruppering,
    Matt,
    Svar,
    far_visa_kon,
    fragor_att_visa,
    gruppera,
    rakna,
)
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.brukarundersokning.queries import Underlag
from uppfoljning.undertryckning import MINST

SAMMAN = "Sammanslagna enheter"
_TOM = "Ingen har svarat på enkäten det året. Lägg in svaren under Uppgifter."
_DOLT = "Så få har svarat att inget kan visas utan att det går att räkna ut vad enskilda har svarat."
_INDEX = "Index är andelen bästa svar av alla svar på områdets frågor."
_MINST = (
    "Resultat visas bara för minst fem svarande. Enheter med färre slås samman, och vid behov slås fler ihop med dem,"
    " så att det inte går att räkna ut deras svar ur summorna. Det gäller alla som läser rapporten."
)


def rapport(underlag: Underlag, idag: date) -> Rapport:
    """The report."""
    enkat = Enkat(underlag.enkat)
    gruppering = gruppera(underlag.svar)
    if not underlag.svar or gruppering.dolt:
        delar: tuple[Del, ...] = (Del("laget", "Svaren", (_DOLT if underlag.svar else _TOM,)),)
    else:
        delar = (
            _deltagande(underlag, gruppering),
            _omraden(underlag, gruppering),
            _sma(underlag, gruppering),
            _over_tid(underlag, gruppering),
        )
    return Rapport(
        rubrik=f"Brukarundersökning {underlag.ar}, {enkat.label}",
        per=min(date(underlag.ar, 12, 31), idag),
        urval=(("Enkät", stor_forsta(enkat.label)), ("År", str(underlag.ar)), ("Källa", underlag.kalla or "–")),
        delar=delar,
        forslag=("{namnd} godkänner redovisningen av brukarundersökningen.",),
        ekonomi=("Redovisningen har inga ekonomiska konsekvenser.",),
    )


def _alla(underlag: Underlag) -> Matt:
    return rakna(ett for ett in underlag.svar if ett.kon == Kon.ALLA)


def _grupper(underlag: Underlag, gruppering: Gruppering) -> Iterator[tuple[str, Matt]]:
    """Each group's name and what it comes to; the merged come last."""
    svar = {ett.enhet: ett for ett in underlag.svar if ett.kon == Kon.ALLA}
    for enhet in gruppering.egna:
        yield underlag.namn[enhet], rakna([svar[enhet]])
    if gruppering.samman:
        yield f"{SAMMAN} ({len(gruppering.samman)})", rakna(svar[enhet] for enhet in gruppering.samman)


def andel(taljare: int, namnare: int) -> Decimal | None:
    """A share; None of nothing."""
    return Decimal(taljare) / Decimal(namnare) if namnare else None


def index(matt: Matt, omrade: str) -> Decimal | None:
    """Best answers of all answers in the område."""
    antal, positiva = matt.omraden[omrade]
    return andel(positiva, antal)


def helhet(matt: Matt) -> Decimal | None:
    """The mean of the områden that have answers: each weighs the same, however many questions it has."""
    delar = [ett for ett in (index(matt, omrade) for omrade in Omrade.values) if ett is not None]
    return sum(delar, Decimal(0)) / len(delar) if delar else None


def _deltagande(underlag: Underlag, gruppering: Gruppering) -> Del:
    alla = _alla(underlag)
    frekvens = andel(alla.svarande, alla.tillfragade)
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Tillfrågade", Slag.HELTAL, summera=True),
        Kolumn("Svarande", Slag.HELTAL, summera=True),
        Kolumn("Svarsfrekvens", Slag.ANDEL),
    )
    rader = tuple(
        Rad((namn, matt.tillfragade, matt.svarande, andel(matt.svarande, matt.tillfragade)))
        for namn, matt in _grupper(underlag, gruppering)
    )
    summa = Rad(("Alla", alla.tillfragade, alla.svarande, frekvens))
    nyckeltal = (
        Nyckeltal("enkat_svarande", alla.svarande, adress="#tabell-deltagande"),
        Nyckeltal("enkat_svarsfrekvens", frekvens, Slag.ANDEL, (alla.svarande, alla.tillfragade)),
        Nyckeltal("enkat_helhetsindex", helhet(alla), Slag.ANDEL),
    )
    tabell = Tabell("deltagande", "Svarsfrekvens per enhet", kolumner, rader, summa)
    return Del("deltagande", "Vilka som har svarat", (_MINST,), nyckeltal, tabeller=(tabell,))


def _omraden(underlag: Underlag, gruppering: Gruppering) -> Del:
    grupper = [*_grupper(underlag, gruppering), ("Alla", _alla(underlag))]
    namnen = [stor_forsta(str(ett.label)) for ett in Omrade]
    kolumner = (Kolumn("Enhet"), *(Kolumn(namn, Slag.ANDEL) for namn in namnen), Kolumn("Helhet", Slag.ANDEL))
    rader = tuple(Rad((namn, *(index(matt, om) for om in Omrade.values), helhet(matt))) for namn, matt in grupper)
    tabeller = [Tabell("omraden", "Index per enhet och område", kolumner, rader, noter=(_INDEX,))]
    tabeller += [*_kon(underlag, gruppering), *_fragor(underlag, gruppering)]
    alla = grupper[-1][1]
    serie = Serie("Index i procent", tuple(_procent(index(alla, om)) for om in Omrade.values))
    bild = Bild("Index per område", tuple(namnen), (serie,), "procent bästa svar", "omraden", liggande=True)
    stycken = () if _visar_kon(underlag, gruppering) else (_UTAN_KON,)
    return Del("omraden", "Vad de har svarat", stycken, bild=bild, tabeller=tuple(tabeller))


_UTAN_KON = (
    "Kvinnors och mäns svar visas inte var för sig: filen har dem inte, eller så är kvinnorna eller männen i någon"
    " grupp färre än fem."
)


def _procent(varde: Decimal | None) -> Decimal | None:
    return None if varde is None else avrunda(Fraction(varde * 100), 0)


def _visar_kon(underlag: Underlag, gruppering: Gruppering) -> bool:
    return far_visa_kon(underlag.svar, gruppering)


def _kon(underlag: Underlag, gruppering: Gruppering) -> Iterator[Tabell]:
    if not _visar_kon(underlag, gruppering):
        return
    kolumner = (
        Kolumn("Kön"),
        Kolumn("Svarande", Slag.HELTAL),
        *(Kolumn(stor_forsta(str(ett.label)), Slag.ANDEL) for ett in Omrade),
    )
    rader = []
    for kon in (Kon.KVINNOR, Kon.MAN):
        matt = rakna(ett for ett in underlag.svar if ett.kon == kon)
        rader.append(Rad((stor_forsta(str(kon.label)), matt.svarande, *(index(matt, om) for om in Omrade.values))))
    yield Tabell("kon", "Kvinnor och män, alla enheter", kolumner, tuple(rader))


def _fragor(underlag: Underlag, gruppering: Gruppering) -> Iterator[Tabell]:
    alla, visas = _alla(underlag), fragor_att_visa(underlag.svar, gruppering)
    if not visas:
        return
    kolumner = (Kolumn("Fråga", Slag.STYCKE), Kolumn("Svar", Slag.HELTAL), Kolumn("Bästa svar", Slag.ANDEL))
    rader = tuple(Rad((fraga, alla.fragor[fraga][0], andel(*reversed(alla.fragor[fraga])))) for fraga in visas)
    yield Tabell("fragor", "Fråga för fråga, alla enheter", kolumner, rader)


def _sma(underlag: Underlag, gruppering: Gruppering) -> Del:
    """How many enheter and persons fall outside, and what the merging saves."""
    svar = [ett for ett in underlag.svar if ett.kon == Kon.ALLA]
    sma, samman = (rakna(ett for ett in svar if ett.enhet in vilka) for vilka in (gruppering.sma, gruppering.samman))
    antal, alla = len(gruppering.sma), len(svar)
    nyckeltal = [Nyckeltal("enkat_sma_enheter", antal, av=(antal, alla))]
    if not 0 < sma.svarande < MINST:
        nyckeltal.append(Nyckeltal("enkat_svarande_i_sma", sma.svarande))
    nyckeltal.append(Nyckeltal("enkat_svarande_i_sammanslagna", samman.svarande))
    stycken = tuple(_om_sma(gruppering, sma, samman, alla)) if antal else ("Ingen enhet är för liten.",)
    return Del("sma", "Enheter som är för små", stycken, tuple(nyckeltal))


def _om_sma(gruppering: Gruppering, sma: Matt, samman: Matt, alla: int) -> Iterator[str]:
    antal = len(gruppering.sma)
    hur = "färre än fem" if 0 < sma.svarande < MINST else str(sma.svarande)
    yield (
        f"{stor_forsta(antal_ord(antal, 'enhet', 'enheter'))} av {alla} har för få svarande för ett eget resultat:"
        f" {hur} svarande vid dem faller utanför när bara egna resultat visas."
    )
    fyllda = len(gruppering.samman) - antal
    if fyllda:
        yield (
            f"{stor_forsta(antal_ord(fyllda, 'större enhet', 'större enheter'))} har slagits ihop med dem, eftersom de"
            " små annars går att räkna ut ur summorna."
        )
    yield (
        f"De {len(gruppering.samman)} sammanslagna enheterna har tillsammans {samman.svarande} svarande, och deras"
        " gemensamma resultat visas i tabellerna."
    )


def _over_tid(underlag: Underlag, gruppering: Gruppering) -> Del:
    """The index of each year: an enhet has one in the years when it may be shown by itself."""
    aren = sorted(underlag.per_ar)
    per_ar = {ar: _helheter(underlag.per_ar[ar]) for ar in aren}
    kolumner = (Kolumn("Enhet"), *(Kolumn(str(ar), Slag.ANDEL) for ar in aren))
    namnen = [*((enhet, underlag.namn[enhet]) for enhet in gruppering.egna), (None, "Alla")]
    rader = tuple(Rad((namn, *(per_ar[ar].get(enhet) for ar in aren))) for enhet, namn in namnen)
    tabell = Tabell(
        "over_tid",
        "Helhetsindex per år",
        kolumner,
        rader,
        noter=("– = enheten var inte med, eller hade för få svarande för ett eget resultat det året.",),
    )
    serie = Serie("Alla enheter", tuple(_procent(per_ar[ar].get(None)) for ar in aren))
    bild = Bild("Helhetsindex per år", tuple(map(str, aren)), (serie,), "procent", "over_tid")
    return Del("over_tid", "Utveckling", bild=bild, tabeller=(tabell,))


def _helheter(svar: tuple[Svar, ...]) -> dict[int | None, Decimal | None]:
    """The index of each enhet that may be shown by itself, and (None) of all together."""
    gruppering, alla = gruppera(svar), {ett.enhet: ett for ett in svar if ett.kon == Kon.ALLA}
    if gruppering.dolt:
        return {}
    svaret: dict[int | None, Decimal | None] = {None: helhet(rakna(alla.values()))}
    for enhet in gruppering.egna:
        svaret[enhet] = helhet(rakna([alla[enhet]]))
    return svaret
