"""Writes an invoice or a credit note as Peppol BIS Billing 3 (UBL 2.1), as a utförare's own system would."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

_ORE = Decimal("0.01")
_SKAL = "Social omsorg är undantagen från moms"
_ORGNR = ' schemeID="0007"'
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


@dataclass(frozen=True)
class Radspec:
    """A line of an invoice. `referens` is the verkställighet that it is about; empty = it does not say."""

    referens: str
    benamning: str
    antal: Decimal
    enhet: str
    pris: Decimal
    fran: date
    sista: date
    text: str = ""

    @property
    def belopp(self) -> Decimal:
        """Quantity times price, in öre."""
        return (self.antal * self.pris).quantize(_ORE, ROUND_HALF_UP)


@dataclass(frozen=True)
class Fakturaspec:
    """A whole invoice; with `avser`, a credit note of that one."""

    nummer: str
    datum: date
    forfaller: date
    namn: str
    orgnr: str
    kund: str
    fran: date
    sista: date
    rader: Sequence[Radspec]
    avser: str = ""

    @property
    def summa(self) -> Decimal:
        """Its lines' sum."""
        return sum((rad.belopp for rad in self.rader), Decimal(0))


def skriv(spec: Fakturaspec) -> str:
    """The document."""
    slag = "CreditNote" if spec.avser else "Invoice"
    kod = "381" if spec.avser else "380"
    avser = f"<cac:InvoiceDocumentReference>{_b('ID', spec.avser)}</cac:InvoiceDocumentReference>"
    delar = (
        _b("CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
        _b("ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
        _b("ID", spec.nummer),
        _b("IssueDate", str(spec.datum)),
        "" if spec.avser else _b("DueDate", str(spec.forfaller)),
        _b(f"{slag}TypeCode", kod),
        _b("DocumentCurrencyCode", "SEK"),
        _b("BuyerReference", "1170"),
        _period(spec.fran, spec.sista),
        f"<cac:BillingReference>{avser}</cac:BillingReference>" if spec.avser else "",
        _part("Supplier", spec.namn, spec.orgnr, saljare=True),
        _part("Customer", spec.kund, "2120000001", saljare=False),
        f"<cac:PaymentTerms>{_b('Note', '30 dagar')}</cac:PaymentTerms>",
        _moms(spec.summa),
        _summor(spec.summa),
        *(_rad(slag, nummer, rad) for nummer, rad in enumerate(spec.rader, 1)),
    )
    huvud = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{slag} xmlns="{_UBL}{slag}-2"'
        f' xmlns:cac="{_UBL}CommonAggregateComponents-2" xmlns:cbc="{_UBL}CommonBasicComponents-2">\n'
    )
    return huvud + "\n".join(filter(None, delar)) + f"\n</{slag}>\n"


def _b(namn: str, text: str, attribut: str = "") -> str:
    return f"<cbc:{namn}{attribut}>{escape(text)}</cbc:{namn}>"


def _kr(namn: str, belopp: Decimal) -> str:
    return _b(namn, str(belopp), ' currencyID="SEK"')


def _period(fran: date, sista: date) -> str:
    return f"<cac:InvoicePeriod>{_b('StartDate', str(fran))}{_b('EndDate', str(sista))}</cac:InvoicePeriod>"


def _skatt(namn: str, skal: str = "") -> str:
    delar = _b("ID", "E") + _b("Percent", "0") + (_b("TaxExemptionReason", skal) if skal else "")
    return f"<cac:{namn}>{delar}<cac:TaxScheme>{_b('ID', 'VAT')}</cac:TaxScheme></cac:{namn}>"


def _skattesystem(nummer: str, system: str) -> str:
    """A registration for tax, in VAT or in another system."""
    om = f"<cac:TaxScheme>{_b('ID', system)}</cac:TaxScheme>"
    return f"<cac:PartyTaxScheme>{_b('CompanyID', nummer)}{om}</cac:PartyTaxScheme>"


def _part(vem: str, namn: str, orgnr: str, *, saljare: bool) -> str:
    skatter = _skattesystem(f"SE{orgnr}01", "VAT") + _skattesystem("Godkänd för F-skatt", "TAX")
    land = f"<cac:Country>{_b('IdentificationCode', 'SE')}</cac:Country>"
    return (
        f"<cac:Accounting{vem}Party><cac:Party>{_b('EndpointID', orgnr, _ORGNR)}"
        f"<cac:PostalAddress>{_b('CityName', 'Ekstad')}{land}</cac:PostalAddress>"
        f"{skatter if saljare else ''}"
        f"<cac:PartyLegalEntity>{_b('RegistrationName', namn)}{_b('CompanyID', orgnr, _ORGNR)}</cac:PartyLegalEntity>"
        f"</cac:Party></cac:Accounting{vem}Party>"
    )


def _moms(summa: Decimal) -> str:
    rad = f"{_kr('TaxableAmount', summa)}{_kr('TaxAmount', Decimal('0.00'))}{_skatt('TaxCategory', _SKAL)}"
    return f"<cac:TaxTotal>{_kr('TaxAmount', Decimal('0.00'))}<cac:TaxSubtotal>{rad}</cac:TaxSubtotal></cac:TaxTotal>"


def _summor(summa: Decimal) -> str:
    namn = ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
    return f"<cac:LegalMonetaryTotal>{''.join(_kr(ett, summa) for ett in namn)}</cac:LegalMonetaryTotal>"


def _rad(slag: str, nummer: int, rad: Radspec) -> str:
    antal = "CreditedQuantity" if slag == "CreditNote" else "InvoicedQuantity"
    om = f"<cac:DocumentReference>{_b('ID', rad.referens)}{_b('DocumentTypeCode', '130')}</cac:DocumentReference>"
    enhet = f' unitCode="{rad.enhet}"'
    beskrivning = _b("Description", rad.text) if rad.text else ""
    return (
        f"<cac:{slag}Line>{_b('ID', str(nummer))}{_b(antal, str(rad.antal), enhet)}"
        f"{_kr('LineExtensionAmount', rad.belopp)}{_period(rad.fran, rad.sista)}{om if rad.referens else ''}"
        f"<cac:Item>{beskrivning}{_b('Name', rad.benamning)}{_skatt('ClassifiedTaxCategory')}</cac:Item>"
        f"<cac:Price>{_kr('PriceAmount', rad.pris)}</cac:Price></cac:{slag}Line>"
    )
