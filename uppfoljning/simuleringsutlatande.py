"""The section of a tjänsteutlåtande that tells of a simulering: sums alone, small numbers merged (ADR 0016). Pure.

What an utförare costs is shown by itself only when it rests on at least five persons. Only how many persons there are
is known here, not who: the same person may be with several utförare. So a group counts as large enough when one of its
utförare alone is; that can never be wrong the dangerous way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from beslut.ord import insats_i_ord
from ersattning.simulering.diagram import kurva, mnkr
from ersattning.simulering.ord import incitament
from ersattning.simulering.resultat import Delrad, Resultat, Variantrad
from ersattning.simulering.tables import period_i_ord
from ersattning.simulering.utforande import andel_i_ord
from grund.text import HART, TANKSTRECK, antal_ord, liten_forsta, och, skillnad, tal, tidpunkt_i_ord
from uppfoljning.simuleringsfigur import kurva_svg
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Figur, Huvud, Rad, Tabell, Utlatande
from uppfoljning.tjansteutlatande.tabeller import Numrering
from uppfoljning.undertryckning import MINST, gruppera

OVRIGA = "Övriga utförare"
_PER_TABELL = 3  # variants that fit beside each other on a page
_NOT_OVRIGA = "Utförare med färre än fem personer visas tillsammans."


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the document is made from. `andrat`: what has changed in the history since. `utforare`: empty = all."""

    resultat: Resultat
    andrat: Sequence[str]
    utforare: Sequence[str] = ()

    @property
    def dold(self) -> bool:
        """All of it rests on so few persons that nothing may be shown."""
        return 0 < self.resultat.volym.personer < MINST


def satt_samman(underlag: Underlag, huvud: Huvud) -> Utlatande:
    """The document."""
    simulering, nr = underlag.resultat.simulering, Numrering()
    arendet = tuple(_arendet(underlag))
    return Utlatande(
        manad=simulering.manader[-1],
        titel=f"Simulering av ersättningen {period_i_ord(simulering)}",
        huvud=huvud,
        preliminart=" ".join(underlag.andrat[:1]),
        forslag=(f"{huvud.namnd} tar del av simuleringen och lägger den till grund för fortsatt beredning.",),
        sammanfattning=tuple(_sammanfattning(underlag)),
        arendet=arendet,
        ekonomi=ekonomi(underlag, nr),
        barn=(),
        beslutsunderlag=(
            f"Tjänsteutlåtande {huvud.datum}, {huvud.diarienummer}",
            f"Simuleringen ”{simulering.namn}”, omgång {simulering.omgang}, avtryck {simulering.avtryck[:12]}",
        ),
        skickas_till=huvud.skickas_till,
    )


def tabeller_att_visa(underlag: Underlag) -> tuple[Tabell, ...]:
    """The document's tables, for those who are about to make it."""
    return ekonomi(underlag, Numrering()).tabeller


def _sammanfattning(underlag: Underlag) -> Iterator[str]:
    resultat = underlag.resultat
    if underlag.dold:
        return
    nu, *andra = resultat.varianter
    vad = _insats(resultat)
    yield f"Ersättningen för {vad} {period_i_ord(resultat.simulering)} kostar {mnkr(nu.kronor)} med dagens avtal."
    for ett in andra:
        yield f"Med varianten ”{ett.namn}” hade kostnaden varit {mnkr(ett.kronor)}{_mot(ett)}."


def _mot(variant: Variantrad) -> str:
    return "" if variant.procent is None else f", {skillnad(variant.procent, 1)}{HART}% mot i dag"


def _insats(resultat: Resultat) -> str:
    insats = resultat.simulering.insats
    return liten_forsta(insats_i_ord(insats)) if insats else "alla insatser"


def _arendet(underlag: Underlag) -> Iterator[Avsnitt]:
    resultat = underlag.resultat
    yield Avsnitt("Underlag", tuple(_bakgrund(underlag)))
    yield Avsnitt("Varianterna", tuple(f"{ett.namn}: {_andringar(ett)}." for ett in resultat.andra))
    lonar = incitament(list(resultat.artiklar))
    yield Avsnitt("Vad varje sätt lönar", tuple(f"{ett.namn}. {ett.lonar} Att bevaka: {ett.bevaka}" for ett in lonar))


def _andringar(variant: Variantrad) -> str:
    return och([liten_forsta(ett) for ett in variant.andringar])


def _bakgrund(underlag: Underlag) -> Iterator[str]:
    resultat, simulering = underlag.resultat, underlag.resultat.simulering
    if underlag.dold:
        yield "Simuleringen avser färre än fem personer. Därför visas varken antal eller belopp."
        return
    vems = f" hos {och(underlag.utforare)}" if underlag.utforare else ""
    nar = tidpunkt_i_ord(simulering.raknad) if simulering.raknad else ""
    yield (
        f"Simuleringen gäller {_insats(resultat)}{vems} {period_i_ord(simulering)}. Den räknades {nar} på det som är"
        " registrerat, med samma regler som de månatliga körningarna. Ingenting av det som har betalats är ändrat."
        " Arbetsbonus och justeringar ingår inte."
    )
    volym = resultat.volym
    yield f"Underlaget är {antal_ord(volym.personer, 'person', 'personer')}."
    if volym.utforda and volym.bestallda:
        timmar = [tal(Decimal(round(minuter / 60))) for minuter in (volym.bestallda, volym.utforda)]
        yield f"{timmar[0]} timmar var beställda och {timmar[1]} utförda ({andel_i_ord(volym.andel)})."
    for ett in resultat.varianter:
        if ett.brister:
            yield f"{ett.namn}: {och(ett.brister)}. Det som saknas är inte med i kostnaden."


def ekonomi(underlag: Underlag, nr: Numrering) -> Avsnitt:
    """The economic consequences: the variants, who is affected, the sensitivity and the budget."""
    rubrik = "Ekonomiska konsekvenser"
    if underlag.dold:
        return Avsnitt(rubrik, ("Simuleringen avser färre än fem personer, så beloppen visas inte.",))
    resultat = underlag.resultat
    tabeller = [_varianter(resultat, nr), *_utforare(resultat, nr)]
    if resultat.punkter:
        tabeller.append(_punkter(resultat, nr))
    if any(rad.budget is not None for rad in resultat.per_insats) and resultat.simulering.insats:
        tabeller.append(_budget(resultat, nr))
    forbehall = (
        "Simuleringen visar vad historien hade kostat. Den säger inte hur utförare och brukare ändrar sitt sätt att"
        " göra när ersättningen ändras."
    )
    return Avsnitt(rubrik, (forbehall,), tuple(tabeller), _figur(resultat))


def _figur(resultat: Resultat) -> Figur | None:
    """The sensitivity as a curve; its figures are in the table."""
    bild = kurva(resultat.punkter, resultat.varianter[0].kronor)
    if bild is None:
        return None
    rubrik = f"Känslighet: {resultat.simulering.get_kanslighet_display()}, {period_i_ord(resultat.simulering)}"
    alt = f"Kurva över kostnaden. {bild.beskrivning}".replace(HART, " ")
    return Figur(1, rubrik, "bild:kanslighet.svg", kurva_svg(bild), alt)


def _varianter(resultat: Resultat, nr: Numrering) -> Tabell:
    rader = tuple(
        Rad(
            ett.namn,
            (
                tal(ett.kronor),
                TANKSTRECK if ett.mot is None else skillnad(ett.mot),
                TANKSTRECK if ett.procent is None else f"{skillnad(ett.procent, 1)}{HART}%",
                TANKSTRECK if ett.per_personmanad is None else tal(ett.per_personmanad),
            ),
        )
        for ett in resultat.varianter
    )
    kolumner = ("Variant", "Kostnad, kr", "Mot i dag, kr", "Procent", "Kr per person och månad")
    return Tabell(nr.nasta(), f"Kostnad per variant, {period_i_ord(resultat.simulering)}", kolumner, rader)


def _utforare(resultat: Resultat, nr: Numrering) -> Iterator[Tabell]:
    """What each utförare gets more or less, three variants in a table; none when too few, or one."""
    rader = {rad.nyckel: rad for rad in resultat.per_utforare}
    grupperat = gruppera({pk: frozenset(range(rad.personer or 0)) for pk, rad in rader.items()})
    if grupperat.dolt or len(rader) < 2:
        return
    delar = [(rader[pk].namn, [rader[pk]]) for pk in grupperat.egna]
    if grupperat.samman:
        delar.append((OVRIGA, [rader[pk] for pk in grupperat.samman]))
    for start in range(0, len(resultat.andra), _PER_TABELL):
        platser = range(start, min(start + _PER_TABELL, len(resultat.andra)))
        yield Tabell(
            nr.nasta(),
            "Skillnad mot i dag per utförare, kronor",
            ("Utförare", "I dag, kr", *(resultat.andra[plats].namn for plats in platser)),
            tuple(_delrad(namn, egna, platser) for namn, egna in delar),
            _delrad("Summa", list(rader.values()), platser),
            (_NOT_OVRIGA,) if grupperat.samman else (),
        )


def _delrad(namn: str, delar: Sequence[Delrad], platser: Sequence[int]) -> Rad:
    nu = sum((rad.nu for rad in delar), Decimal(0))
    mot = [sum((rad.mot[plats] for rad in delar), Decimal(0)) for plats in platser]
    return Rad(namn, (tal(nu), *map(skillnad, mot)))


def _punkter(resultat: Resultat, nr: Numrering) -> Tabell:
    nu = resultat.varianter[0].kronor
    rader = tuple(Rad(f"{punkt}{HART}%", (tal(belopp), skillnad(belopp - nu))) for punkt, belopp in resultat.punkter)
    vad = resultat.simulering.get_kanslighet_display()
    return Tabell(nr.nasta(), f"Känslighet: {vad}", ("Andel", "Kostnad, kr", "Mot i dag, kr"), rader)


def _budget(resultat: Resultat, nr: Numrering) -> Tabell:
    rad = next(rad for rad in resultat.per_insats if rad.budget is not None)
    assert rad.budget is not None  # noqa: S101  chosen by it
    rader = tuple(
        Rad(ett.namn, (tal(rad.budget), tal(ett.kronor), skillnad(ett.kronor - rad.budget)))
        for ett in resultat.varianter
    )
    return Tabell(nr.nasta(), "Avvikelse mot budget, kronor", ("Variant", "Budget", "Kostnad", "Avvikelse"), rader)
