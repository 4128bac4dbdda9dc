"""Peppol's Swedish rules (SE-R-…), and what this house asks for beside them (IK-…)."""

import re
from collections.abc import Iterator

from stdnum import luhn

from ersattning.faktura.falt import borjan
from ersattning.faktura.typer import Betalsatt, Brist, Dokument, Slag
from grund.personnummer import ser_ut_som_personnummer
from grund.text import tal

_TIO = re.compile(r"[0-9]{10}")
_SATSER = {6, 12, 25}
# What it is called, the rules of its digits and of its length, and the length.
_GIRON = {
    "SE:PLUSGIRO": ("Plusgiro", "SE-R-007", "SE-R-010", 2, 8),
    "SE:BANKGIRO": ("Bankgiro", "SE-R-008", "SE-R-009", 7, 8),
}
F_SKATT = "GODKÄND FÖR F-SKATT"


def granska(dok: Dokument) -> Iterator[Brist]:
    """What is wrong for a Swedish seller and a Swedish municipality."""
    if dok.saljare.land in {"SE", ""}:
        yield from _saljaren(dok)
    if dok.valuta and dok.valuta != "SEK":
        yield Brist(
            "IK-VALUTA",
            "fakturan",
            f"Fakturan är i {borjan(dok.valuta, 10)}. Underlaget är i SEK, och fakturan ska vara det.",
        )
    if ser_ut_som_personnummer(dok.nummer):
        text = "Fakturanumret ser ut som ett personnummer. Ge fakturan ett annat nummer."
        yield Brist("IK-PERSONNUMMER", "fakturan", text)
    if len(dok.nummer) > 60:
        yield Brist("IK-NUMMER", "fakturan", "Fakturanumret är längre än 60 tecken.")
    if dok.slag is Slag.KREDITNOTA and not dok.avser:
        text = "Kreditnotan säger inte vilken faktura den gäller. Ange fakturans nummer (BillingReference)."
        yield Brist("IK-KREDIT", "fakturan", text)


def _saljaren(dok: Dokument) -> Iterator[Brist]:
    orgnr, momsnr = dok.saljare.orgnr, dok.saljare.momsnr
    if momsnr and len(momsnr) != 14:
        yield Brist("SE-R-001", "säljaren", "Momsregistreringsnumret ska ha 14 tecken: SE, organisationsnumret och 01.")
    elif momsnr and not (momsnr[2:].isascii() and momsnr[2:].isdecimal()):
        yield Brist("SE-R-002", "säljaren", "Momsregistreringsnumret ska sluta med tolv siffror.")
    if orgnr:
        yield from _orgnr(orgnr)
    if dok.saljare.skattereg and dok.saljare.skattereg.upper() != F_SKATT:
        text = "Uppgiften om F-skatt ska lyda ”Godkänd för F-skatt”."
        yield Brist("SE-R-005", "säljaren", text)
    for ett in dok.moms:
        procent = ett.skatt.procent
        if ett.skatt.kategori == "S" and procent is not None and procent > 0 and procent not in _SATSER:
            text = f"Momssatsen {tal(procent, 2, minst=0)} procent finns inte i Sverige. Den är 6, 12 eller 25."
            yield Brist("SE-R-006", "momsen", text)


def varningar(dok: Dokument) -> Iterator[Brist]:
    """What Peppol's Swedish rules only warn of: the invoice is taken in, and the seller is told."""
    if dok.saljare.land != "SE":
        return
    for satt in dok.betalsatt:
        if satt.kod == "30" and satt.bank in _GIRON:
            yield from _girokonto(satt)
        if satt.kod in {"50", "56"}:
            text = "Bankgiro och plusgiro anges med betalsättet 30 och SE:BANKGIRO eller SE:PLUSGIRO."
            yield Brist("SE-R-011", "betalningen", text)
        if satt.kod == "31" and dok.kopare.land == "SE":
            text = "Betalning till konto inom Sverige anges med betalsättet 30, inte 31."
            yield Brist("SE-R-012", "betalningen", text)


def _girokonto(satt: Betalsatt) -> Iterator[Brist]:
    """SE-R-007 to 010: the number of a bankgiro or plusgiro, without hyphen."""
    namn, siffror, langd, minst, mest = _GIRON[satt.bank]
    if not (satt.konto.isascii() and satt.konto.isdecimal()):
        yield Brist(siffror, "betalningen", f"{namn}numret ska bara ha siffror. Skriv det utan bindestreck.")
    if not minst <= len(satt.konto) <= mest:
        yield Brist(langd, "betalningen", f"{namn}numret ska ha {minst}–{mest} siffror.")


def _orgnr(orgnr: str) -> Iterator[Brist]:
    if not (orgnr.isascii() and orgnr.isdecimal()):
        text = "Organisationsnumret ska bara ha siffror. Skriv det utan bindestreck och mellanslag."
        yield Brist("SE-R-003", "säljaren", text)
    if len(orgnr) != 10:
        yield Brist("SE-R-004", "säljaren", "Organisationsnumret ska ha tio tecken.")
    if _TIO.fullmatch(orgnr) and not luhn.is_valid(orgnr):
        yield Brist("SE-R-013", "säljaren", "Organisationsnumrets sista siffra stämmer inte. Någon siffra är fel.")
