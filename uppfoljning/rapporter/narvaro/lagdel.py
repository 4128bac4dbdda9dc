"""Of one law: who has beslut, who is there, who is free. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, datum_i_ord, stor_forsta
from uppfoljning.rapport.fordelning import FARRE, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Serie, Tabell
from uppfoljning.rapporter.narvaro.gemensamt import Boenderad, Lagen, andel, boenderad, dagliga, insatsnamn
from uppfoljning.rapporter.narvaro.queries import Underlag
from uppfoljning.rapporter.narvaro.regler import DAGKLASSER, HOGST, INGEN, Dagverksam, Omfattningsdagar

_KLASSER = [(namn, stor_forsta(namn)) for namn in (INGEN, *(namn for _, namn in DAGKLASSER), HOGST)]


def lagens_del(underlag: Underlag, lag: Lagen, *, offentlig: bool) -> Del:
    """The part. In public only how many days a week people are there."""
    alla = _offentliga(underlag, lag) if offentlig else dagliga(underlag, lag)
    egen = boenderad(underlag, lag, lag.boende)
    tabeller = list(_tabeller(underlag, lag, alla, egen, offentlig=offentlig))
    if offentlig and ar_for_fa(alla):
        return Del(lag.nyckel, lag.rubrik, (FARRE,))
    klasser = next((ett for ett in tabeller if ett.nyckel == f"{lag.nyckel}_dagar"), None)
    return Del(
        lag.nyckel,
        lag.rubrik,
        tuple(_meningar(underlag, lag, alla, offentlig=offentlig)),
        nyckeltal=tuple(_nyckeltal(lag, alla, egen, offentlig=offentlig)),
        bild=_bild(lag, klasser) if klasser and klasser.rader else None,
        tabeller=tuple(tabeller),
    )


def _offentliga(underlag: Underlag, lag: Lagen) -> list[Dagverksam]:
    """Those for whom it is carried out: how many the others are would be left beside the report of volumes."""
    return [ett for ett in dagliga(underlag, lag) if ett.verk is not None]


def _meningar(underlag: Underlag, lag: Lagen, alla: Sequence[Dagverksam], *, offentlig: bool) -> Iterator[str]:
    dagar = underlag.oppna[lag.insats]
    personer = antal_ord(len(alla), "person", "personer")
    dag = datum_i_ord(underlag.period.sista_dagen)
    tillagg = " som verkställdes under perioden" if offentlig else ""
    yield f"{personer} hade den {dag} ett beslut om {insatsnamn(lag.insats)}{tillagg}."
    if not dagar:
        yield f"Ingen närvaro eller frånvaro är registrerad i {insatsnamn(lag.insats)} under perioden."
        return
    yield (
        f"Perioden har {antal_ord(len(dagar), 'öppen dag', 'öppna dagar')}: arbetsdagar då minst var tionde"
        " verkställighet har närvaro eller frånvaro registrerad. En öppen dag utan registrering räknas som ledig, också"
        " om någon har glömt att registrera. En dag med registrerad frånvaro räknas inte som ledig, och inte heller"
        " en med uppehåll, om det inte är personal eller lokal som saknas."
    )


def _nyckeltal(lag: Lagen, alla: Sequence[Dagverksam], egen: Boenderad, *, offentlig: bool) -> Iterator[Nyckeltal]:
    lista = "" if offentlig else f"#{lag.nyckel}_personer"
    if not offentlig:
        yield Nyckeltal(f"narvaro_{lag.nyckel}_boende", len(egen.personer), adress=f"#{lag.nyckel}_utan")
        if egen.personer:
            yield andel(f"narvaro_{lag.nyckel}_med_beslut", len(egen.med), len(egen.personer), lista)
        if vetbara := [ett for ett in egen.med if ett.vet]:
            yield andel(f"narvaro_{lag.nyckel}_lediga", len(egen.lediga), len(vetbara), lista)
    oppna = sum(ett.oppna for ett in alla)
    if oppna and not (offentlig and ar_for_fa([ett for ett in alla if ett.narvaro])):
        dagar = avrunda(Fraction(5 * sum(ett.narvaro for ett in alla), oppna), 1)
        yield Nyckeltal(f"narvaro_{lag.nyckel}_dagar", dagar, Slag.ANTAL, adress=lista)


def _tabeller(
    underlag: Underlag, lag: Lagen, alla: Sequence[Dagverksam], egen: Boenderad, *, offentlig: bool
) -> Iterator[Tabell]:
    if grupper := fordela(alla, lambda ett: ett.klass, _KLASSER, offentlig=offentlig):
        yield Tabell(
            f"{lag.nyckel}_dagar",
            f"Närvarodagar i veckan, {lag.namn}",
            (Kolumn("Dagar i veckan"), Kolumn("Personer", Slag.HELTAL, summera=True)),
            tuple(Rad((grupp.namn, grupp.antal), "" if offentlig else f"#{lag.nyckel}_personer") for grupp in grupper),
            Rad(("Summa", len(alla))) if len(grupper) > 1 else None,
        )
    if offentlig:
        return
    andra = boenderad(underlag, lag, lag.andra)
    yield _boendetabell(lag, [egen, *([andra] if andra.med else [])])
    if dagar := [ett for ett in underlag.omfattningar if ett.insats == lag.insats]:
        yield _omfattningstabell(lag, dagar)


def _boendetabell(lag: Lagen, rader: Sequence[Boenderad]) -> Tabell:
    kolumner = (
        Kolumn("Boende"),
        Kolumn("Personer", Slag.HELTAL),
        Kolumn("Har beslut", Slag.HELTAL),
        Kolumn("Andel", Slag.ANDEL),
        Kolumn("Ingen närvaro", Slag.HELTAL),
        Kolumn("Lediga en hel dag eller mer i veckan", Slag.HELTAL),
        Kolumn("Andel lediga", Slag.ANDEL),
    )
    return Tabell(
        f"{lag.nyckel}_boende",
        f"Boende mot {insatsnamn(lag.insats)}",
        kolumner,
        tuple(_boendecell(lag, rad) for rad in rader),
        noter=(f"Har beslut: om {insatsnamn(lag.insats)}. Ingen närvaro: bland dem som har beslut.",),
    )


def _boendecell(lag: Lagen, rad: Boenderad) -> Rad:
    alla, med, lediga = len(rad.personer), len(rad.med), len(rad.lediga)
    vetbara = sum(ett.vet for ett in rad.med)
    return Rad(
        (
            stor_forsta(insatsnamn(rad.boende)),
            alla,
            med,
            Decimal(med) / alla if alla else None,
            rad.ingen,
            lediga if vetbara else None,
            Decimal(lediga) / vetbara if vetbara else None,
        ),
        f"#{lag.nyckel}_personer",
    )


def _omfattningstabell(lag: Lagen, dagar: Sequence[Omfattningsdagar]) -> Tabell:
    """The days by what they count as; and the time, where it is registered."""
    per: dict[str, list[Omfattningsdagar]] = defaultdict(list)
    for ett in dagar:
        per[ett.omfattning].append(ett)
    rader = [_omfattningsrad(kod, per[kod]) for kod in sorted(per)]
    summa = _omfattningsrad("", dagar)
    return Tabell(
        f"{lag.nyckel}_omfattning",
        f"Omfattning och timmar, {lag.namn}",
        (
            Kolumn("Omfattning"),
            Kolumn("Personer", Slag.HELTAL),
            Kolumn("Närvarodagar", Slag.HELTAL),
            Kolumn("Dagar med tid", Slag.HELTAL),
            Kolumn("Timmar", Slag.ANTAL),
        ),
        tuple(Rad(cell, f"#{lag.nyckel}_personer") for cell in rader),
        Rad(("Alla", *summa[1:])) if len(rader) > 1 else None,
        noter=(
            "Omfattningen är dagens egen, annars den som avtalets gränser ger för minuterna, annars den beställda.",
            "En person kan finnas på flera rader. Timmar: bara för de dagar då tid är registrerad.",
        ),
    )


def _omfattningsrad(kod: str, dagar: Sequence[Omfattningsdagar]) -> tuple[str, int, int, int, Decimal | None]:
    med_tid, minuter = sum(ett.med_tid for ett in dagar), sum(ett.minuter for ett in dagar)
    return (
        stor_forsta(kod) or "Omfattning saknas",
        len({ett.person for ett in dagar}),
        sum(ett.dagar for ett in dagar),
        med_tid,
        avrunda(Fraction(minuter, 60), 1) if med_tid else None,
    )


def _bild(lag: Lagen, tabell: Tabell) -> Bild:
    platser = tuple(str(rad.celler[0]) for rad in tabell.rader)
    antal = tuple(rad.celler[1] for rad in tabell.rader)
    serie = Serie("Personer", tuple(ett for ett in antal if isinstance(ett, int)))
    return Bild(
        f"Närvarodagar i veckan, {insatsnamn(lag.insats)}",
        platser,
        (serie,),
        "personer",
        tabell.nyckel,
        liggande=True,
    )
