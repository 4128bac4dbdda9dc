"""Credit notes: a line that takes back a line of an earlier invoice, or what that one asked for too much."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from ersattning.faktura.underlag import Kravrad, Radstatus, Underlag, Utfall
from grund.pengar import kronor

_HALLER = (Radstatus.STAMMER, Radstatus.AVVIKER, Radstatus.DUBBLETT, Radstatus.SAKNAS, Radstatus.VANTAR)


@dataclass(frozen=True, slots=True)
class Tidigare:
    """A line that has been tried, and how it stands. `minskat`: what an earlier credit note has given back of it."""

    krav: Kravrad
    utfall: Utfall
    minskat: Decimal = Decimal(0)

    @property
    def kvar(self) -> Decimal:
        """What is left to credit."""
        return self.krav.belopp - self.minskat


class Kreditering:
    """The earlier lines, and what credit notes have made of them."""

    def __init__(self, underlag: Underlag, tidigare: Iterable[Tidigare]) -> None:
        self.underlag = underlag
        self._lagen = {ett.krav.id: ett for ett in tidigare}
        self._andrade: dict[int, Utfall] = {}
        self._per_faktura: dict[int, list[int]] = {}
        for ett in self._lagen.values():
            self._per_faktura.setdefault(ett.krav.faktura, []).append(ett.krav.id)
        self.slappt = False

    def minns(self, krav: Kravrad, utfall: Utfall) -> None:
        """A line that was tried just now may be credited too."""
        if krav.id not in self._lagen:
            self._per_faktura.setdefault(krav.faktura, []).append(krav.id)
        self._lagen[krav.id] = Tidigare(krav, utfall)

    def andrade(self) -> list[Utfall]:
        """How the earlier lines stand that have changed."""
        return list(self._andrade.values())

    def prova(self, krav: Kravrad) -> Utfall | None:
        """What the credit note's line takes back; None when it names no invoice that is here."""
        kandidater = [self._lagen[pk] for faktura in krav.avser for pk in self._per_faktura.get(faktura, [])]
        kandidater = [ett for ett in kandidater if ett.utfall.status in _HALLER and _samma(ett.krav, krav)]
        hela = [ett for ett in kandidater if ett.kvar == -krav.belopp]
        if hela:
            return self._ta_tillbaka(krav, min(hela, key=lambda ett: (ett.krav.antal != -krav.antal, ett.krav.id)))
        delar = [
            ett for ett in kandidater if ett.utfall.status is Radstatus.AVVIKER and ett.utfall.differens == -krav.belopp
        ]
        if delar:
            return self._minska(krav, min(delar, key=lambda ett: ett.krav.id))
        return self._passar_inte(krav, kandidater)

    def _ta_tillbaka(self, krav: Kravrad, ett: Tidigare) -> Utfall:
        """The whole line: what it had taken is free again."""
        self.slappt = bool(self.underlag.slapp(ett.krav.id)) or self.slappt
        skal = f"Krediterad av {krav.namn}."
        self._satt(ett, replace(ett.utfall, status=Radstatus.KREDITERAD, skal=(skal,), tacker=(), differens=Decimal(0)))
        return Utfall(krav.id, Radstatus.STAMMER, (f"Tar tillbaka {ett.krav.namn}.",), krediterar=ett.krav.id)

    def _minska(self, krav: Kravrad, ett: Tidigare) -> Utfall:
        """What was too much: the rest is what the underlag says."""
        skal = (f"Skillnaden på {kronor(abs(krav.belopp))} är reglerad med {krav.namn}.",)
        utfall = replace(ett.utfall, status=Radstatus.STAMMER, skal=skal, differens=Decimal(0))
        self._satt(replace(ett, minskat=ett.minskat - krav.belopp), utfall)
        return Utfall(krav.id, Radstatus.STAMMER, (f"Reglerar skillnaden på {ett.krav.namn}.",), minskar=ett.krav.id)

    def _satt(self, ett: Tidigare, utfall: Utfall) -> None:
        utfall = replace(utfall, forslag=())
        self._lagen[ett.krav.id] = replace(ett, utfall=utfall)
        self._andrade[ett.krav.id] = utfall

    def _passar_inte(self, krav: Kravrad, kandidater: list[Tidigare]) -> Utfall | None:
        if not krav.avser:
            skal = "Fakturan som raden tar tillbaka har inte kommit in."
            return Utfall(krav.id, Radstatus.SAKNAS, (skal,), differens=krav.belopp)
        if not kandidater:
            return None
        ett = kandidater[0]
        kvar = f"{ett.krav.namn} är på {kronor(abs(ett.krav.belopp))}"
        if ett.minskat:
            kvar += f", och {kronor(abs(ett.minskat))} är redan krediterat"
        skal = f"Krediterar {kronor(abs(krav.belopp))}, men {kvar}."
        return Utfall(krav.id, Radstatus.AVVIKER, (skal,), differens=krav.belopp)


def _samma(ett: Kravrad, krav: Kravrad) -> bool:
    """Whether both lines are about the same."""
    return ett.referens == krav.referens and (bool(ett.referens) or ett.benamning == krav.benamning)
