"""Places that nobody uses, by enhet, and what they are worth. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, manad_i_ord, och
from uppfoljning.rapport.fordelning import FARRE
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell
from uppfoljning.rapporter.narvaro.gemensamt import Lagen, andel, insatsnamn
from uppfoljning.rapporter.narvaro.queries import Underlag
from uppfoljning.rapporter.narvaro.regler import DV, Enhetsbelaggning
from uppfoljning.undertryckning import ar_litet

PRISET = (
    "Priset är vad enheten i genomsnitt har fått per närvarodag i de månader av perioden som är fastställda: ersättning"
    " för närvaro och för platser, med rättelser. En ledig plats har ingen nivå, så prislistans pris kan inte användas."
)


def kapacitet(underlag: Underlag, lag: Lagen, *, offentlig: bool) -> Del:
    """The part: by enhet, or in public all enheter together."""
    rubrik = f"Lediga platser, {insatsnamn(lag.insats)}"
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
    yield PRISET
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
        yield andel(f"narvaro_{lag.nyckel}_andel_outnyttjade", outnyttjade, platsdagar, adress)
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
        f"Platser mot närvaro, {lag.namn}",
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
