"""What a document says and what its mall asks for, as frozen content. Pure."""

from dataclasses import dataclass
from datetime import date

from uppfoljning.dokument.koder import FRITEXT, Rubrikslag


@dataclass(frozen=True, slots=True)
class Rubrik:
    """A heading of a mall. `nyckel` is what its text is kept by, whatever the heading is called later."""

    nyckel: str
    slag: Rubrikslag
    rubrik: str
    obligatorisk: bool = False


@dataclass(frozen=True, slots=True)
class Mall:
    """How a kommun sets its documents. `inledning` stands before the förslag: then they need not be whole sentences."""

    dokumentslag: str
    kommun: str
    forvaltning: str
    namnd: str
    rubriker: tuple[Rubrik, ...]
    kontakt: tuple[str, ...] = ()
    inledning: str = ""
    kontrasigneras: bool = False

    @property
    def fritexter(self) -> tuple[Rubrik, ...]:
        """Those that text is written under, in order."""
        return tuple(ett for ett in self.rubriker if ett.slag in FRITEXT)

    def har(self, slag: Rubrikslag) -> bool:
        """Whether it has such a heading."""
        return any(ett.slag == slag for ett in self.rubriker)


@dataclass(frozen=True, slots=True)
class Infogat:
    """Figures of a report in the document: `[Siffror nr]` in a text is where they stand.

    `siffror` is the key of the stored figures, `delar` those of their parts that are shown.
    """

    nr: int
    siffror: int
    delar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Underlag:
    """A paper that the proposal rests on."""

    datum: date
    text: str


@dataclass(frozen=True, slots=True)
class Innehall:
    """All that a version of a document says. `texter`: a heading's key and what is written under it.

    `bilagor` are keys of stored files, in the order in which they are numbered.
    """

    titel: str
    diarienummer: str
    datum: date
    sammantrade: date
    handlaggare: str
    handlaggare_titel: str
    epost: str
    undertecknare: str
    undertecknare_titel: str
    forslag: tuple[str, ...] = ()
    texter: tuple[tuple[str, str], ...] = ()
    underlag: tuple[Underlag, ...] = ()
    skickas_till: tuple[str, ...] = ()
    infogade: tuple[Infogat, ...] = ()
    bilagor: tuple[int, ...] = ()

    def text(self, nyckel: str) -> str:
        """What is written under a heading."""
        return dict(self.texter).get(nyckel, "")
