"""Which rows of the underlag each line of an invoice is about (docs/adr/0024-fakturakontroll.md).

Exact first, for all lines, so that one that is nearly right never takes what another fits. Then what is near, with the
difference explained; then credit notes, which let go of what they take back; and what became free is tried once more.
A row is taken once. Nothing is guessed: a line that does not say whom it is about is paired by its sum only when one
group of rows has that sum, and otherwise gets suggestions that a person may accept.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from ersattning.faktura.kredit import Kreditering, Tidigare
from ersattning.faktura.oren import hela_kronor
from ersattning.faktura.skillnad import skillnad
from ersattning.faktura.underlag import (
    Forslag,
    Kravrad,
    Radstatus,
    Underlag,
    Underlagsrad,
    Utfall,
    grupper,
    summa,
)
from grund.pengar import kronor
from grund.text import manad_i_ord, stor_forsta

FLEST_FORSLAG = 3
# Which rows of a verkställighet a line may sum up, and which rows of a whole month one without reference may.
_PER_VERK = ((), ("manad",), ("artikel",), ("artikel", "niva"), ("artikel", "antalsenhet", "pris"))
_PER_MANAD = ((), ("enhet",), ("insats",), ("enhet", "insats"), ("insats", "artikel"), ("enhet", "insats", "artikel"))


def matcha(krav: Iterable[Kravrad], underlag: Underlag, tidigare: Iterable[Tidigare] = ()) -> list[Utfall]:
    """What became of each line, in the order of the invoices. `underlag` is left as it is after them."""
    ordnade = sorted(krav, key=lambda ett: (ett.datum, ett.faktura, ett.id))
    return _Matchning(underlag, tidigare).alla(ordnade)


class _Matchning:
    def __init__(self, underlag: Underlag, tidigare: Iterable[Tidigare]) -> None:
        self.underlag = underlag
        self.kredit = Kreditering(underlag, tidigare)
        self.utfall: dict[int, Utfall] = {}

    def alla(self, krav: Sequence[Kravrad]) -> list[Utfall]:
        fakturor = [ett for ett in krav if not ett.tar_tillbaka]
        self._prova(fakturor)
        for ett in krav:
            if ett.tar_tillbaka:
                self.utfall[ett.id] = (
                    self._exakt(ett) or (self.kredit.prova(ett) if ett.belopp else None) or self._nara(ett)
                )
        for andrad in self.kredit.andrade():
            self.utfall[andrad.rad] = andrad
        if self.kredit.slappt:
            oppna = (Radstatus.DUBBLETT, Radstatus.SAKNAS)
            self._prova([ett for ett in fakturor if self.utfall[ett.id].status in oppna])
        return [self.utfall[nyckel] for nyckel in sorted(self.utfall)]

    def _prova(self, fakturor: Sequence[Kravrad]) -> None:
        kvar = []
        for ett in fakturor:
            if traff := self._exakt(ett):
                self._klar(ett, traff)
            else:
                kvar.append(ett)
        for ett in kvar:
            self._klar(ett, self._nara(ett))

    def _klar(self, krav: Kravrad, utfall: Utfall) -> None:
        self.utfall[krav.id] = utfall
        self.kredit.minns(krav, utfall)

    # Exact ------------------------------------------------------------------------------------------------------

    def _exakt(self, krav: Kravrad) -> Utfall | None:
        """The rows that come to exactly what the line says, when there is no doubt which they are."""
        if (manad := krav.manad) is None or manad not in self.underlag.fasta:
            return None
        rader = self._exakta(krav, manad, fria=True)
        if not krav.belopp:
            rader = [rad for rad in rader if not rad.belopp]  # rows that even out are for those who ask for them
        if not rader:
            return None
        skal = self._varfor(krav, rader)
        return Utfall(krav.id, Radstatus.STAMMER, (skal,), self.underlag.ta(krav, rader))

    def _exakta(self, krav: Kravrad, manad: date, *, fria: bool) -> list[Underlagsrad]:
        """Rows with the line's sum: among those that nobody has taken, or among those that somebody has."""
        if krav.kand:
            for alla in self.underlag.om(krav.referens, manad):
                if traff := _av_verk(krav, self._urval(alla, fria=fria)):
                    return traff
            return []
        if krav.referens:
            return []  # it names somebody that is not here: its sum says nothing
        alla = self.underlag.manadens(manad)
        traff = _av_manad(krav, self._urval(alla, fria=fria))
        return traff or self._i_hela(krav, manad, self._urval(alla, fria=fria))

    def _i_hela(self, krav: Kravrad, manad: date, rader: list[Underlagsrad]) -> list[Underlagsrad]:
        """The whole month, when it is paid in whole kronor and the line is its total so rounded."""
        hel = manad in self.underlag.i_hela and len(rader) == len(self.underlag.manadens(manad)) > 0
        return rader if hel and krav.belopp == hela_kronor(summa(rader)) else []

    def _urval(self, rader: Sequence[Underlagsrad], *, fria: bool) -> list[Underlagsrad]:
        return [rad for rad in rader if (rad.id not in self.underlag.tagna) is fria]

    def _varfor(self, krav: Kravrad, rader: Sequence[Underlagsrad]) -> str:
        if krav.kand:
            vad = "raden" if len(rader) == 1 else f"summan av {len(rader)} rader"
            return f"Samma person, period och belopp som {vad} i underlaget."
        if krav.belopp != (exakt := summa(rader)):
            return f"Beloppet är hela månadens ersättning, {kronor(exakt)}, avrundad till hela kronor."
        return f"Beloppet är summan av {len(rader)} rader i underlaget, och ingen annan grupp av rader har den summan."

    # Near -------------------------------------------------------------------------------------------------------

    def _nara(self, krav: Kravrad) -> Utfall:
        """What to say of a line that fits nothing."""
        if skal := _utan_underlag(krav):
            return Utfall(krav.id, Radstatus.STAMMER, (skal,))
        if (manad := krav.manad) is None:
            skal = "Raden säger inte vilken månad den gäller: perioden saknas, eller går över flera månader."
            return Utfall(krav.id, Radstatus.SAKNAS, (skal,), differens=krav.belopp)
        if manad not in self.underlag.fasta:
            skal = f"{stor_forsta(manad_i_ord(manad))} är inte fastställd än. Raden prövas när den är det."
            return Utfall(krav.id, Radstatus.VANTAR, (skal,))  # nobody knows yet if it differs
        if krav.tar_tillbaka:
            skal = "Raden tar tillbaka något som inte är fakturerat, eller som redan är krediterat."
            return self._avviker(krav, manad) or Utfall(krav.id, Radstatus.SAKNAS, (skal,), differens=krav.belopp)
        if tagna := self._exakta(krav, manad, fria=False):
            return self._dubblett(krav, tagna)
        return self._avviker(krav, manad) or self._saknas(krav, manad)

    def _dubblett(self, krav: Kravrad, rader: Sequence[Underlagsrad]) -> Utfall:
        tagare = sorted({self.underlag.tagna[rad.id].namn for rad in rader})
        skal = f"Redan fakturerat på {', '.join(tagare[:FLEST_FORSLAG])}."
        return Utfall(krav.id, Radstatus.DUBBLETT, (skal,), differens=krav.belopp)

    def _avviker(self, krav: Kravrad, manad: date) -> Utfall | None:
        """The same person and month, and another amount."""
        if not krav.kand:
            return None
        alla = next((ett for ett in self.underlag.om(krav.referens, manad) if ett), [])
        fria = [rad for rad in self.underlag.fria(alla) if (rad.belopp < 0) is (krav.belopp < 0)]
        if fria:
            rader = min([fria, *([rad] for rad in fria)], key=lambda ett: abs(krav.belopp - summa(ett)))
            return Utfall(
                krav.id,
                Radstatus.AVVIKER,
                skillnad(krav, rader),
                self.underlag.ta(krav, rader),
                krav.belopp - summa(rader),
            )
        tagna = [] if krav.tar_tillbaka else self._urval(alla, fria=False)
        return self._dubblett(krav, tagna) if tagna else None

    def _saknas(self, krav: Kravrad, manad: date) -> Utfall:
        i_ord = manad_i_ord(manad)
        if krav.kand:
            skal = f"Underlaget har ingen ersättning för {krav.referens} i {i_ord}."
        elif krav.referens:
            skal = f"Utföraren har ingen verkställighet som heter {krav.referens}."
        else:
            skal = f"Raden säger inte vem den gäller, och beloppet är inte summan av någon grupp av rader i {i_ord}."
        return Utfall(krav.id, Radstatus.SAKNAS, (skal,), differens=krav.belopp, forslag=self._forslag(krav, manad))

    def _forslag(self, krav: Kravrad, manad: date) -> tuple[Forslag, ...]:
        """Rows that it may be about: the same person in another month, or the same amount in the same month."""
        if krav.kand:
            andra = self.underlag.fria(self.underlag.andra_manader(krav.referens, manad))
            traffar = [rad for rad in andra if rad.belopp == krav.belopp]
        else:
            traffar = [rad for rad in self.underlag.fria(self.underlag.manadens(manad)) if rad.belopp == krav.belopp]
        traffar.sort(key=lambda rad: (rad.antal != krav.antal, rad.pris != krav.pris, rad.id))
        return tuple(Forslag((rad.id,), skillnad(krav, [rad]), Decimal(0)) for rad in traffar[:FLEST_FORSLAG])


def _utan_underlag(krav: Kravrad) -> str:
    """Why the line needs no rows; empty when it does."""
    if krav.oren:
        return "Öresutjämning: den gör fakturan till hela kronor."
    return "" if krav.belopp else "Raden är på noll kronor: den begär ingenting."


def _av_verk(krav: Kravrad, rader: Sequence[Underlagsrad]) -> list[Underlagsrad]:
    """The row, or the sum of rows, of one verkställighet that is the line's amount."""
    enskilda = [rad for rad in rader if rad.belopp == krav.belopp]
    if enskilda:
        return [min(enskilda, key=lambda rad: (rad.antal != krav.antal, rad.pris != krav.pris, rad.id))]
    for falt in _PER_VERK:
        for grupp in grupper(rader, *falt):
            if summa(grupp) == krav.belopp:
                return grupp
    return []


def _av_manad(krav: Kravrad, rader: Sequence[Underlagsrad]) -> list[Underlagsrad]:
    """The one group of at least two rows of the month that is the line's amount; none when there are several."""
    traffar: dict[tuple[int, ...], list[Underlagsrad]] = {}
    for falt in _PER_MANAD:
        for grupp in grupper(rader, *falt):
            if len(grupp) > 1 and summa(grupp) == krav.belopp:
                traffar[tuple(rad.id for rad in grupp)] = grupp
    return next(iter(traffar.values())) if len(traffar) == 1 else []
