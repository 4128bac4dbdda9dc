"""What of a survey may be shown so that nobody can work out what fewer than five have answered. Pure.

Enheter are shown by themselves, or in one group that is merged until it is large enough; all sums are made of those
groups alone, so no subtraction gives anything but whole groups (ADR 0037). It holds for every reader: those who
answered were promised it. Women and men are shown only when every group has none or at least five of each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppfoljning.brukarundersokning.regler import Kon, Omrade
from uppfoljning.undertryckning import MINST


@dataclass(frozen=True, slots=True)
class Fragesvar:
    """How a question was answered: `svar` persons, of whom `positiva` gave the best answer."""

    omrade: str
    fraga: str
    svar: int
    positiva: int


@dataclass(frozen=True, slots=True)
class Svar:
    """How an enhet's people, or all or those of one sex, answered a survey."""

    enhet: int
    kon: str
    tillfragade: int
    svarande: int
    fragor: tuple[Fragesvar, ...]


@dataclass(frozen=True, slots=True)
class Matt:
    """A group counted: who were asked and took part, and answers and best answers by område and by question."""

    tillfragade: int
    svarande: int
    omraden: Mapping[str, tuple[int, int]]
    fragor: Mapping[str, tuple[int, int]]
    flest: Mapping[str, int]  # by område the persons who answered at least one question, at the least

    @property
    def far_visas(self) -> bool:
        """Whether it is none or at least five of everything that is told of it."""
        return all(_nog(antal) for antal in (self.tillfragade, self.svarande, *self.flest.values()))


@dataclass(frozen=True, slots=True)
class Gruppering:
    """Enheter that are shown by themselves, and those that are only shown together. `sma`: of those the ones that are
    too small; the rest fill the group. `dolt`: not even all together may be shown."""

    egna: tuple[int, ...]
    samman: frozenset[int]
    sma: frozenset[int]
    dolt: bool = False

    @property
    def grupper(self) -> tuple[frozenset[int], ...]:
        """What is shown, each by itself."""
        return tuple(frozenset({ett}) for ett in self.egna) + ((self.samman,) if self.samman else ())


def _nog(antal: int) -> bool:
    return antal == 0 or antal >= MINST


def rakna(svar: Iterable[Svar]) -> Matt:
    """All of them together; one sex at a time, or a person is counted twice."""
    alla = list(svar)
    omraden: dict[str, tuple[int, int]] = {ett.value: (0, 0) for ett in Omrade}
    fragor: dict[str, tuple[int, int]] = {}
    av: dict[str, str] = {}
    for ett in (fraga for enhet in alla for fraga in enhet.fragor):
        antal, positiva = omraden[ett.omrade]
        omraden[ett.omrade] = (antal + ett.svar, positiva + ett.positiva)
        antal, positiva = fragor.get(ett.fraga, (0, 0))
        fragor[ett.fraga] = (antal + ett.svar, positiva + ett.positiva)
        av[ett.fraga] = ett.omrade
    flest = {
        omrade.value: max((fragor[fraga][0] for fraga, dess in av.items() if dess == omrade), default=0)
        for omrade in Omrade
    }
    return Matt(sum(ett.tillfragade for ett in alla), sum(ett.svarande for ett in alla), omraden, fragor, flest)


def gruppera(svar: Sequence[Svar]) -> Gruppering:
    """Merge the small enheter, and then one at a time in the order of `svar` until the group is not small.

    The order is fixed beforehand and knows no sizes (see uppfoljning.undertryckning.gruppera). `svar`: of all sexes.
    """
    alla = {ett.enhet: ett for ett in svar if ett.kon == Kon.ALLA}
    sma = {enhet for enhet, ett in alla.items() if not rakna([ett]).far_visas}
    samman, kvar = set(sma), [enhet for enhet in alla if enhet not in sma]
    while not rakna(alla[enhet] for enhet in samman).far_visas or len(samman) == 1:
        if not kvar:
            return Gruppering((), frozenset(alla), frozenset(sma), dolt=not rakna(alla.values()).far_visas)
        samman.add(kvar.pop(0))
    return Gruppering(tuple(enhet for enhet in alla if enhet not in samman), frozenset(samman), frozenset(sma))


def far_visa_kon(svar: Sequence[Svar], gruppering: Gruppering) -> bool:
    """Whether women and men may be shown, of all together: no group has one to four of either, or of neither.

    Sums by group and sums by sex give away cells of the two when people of a sex are only in some of the groups. Where
    no cell is small there is none to give away.
    """
    if gruppering.dolt or all(ett.kon == Kon.ALLA for ett in svar):
        return False
    per = _per_enhet(svar)
    for grupp in gruppering.grupper:
        alla, kvinnor, man = (_av(per, grupp, kon) for kon in Kon)
        if not (kvinnor.far_visas and man.far_visas and _resten_far_visas(alla, kvinnor, man)):
            return False
    return True


Per = Mapping[tuple[int, str], Svar]


def _per_enhet(svar: Iterable[Svar]) -> Per:
    return {(ett.enhet, ett.kon): ett for ett in svar}


def _av(per: Per, grupp: Iterable[int], kon: str) -> Matt:
    """A group's people of one sex, or all."""
    return rakna(per[enhet, kon] for enhet in grupp if (enhet, kon) in per)


def _resten_far_visas(alla: Matt, kvinnor: Matt, man: Matt) -> bool:
    """Those who are of neither sex in the file can be worked out, and are tried like the rest."""
    resten = [
        alla.tillfragade - kvinnor.tillfragade - man.tillfragade,
        alla.svarande - kvinnor.svarande - man.svarande,
    ]
    resten += [
        antal - kvinnor.fragor.get(fraga, (0, 0))[0] - man.fragor.get(fraga, (0, 0))[0]
        for fraga, (antal, _) in alla.fragor.items()
    ]
    return all(map(_nog, resten))


def fragor_att_visa(svar: Sequence[Svar], gruppering: Gruppering) -> list[str]:
    """Questions whose answers may be shown, of all together: those of an område where every group has answered each,
    at least five, so that no sum of an område less its other questions is of a few."""
    alla, per = [ett for ett in svar if ett.kon == Kon.ALLA], _per_enhet(svar)
    av = {fraga.fraga: fraga.omrade for ett in alla for fraga in ett.fragor}
    if gruppering.dolt:
        return []
    delar = [_av(per, grupp, Kon.ALLA) for grupp in gruppering.grupper]
    if far_visa_kon(svar, gruppering):
        delar += [_av(per, [ett.enhet for ett in alla], kon) for kon in (Kon.KVINNOR, Kon.MAN)]
    dolda = {av[fraga] for fraga in av for matt in delar if matt.svarande and matt.fragor.get(fraga, (0, 0))[0] < MINST}
    return [fraga for fraga in av if av[fraga] not in dolda]
