"""A document put together in the order of its mall, ready to be set: numbered tables and figures all through. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from grund.text import antal_ord, stor_forsta, tidpunkt_i_ord
from uppfoljning.dokument.innehall import Infogat, Innehall, Mall, Rubrik
from uppfoljning.dokument.koder import FRITEXT, Rubrikslag
from uppfoljning.dokument.text import Siffror, Stycken, Texttabell, block
from uppfoljning.rapport.avsnitt import avsnitt
from uppfoljning.rapport.innehall import Rapport
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Figur, Huvud, Person, Tabell
from uppfoljning.tjansteutlatande.tabeller import Numrering


@dataclass(frozen=True, slots=True)
class Fryst:
    """A report as it was read, and when."""

    rapport: Rapport
    last: datetime


@dataclass(frozen=True, slots=True)
class Bilaga:
    """A file that goes with the document."""

    titel: str
    sidor: int


@dataclass(frozen=True, slots=True)
class Signatur:
    """Who has signed, and when."""

    namn: str
    titel: str
    nar: datetime


@dataclass(frozen=True, slots=True)
class Bit:
    """One of: text as HTML, a table, a part of a report, or where figures come from."""

    html: str = ""
    tabell: Tabell | None = None
    avsnitt: Avsnitt | None = None
    kalla: str = ""


@dataclass(frozen=True, slots=True)
class Stycke:
    """What stands under a heading: pieces of text, or a list."""

    rubrik: Rubrik
    bitar: tuple[Bit, ...] = ()
    punkter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Satt:
    """The whole, as it is set. `signaturer` is empty in a draft."""

    titel: str
    huvud: Huvud
    dokumentslag: str
    inledning: str
    stycken: tuple[Stycke, ...]
    kontakt: tuple[str, ...]
    signaturer: tuple[Signatur, ...] = ()

    @property
    def ar_utkast(self) -> bool:
        return not self.signaturer

    @property
    def kontakt_sist(self) -> tuple[str, ...]:
        """The lines of contact, when no heading of the mall has them."""
        egen = any(ett.rubrik.slag == Rubrikslag.HANDLAGGARE for ett in self.stycken)
        return () if egen else self.kontakt

    @property
    def figurer(self) -> tuple[Figur, ...]:
        """The figures, in order."""
        return tuple(
            bit.avsnitt.figur for stycke in self.stycken for bit in stycke.bitar if bit.avsnitt and bit.avsnitt.figur
        )

    @property
    def signerat_i_ord(self) -> tuple[str, ...]:
        """`Signerat av Klara Lind, controller, 3 juni 2026 kl. 14.02.`"""
        hur = ("Signerat", "Kontrasignerat")
        return tuple(
            f"{ord_} av {Person(ett.namn, ett.titel).med_titel}, {tidpunkt_i_ord(ett.nar)}."
            for ord_, ett in zip(hur, self.signaturer, strict=False)
        )


@dataclass(frozen=True, slots=True)
class Delar:
    """What the content refers to: figures by their key, files in order."""

    frysta: Mapping[int, Fryst]
    bilagor: tuple[Bilaga, ...] = ()


def satt(innehall: Innehall, mall: Mall, delar: Delar, signaturer: tuple[Signatur, ...] = ()) -> Satt:
    """The document. Headings without content are left out."""
    nr = _Nummer(Numrering(), Numrering())
    stycken = tuple(_stycke(rubrik, innehall, mall, delar, nr) for rubrik in mall.rubriker)
    return Satt(
        innehall.titel,
        _huvud(innehall, mall),
        stor_forsta(mall.dokumentslag),
        mall.inledning,
        tuple(ett for ett in stycken if _har_innehall(ett)),
        mall.kontakt,
        signaturer,
    )


@dataclass(frozen=True, slots=True)
class _Nummer:
    tabeller: Numrering
    figurer: Numrering


def _har_innehall(stycke: Stycke) -> bool:
    alltid = {Rubrikslag.UNDERSKRIFTER, Rubrikslag.HANDLAGGARE}
    return bool(stycke.bitar or stycke.punkter) or stycke.rubrik.slag in alltid


def _huvud(innehall: Innehall, mall: Mall) -> Huvud:
    return Huvud(
        mall.kommun,
        mall.forvaltning,
        mall.namnd,
        innehall.diarienummer,
        innehall.datum,
        innehall.sammantrade,
        Person(innehall.handlaggare, innehall.handlaggare_titel, innehall.epost),
        Person(innehall.undertecknare, innehall.undertecknare_titel),
        innehall.skickas_till,
    )


def _stycke(rubrik: Rubrik, innehall: Innehall, mall: Mall, delar: Delar, nr: _Nummer) -> Stycke:
    if rubrik.slag in FRITEXT:
        return Stycke(rubrik, tuple(_bitar(innehall.text(rubrik.nyckel), innehall, delar, nr)))
    if rubrik.slag == Rubrikslag.FORSLAG:
        return Stycke(rubrik, punkter=innehall.forslag)
    if rubrik.slag == Rubrikslag.SKICKAS:
        return Stycke(rubrik, punkter=innehall.skickas_till)
    if rubrik.slag == Rubrikslag.UNDERLAG:
        eget = f"{stor_forsta(mall.dokumentslag)} {innehall.datum}, {innehall.diarienummer}"
        return Stycke(rubrik, punkter=(eget, *(f"{ett.text}, {ett.datum}" for ett in innehall.underlag)))
    if rubrik.slag == Rubrikslag.BILAGOR:
        return Stycke(rubrik, punkter=tuple(_bilagor(delar.bilagor)))
    return Stycke(rubrik)


def _bilagor(bilagor: tuple[Bilaga, ...]) -> Iterator[str]:
    for nr, ett in enumerate(bilagor, 1):
        yield f"Bilaga {nr}. {ett.titel} ({antal_ord(ett.sidor, 'sida', 'sidor')})"


def _bitar(text: str, innehall: Innehall, delar: Delar, nr: _Nummer) -> Iterator[Bit]:
    infogade = {ett.nr: ett for ett in innehall.infogade}
    for ett in block(text):
        if isinstance(ett, Stycken):
            yield Bit(html=ett.html)
        elif isinstance(ett, Texttabell):
            yield Bit(tabell=ett.som_tabell(nr.tabeller.nasta()))
        elif isinstance(ett, Siffror) and ett.nr in infogade:
            yield from _siffror(infogade[ett.nr], delar.frysta[infogade[ett.nr].siffror], nr)


def _siffror(infogat: Infogat, fryst: Fryst, nr: _Nummer) -> Iterator[Bit]:
    """The chosen parts of the report, and when they were read."""
    for ett in avsnitt(valda_delar(fryst.rapport, infogat.delar), nr.tabeller, nr.figurer):
        yield Bit(avsnitt=ett)
    yield Bit(kalla=f"Källa: {fryst.rapport.rubrik}. Siffrorna lästes {tidpunkt_i_ord(fryst.last)}.")


def valda_delar(rapport: Rapport, delar: tuple[str, ...]) -> Rapport:
    """The report with those parts only."""
    kvar = tuple(ett for ett in rapport.delar if ett.nyckel in delar)
    return Rapport(rapport.rubrik, rapport.per, rapport.urval, kvar, rapport.forslag, rapport.ekonomi)
