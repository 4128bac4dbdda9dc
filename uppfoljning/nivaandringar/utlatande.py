"""The nämnd's document about half a year's level changes: sums alone, small numbers merged (ADR 0016). Pure."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ersattning.simulering.diagram import mnkr
from grund.text import antal_ord, datum_i_ord, liten_forsta, skillnad, stor_forsta, svensk_ordning, tal
from uppfoljning.nivaandringar.halvar import Halvar
from uppfoljning.nivaandringar.ord import ANTAGANDEN
from uppfoljning.nivaandringar.rapport import Andringsrad, Rapport, Riktning, Summa, summera
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Huvud, Rad, Tabell, Utlatande
from uppfoljning.tjansteutlatande.tabeller import Numrering
from uppfoljning.undertryckning import Cell, Skydd, ar_litet, avrunda_till_summa, skydda

OVRIGA, ALLA, INGEN = "Övriga utförare", "Alla utförare", "Ingen utförare"
_NOT_OVRIGA = "Utförare med färre än fem personer visas tillsammans."
_KOLUMNER = ("Ändringar", "Mer per år, kr", "Under halvåret, kr", "Betalt hittills, kr")
_ORD = {Riktning.DYRARE: "Dyrare nivå", Riktning.BILLIGARE: "Billigare nivå", Riktning.SAMMA: "Samma kostnad"}
# Finest first; who costs the same is the least to tell of.
_RIKTNINGAR = (
    ({Riktning.DYRARE}, {Riktning.BILLIGARE}, {Riktning.SAMMA}),
    ({Riktning.DYRARE}, {Riktning.BILLIGARE, Riktning.SAMMA}),
)


@dataclass(frozen=True)
class Underlag:
    """What the document is made from."""

    halvar: Halvar
    rapport: Rapport

    @cached_property
    def skydd(self) -> Skydd:
        """How it must be shown."""
        rader = self.rapport.rader
        celler = [
            Cell(rad.utforare, rad.riktning, frozenset({rad.person_id}), rad.helar or Decimal(0)) for rad in rader
        ]
        namn = sorted({rad.utforare for rad in rader})
        return skydda(celler, insatser=namn, regier=_RIKTNINGAR)

    @property
    def dold(self) -> bool:
        """All of it rests on so few persons that nothing may be shown."""
        return self.skydd.dold

    @property
    def visar_forsta(self) -> bool:
        """First assessments may be told of."""
        return not ar_litet({rad.person_id for rad in self.rapport.forsta})


def satt_samman(underlag: Underlag, huvud: Huvud) -> Utlatande:
    """The document."""
    nr, halvar = Numrering(), underlag.halvar
    return Utlatande(
        manad=halvar.sista_manad,
        titel=f"Nivåändringar och vad de kostar, {halvar.i_ord}",
        huvud=huvud,
        preliminart="",
        forslag=(f"{huvud.namnd} tar del av redovisningen.",),
        sammanfattning=tuple(_sammanfattning(underlag)),
        arendet=(Avsnitt("Underlag", tuple(_bakgrund(underlag))), Avsnitt("Så är det räknat", ANTAGANDEN)),
        ekonomi=ekonomi(underlag, nr),
        barn=(),
        beslutsunderlag=(f"Tjänsteutlåtande {huvud.datum}, {huvud.diarienummer}",),
        skickas_till=huvud.skickas_till,
    )


def tabeller_att_visa(underlag: Underlag) -> tuple[Tabell, ...]:
    """The document's tables, for those who are about to make it."""
    return ekonomi(underlag, Numrering()).tabeller


def _sammanfattning(underlag: Underlag) -> Iterator[str]:
    alla = underlag.rapport.alla
    if underlag.dold or not alla.antal:
        return
    riktning = "mer" if alla.helar >= 0 else "mindre"
    yield (
        f"{antal_ord(alla.antal, 'nivåändring', 'nivåändringar')} som gäller från {underlag.halvar.i_ord} kostar"
        f" tillsammans {mnkr(abs(alla.helar))} {riktning} per år. Prisändringar ingår inte."
    )


def _bakgrund(underlag: Underlag) -> Iterator[str]:
    rapport = underlag.rapport
    yield f"Redovisningen gäller nivåer som räknas från {datum_i_ord(rapport.fran)} till {datum_i_ord(rapport.sista)}."
    if not rapport.rader:
        yield "Ingen nivå ändrades."
    elif underlag.dold:
        yield "Färre än fem personer fick ändrad nivå. Därför visas varken antal eller belopp."
    if rapport.forsta and underlag.visar_forsta:
        forsta = antal_ord(len(rapport.forsta), "första bedömning", "första bedömningar")
        yield f"Dessutom gjordes {forsta}. De ändrar ingen nivå och ingår inte i beloppen."
    if rapport.utan_pris and not underlag.dold:
        yield "För någon av nivåerna saknas pris. Det som saknar pris är inte med i beloppen."


def ekonomi(underlag: Underlag, nr: Numrering) -> Avsnitt:
    """The economic consequences."""
    rubrik, rapport = "Ekonomiska konsekvenser", underlag.rapport
    if not rapport.rader:
        return Avsnitt(rubrik, ("Nivåändringarna har inte påverkat kostnaden.",))
    if underlag.dold:
        return Avsnitt(rubrik, ("Nivåändringarna avser färre än fem personer, så beloppen visas inte.",))
    return Avsnitt(rubrik, (), tuple(_tabeller(underlag, nr)))


def _tabeller(underlag: Underlag, nr: Numrering) -> Iterator[Tabell]:
    rapport, skydd = underlag.rapport, underlag.skydd
    namn = sorted({rad.utforare for rad in rapport.rader} - skydd.ovriga, key=svensk_ordning)
    grupper = [(ett or INGEN, [rad for rad in rapport.rader if rad.utforare == ett]) for ett in namn]
    if skydd.ovriga:
        grupper.append((OVRIGA if grupper else ALLA, [rad for rad in rapport.rader if rad.utforare in skydd.ovriga]))
    noter = (_NOT_OVRIGA,) if skydd.ovriga else ()
    yield _tabell(nr, "Nivåändringar per utförare", "Utförare", grupper, noter)
    delar = [
        (_riktning_i_ord(grupp), egna)
        for grupp in skydd.regier
        if (egna := [rad for rad in rapport.rader if rad.riktning in grupp])
    ]
    if len(delar) > 1:
        yield _tabell(nr, "Dyrare och billigare nivåer", "Riktning", delar, ())


def _riktning_i_ord(grupp: Set[str]) -> str:
    return stor_forsta(" eller ".join(liten_forsta(_ORD[ett]) for ett in Riktning if ett in grupp))


def _tabell(
    nr: Numrering,
    rubrik: str,
    vad: str,
    grupper: Sequence[tuple[str, Sequence[Andringsrad]]],
    noter: tuple[str, ...],
) -> Tabell:
    summor = [summera(namn, egna) for namn, egna in grupper]
    alla = summera("Summa", [rad for _, egna in grupper for rad in egna])
    kolumner = [_hela(summor, alla, falt) for falt in ("helar", "i_perioden", "betalt")]
    rader = tuple(
        Rad(ett.namn, (tal(ett.antal), *(skillnad(kolumn[plats]) for kolumn in kolumner)))
        for plats, ett in enumerate(summor)
    )
    summa = Rad("Summa", (tal(alla.antal), *(skillnad(sum(kolumn, Decimal(0))) for kolumn in kolumner)))
    return Tabell(nr.nasta(), rubrik, (vad, *_KOLUMNER), rader, summa, noter)


def _hela(summor: Sequence[Summa], alla: Summa, falt: str) -> list[Decimal]:
    """The column in whole kronor that add up."""
    delar = [getattr(ett, falt) for ett in summor]
    summa = getattr(alla, falt)
    return avrunda_till_summa(delar, summa.quantize(Decimal(1)) if summa else Decimal(0))
