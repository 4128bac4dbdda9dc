"""How much of what is ordered each utförare carries out, month by month, and what is worth asking about. Pure.

A flag is a question, not an accusation: each says in words what was seen and why it is worth a look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from grund.pengar import avrunda
from grund.text import HART, manad_i_ord, tal
from grund.tid import Manad

I_RAD = 4  # months in a row at or over what is ordered
EFTERHAND = Fraction(1, 4)  # of the carried-out time, registered afterwards
AVVIKER = Fraction(15, 100)  # from the median of the utförare
MINST_ATT_JAMFORA = 3


@dataclass(frozen=True, slots=True)
class Manadsvolym:
    """Minutes of a month."""

    bestallda: Fraction
    utforda: int
    efterhand: int

    @property
    def andel(self) -> Fraction | None:
        """Carried out of ordered; None where nothing is ordered."""
        return Fraction(self.utforda) / self.bestallda if self.bestallda else None


@dataclass(frozen=True, slots=True)
class Flagga:
    """What is worth asking about, and why."""

    rubrik: str
    skal: str


@dataclass(frozen=True, slots=True)
class Utforande:
    """An utförare's carried-out share over the period."""

    namn: str
    insats: str
    manader: Mapping[Manad, Manadsvolym]
    flaggor: Sequence[Flagga] = ()

    @property
    def totalt(self) -> Manadsvolym:
        """All months together."""
        alla = self.manader.values()
        return Manadsvolym(
            sum((ett.bestallda for ett in alla), Fraction(0)),
            sum(ett.utforda for ett in alla),
            sum(ett.efterhand for ett in alla),
        )

    @property
    def andel_efterhand(self) -> Fraction | None:
        """Registered afterwards, of what was carried out."""
        totalt = self.totalt
        return Fraction(totalt.efterhand, totalt.utforda) if totalt.utforda else None


def med_flaggor(alla: Sequence[Utforande]) -> list[Utforande]:
    """Each with what is worth asking about. Compared with the others of the same insats."""
    return [
        Utforande(ett.namn, ett.insats, ett.manader, tuple(_flaggor(ett, [u for u in alla if u.insats == ett.insats])))
        for ett in alla
    ]


def _flaggor(ett: Utforande, alla: Sequence[Utforande]) -> Iterator[Flagga]:
    if svit := langsta_svit(ett.manader):
        yield Flagga(
            f"Hela den beställda tiden {len(svit)} månader i rad",
            f"Från {manad_i_ord(svit[0])} till {manad_i_ord(svit[-1])} är lika mycket eller mer utfört än beställt."
            " Brukare blir sjuka och avbokar, så det är ovanligt. Jämför med brukarnas egna uppgifter.",
        )
    andel = ett.andel_efterhand
    if andel is not None and andel >= EFTERHAND:
        yield Flagga(
            f"{andel_i_ord(andel)} är registrerat i efterhand",
            f"Gränsen för att fråga är {andel_i_ord(EFTERHAND)}. Tid som registreras på plats är lättare att lita på."
            " Fråga varför så mycket registreras senare.",
        )
    yield from _ytterfall(ett, alla)


def _ytterfall(ett: Utforande, alla: Sequence[Utforande]) -> Iterator[Flagga]:
    andelar = [u.totalt.andel for u in alla]
    kanda = [andel for andel in andelar if andel is not None]
    egen = ett.totalt.andel
    if egen is None or len(kanda) < MINST_ATT_JAMFORA:
        return
    mitten = median(kanda)
    if abs(egen - mitten) >= AVVIKER:
        riktning = "över" if egen > mitten else "under"
        yield Flagga(
            f"Långt {riktning} de andra",
            f"{andel_i_ord(egen)} av beställd tid är utfört. Mitten för utförarna av insatsen är {andel_i_ord(mitten)}."
            f" Skillnader på {int(AVVIKER * 100)} procentenheter eller mer är värda en fråga: andra brukare, annat"
            " arbetssätt eller annan registrering?",
        )


def langsta_svit(manader: Mapping[Manad, Manadsvolym]) -> list[Manad]:
    """The longest run of months at or over what is ordered, if it is `I_RAD` or more; else none."""
    langst: list[Manad] = []
    svit: list[Manad] = []
    for manad in sorted(manader):
        andel = manader[manad].andel
        if andel is None or andel < 1:
            svit = []
        elif svit and manad == svit[-1].plus(1):
            svit = [*svit, manad]
        else:
            svit = [manad]
        langst = max(langst, svit, key=len)
    return langst if len(langst) >= I_RAD else []


def procenttal(andel: Fraction | None) -> Decimal | None:
    """A share as per cent with one decimal."""
    return None if andel is None else avrunda(andel * 100, 1)


def andel_i_ord(andel: Fraction | None) -> str:
    """`69,3 %`; empty when there is none."""
    return "" if andel is None else f"{tal(avrunda(andel * 100, 1), 1, minst=0)}{HART}%"
