"""What an invoice must say at all (EN 16931), and in the way that Peppol BIS Billing 3 asks for."""

import re
from collections.abc import Iterator

from ersattning.faktura.falt import borjan
from ersattning.faktura.typer import Brist, Dokument, Format, Period, Rad, Slag
from grund.text import datum_i_ord

SPECIFIKATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFIL = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0")
_VALUTA = re.compile(r"[A-Z]{3}")
_FAKTURATYPER = {
    *("71", "80", "82", "84", "102", "218", "219", "326", "331", "380", "382", "383", "384", "386"),
    *("388", "393", "395", "553", "575", "623", "780", "817", "870", "875", "876", "877"),
}
_KREDITTYPER = {"81", "83", "381", "396", "532"}


def granska(dok: Dokument) -> Iterator[Brist]:
    """What is missing or said in another way than the rules ask for."""
    yield from _huvud(dok)
    yield from _parter(dok)
    yield from _totaler(dok)
    if dok.format is Format.UBL:
        yield from _peppol(dok)
    yield from _period("BR-29", dok.period, "fakturan")
    if not dok.rader:
        yield Brist("BR-16", "fakturan", "Fakturan har inga rader. Den ska ha minst en.")
    for rad in dok.rader:
        yield from _rad(rad)
        yield from _radperiod(dok, rad)
    yield from _radnummer(dok)


def _huvud(dok: Dokument) -> Iterator[Brist]:
    if not dok.nummer:
        yield Brist("BR-02", "fakturan", "Fakturan har inget nummer. Ange fakturanumret.")
    if dok.datum is None:
        yield Brist("BR-03", "fakturan", "Fakturan har inget fakturadatum. Ange det som 2026-05-31.")
    if not _VALUTA.fullmatch(dok.valuta):
        yield Brist("BR-05", "fakturan", "Fakturan säger inte vilken valuta den är i. Ange SEK.")
    if not dok.typkod:
        yield Brist(
            "BR-04", "fakturan", "Fakturan säger inte vilken typ den är. Ange 380, eller 381 för en kreditnota."
        )
        return
    kreditnota = dok.slag is Slag.KREDITNOTA
    if dok.typkod not in (_KREDITTYPER if kreditnota else _FAKTURATYPER):
        regel = "PEPPOL-EN16931-P0101" if kreditnota else "PEPPOL-EN16931-P0100"
        ratt = "381 för en kreditnota" if kreditnota else "380 för en faktura"
        yield Brist(regel, "fakturan", f"Typen ”{borjan(dok.typkod, 10)}” gäller inte för en {dok.slag}. Ange {ratt}.")


def _parter(dok: Dokument) -> Iterator[Brist]:
    krav = (
        ("BR-06", dok.saljare.namn, "säljaren", "Säljarens namn saknas."),
        ("BR-07", dok.kopare.namn, "köparen", "Köparens namn saknas."),
        ("BR-08", dok.saljare.adress, "säljaren", "Säljarens adress saknas."),
        ("BR-09", dok.saljare.land or not dok.saljare.adress, "säljaren", "Säljarens land saknas i adressen. Ange SE."),
        ("BR-10", dok.kopare.adress, "köparen", "Köparens adress saknas."),
        ("BR-11", dok.kopare.land or not dok.kopare.adress, "köparen", "Köparens land saknas i adressen. Ange SE."),
    )
    if dok.format is Format.UBL:
        yield from (Brist(regel, var, text) for regel, finns, var, text in krav if not finns)
    if not (dok.saljare.orgnr or dok.saljare.momsnr or dok.saljare.id):
        text = "Det går inte att se vem säljaren är. Ange organisationsnumret med tio siffror."
        yield Brist("BR-CO-26", "säljaren", text)


def _totaler(dok: Dokument) -> Iterator[Brist]:
    s = dok.summor
    krav = (
        ("BR-12", s.rader, "Radernas summa saknas."),
        ("BR-13", s.exkl, "Summan utan moms saknas."),
        ("BR-14", s.inkl, "Summan med moms saknas."),
        ("BR-15", s.att_betala, "Beloppet att betala saknas."),
    )
    yield from (Brist(regel, "summorna", text) for regel, belopp, text in krav if belopp is None)
    ska_betalas = s.att_betala is not None and s.att_betala > 0 and dok.slag is Slag.FAKTURA
    if ska_betalas and dok.forfaller is None and not dok.villkor:
        yield Brist("BR-CO-25", "fakturan", "Det står inte när fakturan ska betalas. Ange förfallodag eller villkor.")


def _peppol(dok: Dokument) -> Iterator[Brist]:
    if not dok.specifikation:
        yield Brist("BR-01", "fakturan", "Fakturan säger inte vilken specifikation den följer.")
    elif not dok.specifikation.startswith(SPECIFIKATION):
        text = "Fakturan följer en annan specifikation än Peppol BIS Billing 3."
        yield Brist("PEPPOL-EN16931-R004", "fakturan", text)
    if not dok.profil:
        yield Brist("PEPPOL-EN16931-R001", "fakturan", "Processen (ProfileID) saknas.")
    elif not _PROFIL.fullmatch(dok.profil):
        text = f"Processen ska vara urn:fdc:peppol.eu:2017:poacc:billing:01:1.0, inte ”{borjan(dok.profil, 60)}”."
        yield Brist("PEPPOL-EN16931-R007", "fakturan", text)
    yield from _referenser(dok)
    if dok.andra_valutor:
        text = f"Belopp är i {', '.join(dok.andra_valutor)} fast fakturan är i {dok.valuta}. Använd en valuta."
        yield Brist("PEPPOL-EN16931-R051", "fakturan", text)
    if dok.antal_momstotaler != 1 and dok.moms:
        text = "Momsen specificeras mer än en gång. Ange en momsspecifikation."
        yield Brist("PEPPOL-EN16931-R053", "momsen", text)


def _referenser(dok: Dokument) -> Iterator[Brist]:
    """What the two parties find each other and the order by."""
    if len(dok.noter) > 1:
        yield Brist("PEPPOL-EN16931-R002", "fakturan", "Fakturan har fler än en anteckning. Skriv dem i en.")
    if not dok.kopares_referens and not dok.orderreferens:
        text = "Referens saknas. Ange kommunens referens eller beställningens nummer."
        yield Brist("PEPPOL-EN16931-R003", "fakturan", text)
    if dok.momsvaluta and dok.momsvaluta == dok.valuta:
        text = "Momsens valuta är samma som fakturans. Ange den bara när den är en annan."
        yield Brist("PEPPOL-EN16931-R005", "fakturan", text)
    if not dok.kopare.endpoint:
        yield Brist("PEPPOL-EN16931-R010", "köparen", "Köparens elektroniska adress saknas.")
    if not dok.saljare.endpoint:
        yield Brist("PEPPOL-EN16931-R020", "säljaren", "Säljarens elektroniska adress saknas.")


def _rad(rad: Rad) -> Iterator[Brist]:
    krav = (
        ("BR-21", rad.id, "Raden har inget nummer."),
        ("BR-22", rad.antal is not None, "Raden saknar antal."),
        ("BR-23", rad.enhet, "Antalet saknar enhet, till exempel DAY."),
        ("BR-24", rad.belopp is not None, "Raden saknar belopp."),
        ("BR-25", rad.benamning, "Raden säger inte vad den gäller. Ange en benämning."),
        ("BR-26", rad.pris is not None, "Raden saknar pris."),
    )
    yield from (Brist(regel, rad.plats, text) for regel, finns, text in krav if not finns)
    if rad.objekttyp and rad.objekttyp != "130":
        text = "Radens dokumentreferens ska ha typen 130."
        yield Brist("PEPPOL-EN16931-R101", rad.plats, text)
    yield from _period("BR-30", rad.period, rad.plats)


def _period(regel: str, period: Period | None, var: str) -> Iterator[Brist]:
    if period is None:
        return
    if period.fran is None and period.till is None:
        yield Brist(
            "BR-CO-20" if regel == "BR-30" else "BR-CO-19", var, "Perioden säger varken när den börjar eller slutar."
        )
    elif period.fran and period.till and period.till < period.fran:
        text = f"Perioden slutar {datum_i_ord(period.till)}, innan den börjar {datum_i_ord(period.fran)}."
        yield Brist(regel, var, text)


def _radperiod(dok: Dokument, rad: Rad) -> Iterator[Brist]:
    """R110, R111: the line's period lies within the invoice's."""
    if dok.period is None or rad.period is None:
        return
    yttre, inre = dok.period, rad.period
    if yttre.fran and inre.fran and inre.fran < yttre.fran:
        text = f"Radens period börjar {datum_i_ord(inre.fran)}, före fakturans {datum_i_ord(yttre.fran)}. Rätta den."
        yield Brist("PEPPOL-EN16931-R110", rad.plats, text)
    if yttre.till and inre.till and inre.till > yttre.till:
        text = f"Radens period slutar {datum_i_ord(inre.till)}, efter fakturans {datum_i_ord(yttre.till)}. Rätta den."
        yield Brist("PEPPOL-EN16931-R111", rad.plats, text)


def _radnummer(dok: Dokument) -> Iterator[Brist]:
    sedda: set[str] = set()
    for rad in dok.rader:
        if rad.id and rad.id in sedda:
            yield Brist("IK-RADNUMMER", rad.plats, "Två rader har samma nummer. Ge varje rad sitt eget.")
        sedda.add(rad.id)
