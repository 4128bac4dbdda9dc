"""Column types of the import format: how a text is read, what the database holds, and how it is written again.

`las` gives the value or raises `Formfel` with a Swedish sentence that says what is wrong and what to do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models

from grund.giltighet import DECIMALER
from grund.text import ser_ut_som_formel

_TAL = re.compile(r"(-?)([0-9]+)(?:[.,]([0-9]+))?")
_HELTAL = re.compile(r"-?[0-9]{1,18}")
STORSTA_HELTAL = 2_147_483_647
# What turns the direction of what follows, or has no width: one name could be made to look like another with them.
_DOLDA = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


class Formfel(ValueError):  # noqa: N818  Swedish for the domain
    """A value that is not of its column's form. The text is for the one who sent the file."""


@dataclass(frozen=True)
class Typ:
    """Base: any text. `tomt` is what an empty field becomes, `sql` the type of the column in staging."""

    sql: ClassVar[str] = 'text COLLATE "C"'
    tomt: ClassVar[Any] = None
    referens: ClassVar[str] = ""

    def las(self, text: str) -> Any:
        raise NotImplementedError

    def skriv(self, uttryck: str) -> str:
        """SQL that makes the file's text of a stored value."""
        return f"{uttryck}::text"

    def visa(self, text: str) -> str:
        """The value as it may stand in an error."""
        return text


@dataclass(frozen=True)
class Text(Typ):
    langst: int

    tomt: ClassVar[Any] = ""

    def las(self, text: str) -> str:
        if len(text) > self.langst:
            raise Formfel(f"Texten har {len(text)} tecken. Den får ha högst {self.langst}.")
        if "\0" in text:
            raise Formfel("Texten innehåller ett NUL-tecken. Exportera filen på nytt utan det.")
        if dold := next((tecken for tecken in text if tecken in _DOLDA), ""):
            raise Formfel(f"Texten innehåller ett tecken som inte syns (U+{ord(dold):04X}). Ta bort det.")
        if len(text) > 1 and ser_ut_som_formel(text):
            raise Formfel(f"Texten börjar med ”{text[0]}”, som ett kalkylprogram tar för en formel. Ta bort tecknet.")
        return text

    def skriv(self, uttryck: str) -> str:
        return f"NULLIF({uttryck}, '')"


@dataclass(frozen=True)
class Id(Text):
    """The source system's own key."""

    langst: int = 40


@dataclass(frozen=True)
class Referens(Id):
    """The id of a row in another file, in this package or stored already."""

    fil: str = ""
    tomt: ClassVar[Any] = None

    @property
    def till(self) -> str:
        return self.fil

    @classmethod
    def i(cls, fil: str) -> Self:
        return cls(fil=fil)


@dataclass(frozen=True)
class Val(Typ):
    """One of the codes of an enumeration."""

    koder: tuple[str, ...]
    tomt: ClassVar[Any] = ""

    @classmethod
    def av(cls, val: type[models.TextChoices]) -> Self:
        return cls(tuple(val.values))

    def las(self, text: str) -> str:
        if text not in self.koder:
            raise Formfel(f"Okänd kod. Tillåtna koder: {', '.join(self.koder)}.")
        return text

    def skriv(self, uttryck: str) -> str:
        return f"NULLIF({uttryck}, '')"


@dataclass(frozen=True)
class Lista(Typ):
    """Codes with commas between. Kept in the order of the enumeration, each once."""

    koder: tuple[str, ...]
    sql: ClassVar[str] = "varchar[]"
    tomt: ClassVar[Any] = []

    @classmethod
    def av(cls, val: type[models.TextChoices]) -> Self:
        return cls(tuple(val.values))

    def las(self, text: str) -> list[str]:
        delar = [del_.strip() for del_ in text.split(",")]
        okanda = [del_ for del_ in delar if del_ not in self.koder]
        if okanda:
            raise Formfel(f"Okänd kod ”{okanda[0]}”. Tillåtna koder, med komma emellan: {', '.join(self.koder)}.")
        return [kod for kod in self.koder if kod in delar]

    def skriv(self, uttryck: str) -> str:
        return f"NULLIF(array_to_string({uttryck}, ','), '')"


@dataclass(frozen=True)
class JaNej(Typ):
    sql: ClassVar[str] = "boolean"

    def las(self, text: str) -> bool:
        if text not in {"ja", "nej"}:
            raise Formfel("Skriv ja eller nej.")
        return text == "ja"

    def skriv(self, uttryck: str) -> str:
        return f"CASE WHEN {uttryck} THEN 'ja' ELSE 'nej' END"


@dataclass(frozen=True)
class Tal(Typ):
    """A number kept exactly. `decimaler` None: up to 12 on either side of the decimal mark."""

    minst: Decimal | None = None
    storst: Decimal | None = None
    decimaler: int = DECIMALER
    siffror: int = 12

    sql: ClassVar[str] = "numeric"

    def las(self, text: str) -> Decimal:
        traff = _TAL.fullmatch(text)
        if traff is None:
            raise Formfel("Inget tal. Skriv siffror med punkt eller komma som decimaltecken och inget mellanrum.")
        if len(traff[2].lstrip("0")) > self.siffror:
            raise Formfel(f"Talet är för stort: högst {self.siffror} siffror före decimaltecknet.")
        if len((traff[3] or "").rstrip("0")) > self.decimaler:
            raise Formfel(f"Talet har för många decimaler: högst {self.decimaler}.")
        tal = Decimal(f"{traff[1]}{traff[2]}.{traff[3] or 0}")
        if (self.minst is not None and tal < self.minst) or (self.storst is not None and tal > self.storst):
            raise Formfel(f"Talet ska vara {_intervall(self.minst, self.storst)}.")
        return abs(tal) if tal == 0 else tal

    def skriv(self, uttryck: str) -> str:
        return f"trim_scale({uttryck})::text"


@dataclass(frozen=True)
class Belopp(Tal):
    """Kronor, at most two decimals, written with two."""

    minst: Decimal | None = Decimal(0)
    decimaler: int = 2
    siffror: int = 10

    def skriv(self, uttryck: str) -> str:
        return f"{uttryck}::numeric(14, 2)::text"


@dataclass(frozen=True)
class Heltal(Typ):
    minst: int = 0
    storst: int = STORSTA_HELTAL

    sql: ClassVar[str] = "integer"

    def las(self, text: str) -> int:
        tal = int(text) if _HELTAL.fullmatch(text) else None
        if tal is None:
            raise Formfel("Inget heltal. Skriv bara siffror.")
        if not self.minst <= tal <= self.storst:
            raise Formfel(f"Talet ska vara {_intervall(self.minst, self.storst)}.")
        return tal


def _intervall(minst: object, storst: object) -> str:
    if minst is None:
        return f"högst {storst}"
    return f"minst {minst}" if storst in {None, STORSTA_HELTAL} else f"{minst}–{storst}"


@dataclass(frozen=True)
class Skrivsatt(Typ):
    """Text with a grammar of its own; `tolka` gives its canonical spelling."""

    tolka: Callable[[str], str]
    tomt: ClassVar[Any] = ""

    def las(self, text: str) -> str:
        try:
            return self.tolka(text)
        except ValueError as fel:
            raise Formfel(str(fel)) from None

    def skriv(self, uttryck: str) -> str:
        return f"NULLIF({uttryck}, '')"
