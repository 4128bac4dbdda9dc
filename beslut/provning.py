"""What is wrong, or may be, with a decision that somebody is drafting. Pure: what is known comes as arguments.

A refusal (`hindrar`) cannot be signed away. A warning is something that would become wrong statistics or wrong law if
nobody meant it, and is acknowledged by its `kod`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beslut.ord import insats_i_mening, insats_i_ord
from beslut.regler import Insats, Lag, Omfattningsenhet, Utfall
from grund.text import datum_i_ord, och

_TID = (Omfattningsenhet.TIMMAR_VECKA, Omfattningsenhet.TIMMAR_MANAD)
_DAGAR = (Omfattningsenhet.DAGAR_VECKA,)
_DYGN = (Omfattningsenhet.DYGN_MANAD,)
# The units that an insats is given in. An insats with none is given whole: a place is a place.
ENHETER: dict[Insats, tuple[Omfattningsenhet, ...]] = {
    Insats.PERSONLIG_ASSISTANS: _TID,
    Insats.LEDSAGARSERVICE: _TID,
    Insats.KONTAKTPERSON: _TID,
    Insats.AVLOSARSERVICE: _TID,
    Insats.KORTTIDSVISTELSE: _DYGN,
    Insats.KORTTIDSTILLSYN: (*_TID, *_DAGAR),
    Insats.BOSTAD_BARN: (),
    Insats.BOSTAD_VUXNA: (),
    Insats.DAGLIG_VERKSAMHET: _DAGAR,
    Insats.BOENDESTOD: _TID,
    Insats.SYSSELSATTNING: (*_DAGAR, *_TID),
    Insats.SARSKILT_BOENDE: (),
    Insats.LEDSAGNING: _TID,
    Insats.AVLOSNING: _TID,
    Insats.KONTAKTPERSON_SOL: _TID,
}
_DAGTID = {Insats.DAGLIG_VERKSAMHET: Insats.SYSSELSATTNING, Insats.SYSSELSATTNING: Insats.DAGLIG_VERKSAMHET}


@dataclass(frozen=True, slots=True)
class Utkast:
    """A draft, as far as it is written. `sista` None = until further notice. `tar_vid`: it replaces another one."""

    insats: Insats
    utfall: Utfall | None = None
    ansokan: date | None = None
    fran: date | None = None
    sista: date | None = None
    omfattning: Decimal | None = None
    enhet: Omfattningsenhet | None = None
    uppfoljning: date | None = None
    motivering: str = ""
    forbehall: bool = False
    forbehall_text: str = ""

    @property
    def ger(self) -> bool:
        """Whether the person gets something."""
        return self.utfall in {Utfall.BIFALL, Utfall.DELVIS}


@dataclass(frozen=True, slots=True)
class Gallande:
    """Another decision that gives the person something: from `fran` to `sista`, both included; None = no end."""

    nyckel: str
    insats: Insats
    fran: date
    sista: date | None


@dataclass(frozen=True, slots=True)
class Lage:
    """What is known of the person, and of the ärende. `kommunicerat`: the party has been given the material."""

    personkrets: int | None = None
    avliden: date | None = None
    andra: tuple[Gallande, ...] = ()
    kommunicerat: bool = True


@dataclass(frozen=True, slots=True)
class Anmarkning:
    """Something about the draft: which field, why, and whether it stops."""

    kod: str
    falt: str
    text: str
    hindrar: bool = False


Prov = Callable[[Utkast, Lage, date], Iterator[Anmarkning]]


def prova(utkast: Utkast, lage: Lage, idag: date) -> list[Anmarkning]:
    """All there is to say of the draft on the day, refusals first. What is not written yet is not asked for."""
    alla = [anmarkning for prov in _PROV for anmarkning in prov(utkast, lage, idag)]
    return sorted(alla, key=lambda ett: not ett.hindrar)


def hinder(utkast: Utkast, lage: Lage, idag: date, bekraftat: frozenset[str]) -> list[Anmarkning]:
    """What stops the draft from becoming a decision: what is missing, refusals, and warnings not acknowledged."""
    stopp = [ett for ett in prova(utkast, lage, idag) if ett.hindrar or ett.kod not in bekraftat]
    return [*saknas(utkast), *stopp]


def saknas(utkast: Utkast) -> list[Anmarkning]:
    """What must be written before the draft can be proposed."""
    krav = (
        (utkast.utfall is None, "utfall", "Välj hur beslutet blir."),
        (utkast.ger and utkast.fran is None, "fran", "Skriv vilken dag beslutet börjar gälla."),
        (not utkast.motivering.strip(), "motivering", _motivering(utkast)),
        (utkast.forbehall and not utkast.forbehall_text.strip(), "forbehall_text", _FORBEHALL),
    )
    return [Anmarkning(f"saknas_{falt}", falt, text, hindrar=True) for fel, falt, text in krav if fel]


_FORBEHALL = "Skriv i vilka fall beslutet får återkallas (37 § andra stycket 1 förvaltningslagen)."


def _motivering(utkast: Utkast) -> str:
    if utkast.utfall in {Utfall.AVSLAG, Utfall.DELVIS}:
        return "Motivera varför personen inte får allt som söks (32 § förvaltningslagen)."
    return "Skriv en kort motivering, så att det går att förstå varför (32 § förvaltningslagen)."


def _slut_fore_start(utkast: Utkast, _: Lage, __: date) -> Iterator[Anmarkning]:
    if utkast.fran and utkast.sista and utkast.sista < utkast.fran:
        yield Anmarkning("slut_fore_start", "sista", "Sista dagen ligger före första dagen.", hindrar=True)


def _avliden(utkast: Utkast, lage: Lage, _: date) -> Iterator[Anmarkning]:
    if lage.avliden and utkast.utfall is not None:
        text = (
            f"Personen är avliden sedan {datum_i_ord(lage.avliden)}. Fatta inget beslut, utan avsluta ärendet med det "
            "skälet."
        )
        yield Anmarkning("avliden", "utfall", text, hindrar=True)


def _personkrets(utkast: Utkast, lage: Lage, _: date) -> Iterator[Anmarkning]:
    """LSS 7 §: insatser 1–9 for those of 1 §; daglig verksamhet only for personkrets 1 and 2."""
    if not utkast.ger or utkast.insats.lag != Lag.LSS:
        return
    if lage.personkrets is None:
        text = "Personen har ingen personkrets registrerad. Utan den ger LSS ingen rätt till insatsen (7 §)."
        yield Anmarkning("personkrets", "utfall", text, hindrar=True)
    elif utkast.insats is Insats.DAGLIG_VERKSAMHET and lage.personkrets == 3:
        text = "Personkrets 3 har inte rätt till daglig verksamhet (LSS 7 §). Pröva sysselsättning enligt SoL."
        yield Anmarkning("personkrets", "utfall", text, hindrar=True)


def _kommunicering(utkast: Utkast, lage: Lage, _: date) -> Iterator[Anmarkning]:
    """FL 25 §: before a decision that goes against the party they are given the material and time to answer."""
    if utkast.utfall in {Utfall.AVSLAG, Utfall.DELVIS} and not lage.kommunicerat:
        text = (
            "Utredningen är inte kommunicerad. Personen ska få se den och kunna svara innan ett beslut som inte ger "
            "allt (25 § förvaltningslagen)."
        )
        yield Anmarkning("kommunicering", "utfall", text, hindrar=True)


def _samtidigt(utkast: Utkast, annat: Gallande) -> bool:
    borjar = utkast.fran is not None and (annat.sista is None or annat.sista >= utkast.fran)
    return borjar and (utkast.sista is None or annat.fran <= utkast.sista)


def _overlapp(utkast: Utkast, lage: Lage, _: date) -> Iterator[Anmarkning]:
    samma = [ett for ett in lage.andra if ett.insats is utkast.insats and _samtidigt(utkast, ett)]
    if utkast.ger and samma:
        text = (
            f"Personen har redan beslut om {insats_i_mening(utkast.insats)} under samma tid "
            f"({och([ett.nyckel for ett in samma])}). Statistiken räknar då personen två gånger."
        )
        yield Anmarkning("overlapp", "fran", text)


def _tva_lagar(utkast: Utkast, lage: Lage, _: date) -> Iterator[Anmarkning]:
    andra = _DAGTID.get(utkast.insats)
    samma = [ett for ett in lage.andra if ett.insats is andra and _samtidigt(utkast, ett)]
    if utkast.ger and andra and samma:
        text = (
            f"Personen har {insats_i_mening(andra)} under samma tid ({och([ett.nyckel for ett in samma])}). Daglig "
            "verksamhet enligt LSS och sysselsättning enligt SoL ska hållas isär i statistiken."
        )
        yield Anmarkning("tva_lagar", "fran", text)


def _fore_ansokan(utkast: Utkast, _: Lage, __: date) -> Iterator[Anmarkning]:
    if utkast.ger and utkast.fran and utkast.ansokan and utkast.fran < utkast.ansokan:
        text = f"Beslutet börjar gälla före ansökan, som kom in {datum_i_ord(utkast.ansokan)}."
        yield Anmarkning("fore_ansokan", "fran", text)


def _retroaktivt(utkast: Utkast, _: Lage, idag: date) -> Iterator[Anmarkning]:
    if utkast.ger and utkast.fran and utkast.fran < idag:
        text = f"Beslutet börjar gälla {datum_i_ord(utkast.fran)}, före dagen då det fattas. Månader kan behöva rättas."
        yield Anmarkning("retroaktivt", "fran", text)


def _uppfoljning(utkast: Utkast, _: Lage, __: date) -> Iterator[Anmarkning]:
    if not utkast.ger:
        return
    if utkast.uppfoljning is None:
        text = "Ingen dag för uppföljning. Ett beslut följs upp minst en gång om året."
        yield Anmarkning("uppfoljning_saknas", "uppfoljning", text)
    elif utkast.fran and utkast.uppfoljning < utkast.fran:
        text = "Uppföljningen ligger före dagen då beslutet börjar gälla."
        yield Anmarkning("uppfoljning_fore", "uppfoljning", text)


def _enhet(utkast: Utkast, _: Lage, __: date) -> Iterator[Anmarkning]:
    vanliga = ENHETER[utkast.insats]
    if not utkast.ger:
        return
    if utkast.omfattning is None:
        if vanliga:
            text = f"Omfattningen saknas. Den brukar anges i {och([enhet.label for enhet in vanliga], 'eller')}."
            yield Anmarkning("omfattning_saknas", "omfattning", text)
    elif utkast.enhet is not None and utkast.enhet not in vanliga:
        brukar = (
            f"brukar anges i {och([enhet.label for enhet in vanliga], 'eller')}" if vanliga else "ges utan omfattning"
        )
        text = f"{insats_i_ord(utkast.insats)} {brukar}, inte i {utkast.enhet.label}."
        yield Anmarkning("enhet", "omfattning_enhet", text)


_PROV: tuple[Prov, ...] = (
    _slut_fore_start,
    _avliden,
    _personkrets,
    _kommunicering,
    _overlapp,
    _tva_lagar,
    _fore_ansokan,
    _retroaktivt,
    _uppfoljning,
    _enhet,
)
