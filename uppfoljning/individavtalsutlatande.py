"""The nämnd's document about individavtal: sums alone, small numbers merged (ADR 0016), never a reason. Pure.

A reason is about a person, so it is not there, however many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from beslut.ord import insats_i_ord
from ersattning.individavtalslista import Individavtalsrad
from ersattning.individavtalstabell import OM_ARET
from ersattning.simulering.diagram import mnkr
from grund.text import antal_ord, datum_i_ord, skillnad, svensk_ordning, tal
from grund.tid import Manad
from uppfoljning.regler import FYLLNADSORDNING
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Huvud, Rad, Tabell, Utlatande
from uppfoljning.tjansteutlatande.tabeller import Numrering
from uppfoljning.undertryckning import Grupperat, ar_litet, avrunda_till_summa, forena, gruppera

OVRIGA, ALLA = "Övriga insatser", "Alla insatser"
_NOT_OVRIGA = "Insatser med färre än fem personer visas tillsammans."
_NOLL = Decimal(0)


@dataclass(frozen=True)
class Underlag:
    """What the document is made from: the individavtal that hold on `dag`, or are to come."""

    dag: date
    rader: Sequence[Individavtalsrad]

    @cached_property
    def jamforbara(self) -> list[Individavtalsrad]:
        """Those with a general avtal to compare with."""
        return [rad for rad in self.rader if rad.skillnad is not None]

    @cached_property
    def grupper(self) -> Grupperat[str]:
        """How insatser may be shown."""
        return gruppera({str(insats): self._personer(str(insats)) for insats in FYLLNADSORDNING})

    def _personer(self, insats: str) -> frozenset[int]:
        return frozenset(rad.person_id for rad in self.jamforbara if rad.insats == insats)

    @property
    def utan_jamforelse(self) -> list[Individavtalsrad]:
        """Those without. What takes over from another is not one more."""
        return [rad for rad in self.rader if rad.skillnad is None and not rad.tar_vid]

    @property
    def dold(self) -> bool:
        """All of it rests on so few persons that nothing may be shown."""
        return self.grupper.dolt

    @property
    def visar_antal(self) -> bool:
        """How many there are may be told; and how many of them cannot be compared."""
        alla = forena([frozenset({rad.person_id}) for rad in self.rader])
        resten = frozenset(rad.person_id for rad in self.utan_jamforelse)
        return not ar_litet(alla) and not ar_litet(resten)


def satt_samman(underlag: Underlag, huvud: Huvud) -> Utlatande:
    """The document."""
    return Utlatande(
        manad=Manad.av(underlag.dag),
        titel=f"Individavtal per den {datum_i_ord(underlag.dag)}",
        huvud=huvud,
        preliminart="",
        forslag=(f"{huvud.namnd} tar del av redovisningen.",),
        sammanfattning=tuple(_sammanfattning(underlag)),
        arendet=(Avsnitt("Individavtal", tuple(_bakgrund(underlag))),),
        ekonomi=ekonomi(underlag),
        barn=(),
        beslutsunderlag=(f"Tjänsteutlåtande {huvud.datum}, {huvud.diarienummer}",),
        skickas_till=huvud.skickas_till,
    )


def tabeller_att_visa(underlag: Underlag) -> tuple[Tabell, ...]:
    """The document's tables, for those who are about to make it."""
    return ekonomi(underlag).tabeller


def _merkostnad(rader: Sequence[Individavtalsrad]) -> Decimal:
    return sum((rad.skillnad or _NOLL for rad in rader), _NOLL)


def _sammanfattning(underlag: Underlag) -> Iterator[str]:
    if underlag.dold or not underlag.jamforbara:
        return
    summa = _merkostnad(underlag.jamforbara)
    riktning = "mer" if summa >= 0 else "mindre"
    antal = antal_ord(len(underlag.jamforbara), "individavtal", "individavtal")
    yield f"{antal} kostar tillsammans {mnkr(abs(summa))} {riktning} på ett år än prislistorna."


def _bakgrund(underlag: Underlag) -> Iterator[str]:
    yield (
        "Ett individavtal gäller en enda person och går före utförarens allmänna avtal. Det används när stödet inte"
        " ryms inom prislistan. Varje individavtal som läggs upp får en motivering och en slutdag, och prövas på nytt"
        " innan det slutar."
    )
    if not underlag.rader:
        yield "Det finns inga individavtal."
    elif underlag.dold:
        yield "Färre än fem personer har ett individavtal. Därför visas varken antal eller belopp."
    elif underlag.visar_antal and (resten := len(underlag.utan_jamforelse)):
        yield f"{antal_ord(resten, 'individavtal', 'individavtal')} har inget allmänt avtal att jämföras med."


def ekonomi(underlag: Underlag) -> Avsnitt:
    """The economic consequences."""
    rubrik = "Ekonomiska konsekvenser"
    if not underlag.jamforbara:
        return Avsnitt(rubrik, ("Det finns inget individavtal att jämföra med en prislista.",))
    if underlag.dold:
        return Avsnitt(rubrik, ("Individavtalen avser färre än fem personer, så beloppen visas inte.",))
    return Avsnitt(rubrik, (OM_ARET,), (_tabell(underlag),))


def _tabell(underlag: Underlag) -> Tabell:
    grupper = underlag.grupper
    delar = [(insats_i_ord(ett), [rad for rad in underlag.jamforbara if rad.insats == ett]) for ett in grupper.egna]
    delar = sorted([ett for ett in delar if ett[1]], key=lambda ett: svensk_ordning(ett[0]))
    if grupper.samman:
        delar.append((OVRIGA if delar else ALLA, [rad for rad in underlag.jamforbara if rad.insats in grupper.samman]))
    kolumner = [_hela([[_falt(rad, falt) for rad in egna] for _, egna in delar]) for falt in range(3)]
    rader = tuple(
        Rad(namn, (tal(len(egna)), tal(kolumner[0][nr]), tal(kolumner[1][nr]), skillnad(kolumner[2][nr])))
        for nr, (namn, egna) in enumerate(delar)
    )
    summor = [sum(kolumn, _NOLL) for kolumn in kolumner]
    summa = Rad("Summa", (tal(len(underlag.jamforbara)), tal(summor[0]), tal(summor[1]), skillnad(summor[2])))
    rubriker = ("Insats", "Individavtal", "Helår, kr", "Efter prislistan, kr", "Merkostnad, kr")
    noter = (_NOT_OVRIGA,) if grupper.samman else ()
    return Tabell(Numrering().nasta(), "Individavtal och merkostnad per insats", rubriker, rader, summa, noter)


def _falt(rad: Individavtalsrad, nummer: int) -> Decimal:
    return (rad.eget or _NOLL, rad.allmant or _NOLL, rad.skillnad or _NOLL)[nummer]


def _hela(delar: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    """A column in whole kronor that add up."""
    summor = [sum(ett, _NOLL) for ett in delar]
    return avrunda_till_summa(summor, sum(summor, _NOLL).quantize(Decimal(1)))
