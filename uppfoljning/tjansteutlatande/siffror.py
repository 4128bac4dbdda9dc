"""The figures of a document, merged so that nothing in them rests on a few persons. Pure.

This is the only way from what was read (underlag.py) to what is said (innehall.py): from here on there are no persons,
and no insats or form of contract that is not shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.regler import Avvikelsekod, Radenhet
from grund.tid import Manad
from uppfoljning.regler import FYLLNADSORDNING, REGIINDELNINGAR
from uppfoljning.tjansteutlatande.underlag import (
    Avvikelseslag,
    Korningsfakta,
    Manadsdata,
    Tillagg,
    Underlag,
    Volym,
)
from uppfoljning.undertryckning import (
    Cell,
    Grupperat,
    Skydd,
    ar_litet,
    avrunda_till_summa,
    forena,
    gemensamt,
    gruppera,
    skydda,
)

OVRIGA = "Övriga insatser"
OVRIGA_AVVIKELSER = "Övriga avvikelser"


@dataclass(frozen=True, slots=True)
class Insatsrad:
    """An insats, or the merged ones (`kod` empty, and no number of persons), in each month."""

    kod: str
    namn: str
    personer: tuple[int, ...]
    kronor: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Volymrad:
    """Units of an insats in each month; None where they rest on too few persons."""

    kod: str
    namn: str
    enhet: Radenhet
    antal: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Regirad:
    """Kronor under some forms of contract in each month."""

    regier: frozenset[str]
    kronor: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Tillaggsrad:
    """What is paid beside the month's own: corrections of `avser`, bonus, justeringar, or several merged, which say
    no persons. Justeringar with 0 persons are the utförare's alone."""

    avser: Manad | None
    bonus: bool
    rattelser: bool
    personer: int | None
    belopp: Decimal
    justeringar: bool = False


@dataclass(frozen=True, slots=True)
class Avvikelserad:
    """Avvikelser of a kind, or of the merged kinds (`kod` empty)."""

    kod: str
    namn: str
    antal: int


@dataclass(frozen=True, slots=True)
class Siffror:
    """All that a document may say. `manader` are the columns: the month itself, then those it is compared with.

    `kronor` are whole and add up; `ordinarie` and the amounts of `tillagg` are exact. `ovriga` names what is merged.
    `dolda` are months that there is something of, but too little to show. `tillagg` and `avvikelser` None = there are
    some, for too few persons.
    """

    manad: Manad
    manader: tuple[Manad, ...]
    dolda: tuple[Manad, ...]
    korningar: Mapping[Manad, Korningsfakta]
    ordinarie: tuple[Decimal, ...]
    kronor: tuple[Decimal, ...]
    insatser: tuple[Insatsrad, ...]
    ovriga: tuple[str, ...]
    volymer: tuple[Volymrad, ...]
    regier: tuple[Regirad, ...]
    tillagg: tuple[Tillaggsrad, ...] | None
    avvikelser: tuple[Avvikelserad, ...] | None

    @property
    def dold(self) -> bool:
        """Whether the month itself rests on too few persons to be shown."""
        return self.manad in self.dolda

    @property
    def egna(self) -> tuple[Insatsrad, ...]:
        """The insatser that are shown by themselves."""
        return tuple(rad for rad in self.insatser if rad.kod)

    @property
    def insatsantal(self) -> tuple[int, ...]:
        """How many insatser the shown ones are in each month: a person counts once for each."""
        return tuple(sum(rad.personer[plats] for rad in self.egna) for plats in range(len(self.manader)))

    @property
    def totalt(self) -> Decimal | None:
        """The körning's total to the öre, if it may be told."""
        if self.tillagg is None or self.dold:
            return None
        return self.ordinarie[0] + sum((rad.belopp for rad in self.tillagg), Decimal(0))


def rakna(underlag: Underlag) -> Siffror:
    """Merge and sum what was read."""
    alla = {underlag.manad: underlag.data, **underlag.jamforda}
    skydden = {manad: manadens_skydd(data.celler) for manad, data in alla.items()}
    dolda = tuple(manad for manad, skydd in skydden.items() if skydd.dold)
    visade = () if underlag.manad in dolda else tuple(manad for manad in alla if manad not in dolda)
    skydd = gemensamt(skydden[manad] for manad in visade)
    celler = [alla[manad].celler for manad in visade]
    ordinarie = tuple(sum((cell.belopp for cell in manadens), Decimal("0.00")) for manadens in celler)
    kronor = tuple(map(_hela, ordinarie))
    return Siffror(
        manad=underlag.manad,
        manader=visade,
        dolda=dolda,
        korningar={manad: alla[manad].korning for manad in {underlag.manad: None, **dict.fromkeys(visade)}},
        ordinarie=ordinarie,
        kronor=kronor,
        insatser=tuple(_insatsrader(celler, kronor, skydd)),
        ovriga=tuple(_ovriga(celler, skydd)),
        volymer=tuple(_volymrader([alla[manad] for manad in visade], skydd)),
        regier=tuple(_regirader(celler, kronor, skydd)),
        tillagg=_tillagg(underlag.tillagg),
        avvikelser=_avvikelser(underlag.avvikelser),
    )


def manadens_skydd(celler: Sequence[Cell]) -> Skydd:
    """How a month is shown wherever it is shown: it follows from that month alone."""
    return skydda(celler, insatser=FYLLNADSORDNING, regier=REGIINDELNINGAR)


def _hela(belopp: Decimal) -> Decimal:
    return belopp.quantize(Decimal(1), "ROUND_HALF_UP")


def _insatsrader(celler: Sequence[Sequence[Cell]], kronor: Sequence[Decimal], skydd: Skydd) -> Iterator[Insatsrad]:
    """In the order of the law, the merged ones last. Each column of kronor adds up to its `kronor`."""
    grupper = [*([kod] for kod in Insats.values if kod not in skydd.ovriga), sorted(skydd.ovriga)]
    med_nagot = [grupp for grupp in grupper if any(cell.insats in grupp for manad in celler for cell in manad)]
    delar = _kolumner(celler, kronor, med_nagot, lambda cell: cell.insats)
    for plats, grupp in enumerate(med_nagot):
        egen = grupp[0] if grupp[0] not in skydd.ovriga else ""
        yield Insatsrad(
            kod=egen,
            namn=insats_i_ord(egen) if egen else OVRIGA,
            personer=tuple(_antal_personer(manad, egen) for manad in celler) if egen else (),
            kronor=tuple(kolumn[plats] for kolumn in delar),
        )


def _ovriga(celler: Sequence[Sequence[Cell]], skydd: Skydd) -> Iterator[str]:
    """What the merged insatser are, of those that there is anything of."""
    finns = {cell.insats for manad in celler for cell in manad}
    yield from (insats_i_ord(kod) for kod in Insats.values if kod in skydd.ovriga & finns)


def _antal_personer(celler: Iterable[Cell], insats: str) -> int:
    return len(forena(cell.personer for cell in celler if cell.insats == insats))


def _kolumner(
    celler: Sequence[Sequence[Cell]],
    kronor: Sequence[Decimal],
    grupper: Sequence[Iterable[str]],
    falt: Callable[[Cell], str],
) -> list[list[Decimal]]:
    """Whole kronor of each group, a list for each month."""
    summor = [
        [sum((cell.belopp for cell in manad if falt(cell) in grupp), Decimal(0)) for grupp in grupper]
        for manad in celler
    ]
    return [avrunda_till_summa(delar, summa) for delar, summa in zip(summor, kronor, strict=True)]


def _regirader(celler: Sequence[Sequence[Cell]], kronor: Sequence[Decimal], skydd: Skydd) -> Iterator[Regirad]:
    med_nagot = [grupp for grupp in skydd.regier if any(cell.regi in grupp for manad in celler for cell in manad)]
    if med_nagot:
        delar = _kolumner(celler, kronor, med_nagot, lambda cell: cell.regi)
        for plats, grupp in enumerate(med_nagot):
            yield Regirad(grupp, tuple(kolumn[plats] for kolumn in delar))


def _volymrader(manader: Sequence[Manadsdata], skydd: Skydd) -> Iterator[Volymrad]:
    """Units of the insatser that are shown by themselves. Nothing adds up over them, so one may be left out alone."""
    alla = {(rad.insats, rad.enhet) for data in manader for rad in data.volymer if rad.insats not in skydd.ovriga}
    for insats in Insats.values:
        for enhet in Radenhet:
            if (insats, enhet) in alla:
                antal = tuple(_antal(data.volymer, insats, enhet) for data in manader)
                if any(antal):
                    yield Volymrad(insats, insats_i_ord(insats), enhet, antal)


def _antal(volymer: Iterable[Volym], insats: str, enhet: str) -> Decimal | None:
    hittad = next((rad for rad in volymer if (rad.insats, rad.enhet) == (insats, enhet)), None)
    if hittad is None:
        return Decimal(0)
    return None if ar_litet(hittad.personer) else hittad.antal


def _tillagg(delar: Sequence[Tillagg]) -> tuple[Tillaggsrad, ...] | None:
    """Corrections by the month that they correct, the earliest first, bonus, justeringar; merged where for few."""
    ordnade = sorted(delar, key=lambda del_: (del_.avser is None, del_.avser or Manad(1900, 1), *del_.nyckel[1:]))
    grupperat = gruppera({del_.nyckel: del_.personer for del_ in ordnade})
    if grupperat.dolt:
        return None
    egna = [_tillaggsrad([del_]) for del_ in ordnade if del_.nyckel in grupperat.egna]
    samman = [del_ for del_ in ordnade if del_.nyckel in grupperat.samman]
    return tuple([_tillaggsrad(samman)] if samman else []) + tuple(egna)


def _tillaggsrad(delar: Sequence[Tillagg]) -> Tillaggsrad:
    return Tillaggsrad(
        avser=delar[0].avser if len(delar) == 1 else None,
        bonus=any(del_.avser is None and not del_.justering for del_ in delar),
        rattelser=any(del_.avser is not None for del_ in delar),
        personer=len(delar[0].personer) if len(delar) == 1 else None,
        belopp=sum((del_.belopp for del_ in delar), Decimal(0)),
        justeringar=any(del_.justering for del_ in delar),
    )


def _avvikelser(slag: Sequence[Avvikelseslag]) -> tuple[Avvikelserad, ...] | None:
    """In the order in which they are tried, the merged ones last."""
    per_kod = {ett.kod: ett for ett in slag}
    grupperat: Grupperat[str] = gruppera({kod: per_kod[kod].personer for kod in Avvikelsekod.values if kod in per_kod})
    if grupperat.dolt:
        return None
    rader = [Avvikelserad(kod, Avvikelsekod(kod).label, per_kod[kod].antal) for kod in grupperat.egna]
    samman = sum(per_kod[kod].antal for kod in grupperat.samman)
    return tuple(rader) + ((Avvikelserad("", OVRIGA_AVVIKELSER, samman),) if samman else ())
