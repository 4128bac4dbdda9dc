"""How many different persons of staff each has met, and how that goes with cancellations. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from uppfoljning.rapport.fordelning import fordela
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Serie, Tabell, Varde
from uppfoljning.rapporter.avbokningar.gemensamt import andelstal
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import FA, MANGA, OKAND, PERSONALKLASSER, Upptag, andel

_KLASSER = (*(namn for _, namn in PERSONALKLASSER), MANGA, OKAND)


def kontinuitet(underlag: Underlag) -> Del:
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
    yield andelstal("avbokningar_av_samma", oftast, besok, "#personer")
    for nyckel, vilka in (
        ("avbokningar_hos_fa", [ett for ett in kanda if ett.personal <= FA]),
        ("avbokningar_hos_manga", [ett for ett in kanda if ett.personal > FA]),
    ):
        if vilka:
            brukaren, planerade = sum(ett.av_brukaren for ett in vilka), sum(ett.planerade for ett in vilka)
            yield andelstal(nyckel, brukaren, planerade, "#personer")


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
