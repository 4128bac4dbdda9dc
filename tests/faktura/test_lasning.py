"""An invoice that holds is read whole; one that does not is refused by the rule that it breaks."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from ersattning.faktura.lasning import las
from ersattning.faktura.svenska import varningar
from ersattning.faktura.typer import Format, Otydlig, Slag
from ersattning.faktura.xmllasning import STORST
from tests.faktura.fabrik import RAD, rad, xml

Andra = Callable[[str], str]


def byt(fran: str, till: str, antal: int = 1) -> Andra:
    """Exchange a text that must be there."""

    def andra(text: str) -> str:
        assert fran in text, fran
        return text.replace(fran, till, antal)

    return andra


def efter(fran: str, till: str) -> Andra:
    """Exchange the last of a text."""

    def andra(text: str) -> str:
        assert fran in text, fran
        fore, _, sist = text.rpartition(fran)
        return fore + till + sist

    return andra


SUMMA = "27648.75"  # 20 × 1 164,00 + 7,5 × 582,50
MOMSRAD = "<cbc:TaxableAmount"
AVDRAG = (
    "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>{}"
    '<cbc:Amount currencyID="SEK">{}</cbc:Amount>{}<cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>'
    "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge><cac:TaxTotal>"
)
ORSAK = "<cbc:AllowanceChargeReason>Rabatt</cbc:AllowanceChargeReason>"
PROCENT = "<cbc:MultiplierFactorNumeric>{}</cbc:MultiplierFactorNumeric>"
BAS = '<cbc:BaseAmount currencyID="SEK">{}</cbc:BaseAmount>'
BETALNING = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>{}</cbc:PaymentMeansCode>"
    "<cac:PayeeFinancialAccount>{}<cac:FinancialInstitutionBranch><cbc:ID>{}</cbc:ID>"
    "</cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans><cac:PaymentTerms>"
)
KONTO = "<cbc:ID>{}</cbc:ID>"
BLADDRING = '<!DOCTYPE Invoice [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<Invoice'
UTIFRAN = '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Invoice'

TRASIGA: dict[str, tuple[Andra, str]] = {
    # sums
    "the lines' sum is wrong": (
        byt(f'<cbc:LineExtensionAmount currencyID="SEK">{SUMMA}', '<cbc:LineExtensionAmount currencyID="SEK">27649.00'),
        "BR-CO-10",
    ),
    "an allowance is not in the totals": (byt("<cac:TaxTotal>", AVDRAG.format(ORSAK, "100.00", "")), "BR-CO-11"),
    "a charge is not in the totals": (
        byt("<cac:TaxTotal>", AVDRAG.format(ORSAK, "100.00", "").replace(">false<", ">true<")),
        "BR-CO-12",
    ),
    "the sum without VAT is wrong": (
        byt(f'TaxExclusiveAmount currencyID="SEK">{SUMMA}', 'TaxExclusiveAmount currencyID="SEK">1.00'),
        "BR-CO-13",
    ),
    "the VAT is not its breakdown": (
        byt('<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">0.00', '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">5.00'),
        "BR-CO-14",
    ),
    "the sum with VAT is wrong": (
        byt(f'TaxInclusiveAmount currencyID="SEK">{SUMMA}', 'TaxInclusiveAmount currencyID="SEK">1.00'),
        "BR-CO-15",
    ),
    "what is to be paid is wrong": (
        byt(f'PayableAmount currencyID="SEK">{SUMMA}', 'PayableAmount currencyID="SEK">99999.00'),
        "BR-CO-16",
    ),
    "a line is not quantity times price": (byt(">23280.00<", ">23380.00<"), "PEPPOL-EN16931-R120"),
    "a line's amount has three decimals": (byt(">23280.00<", ">23280.001<"), "BR-DEC-23"),
    "an allowance has no reason": (byt("<cac:TaxTotal>", AVDRAG.format("", "100.00", "")), "BR-CO-21"),
    "an allowance is not its share": (
        byt("<cac:TaxTotal>", AVDRAG.format(ORSAK + PROCENT.format(10), "100.00", BAS.format("500.00"))),
        "PEPPOL-EN16931-R040",
    ),
    "an allowance has a share of nothing": (
        byt("<cac:TaxTotal>", AVDRAG.format(ORSAK + PROCENT.format(10), "100.00", "")),
        "PEPPOL-EN16931-R041",
    ),
    "an allowance has a base and no share": (
        byt("<cac:TaxTotal>", AVDRAG.format(ORSAK, "100.00", BAS.format("500.00"))),
        "PEPPOL-EN16931-R042",
    ),
    "a price is negative": (byt(">1164.00<", ">-1164.00<"), "BR-27"),
    "a price is for none": (
        byt("</cac:Price>", '<cbc:BaseQuantity unitCode="DAY">0</cbc:BaseQuantity></cac:Price>'),
        "PEPPOL-EN16931-R121",
    ),
    "a price is for another unit": (
        byt("</cac:Price>", '<cbc:BaseQuantity unitCode="HUR">1</cbc:BaseQuantity></cac:Price>'),
        "PEPPOL-EN16931-R130",
    ),
    # VAT
    "a line has no VAT category": (
        byt("<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID>", "<cac:ClassifiedTaxCategory>"),
        "BR-CO-04",
    ),
    "a line's VAT category is unknown": (
        byt("<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID>", "<cac:ClassifiedTaxCategory><cbc:ID>Q</cbc:ID>"),
        "BR-CL-18",
    ),
    "a line is standard rated and the breakdown exempt": (
        byt(
            "<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0",
            "<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25",
        ),
        "BR-S-01",
    ),
    "a standard rate of nothing": (
        byt("<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID>", "<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>"),
        "BR-S-05",
    ),
    "an exempt line with a rate": (
        byt(
            "<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0",
            "<cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>25",
        ),
        "BR-E-05",
    ),
    "the exempt sum is not the lines'": (
        byt(f'TaxableAmount currencyID="SEK">{SUMMA}', 'TaxableAmount currencyID="SEK">1.00'),
        "BR-E-08",
    ),
    "exempt with VAT": (
        byt(
            f'{SUMMA}</cbc:TaxableAmount><cbc:TaxAmount currencyID="SEK">0.00',
            f'{SUMMA}</cbc:TaxableAmount><cbc:TaxAmount currencyID="SEK">9.00',
        ),
        "BR-E-09",
    ),
    "exempt without a reason": (
        byt("<cbc:TaxExemptionReason>Social omsorg är undantagen från moms</cbc:TaxExemptionReason>", ""),
        "BR-E-10",
    ),
    "zero rated with a reason to be exempt": (byt("<cbc:ID>E</cbc:ID>", "<cbc:ID>Z</cbc:ID>", 9), "BR-Z-10"),
    "outside VAT with a VAT number": (
        byt("<cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>", "<cbc:ID>O</cbc:ID>", 9),
        "BR-O-02",
    ),
    "outside VAT with a rate": (byt("<cbc:ID>E</cbc:ID>", "<cbc:ID>O</cbc:ID>", 9), "BR-O-05"),
    "no VAT breakdown": (
        lambda text: text[: text.index("<cac:TaxSubtotal>")] + text[text.index("</cac:TaxSubtotal>") + 18 :],
        "BR-CO-18",
    ),
    "standard VAT that is not its rate": (
        byt("<cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>", "<cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent>", 9),
        "BR-CO-17",
    ),
    "a rate that Sweden does not have": (
        byt("<cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>", "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>", 9),
        "SE-R-006",
    ),
    "the exempt seller is not registered": (
        lambda text: text[: text.index("<cac:PartyTaxScheme>")] + text[text.index("<cac:PartyLegalEntity>") :],
        "BR-E-02",
    ),
    # periods
    "a line begins before the invoice": (
        efter("<cbc:StartDate>2026-05-01", "<cbc:StartDate>2026-04-30"),
        "PEPPOL-EN16931-R110",
    ),
    "a line ends after the invoice": (
        efter("<cbc:EndDate>2026-05-31", "<cbc:EndDate>2026-06-01"),
        "PEPPOL-EN16931-R111",
    ),
    "the period is turned round": (byt("<cbc:EndDate>2026-05-31", "<cbc:EndDate>2026-04-01"), "BR-29"),
    "a line's period is turned round": (efter("<cbc:EndDate>2026-05-31", "<cbc:EndDate>2026-04-01"), "BR-30"),
    "a day that is not in the calendar": (byt("<cbc:IssueDate>2026-06-08", "<cbc:IssueDate>2026-06-31"), "IK-DATUM"),
    # Peppol
    "no reference": (byt("<cbc:BuyerReference>1170</cbc:BuyerReference>", ""), "PEPPOL-EN16931-R003"),
    "no buyer's address": (
        efter('<cbc:EndpointID schemeID="0007">2120000001</cbc:EndpointID>', ""),
        "PEPPOL-EN16931-R010",
    ),
    "no seller's address": (
        byt('<cbc:EndpointID schemeID="0007">5566002373</cbc:EndpointID>', ""),
        "PEPPOL-EN16931-R020",
    ),
    "no process": (
        byt("<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>", ""),
        "PEPPOL-EN16931-R001",
    ),
    "another process": (byt("billing:01:1.0", "ordering:1"), "PEPPOL-EN16931-R007"),
    "another specification": (byt("#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", ""), "PEPPOL-EN16931-R004"),
    "a type that is none": (byt("<cbc:InvoiceTypeCode>380", "<cbc:InvoiceTypeCode>999"), "PEPPOL-EN16931-P0100"),
    "two currencies": (byt('currencyID="SEK">23280.00', 'currencyID="NOK">23280.00'), "PEPPOL-EN16931-R051"),
    "no number": (byt("<cbc:ID>1001</cbc:ID>", ""), "BR-02"),
    "no lines": (lambda text: text[: text.index("<cac:InvoiceLine>")] + "</Invoice>", "BR-16"),
    "a line without a price": (byt('<cbc:PriceAmount currencyID="SEK">1164.00</cbc:PriceAmount>', ""), "BR-26"),
    "two lines of one number": (byt("<cac:InvoiceLine><cbc:ID>2<", "<cac:InvoiceLine><cbc:ID>1<"), "IK-RADNUMMER"),
    "a country that is none": (byt(">SE</cbc:IdentificationCode>", ">SWE</cbc:IdentificationCode>"), "BR-CL-14"),
    "the buyer's country is none": (efter(">SE</cbc:IdentificationCode>", ">QQ</cbc:IdentificationCode>"), "BR-CL-14"),
    "a currency that is none": (byt("SEK", "SVK", 99), "BR-CL-04"),
    "a unit in words": (byt('unitCode="DAY"', 'unitCode="dagar"'), "BR-CL-23"),
    "the breakdown's category is unknown": (
        efter("<cac:TaxCategory><cbc:ID>E</cbc:ID>", "<cac:TaxCategory><cbc:ID>Q</cbc:ID>"),
        "BR-CL-17",
    ),
    "a way to pay that is none": (byt("<cac:PaymentTerms>", BETALNING.format("99", "", "")), "BR-CL-16"),
    "no way to pay": (byt("<cac:PaymentTerms>", BETALNING.format("", KONTO.format("1234567"), "")), "BR-49"),
    "to an account that is not said": (byt("<cac:PaymentTerms>", BETALNING.format("30", "", "")), "BR-61"),
    # what two readers would read in two ways
    "two amounts to pay": (
        byt("<cbc:PayableAmount", '<cbc:PayableAmount currencyID="SEK">1.00</cbc:PayableAmount><cbc:PayableAmount'),
        "IK-XML",
    ),
    "two totals": (byt("<cac:LegalMonetaryTotal>", "<cac:LegalMonetaryTotal/><cac:LegalMonetaryTotal>"), "IK-XML"),
    "an amount with an element in it": (
        byt(f"{SUMMA}</cbc:PayableAmount>", f"{SUMMA}<b/>00</cbc:PayableAmount>"),
        "IK-XML",
    ),
    "an amount without currency": (
        byt('<cbc:PayableAmount currencyID="SEK">', "<cbc:PayableAmount>"),
        "PEPPOL-EN16931-R051",
    ),
    "a price that is out of all reason": (
        byt("</cac:Price>", '<cbc:BaseQuantity unitCode="DAY">0.000000000001</cbc:BaseQuantity></cac:Price>'),
        "IK-TAL",
    ),
    # Swedish
    "a VAT number of 12 characters": (byt("SE556600237301", "SE5566002373"), "SE-R-001"),
    "a VAT number with letters": (byt("SE556600237301", "SE5566002373AB"), "SE-R-002"),
    "orgnr with a hyphen": (efter(">5566002373</cbc:CompanyID>", ">556600-2373</cbc:CompanyID>"), "SE-R-003"),
    "orgnr of 12 digits": (efter(">5566002373</cbc:CompanyID>", ">165566002373</cbc:CompanyID>"), "SE-R-004"),
    "orgnr with a wrong last digit": (efter(">5566002373</cbc:CompanyID>", ">5566002374</cbc:CompanyID>"), "SE-R-013"),
    "F-skatt in other words": (byt("Godkänd för F-skatt", "Innehar F-skattsedel"), "SE-R-005"),
    "not in kronor": (byt("SEK", "EUR", 99), "IK-VALUTA"),
    "a number that is a personnummer": (
        byt("<cbc:ID>1001</cbc:ID>", "<cbc:ID>19900202-9818</cbc:ID>"),
        "IK-PERSONNUMMER",
    ),
    "an amount in words": (byt(">23280.00<", ">tjugotusen<"), "IK-TAL"),
    "an amount with a comma": (byt(">23280.00<", ">23280,00<"), "IK-TAL"),
    "an amount without end": (byt(">23280.00<", ">NaN<"), "IK-TAL"),
    # files
    "billion laughs": (byt("<Invoice", BLADDRING), "IK-DTD"),
    "an external entity": (byt("<Invoice", UTIFRAN), "IK-DTD"),
    "a document type alone": (byt("<Invoice", "<!DOCTYPE Invoice>\n<Invoice"), "IK-DTD"),
    "not whole": (lambda text: text[:-30], "IK-XML"),
    "another document": (
        lambda text: (
            text.replace("Invoice-2", "Order-2").replace("<Invoice", "<Order").replace("</Invoice>", "</Order>")
        ),
        "IK-SLAG",
    ),
    "a web page": (lambda _: "<html><body>Faktura</body></html>", "IK-SLAG"),
    "a letter": (lambda _: "Hej! Här kommer fakturan.\n", "IK-SLAG"),
    "nothing": (lambda _: " \n", "IK-TOM"),
    "an encoding that it does not have": (byt('encoding="UTF-8"', 'encoding="ISO-8859-1"'), "IK-KODNING"),
}


def _nekad(innehall: bytes) -> list[str]:
    with pytest.raises(Otydlig) as nekad:
        las(innehall)
    assert all(ett.text.endswith(".") for ett in nekad.value.brister)
    return [ett.regel for ett in nekad.value.brister]


@pytest.mark.parametrize("vad", TRASIGA)
def test_a_broken_invoice_is_refused_by_its_rule(vad: str) -> None:
    andra, regel = TRASIGA[vad]
    assert regel in _nekad(andra(xml()).encode())


@pytest.mark.parametrize(
    ("innehall", "regel"),
    [
        (xml().encode("latin-1"), "IK-KODNING"),
        (xml().encode("utf-16"), "IK-KODNING"),
        (xml().replace("Eken", "E\x00ken").encode(), "IK-KODNING"),
        (b"<" + b" " * (50 * 1024 * 1024), "IK-STORLEK"),
        (b"fakturanummer;" + b"x" * STORST, "IK-STORLEK"),
    ],
    ids=["latin-1", "utf-16", "NUL", "50 MB", "a large CSV"],
)
def test_bytes_that_are_no_text_are_refused(innehall: bytes, regel: str) -> None:
    assert _nekad(innehall) == [regel]


@pytest.mark.parametrize(
    ("kod", "bank", "konto", "regler"),
    [
        ("30", "SE:BANKGIRO", "1234567", []),
        ("30", "SE:BANKGIRO", "12345678", []),
        ("30", "SE:PLUSGIRO", "12", []),
        ("30", "SE:PLUSGIRO", "1234-5", ["SE-R-007"]),
        ("30", "SE:BANKGIRO", "123-4567", ["SE-R-008"]),
        ("30", "SE:BANKGIRO", "123456", ["SE-R-009"]),
        ("30", "SE:PLUSGIRO", "123456789", ["SE-R-010"]),
        ("56", "", "1234567", ["SE-R-011"]),
        ("50", "", "1234567", ["SE-R-011"]),
        ("31", "", "1234567", ["SE-R-012"]),
    ],
)
def test_what_the_swedish_rules_warn_of_is_told_and_read(kod: str, bank: str, konto: str, regler: list[str]) -> None:
    text = xml().replace("<cac:PaymentTerms>", BETALNING.format(kod, KONTO.format(konto), bank))
    (dok,) = las(text.encode())
    assert [ett.regel for ett in varningar(dok)] == regler
    (utlandsk,) = las(text.replace(">SE</cbc:Identification", ">NO</cbc:Identification").encode())
    assert not list(varningar(utlandsk))


def test_an_encoding_said_far_away_is_not_believed() -> None:
    (dok,) = las(xml().replace('encoding="UTF-8"', " " * 300 + 'encoding="UTF-7"').encode())
    assert dok.saljare.namn == "Eken AB"


def test_numbers_of_any_size_are_answered() -> None:
    stort = xml().replace(">20<", ">999999999999.999999999999<", 1).replace(">1164.00<", ">999999999999<", 1)
    assert "PEPPOL-EN16931-R120" in _nekad(stort.encode())
    rad_ = "7;2026-06-08;5566002373;V-1;Närvaro;1;999999999999;999999999999;;\n"
    assert _nekad((CSV.splitlines()[0] + "\n" + rad_ * 20).encode())[0] == "IK-TAL"
    assert _nekad(b"fakturanummer" + b";" * 9_000_000) == ["IK-CSV"]


def test_a_refusal_says_which_line_and_what_to_do() -> None:
    with pytest.raises(Otydlig) as nekad:
        las(xml().replace(">23280.00<", ">23380.00<").encode())
    (brist,) = [ett for ett in nekad.value.brister if ett.regel.endswith("R120")]
    assert brist.var == "rad 1"
    assert "23\N{NO-BREAK SPACE}280,00" in brist.text
    assert "Rätta raden." in brist.text


def test_an_invoice_is_read_as_it_came() -> None:
    (dok,) = las(b"\xef\xbb\xbf" + xml().encode())
    assert (dok.format, dok.slag, dok.nummer, dok.saljare.orgnr) == (Format.UBL, Slag.FAKTURA, "1001", "5566002373")
    assert (dok.datum, dok.summor.att_betala) == (date(2026, 6, 8), Decimal(SUMMA))
    ett, tva = dok.rader
    assert (ett.referenser, ett.antal, ett.pris, ett.belopp) == (("V-1",), 20, Decimal(1164), Decimal(23280))
    assert tva.belopp == Decimal("4368.75")
    assert ett.period is not None
    assert (ett.period.fran, ett.period.till) == (date(2026, 5, 1), date(2026, 5, 31))


def test_a_credit_note_is_read_and_says_what_it_credits() -> None:
    (dok,) = las(xml(nummer="1002", avser="1001").encode())
    assert (dok.slag, dok.avser, dok.tecken) == (Slag.KREDITNOTA, ("1001",), -1)
    utan = xml(nummer="1002", avser="1001")
    borja, slut = utan.index("<cac:BillingReference>"), utan.index("</cac:BillingReference>") + 23
    assert _nekad((utan[:borja] + utan[slut:]).encode()) == ["IK-KREDIT"]


def test_an_invoice_that_gives_back_is_read() -> None:
    """A negative invoice is allowed: the quantity is negative, never the price."""
    (dok,) = las(xml(rader=[rad(antal=Decimal(-3))]).encode())
    assert dok.summor.att_betala == Decimal("-3492.00")


def test_every_line_is_rounded_before_they_are_summed() -> None:
    (dok,) = las(xml(rader=[rad(antal=Decimal("0.333"), pris=Decimal("10.05")) for _ in range(3)]).encode())
    assert dok.summor.rader == Decimal("10.05")  # 3 × 3,35, where 3 × 3,34665 would be 10,04


CSV = """\
fakturanummer;fakturadatum;organisationsnummer;referens;benamning;antal;a_pris;belopp;period_fran;period_till
7;2026-06-08;5566002373;V-1;Daglig verksamhet;20;1 164,00;23 280,00;2026-05-01;2026-05-31
7;2026-06-08;5566002373;V-2;Daglig verksamhet;7,5;582,5;4.368,75;2026-05-01;2026-05-31
8;2026-06-08;5566002373;V-3;Boendestöd;1,25;441;551,25;2026-05-01;2026-05-31
"""


def test_csv_is_read_with_semicolons_and_commas() -> None:
    sju, atta = las(CSV.encode("utf-8-sig"))
    assert [rad.belopp for rad in sju.rader] == [Decimal(23280), Decimal("4368.75")]
    assert (sju.summor.att_betala, atta.summor.att_betala) == (Decimal(SUMMA), Decimal("551.25"))
    med_komma = CSV.replace(",", ".").replace("4.368.75", "4368.75").replace(";", ",")
    assert [dok.summor for dok in las(med_komma.encode())] == [sju.summor, atta.summor]


@pytest.mark.parametrize(
    ("fran", "till", "regel"),
    [
        ("551,25", "551,75", "PEPPOL-EN16931-R120"),
        ("5566002373;V-2", "556600-2373;V-2", "SE-R-003"),
        ("7;2026-06-08;5566002373;V-2", "7;2026-06-09;5566002373;V-2", "IK-CSV"),
        (";belopp", ";beloppet", "IK-CSV"),
        (";V-3;", ";V-3;extra;", "IK-CSV"),
        ("8;2026-06-08", "8;8 juni", "IK-DATUM"),
        ("2026-05-31\n8", "2026-04-30\n8", "BR-30"),
        ("1,25", "en och en kvart", "IK-TAL"),
        ("8;2026", ";2026", "BR-02"),
    ],
)
def test_a_broken_csv_is_refused_by_its_rule(fran: str, till: str, regel: str) -> None:
    assert fran in CSV
    assert regel in _nekad(CSV.replace(fran, till).encode())


def test_a_csv_may_be_a_credit_note() -> None:
    rubriker, *rader = CSV.splitlines()
    text = "\n".join([f"{rubriker};typ;avser_faktura", *(f"{rad};Kreditnota;5" for rad in rader)])
    assert [(dok.slag, dok.avser) for dok in las(text.encode())] == [(Slag.KREDITNOTA, ("5",))] * 2
    assert _nekad(text.replace("Kreditnota", "kvitto").encode()) == ["IK-CSV", "IK-CSV"]


def test_the_table_of_broken_invoices_is_long_enough() -> None:
    assert len({regel for _, regel in TRASIGA.values()}) >= 30
    assert RAD.belopp == Decimal("23280.00")
