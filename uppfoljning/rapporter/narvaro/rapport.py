"""The report: who has beslut, how much they are there, and places that stand empty. Pure but for the addresses of rows.

LSS and SoL stand in parts and tables of their own: no row, figure or sum has both.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, datum_i_ord, manad_i_ord, och, stor_forsta
from uppfoljning.rapport.fordelning import FARRE, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.narvaro.queries import Underlag
from uppfoljning.rapporter.narvaro.regler import (
    DAGKLASSER,
    DV,
    HOGST,
    INGEN,
    SYSS,
    Boende,
    Dagverksam,
    Enhetsbelaggning,
    Omfattningsdagar,
)
from uppfoljning.rapporter.perioden import INTE_OFFENTLIG
from uppfoljning.undertryckning import ar_litet

_BOENDE, _SARBO = Insats.BOSTAD_VUXNA, Insats.SARSKILT_BOENDE
_KLASSER = [(namn, stor_forsta(namn)) for namn in (INGEN, *(namn for _, namn in DAGKLASSER), HOGST)]
_SAKNAS = (
    "Priset är vad enheten i genomsnitt har fått per närvarodag i de månader av perioden som är fastställda: ersättning"
    " för närvaro och för platser, med rättelser. En ledig plats har ingen nivå, så prislistans pris kan inte användas."
)


@dataclass(frozen=True, slots=True)
class Lagen:
    """One of the two laws: its keys begin with `nyckel`, its days are of `insats`, its own housing is `boende`."""

    nyckel: str
    insats: Insats
    rubrik: str
    boende: Insats
    andra: Insats


LAGARNA = (
    Lagen("lss", DV, "Daglig verksamhet enligt LSS", _BOENDE, _SARBO),
    Lagen("sol", SYSS, "Sysselsättning enligt SoL", _SARBO, _BOENDE),
)


@dataclass(frozen=True, slots=True)
class Boenderad:
    """Those in a kind of housing: all, and those of them with a beslut on what they do in the days."""

    boende: str
    alla: tuple[Boende, ...]
    med: tuple[Dagverksam, ...]

    @property
    def personer(self) -> frozenset[int]:
        return frozenset(ett.person for ett in self.alla)

    @property
    def lediga(self) -> tuple[Dagverksam, ...]:
        return tuple(ett for ett in self.med if ett.vet and ett.ar_ledig)

    @property
    def ingen(self) -> int:
        return sum(not ett.narvaro for ett in self.med)


def _namn(insats: str) -> str:
    """As it stands inside a sentence; which law is said by where it stands."""
    return str(Insats(insats).label)


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    offentlig, period = lasare.offentlig, underlag.period
    delar: list[Del] = []
    if offentlig and not period.ar_en_manad:
        delar.append(Del("laget", "Läget", (INTE_OFFENTLIG,)))
    else:
        delar += [_lagens_del(underlag, lag, offentlig=offentlig) for lag in LAGARNA]
        delar += [_kapacitet(underlag, lag, offentlig=offentlig) for lag in LAGARNA]
    if not offentlig:
        delar += [ett for lag in LAGARNA for ett in (_personlista(underlag, lag, lasare), _utan(underlag, lag, lasare))]
    return Rapport(
        rubrik=f"Närvaro i daglig verksamhet och sysselsättning, {period.i_ord}",
        per=period.sista_dagen,
        urval=(("Period", period.i_ord), ("Beslut som gäller den", datum_i_ord(period.sista_dagen))),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av närvaro i daglig verksamhet och sysselsättning.",),
        ekonomi=(_SAKNAS,),
        personer=frozenset() if offentlig else _personer(underlag),
    )


def _personer(underlag: Underlag) -> frozenset[int]:
    return frozenset(ett.person for ett in underlag.boende) | {ett.person for ett in underlag.dagverksamma}


def dagliga(underlag: Underlag, lag: Lagen) -> list[Dagverksam]:
    """Those with a beslut under the law."""
    return [ett for ett in underlag.dagverksamma if ett.insats == lag.insats]


def boenderad(underlag: Underlag, lag: Lagen, boende: Insats) -> Boenderad:
    """Housing of a kind against beslut under the law."""
    alla = tuple(ett for ett in underlag.boende if ett.insats == boende)
    return Boenderad(boende, alla, tuple(ett for ett in dagliga(underlag, lag) if boende in ett.boenden))


# ---- A law: who has beslut, who is there, who is free -----------------------------------------------------------


def _lagens_del(underlag: Underlag, lag: Lagen, *, offentlig: bool) -> Del:
    alla = dagliga(underlag, lag)
    egen = boenderad(underlag, lag, lag.boende)
    tabeller = list(_tabeller(underlag, lag, alla, egen, offentlig=offentlig))
    if offentlig and ar_for_fa(alla):
        return Del(lag.nyckel, lag.rubrik, (FARRE,))
    klasser = next((ett for ett in tabeller if ett.nyckel == f"{lag.nyckel}_dagar"), None)
    return Del(
        lag.nyckel,
        lag.rubrik,
        tuple(_meningar(underlag, lag, alla)),
        nyckeltal=tuple(_nyckeltal(lag, alla, egen, offentlig=offentlig)),
        bild=_bild(lag, klasser) if klasser and klasser.rader else None,
        tabeller=tuple(tabeller),
    )


def _meningar(underlag: Underlag, lag: Lagen, alla: Sequence[Dagverksam]) -> Iterator[str]:
    dagar = underlag.oppna[lag.insats]
    personer = antal_ord(len(alla), "person", "personer")
    dag = datum_i_ord(underlag.period.sista_dagen)
    yield f"{personer} hade den {dag} ett beslut om {_namn(lag.insats)}."
    if not dagar:
        yield f"Ingen närvaro eller frånvaro är registrerad i {_namn(lag.insats)} under perioden."
        return
    yield (
        f"Perioden har {antal_ord(len(dagar), 'öppen dag', 'öppna dagar')}: arbetsdagar då minst var tionde"
        " verkställighet har närvaro eller frånvaro registrerad. En öppen dag utan registrering räknas som ledig, också"
        " om någon har glömt att registrera. En dag med registrerad frånvaro räknas inte som ledig."
    )


def _nyckeltal(lag: Lagen, alla: Sequence[Dagverksam], egen: Boenderad, *, offentlig: bool) -> Iterator[Nyckeltal]:
    lista = "" if offentlig else f"#{lag.nyckel}_personer"
    if not offentlig:
        yield Nyckeltal(f"narvaro_{lag.nyckel}_boende", len(egen.personer), adress=f"#{lag.nyckel}_utan")
        if egen.personer:
            yield _andel(f"narvaro_{lag.nyckel}_med_beslut", len(egen.med), len(egen.personer), lista)
        if vetbara := [ett for ett in egen.med if ett.vet]:
            yield _andel(f"narvaro_{lag.nyckel}_lediga", len(egen.lediga), len(vetbara), lista)
    oppna = sum(ett.oppna for ett in alla)
    if oppna:
        dagar = avrunda(Fraction(5 * sum(ett.narvaro for ett in alla), oppna), 1)
        yield Nyckeltal(f"narvaro_{lag.nyckel}_dagar", dagar, Slag.ANTAL, adress=lista)


def _andel(nyckel: str, taljare: int, namnare: int, adress: str) -> Nyckeltal:
    return Nyckeltal(nyckel, Decimal(taljare) / namnare, Slag.ANDEL, (taljare, namnare), adress)


def _tabeller(
    underlag: Underlag, lag: Lagen, alla: Sequence[Dagverksam], egen: Boenderad, *, offentlig: bool
) -> Iterator[Tabell]:
    if grupper := fordela(alla, lambda ett: ett.klass, _KLASSER, offentlig=offentlig):
        yield Tabell(
            f"{lag.nyckel}_dagar",
            "Närvarodagar i veckan",
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
        f"Boende mot {_namn(lag.insats)}",
        kolumner,
        tuple(_boendecell(lag, rad) for rad in rader),
        noter=(f"Har beslut: om {_namn(lag.insats)}. Ingen närvaro: bland dem som har beslut.",),
    )


def _boendecell(lag: Lagen, rad: Boenderad) -> Rad:
    alla, med, lediga = len(rad.personer), len(rad.med), len(rad.lediga)
    vetbara = sum(ett.vet for ett in rad.med)
    return Rad(
        (
            stor_forsta(_namn(rad.boende)),
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
        "Hela dagar, halva dagar och timmar",
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
        f"Närvarodagar i veckan, {_namn(lag.insats)}",
        platser,
        (serie,),
        "personer",
        tabell.nyckel,
        liggande=True,
    )


# ---- Places that nobody uses ------------------------------------------------------------------------------------


def _kapacitet(underlag: Underlag, lag: Lagen, *, offentlig: bool) -> Del:
    rubrik = f"Lediga platser, {_namn(lag.insats)}"
    alla = [ett for ett in underlag.enheter if ett.insats == lag.insats]
    kanda = [ett for ett in alla if ett.outnyttjade is not None]
    nyckel = f"{lag.nyckel}_platser"
    if offentlig:
        return Del(nyckel, rubrik, *_offentligt(lag, alla, kanda))
    return Del(
        nyckel,
        rubrik,
        tuple(_om_platser(underlag, alla, kanda)),
        nyckeltal=tuple(_platstal(lag, kanda, f"#tabell-{nyckel}_enheter")),
        tabeller=(_enhetstabell(lag, alla),),
    )


def _offentligt(
    lag: Lagen, alla: Sequence[Enhetsbelaggning], kanda: Sequence[Enhetsbelaggning]
) -> tuple[tuple[str, ...], tuple[Nyckeltal, ...]]:
    """All enheter together, and nothing that rests on the persons of too few of them."""
    if not kanda:
        return ("Antalet platser är inte registrerat för någon enhet.",), ()
    if _ar_fa(kanda):
        return (FARRE,), ()
    tal_ = _platstal(lag, kanda, "")
    if _ar_fa([ett for ett in kanda if ett.varde is not None]):
        tal_ = (ett for ett in tal_ if ett.slag is not Slag.KRONOR)
    return (f"Räknat för {len(kanda)} av {antal_ord(len(alla), 'enhet', 'enheter')}.",), tuple(tal_)


def _ar_fa(enheter: Sequence[Enhetsbelaggning]) -> bool:
    return ar_litet(frozenset().union(*(ett.personer for ett in enheter)))


def _om_platser(
    underlag: Underlag, alla: Sequence[Enhetsbelaggning], kanda: Sequence[Enhetsbelaggning]
) -> Iterator[str]:
    yield (
        "En enhets platsdagar är dess platser gånger periodens öppna dagar. Outnyttjade är de platsdagar då ingen var"
        " där; en dag räknas som använd också när någon var där en halv dag."
    )
    yield _SAKNAS
    if len(underlag.fasta) < len(underlag.period.manader):
        namnen = och([manad_i_ord(ett) for ett in underlag.fasta])
        yield f"Fastställt i perioden: {namnen}." if namnen else "Ingen månad i perioden är fastställd, så pris saknas."
    if len(kanda) < len(alla):
        yield f"{len(kanda)} av {antal_ord(len(alla), 'enhet', 'enheter')} har ett antal platser som går att räkna med."


def _platstal(lag: Lagen, kanda: Sequence[Enhetsbelaggning], adress: str) -> Iterator[Nyckeltal]:
    if not kanda:
        return
    outnyttjade = sum(ett.outnyttjade or 0 for ett in kanda)
    platsdagar = sum(ett.platsdagar or 0 for ett in kanda)
    yield Nyckeltal(f"narvaro_{lag.nyckel}_outnyttjade", outnyttjade, adress=adress)
    if platsdagar:
        yield _andel(f"narvaro_{lag.nyckel}_andel_outnyttjade", outnyttjade, platsdagar, adress)
    if varden := [ett.varde for ett in kanda if ett.varde is not None]:
        yield Nyckeltal(f"narvaro_{lag.nyckel}_outnyttjade_kr", sum(varden, Decimal(0)), Slag.KRONOR, adress=adress)


def _enhetstabell(lag: Lagen, alla: Sequence[Enhetsbelaggning]) -> Tabell:
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Utförare"),
        Kolumn("Platser", Slag.HELTAL),
        Kolumn("Personer", Slag.HELTAL),
        Kolumn("Platsdagar", Slag.HELTAL, summera=True),
        Kolumn("Närvarodagar", Slag.HELTAL, summera=True),
        Kolumn("Outnyttjade", Slag.HELTAL, summera=True),
        Kolumn("Beläggning", Slag.ANDEL),
        Kolumn("Pris per dag, kr", Slag.KRONOR),
        Kolumn("Värde, kr", Slag.KRONOR, summera=True),
        Kolumn("Anmärkning", Slag.STYCKE),
    )
    return Tabell(
        f"{lag.nyckel}_platser_enheter",
        "Platser mot närvaro, per enhet",
        kolumner,
        tuple(_enhetsrad(ett) for ett in alla),
        _enhetssumma(alla) if len(alla) > 1 else None,
        noter=("Personer: de som enheten har på periodens sista dag.",),
    )


def _enhetsrad(ett: Enhetsbelaggning) -> Rad:
    return Rad(
        (
            ett.namn,
            ett.utforare,
            ett.platser,
            len(ett.personer),
            ett.platsdagar,
            ett.narvaro,
            ett.outnyttjade,
            ett.belaggning,
            ett.pris,
            ett.varde,
            ett.anmarkning,
        ),
        f"#{'lss' if ett.insats == DV else 'sol'}_personer",
    )


def _enhetssumma(alla: Sequence[Enhetsbelaggning]) -> Rad:
    platsdagar, outnyttjade = [ett.platsdagar for ett in alla], [ett.outnyttjade for ett in alla]
    varden = [ett.varde for ett in alla if ett.varde is not None]
    return Rad(
        (
            "Summa",
            None,
            None,
            None,
            sum(ett or 0 for ett in platsdagar),
            sum(ett.narvaro for ett in alla),
            sum(ett or 0 for ett in outnyttjade),
            None,
            None,
            sum(varden, Decimal(0)) if varden else None,
            None,
        )
    )


# ---- Single persons ---------------------------------------------------------------------------------------------


def _personlista(underlag: Underlag, lag: Lagen, lasare: Lasare) -> Del:
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Boende", Slag.STYCKE),
        Kolumn("Enhet"),
        Kolumn("Beviljat, dagar i veckan", Slag.ANTAL),
        Kolumn("Öppna dagar", Slag.HELTAL),
        Kolumn("Närvaro", Slag.HELTAL),
        Kolumn("Frånvaro", Slag.HELTAL),
        Kolumn("Närvaro i veckan", Slag.ANTAL),
        Kolumn("Lediga dagar i veckan", Slag.ANTAL),
        Kolumn("Ledig en hel dag eller mer"),
        Kolumn("Timmar", Slag.ANTAL),
    )
    rader = tuple(_personrad(ett, underlag, lasare) for ett in _ordnade(dagliga(underlag, lag)))
    tabell = Tabell(
        f"{lag.nyckel}_lista", f"Personer med beslut om {_namn(lag.insats)}", kolumner, rader, enskilda=True
    )
    return Del(f"{lag.nyckel}_personer", f"Personer, {_namn(lag.insats)}", tabeller=(tabell,))


def _ordnade(alla: Sequence[Dagverksam]) -> list[Dagverksam]:
    """Those who are free the most first."""
    return sorted(alla, key=lambda ett: (-ett.lediga, ett.nyckel))


def _personrad(ett: Dagverksam, underlag: Underlag, lasare: Lasare) -> Rad:
    if ett.verk is None:
        adress = beslutsadress(ett.beslut, lasare)
    else:
        adress = reverse("utforare:utfort", args=[ett.verk, underlag.period.sista])
    return Rad(
        (
            ett.nyckel,
            och([stor_forsta(_namn(boende)) for boende in sorted(ett.boenden)]),
            ett.enhet or "Verkställs inte",
            ett.beviljat,
            ett.oppna,
            ett.narvaro,
            ett.franvaro,
            avrunda(ett.per_vecka, 1),
            avrunda(ett.lediga, 1) if ett.vet else None,
            ("Ja" if ett.ar_ledig else "Nej") if ett.vet else "Går inte att säga",
            avrunda(Fraction(ett.minuter, 60), 1) if ett.minuter else None,
        ),
        adress,
    )


def _utan(underlag: Underlag, lag: Lagen, lasare: Lasare) -> Del:
    """Those in the law's own kind of housing who have no beslut on what they do in the days."""
    rad = boenderad(underlag, lag, lag.boende)
    med = {ett.person for ett in rad.med}
    andra = {ett.person for ett in underlag.dagverksamma if ett.insats != lag.insats}
    rader = tuple(
        Rad((ett.nyckel, "Ja" if ett.person in andra else "Nej"), beslutsadress(ett.beslut, lasare))
        for ett in sorted(rad.alla, key=lambda ett: ett.nyckel)
        if ett.person not in med
    )
    annan = _namn(SYSS if lag.insats == DV else DV)
    tabell = Tabell(
        f"{lag.nyckel}_utan_lista",
        f"{stor_forsta(_namn(lag.boende))} utan beslut om {_namn(lag.insats)}",
        (Kolumn("Beslut om boende"), Kolumn(f"Har {annan}")),
        rader,
        enskilda=True,
    )
    return Del(f"{lag.nyckel}_utan", f"Boende utan {_namn(lag.insats)}", tabeller=(tabell,))


def beslutsadress(beslut: int, lasare: Lasare) -> str:
    """What was decided, and what is done of it."""
    return reverse("utforare:utforande" if lasare.handlagger else "beslut:beslut", args=[beslut])
