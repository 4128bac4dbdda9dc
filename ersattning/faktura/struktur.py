"""That what decides stands once and is whole: two readers of the same file must not see two different amounts."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ersattning.faktura.falt import borjan
from ersattning.faktura.typer import Brist

_UBL = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_AGG = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
# What UBL as Peppol uses it has at most once in the same place.
_EN_GANG = {
    *(f"{_UBL}{ett}" for ett in ("ID", "IssueDate", "DueDate", "InvoiceTypeCode", "CreditNoteTypeCode", "EndpointID")),
    *(f"{_UBL}{ett}" for ett in ("DocumentCurrencyCode", "TaxCurrencyCode", "BuyerReference", "CompanyID", "Name")),
    *(f"{_UBL}{ett}" for ett in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PrepaidAmount")),
    *(
        f"{_UBL}{ett}"
        for ett in ("AllowanceTotalAmount", "ChargeTotalAmount", "PayableRoundingAmount", "PayableAmount")
    ),
    *(f"{_UBL}{ett}" for ett in ("TaxAmount", "TaxableAmount", "Percent", "Amount", "BaseAmount", "ChargeIndicator")),
    *(f"{_UBL}{ett}" for ett in ("InvoicedQuantity", "CreditedQuantity", "PriceAmount", "BaseQuantity", "StartDate")),
    *(f"{_UBL}{ett}" for ett in ("EndDate", "RegistrationName", "CustomizationID", "ProfileID", "PaymentMeansCode")),
    *(f"{_AGG}{ett}" for ett in ("LegalMonetaryTotal", "AccountingSupplierParty", "AccountingCustomerParty", "Party")),
    *(f"{_AGG}{ett}" for ett in ("PartyLegalEntity", "InvoicePeriod", "Item", "Price", "ClassifiedTaxCategory")),
}


def granska(rot: etree._Element) -> Iterator[Brist]:
    """Elements that stand twice, amounts without currency, and texts with elements in them."""
    for nod in rot.iter(etree.Element):
        if not len(nod):
            continue
        namn = etree.QName(nod).localname
        if str(nod.tag).startswith(_UBL):
            yield Brist("IK-XML", "", f"{borjan(namn, 40)} har element inuti. Där ska bara stå text.")
            continue
        flera = Counter(barn.tag for barn in nod if barn.tag in _EN_GANG)
        for tag, antal in flera.items():
            if antal > 1:
                text = f"{etree.QName(tag).localname} står {antal} gånger i {borjan(namn, 40)}. Ange uppgiften en gång."
                yield Brist("IK-XML", "", text)
        for barn in nod:
            if str(barn.tag).startswith(_UBL) and str(barn.tag).endswith("Amount") and not barn.get("currencyID"):
                yield Brist(
                    "PEPPOL-EN16931-R051", "", f"{etree.QName(barn).localname} säger inte vilken valuta det är."
                )
