"""Finds personnummer, and names of those in the register of persons, in what is to be public. Pure.

However a number is spelt: 10 or 12 digits, with dashes, plus, spaces of any kind, or signs between that do not show.
It says where, and quotes only what was typed; it says the same of a protected person as of anybody else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from stdnum import luhn

VISAS = 3  # findings told at a time: it is a check of a text, no way to ask about many names
_TYST = frozenset("*`\\~")  # markup inside a word does not hide it
_MELLAN = frozenset("_\t|")
_AR = r"(?P<ar>(?:18|19|20)?\d{2})"
_SKILJE = r"(?P<s1>[\s./-]?)"
_DATUM = _AR + _SKILJE + r"(?P<manad>0[1-9]|1[0-2])[\s./-]?(?P<dag>0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
# A date followed by another is a period, and no number.
_NUMMER = re.compile(
    rf"(?<!\d){_DATUM}(?P<skilje>\s?[-+]\s?|[\s:=·/.()]{{0,3}})(?P<fyra>\d{{4}})(?!\d|[-./]\d\d[-./]\d\d)"
)
_RESERV = re.compile(
    r"(?<!\w)(?:(?:18|19|20)?\d{6}[-\s]?T\s?(?:\d{3}|F\d{2})|T\d{6}[-\s]?\d{4}|\d{6}[-\s]?\d{3}T)(?!\w)", re.IGNORECASE
)
_SIFFROR = re.compile(r"\d(?:\W{0,5}\d){9,}")
_TYPADE_SIFFROR = str.maketrans("OolI", "0011")  # letters that stand for digits
_MINST_SIFFROR = 6  # in a number where some are letters
_BOKSTAV = r"[^\W\d_]"
_ORD = re.compile(_BOKSTAV + "+")
_DELORD = re.compile(_BOKSTAV + r"+?(?=(?<=[a-z])[A-Z]|[\W\d_]|$)")  # AnnaEk is two
# No end of a sentence; a number of a list; or one number, as in a table with a column between.
_MELLANRUM = re.compile(r"(?:[^\w.!?]|[.!?](?!\s)|\n ?\d{1,2}[.)] )*|[^\w\n.!?]*\d{1,4}[^\w\n.!?]*")
_LANGST_MELLAN = 10
_LANGST_NAMN = 3  # words on from the first: two names or initials may stand between
_I_NAMN = frozenset({"af", "bin", "der", "van", "von", "f", "fodd", "fornamn", "efternamn", "mellannamn"})
_AVSTAVAT = re.compile(rf"(?<={_BOKSTAV})- ?\n? ?(?={_BOKSTAV})")
_SPARRAT = re.compile(rf"(?:(?<=^.)|(?<=[\W\d_].))(?<={_BOKSTAV})[ .-]{{1,2}}(?={_BOKSTAV}(?!{_BOKSTAV}))")
_ALFABET = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
_PRYDD = re.compile(r"(?:.*LATIN|REGIONAL).* (?:LETTER|SMALL CAPITAL|DOTLESS) (?P<bokstav>[A-Z])(?: WITH .*)?")
# Cyrillic and Greek that look Latin: a name may be written in them throughout.
_LIKNAR = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухіјѕԁԛԝһкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ",
    "ABEKMHOPCTYXSIJaeopcyxijsdqwhkABEZHIKMNOPTYXaiknopyx",
)
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
    ord: frozenset[str]  # all that stand in `namn`: most words do not, and are soon passed

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
        return cls(frozenset(namn), frozenset(nummer), frozenset(chain.from_iterable(namn)))


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
    tillatna = {tuple(map(_vik, _ORD.findall(_las(ett).text))) for ett in undantag}
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
            if ett != " " or delar[-1:] != [" "]:  # several show as one
                delar.append(ett)
                platser.append(plats)
    return _Last(text, "".join(delar), tuple(platser))


@lru_cache(maxsize=4096)
def _tecken(tecken: str) -> str:
    if tecken in _MELLAN:
        return " "
    if tecken in _TYST:
        return ""
    if tecken == "\n" or (tecken.isascii() and tecken.isprintable()):
        return tecken
    return "".join(map(_enkelt, unicodedata.normalize("NFKD", tecken)))


def _enkelt(tecken: str) -> str:
    """A sign as it would be typed; nothing for one that does not show."""
    slag = unicodedata.category(tecken)
    siffra = unicodedata.digit(tecken, None)
    if siffra is not None:
        return str(siffra)
    if slag == "Pd" or tecken == "\N{MINUS SIGN}":
        return "-"
    if slag in {"Zs", "Zl", "Zp"}:
        return " "
    if slag[0] in {"M", "C"}:
        return ""
    if not tecken.isascii() and (prydd := _PRYDD.fullmatch(unicodedata.name(tecken, ""))):
        return prydd["bokstav"].lower() if "SMALL LETTER" in prydd[0] else prydd["bokstav"]
    return tecken.translate(_LIKNAR)


def _utan(last: _Last, monster: re.Pattern[str]) -> _Last:
    """The text without what `monster` finds."""
    borta = {plats for traff in monster.finditer(last.text) for plats in range(*traff.span())}
    kvar = [plats for plats in range(len(last.text)) if plats not in borta]
    return _Last(last.original, "".join(last.text[plats] for plats in kvar), tuple(last.plats[plats] for plats in kvar))


def _nummer(last: _Last, register: Register) -> Iterator[Fynd]:
    typade = last.text.translate(_TYPADE_SIFFROR)
    funna = [
        (start, slut)
        for start, slut in (*_spann(last.text, register), *_spann(typade, register))
        if sum(map(str.isdecimal, last.text[start:slut])) >= _MINST_SIFFROR
    ]
    sist = -1
    for start, slut in sorted(funna):
        if start >= sist:
            yield last.fynd(start, slut, ar_nummer=True)
            sist = slut


def _spann(text: str, register: Register) -> Iterator[tuple[int, int]]:
    yield from (traff.span() for traff in _NUMMER.finditer(text) if _ar_nummer(traff, register))
    yield from (traff.span() for traff in _RESERV.finditer(text))
    for traff in _SIFFROR.finditer(text):
        yield from _kanda(traff, register)


def _ar_nummer(traff: re.Match[str], register: Register) -> bool:
    """With a dash after a date in one piece it is one, whatever it counts to. Else its check digit must tell."""
    if traff["skilje"].strip() in {"-", "+"} and not traff["s1"]:
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


def _namn(last: _Last, register: Register, tillatna: set[tuple[str, ...]]) -> list[Fynd]:
    """As typed, with words put together that are divided at a dash, and with letters that stand apart."""
    lasningar = ((last, _DELORD), (_utan(last, _AVSTAVAT), _ORD), (_utan(last, _SPARRAT), _DELORD))
    funna = {(ett.rad, ett.citat): ett for last, ord_ in lasningar for ett in _par(last, ord_, register, tillatna)}
    return list(funna.values())


def _par(last: _Last, monster: re.Pattern[str], register: Register, tillatna: set[tuple[str, ...]]) -> Iterator[Fynd]:
    """A first and a last name beside each other in either order, or with names or initials between."""
    orden = list(monster.finditer(last.text))
    sist = -1
    for nr, ett in enumerate(orden):
        if register.ord.isdisjoint(_former(ett[0])):
            continue
        for slut in range(nr + 2, min(nr + 2 + _LANGST_NAMN, len(orden) + 1)):
            if ett.start() < sist or not _hor_ihop(last.text, orden[nr:slut]):
                break
            annat = orden[slut - 1]
            if _ar_par(ett[0], annat[0], register) and not _far_sta(orden, nr, slut, tillatna):
                yield last.fynd(ett.start(), annat.end(), ar_nummer=False)
                sist = annat.end()
                break


def _hor_ihop(text: str, orden: Sequence[re.Match[str]]) -> bool:
    namnlika = all(ett[0][0].isupper() or _vik(ett[0]) in _I_NAMN for ett in orden[1:-1])
    return namnlika and all(_mellan(ett, annat, text[ett.end() : annat.start()]) for ett, annat in pairwise(orden))


def _mellan(ett: re.Match[str], annat: re.Match[str], text: str) -> bool:
    """Whether what stands between may be inside a name: no end of a sentence, no empty line."""
    if len(ett[0]) == 1 and text == ". ":
        return True  # an initial
    versaler = ett[0][0].isupper() and annat[0][0].isupper()  # with a number between; `Lind 3 maj` is no name
    nummer = any(map(str.isdecimal, text))
    ihop = len(text) <= _LANGST_MELLAN and text.count("\n") < 2 and bool(_MELLANRUM.fullmatch(text))
    return ihop and (versaler or not nummer)


def _ar_par(ett: str, annat: str, register: Register) -> bool:
    return any((a, b) in register.namn or (b, a) in register.namn for a in _former(ett) for b in _former(annat))


def _far_sta(orden: Sequence[re.Match[str]], start: int, slut: int, tillatna: set[tuple[str, ...]]) -> bool:
    """Whether they are the whole name of one of the staff, or inside it."""
    if not tillatna:
        return False
    hela = [_vik(ett[0]) for ett in orden]
    runt = (
        hela[fran:till]
        for fran in range(max(0, start - _LANGST_NAMN), start + 1)
        for till in range(slut, min(len(hela), slut + _LANGST_NAMN) + 1)
    )
    return any({tuple(ett), (*ett[:-1], ett[-1].removesuffix("s"))} & tillatna for ett in runt)


def _former(ord_: str) -> tuple[str, ...]:
    """The word, and what it is the genitive of."""
    vikt = _vik(ord_)
    return (vikt, vikt[:-1]) if vikt.endswith("s") and len(vikt) > _KORTAST else (vikt,)


def _delar(namn: str) -> tuple[str, ...]:
    """The words of a name, and those with a dash or written apart also as one: Anna-Lisa may be typed Annalisa."""
    text = namn.replace("_", " ") if namn.isascii() else _las(namn).text
    orden = [vikt for ett in _ORD.findall(text) if len(vikt := _vik(ett)) >= _KORTAST]
    ihop = [] if len(orden) == 1 else ["".join(orden)]
    return tuple(orden + ihop)


def _vik(ord_: str) -> str:
    return ord_.casefold()
