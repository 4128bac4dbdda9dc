"""Linear programming in exact fractions: how large and how small can one of the unknowns be?"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Rad = Mapping[int, int]


def storst(
    rader: Sequence[Rad], hoger: Sequence[int], antal: int, mal: Mapping[int, int]
) -> tuple[Fraction, list[Fraction]]:
    """The largest value of `mal` over x ≥ 0 with `rader` · x = `hoger`, and an x that gives it. It must exist."""
    tabla = _Tabla(rader, hoger, antal)
    tabla.losning_finns()
    return tabla.maximera(mal)


class _Tabla:
    """The simplex method with Bland's rule, which never goes round in circles."""

    def __init__(self, rader: Sequence[Rad], hoger: Sequence[int], antal: int) -> None:
        self._antal, self._konst = antal, len(rader)
        self._rader = []
        for nummer, (rad, varde) in enumerate(zip(rader, hoger, strict=True)):
            tecken = -1 if varde < 0 else 1
            ny = [Fraction(tecken * rad.get(plats, 0)) for plats in range(antal)]
            ny += [Fraction(int(plats == nummer)) for plats in range(self._konst)] + [Fraction(tecken * varde)]
            self._rader.append(ny)
        self._bas = [antal + nummer for nummer in range(self._konst)]

    def losning_finns(self) -> None:
        """First make the artificial unknowns zero."""
        kostnad = [Fraction(0)] * self._antal + [Fraction(-1)] * self._konst
        varde = self._los(kostnad, self._antal + self._konst)
        assert varde == 0, "what is printed contradicts itself"
        for rad, bas in enumerate(self._bas):
            if bas >= self._antal and (plats := self._nagon(rad)) is not None:
                self._byt(rad, plats)

    def maximera(self, mal: Mapping[int, int]) -> tuple[Fraction, list[Fraction]]:
        kostnad = [Fraction(mal.get(plats, 0)) for plats in range(self._antal)] + [Fraction(0)] * self._konst
        varde = self._los(kostnad, self._antal)
        x = [Fraction(0)] * self._antal
        for rad, bas in zip(self._rader, self._bas, strict=True):
            if bas < self._antal:
                x[bas] = rad[-1]
        return varde, x

    def _los(self, kostnad: Sequence[Fraction], tillatna: int) -> Fraction:
        while (plats := self._in(kostnad, tillatna)) is not None:
            kvoter = [(rad[-1] / rad[plats], self._bas[nr], nr) for nr, rad in enumerate(self._rader) if rad[plats] > 0]
            self._byt(min(kvoter)[2], plats)
        return sum((kostnad[bas] * rad[-1] for bas, rad in zip(self._bas, self._rader, strict=True)), Fraction(0))

    def _in(self, kostnad: Sequence[Fraction], tillatna: int) -> int | None:
        """The first unknown that makes the goal larger."""
        for plats in range(tillatna):
            redan = sum(
                (kostnad[bas] * rad[plats] for bas, rad in zip(self._bas, self._rader, strict=True) if rad[plats]),
                Fraction(0),
            )
            if kostnad[plats] > redan:
                return plats
        return None

    def _nagon(self, rad: int) -> int | None:
        return next((plats for plats in range(self._antal) if self._rader[rad][plats]), None)

    def _byt(self, nummer: int, plats: int) -> None:
        delare = self._rader[nummer][plats]
        egen = self._rader[nummer] = [varde / delare for varde in self._rader[nummer]]
        for annan, rad in enumerate(self._rader):
            if annan != nummer and (faktor := rad[plats]):
                self._rader[annan] = [a - faktor * b for a, b in zip(rad, egen, strict=True)]
        self._bas[nummer] = plats
