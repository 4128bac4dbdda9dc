"""Finds personnummer, and names of those in the register of persons, in what is to be public. Pure.

However a number is spelt: 10 or 12 digits, with dashes, plus, spaces of any kind, or signs between that do not show.
It says where, and quotes only what was typed; it says the same of a protected person as of anybody else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from stdnum import luhn

VISAS = 3  # findings told at a time: it is a check of a text, no way to ask about many names
_TYST = frozenset("*`\\~")  # markup inside a word does not hide it
_MELLAN = frozenset("_\t")
_AR = r"(?P<ar>(?:18|19|20)?\d{2})"
_SKILJE = r"(?P<s1>[\s./-]?)"
_DATUM = _AR + _SKILJE + r"(?P<manad>0[1-9]|1[0-2])[\s./-]?(?P<dag>0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
# A date followed by another is a period, and no number.
_NUMMER = re.compile(rf"(?<!\d){_DATUM}(?P<skilje>\s?[-+]\s?|\s?)(?P<fyra>\d{{4}})(?!\d|[-./]\d\d[-./]\d\d)")
_RESERV = re.compile(
    r"(?<!\w)(?:(?:18|19|20)?\d{6}[-\s]?T\s?(?:\d{3}|F\d{2})|T\d{6}[-\s]?\d{4}|\d{6}[-\s]?\d{3}T)(?!\w)", re.IGNORECASE
)
_SIFFROR = re.compile(r"\d(?:[\s.+/-]?\d){9,}")
_ORD = re.compile(r"[^\W\d_]+")
_MELLANRUM = re.compile(r"(?:[\s,|/()\"'”’-]|\.(?!\s))+")
_LANGST_MELLAN = 8
_ALFABET = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_KORTAST = 2  # letters of a name: an initial is no name


@dataclass(frozen=True, slots=True)
class Fynd:
    """Something that may not stand there: on which line, and as it was typed."""

    rad: int
    citat: str
    ar_nummer: bool

    @property
    def mening(self) -> str:
        """Said to whoever typed it."""
        vad = "ett personnummer" if self.ar_nummer else "ett namn som finns i personregistret"
        return f"rad {self.rad}: {vad} (”{self.citat}”)"


@dataclass(frozen=True, slots=True)
class Register:
    """What is looked for: pairs of a first and a last name, folded, and numbers with 10 and 12 digits."""

    namn: frozenset[tuple[str, str]]
    nummer: frozenset[str]

    @classmethod
    def av(cls, personer: Iterable[tuple[str, str, str]]) -> "Register":
        """`personer`: first names, last names, personnummer. Each first name goes with each last name."""
        namn: set[tuple[str, str]] = set()
        nummer: set[str] = set()
        delade: dict[str, tuple[str, ...]] = {}  # most names are many persons'
        for fornamn, efternamn, personnummer in personer:
            for ett in (fornamn, efternamn):
                if ett not in delade:
                    delade[ett] = _delar(ett)
            namn.update((ett, annat) for ett in delade[fornamn] for annat in delade[efternamn])
            if personnummer.isdecimal():
                nummer.update((personnummer, personnummer[2:]))
        return cls(frozenset(namn), frozenset(nummer))


@dataclass(frozen=True, slots=True)
class _Last:
    """A text as it is read: without what does not show, every space, dash and digit the same. `plats`: of each sign."""

    original: str
    text: str
    plats: tuple[int, ...]

    def fynd(self, start: int, slut: int, *, ar_nummer: bool) -> Fynd:
        fran, till = self.plats[start], self.plats[slut - 1] + 1
        citat = " ".join(self.original[fran:till].split())
        return Fynd(self.original.count("\n", 0, fran) + 1, citat, ar_nummer)


def personuppgifter(text: str, register: Register, *, undantag: Iterable[str] = ()) -> list[Fynd]:
    """The first of them, at most three. `undantag`: names of staff that may stand though somebody else has them."""
    last = _las(text)
    tillatna = {tuple(_delar(ett)) for ett in undantag}
    alla = [*_nummer(last, register), *_namn(last, register, tillatna)]
    return list(islice(sorted(alla, key=lambda ett: ett.rad), VISAS))


def blandade_skrifter(text: str) -> list[str]:
    """Words with letters of several alphabets: they look like what they are not, and no search would find them."""
    orden = _ORD.findall(unicodedata.normalize("NFC", text))
    return [ord_ for ord_ in orden if len(_ALFABET & set(map(_alfabet, ord_))) > 1]


def _alfabet(tecken: str) -> str:
    return unicodedata.name(tecken, "").partition(" ")[0]


def _las(text: str) -> _Last:
    delar: list[str] = []
    platser: list[int] = []
    for plats, tecken in enumerate(text):
        for ett in _tecken(tecken):
            delar.append(ett)
            platser.append(plats)
    return _Last(text, "".join(delar), tuple(platser))


def _tecken(tecken: str) -> str:
    if tecken in _MELLAN:
        return " "
    if tecken in _TYST:
        return ""
    if tecken == "\n":
        return "\n"
    svar = ""
    for ett in unicodedata.normalize("NFKD", tecken):
        slag = unicodedata.category(ett)
        if slag == "Nd":
            svar += str(unicodedata.digit(ett))
        elif slag == "Pd" or ett == "\N{MINUS SIGN}":
            svar += "-"
        elif slag in {"Zs", "Zl", "Zp"}:
            svar += " "
        elif slag[0] not in {"M", "C"}:
            svar += ett
    return svar


def _nummer(last: _Last, register: Register) -> Iterator[Fynd]:
    funna: list[tuple[int, int]] = [
        traff.span() for traff in _NUMMER.finditer(last.text) if _ar_nummer(traff, register)
    ]
    funna += [traff.span() for traff in _RESERV.finditer(last.text)]
    for traff in _SIFFROR.finditer(last.text):
        funna += _kanda(traff, register)
    sist = -1
    for start, slut in sorted(funna):
        if start >= sist:
            yield last.fynd(start, slut, ar_nummer=True)
            sist = slut


def _ar_nummer(traff: re.Match[str], register: Register) -> bool:
    """With a dash after a date in one piece it is one, whatever it counts to. Else its check digit must tell."""
    if traff["skilje"].strip() and not traff["s1"]:
        return True
    tio = traff["ar"][-2:] + traff["manad"] + traff["dag"] + traff["fyra"]
    hel = not traff["s1"] and not traff["skilje"] and len(traff["ar"]) > 2
    return hel or tio in register.nummer or luhn.is_valid(tio)


def _kanda(traff: re.Match[str], register: Register) -> Iterator[tuple[int, int]]:
    """Numbers of persons in the register, with signs between the digits anywhere."""
    platser = [traff.start() + nr for nr, tecken in enumerate(traff[0]) if tecken.isdecimal()]
    siffror = "".join(tecken for tecken in traff[0] if tecken.isdecimal())
    for langd in (12, 10):
        for start in range(len(siffror) - langd + 1):
            if siffror[start : start + langd] in register.nummer:
                yield platser[start], platser[start + langd - 1] + 1


def _namn(last: _Last, register: Register, tillatna: set[tuple[str, ...]]) -> Iterator[Fynd]:
    """A first and a last name beside each other in either order, or with one name or initial between."""
    orden = list(_ORD.finditer(last.text))
    sist = -1
    for nr, ett in enumerate(orden):
        for steg in (1, 2):
            annat = orden[nr + steg] if nr + steg < len(orden) else None
            if annat is None or ett.start() < sist or not _hor_ihop(last.text, orden[nr : nr + steg + 1]):
                continue
            if _ar_par(ett[0], annat[0], register) and not _far_sta(orden[nr : nr + steg + 1], tillatna):
                yield last.fynd(ett.start(), annat.end(), ar_nummer=False)
                sist = annat.end()
                break


def _hor_ihop(text: str, orden: Sequence[re.Match[str]]) -> bool:
    mellan = [text[ett.end() : annat.start()] for ett, annat in pairwise(orden)]
    namnlika = all(ett[0][0].isupper() for ett in orden[1:-1])
    return namnlika and all(_mellan(ett[0], text) for ett, text in zip(orden, mellan, strict=False))


def _mellan(ord_: str, text: str) -> bool:
    """Whether what stands after `ord_` may be inside a name: no end of a sentence, no empty line."""
    initial = len(ord_) == 1 and text == ". "
    return len(text) <= _LANGST_MELLAN and text.count("\n") < 2 and bool(_MELLANRUM.fullmatch(text) or initial)


def _ar_par(ett: str, annat: str, register: Register) -> bool:
    return any((a, b) in register.namn or (b, a) in register.namn for a in _former(ett) for b in _former(annat))


def _far_sta(orden: Sequence[re.Match[str]], tillatna: set[tuple[str, ...]]) -> bool:
    """Whether they are the whole name of one of the staff."""
    hela = tuple(_vik(ett[0]) for ett in orden)
    return hela in tillatna or (*hela[:-1], hela[-1].removesuffix("s")) in tillatna


def _former(ord_: str) -> tuple[str, ...]:
    """The word, and what it is the genitive of."""
    vikt = _vik(ord_)
    return (vikt, vikt[:-1]) if vikt.endswith("s") and len(vikt) > _KORTAST else (vikt,)


def _delar(namn: str) -> tuple[str, ...]:
    text = namn.replace("_", " ") if namn.isascii() else _las(namn).text
    return tuple(vikt for ett in _ORD.findall(text) if len(vikt := _vik(ett)) >= _KORTAST)


def _vik(ord_: str) -> str:
    return ord_.casefold()
