"""An invoice as it was sent, whatever it was sent in; and what is wrong with one, said with the rule's own id."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Slag(StrEnum):
    """What a document is. The amounts of a credit note are positive, and mean the opposite."""

    FAKTURA = "faktura"
    KREDITNOTA = "kreditnota"


class Format(StrEnum):
    """What it came as."""

    UBL = "ubl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Brist:
    """Something that is wrong: the rule's official id (ours begin with `IK-`), where, and what it is and asks for."""

    regel: str
    var: str
    text: str

    def __str__(self) -> str:
        return f"{self.regel}, {self.var}: {self.text}" if self.var else f"{self.regel}: {self.text}"


class Otydlig(Exception):  # noqa: N818  a refusal, not a fault
    """The document cannot be taken for an invoice; `brister` say why."""

    def __init__(self, *brister: Brist) -> None:
        super().__init__(" ".join(str(brist) for brist in brister))
        self.brister = brister


@dataclass(frozen=True, slots=True)
class Skatt:
    """A VAT category: S, Z, E, O …, with its rate, and for what is exempt the reason."""

    kategori: str
    procent: Decimal | None
    skal: str = ""


@dataclass(frozen=True, slots=True)
class Avdrag:
    """An allowance, or a charge (`tillagg`)."""

    tillagg: bool
    belopp: Decimal | None
    bas: Decimal | None = None
    procent: Decimal | None = None
    orsak: str = ""
    skatt: Skatt | None = None


@dataclass(frozen=True, slots=True)
class Momsrad:
    """A row of the VAT breakdown."""

    underlag: Decimal | None
    belopp: Decimal | None
    skatt: Skatt


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    fran: date | None = None
    till: date | None = None


@dataclass(frozen=True, slots=True)
class Rad:
    """A line. `referenser`: what it says that it is about, the plainest first; `sokord` may say so too."""

    id: str
    benamning: str = ""
    text: str = ""
    referenser: tuple[str, ...] = ()
    sokord: tuple[str, ...] = ()
    antal: Decimal | None = None
    enhet: str = ""
    pris: Decimal | None = None
    prisbas: Decimal | None = None
    prisenhet: str = ""
    belopp: Decimal | None = None
    skatt: Skatt | None = None
    period: Period | None = None
    avdrag: tuple[Avdrag, ...] = ()
    objekttyp: str = ""

    @property
    def plats(self) -> str:
        """Where, as people find it in the invoice."""
        return f"rad {self.id}" if self.id else "en rad utan nummer"


@dataclass(frozen=True, slots=True)
class Part:
    """Seller or buyer."""

    namn: str = ""
    orgnr: str = ""
    land: str = ""
    adress: bool = False
    endpoint: str = ""
    momsnr: str = ""
    skattereg: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Betalsatt:
    """How the seller wants to be paid. `bank`: SE:BANKGIRO, SE:PLUSGIRO or a bank's own code."""

    kod: str
    konto: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Summor:
    """The document's totals; None = it does not say."""

    rader: Decimal | None = None
    avdrag: Decimal | None = None
    tillagg: Decimal | None = None
    exkl: Decimal | None = None
    moms: Decimal | None = None
    inkl: Decimal | None = None
    forskott: Decimal | None = None
    avrundning: Decimal | None = None
    att_betala: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Dokument:
    """An invoice or a credit note as it came. Nothing is mended."""

    format: Format
    slag: Slag
    nummer: str
    datum: date | None
    typkod: str
    valuta: str
    saljare: Part
    kopare: Part
    summor: Summor
    rader: tuple[Rad, ...]
    forfaller: date | None = None
    villkor: str = ""
    period: Period | None = None
    kopares_referens: str = ""
    orderreferens: str = ""
    avser: tuple[str, ...] = ()
    noter: tuple[str, ...] = ()
    avdrag: tuple[Avdrag, ...] = ()
    moms: tuple[Momsrad, ...] = ()
    antal_momstotaler: int = 1
    specifikation: str = ""
    profil: str = ""
    momsvaluta: str = ""
    andra_valutor: tuple[str, ...] = ()
    betalsatt: tuple[Betalsatt, ...] = ()
    brister: tuple[Brist, ...] = field(default=())

    @property
    def tecken(self) -> int:
        """1, or −1 for what gives money back."""
        return -1 if self.slag is Slag.KREDITNOTA else 1
