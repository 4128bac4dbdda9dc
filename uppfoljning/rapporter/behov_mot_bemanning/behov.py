"""What an enhet's persons need together, against what is scheduled. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from uppfoljning.rapporter.behov_mot_bemanning.queries import Brukare, Enhetslage
from uppfoljning.rapporter.behov_mot_bemanning.regler import (
    NOLL,
    Nattform,
    Nivabehov,
    Nyckel,
    ar_ojamn,
    jamfor_natt,
    mest,
)


@dataclass(frozen=True, slots=True)
class Timmar:
    """Hours a week by part of the day. At night those that count as work."""

    dag: Decimal = NOLL
    kvall: Decimal = NOLL
    natt: Decimal = NOLL

    @property
    def alla(self) -> Decimal:
        return self.dag + self.kvall + self.natt

    def __add__(self, annan: "Timmar") -> "Timmar":
        return Timmar(self.dag + annan.dag, self.kvall + annan.kvall, self.natt + annan.natt)

    def __sub__(self, annan: "Timmar") -> "Timmar":
        return Timmar(self.dag - annan.dag, self.kvall - annan.kvall, self.natt - annan.natt)


@dataclass(frozen=True, slots=True)
class Enhetsbehov:
    """An enhet as the key sees it. `med_niva`: those whose level is in the key, with what it says."""

    enhet: Enhetslage
    med_niva: tuple[tuple[Brukare, Nivabehov], ...]
    utan_niva: tuple[Brukare, ...]
    behov: Timmar
    schema: Timmar | None
    nattform: Nattform
    ojamn: bool

    @property
    def skillnad(self) -> Timmar | None:
        """What is scheduled beyond the need."""
        return self.schema - self.behov if self.schema else None

    @property
    def timmar(self) -> list[Decimal]:
        """What each person needs, the least first."""
        return sorted(behov.timmar for _, behov in self.med_niva)

    @property
    def median(self) -> Decimal:
        return Decimal(median(self.timmar))

    @property
    def natt_avviker(self) -> bool:
        """Whether the night that is assessed is another than what is scheduled, or than what is decided."""
        schema = self.enhet.schema
        if schema is None:
            return False
        har = [schema.nattform, *([schema.beslutad] if schema.beslutad else [])]
        return any(jamfor_natt(self.nattform, ett) for ett in har)

    @property
    def fel_boendeform(self) -> list[tuple[Brukare, Nivabehov]]:
        """Those whose level fits other kinds of homes than this."""
        form = self.enhet.boendeform
        return [ett for ett in self.med_niva if form and ett[1].boendeformer and form not in ett[1].boendeformer]


def rakna(enheter: Iterable[Enhetslage], nyckel: Nyckel) -> list[Enhetsbehov]:
    """Each enhet by the key."""
    return [_rakna(ett, nyckel) for ett in enheter]


def _rakna(enhet: Enhetslage, nyckel: Nyckel) -> Enhetsbehov:
    med = tuple((ett, nyckel.nivaer[ett.niva]) for ett in enhet.brukare if ett.niva in nyckel.nivaer)
    form = mest(nyckel.nattform(behov, ett.svar) for ett, behov in med)
    summa = sum((Timmar(behov.dag, behov.kvall, behov.natt) for _, behov in med), Timmar())
    schema = enhet.schema
    return Enhetsbehov(
        enhet=enhet,
        med_niva=med,
        utan_niva=tuple(ett for ett in enhet.brukare if ett.niva not in nyckel.nivaer),
        behov=Timmar(summa.dag, summa.kvall, nyckel.nattbehov(form, summa.natt)),
        schema=Timmar(schema.dag, schema.kvall, nyckel.arbetstid(schema.natt, schema.jour)) if schema else None,
        nattform=form,
        ojamn=ar_ojamn([behov.timmar for _, behov in med], nyckel.ojamn_kvot),
    )


def jamforda(alla: Iterable[Enhetsbehov]) -> list[Enhetsbehov]:
    """Those that can be compared: with a schedule, and with somebody there whose level is known."""
    return [ett for ett in alla if ett.schema is not None and ett.med_niva]


def summera(enheter: Sequence[Enhetsbehov]) -> tuple[Timmar, Timmar]:
    """Need and schedule of those that can be compared."""
    behov = sum((ett.behov for ett in enheter), Timmar())
    schema = sum((ett.schema for ett in enheter if ett.schema), Timmar())
    return behov, schema
