"""UBL 2.1 Invoice and CreditNote, as Peppol BIS Billing 3 uses them, to a Dokument. Reads; judges nothing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from lxml import etree

from ersattning.faktura import struktur
from ersattning.faktura.falt import Faltlasare, borjan, stadad
from ersattning.faktura.typer import (
    Avdrag,
    Betalsatt,
    Brist,
    Dokument,
    Format,
    Momsrad,
    Otydlig,
    Part,
    Period,
    Rad,
    Skatt,
    Slag,
    Summor,
)

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NS = {"a": f"{_UBL}CommonAggregateComponents-2", "b": f"{_UBL}CommonBasicComponents-2"}
_ROTTER = {f"{{{_UBL}Invoice-2}}Invoice": Slag.FAKTURA, f"{{{_UBL}CreditNote-2}}CreditNote": Slag.KREDITNOTA}
_ORD = {Slag.FAKTURA: "Invoice", Slag.KREDITNOTA: "CreditNote"}
_ANTAL = {Slag.FAKTURA: "InvoicedQuantity", Slag.KREDITNOTA: "CreditedQuantity"}
FLEST_RADER = 20_000
_VISAS = 10  # of what is wrong with the document's build


def tolka(rot: etree._Element) -> Dokument:
    """The document. Raises Otydlig when it is something else than an invoice or a credit note."""
    if rot.tag not in _ROTTER:
        namn = borjan(etree.QName(rot).localname, 40)
        text = f"Filen är ingen faktura eller kreditnota enligt UBL 2.1: den börjar med ”{namn}”."
        raise Otydlig(Brist("IK-SLAG", "", text))
    if brister := list(islice(struktur.granska(rot), _VISAS)):
        raise Otydlig(*brister)
    return _Tolk(rot, _ROTTER[rot.tag]).dokument()


class _Tolk:
    """Walks one document."""

    def __init__(self, rot: etree._Element, slag: Slag) -> None:
        self.rot, self.slag, self.falt = rot, slag, Faltlasare()
        self.radnoder = _alla(rot, f"a:{_ORD[slag]}Line")
        if len(self.radnoder) > FLEST_RADER:
            text = f"Fakturan har fler än {FLEST_RADER} rader. Dela upp den."
            raise Otydlig(Brist("IK-STORLEK", "", text))

    def dokument(self) -> Dokument:
        rot = self.rot
        rader = tuple(self._rad(nod) for nod in self.radnoder)
        moms = tuple(self._momsrad(nod) for nod in _alla(rot, "a:TaxTotal/a:TaxSubtotal"))
        avdrag = tuple(self._avdrag(nod, "fakturan") for nod in _alla(rot, "a:AllowanceCharge"))
        summor = self._summor()
        return Dokument(
            format=Format.UBL,
            slag=self.slag,
            nummer=_text(rot, "b:ID"),
            datum=self._dag(rot, "b:IssueDate", "Fakturadatum"),
            forfaller=self._dag(rot, "b:DueDate", "Förfallodagen"),
            villkor=_text(rot, "a:PaymentTerms/b:Note"),
            typkod=_text(rot, f"b:{_ORD[self.slag]}TypeCode"),
            valuta=_text(rot, "b:DocumentCurrencyCode"),
            momsvaluta=_text(rot, "b:TaxCurrencyCode"),
            andra_valutor=self._andra_valutor(),
            saljare=_part(rot, "a:AccountingSupplierParty/a:Party"),
            kopare=_part(rot, "a:AccountingCustomerParty/a:Party"),
            period=self._period(rot, "fakturan"),
            kopares_referens=_text(rot, "b:BuyerReference"),
            orderreferens=_text(rot, "a:OrderReference/b:ID"),
            avser=tuple(_texter(rot, "a:BillingReference/a:InvoiceDocumentReference/b:ID")),
            noter=tuple(_texter(rot, "b:Note")),
            specifikation=_text(rot, "b:CustomizationID"),
            profil=_text(rot, "b:ProfileID"),
            antal_momstotaler=len(_alla(rot, "a:TaxTotal[a:TaxSubtotal]")),
            betalsatt=tuple(_betalsatt(nod) for nod in _alla(rot, "a:PaymentMeans")),
            summor=summor,
            rader=rader,
            moms=moms,
            avdrag=avdrag,
            brister=tuple(self.falt.brister),
        )

    def _tal(self, nod: etree._Element, vag: str, vad: str, var: str = "fakturan") -> Decimal | None:
        return self.falt.tal(_text(nod, vag), var, vad)

    def _dag(self, nod: etree._Element, vag: str, vad: str, var: str = "fakturan") -> date | None:
        return self.falt.dag(_text(nod, vag), var, vad)

    def _summor(self) -> Summor:
        def total(namn: str, vad: str) -> Decimal | None:
            return self._tal(self.rot, f"a:LegalMonetaryTotal/b:{namn}", vad)

        valuta = _text(self.rot, "b:DocumentCurrencyCode")
        momsen = [nod for nod in _alla(self.rot, "a:TaxTotal/b:TaxAmount") if nod.get("currencyID") == valuta]
        return Summor(
            rader=total("LineExtensionAmount", "Radernas summa"),
            avdrag=total("AllowanceTotalAmount", "Summan av avdrag"),
            tillagg=total("ChargeTotalAmount", "Summan av tillägg"),
            exkl=total("TaxExclusiveAmount", "Summan utan moms"),
            moms=self.falt.tal(stadad(momsen[0].text), "fakturan", "Momsen") if momsen else None,
            inkl=total("TaxInclusiveAmount", "Summan med moms"),
            forskott=total("PrepaidAmount", "Det som redan är betalt"),
            avrundning=total("PayableRoundingAmount", "Öresavrundningen"),
            att_betala=total("PayableAmount", "Beloppet att betala"),
        )

    def _rad(self, nod: etree._Element) -> Rad:
        id_ = _text(nod, "b:ID")
        var = f"rad {id_}"
        antal = nod.find(f"b:{_ANTAL[self.slag]}", _NS)
        bas = nod.find("a:Price/b:BaseQuantity", _NS)
        texter = [*_texter(nod, "a:Item/b:Description"), *_texter(nod, "b:Note")]
        return Rad(
            id=id_,
            benamning=_text(nod, "a:Item/b:Name"),
            text=stadad(" ".join(texter)),
            referenser=tuple(_referenser(nod)),
            sokord=tuple(_texter(nod, "a:OrderLineReference/b:LineID") + _texter(nod, "b:AccountingCost")),
            antal=self.falt.tal(stadad(antal.text), var, "Antalet") if antal is not None else None,
            enhet=antal.get("unitCode", "") if antal is not None else "",
            pris=self._tal(nod, "a:Price/b:PriceAmount", "Priset", var),
            prisbas=self.falt.tal(stadad(bas.text), var, "Antalet som priset gäller") if bas is not None else None,
            prisenhet=bas.get("unitCode", "") if bas is not None else "",
            belopp=self._tal(nod, "b:LineExtensionAmount", "Beloppet", var),
            skatt=self._skatt(nod.find("a:Item/a:ClassifiedTaxCategory", _NS), var),
            period=self._period(nod, var),
            avdrag=tuple(self._avdrag(ett, var) for ett in _alla(nod, "a:AllowanceCharge")),
            objekttyp=_text(nod, "a:DocumentReference/b:DocumentTypeCode"),
        )

    def _period(self, nod: etree._Element, var: str) -> Period | None:
        hittad = nod.find("a:InvoicePeriod", _NS)
        if hittad is None:
            return None
        fran = self._dag(hittad, "b:StartDate", "Periodens första dag", var)
        return Period(fran, self._dag(hittad, "b:EndDate", "Periodens sista dag", var))

    def _skatt(self, nod: etree._Element | None, var: str) -> Skatt | None:
        if nod is None:
            return None
        skal = _text(nod, "b:TaxExemptionReason") or _text(nod, "b:TaxExemptionReasonCode")
        return Skatt(_text(nod, "b:ID"), self._tal(nod, "b:Percent", "Momssatsen", var), skal)

    def _momsrad(self, nod: etree._Element) -> Momsrad:
        var = "momsen"
        skatt = self._skatt(nod.find("a:TaxCategory", _NS), var) or Skatt("", None)
        underlag = self._tal(nod, "b:TaxableAmount", "Underlaget för moms", var)
        return Momsrad(underlag, self._tal(nod, "b:TaxAmount", "Momsbeloppet", var), skatt)

    def _avdrag(self, nod: etree._Element, var: str) -> Avdrag:
        tillagg = _text(nod, "b:ChargeIndicator") == "true"
        vad = "Tillägget" if tillagg else "Avdraget"
        return Avdrag(
            tillagg=tillagg,
            belopp=self._tal(nod, "b:Amount", vad, var),
            bas=self._tal(nod, "b:BaseAmount", f"{vad}s grund", var),
            procent=self._tal(nod, "b:MultiplierFactorNumeric", f"{vad}s procent", var),
            orsak=_text(nod, "b:AllowanceChargeReason") or _text(nod, "b:AllowanceChargeReasonCode"),
            skatt=self._skatt(nod.find("a:TaxCategory", _NS), var),
        )

    def _andra_valutor(self) -> tuple[str, ...]:
        """Currencies of amounts other than the document's; the VAT may also be told in the accounting currency."""
        tillatna = {_text(self.rot, "b:DocumentCurrencyCode")}
        momsens = tillatna | {_text(self.rot, "b:TaxCurrencyCode")}
        andra = set()
        for nod in self.rot.iter():
            valuta = nod.get("currencyID")
            ar_moms = nod.tag == f"{{{_NS['b']}}}TaxAmount" and nod.getparent().tag == f"{{{_NS['a']}}}TaxTotal"
            if valuta is not None and valuta not in (momsens if ar_moms else tillatna):
                andra.add(borjan(stadad(valuta), 10))
        return tuple(sorted(andra))


def _part(rot: etree._Element, vag: str) -> Part:
    nod = rot.find(vag, _NS)
    if nod is None:
        return Part()
    skatter = {_text(ett, "a:TaxScheme/b:ID"): _text(ett, "b:CompanyID") for ett in _alla(nod, "a:PartyTaxScheme")}
    ovriga = [nummer for system, nummer in skatter.items() if system != "VAT" and nummer]
    return Part(
        namn=_text(nod, "a:PartyLegalEntity/b:RegistrationName"),
        orgnr=_text(nod, "a:PartyLegalEntity/b:CompanyID"),
        land=_text(nod, "a:PostalAddress/a:Country/b:IdentificationCode"),
        adress=nod.find("a:PostalAddress", _NS) is not None,
        endpoint=_text(nod, "b:EndpointID"),
        momsnr=skatter.get("VAT", ""),
        skattereg=ovriga[0] if ovriga else "",
        id=_text(nod, "a:PartyIdentification/b:ID"),
    )


def _betalsatt(nod: etree._Element) -> Betalsatt:
    konto = "a:PayeeFinancialAccount"
    bank = _text(nod, f"{konto}/a:FinancialInstitutionBranch/b:ID")
    return Betalsatt(_text(nod, "b:PaymentMeansCode"), _text(nod, f"{konto}/b:ID"), bank)


def _referenser(nod: etree._Element) -> Iterator[str]:
    """What the line is about: its object (BT-128), a property called verkställighet, the buyer's article (BT-156)."""
    yield from _texter(nod, "a:DocumentReference/b:ID")
    for egenskap in _alla(nod, "a:Item/a:AdditionalItemProperty"):
        if _text(egenskap, "b:Name").casefold() in {"verkställighet", "verkstallighet"}:
            yield _text(egenskap, "b:Value")
    yield from _texter(nod, "a:Item/a:BuyersItemIdentification/b:ID")


def _alla(nod: etree._Element, vag: str) -> list[etree._Element]:
    return list(nod.iterfind(vag, _NS))


def _text(nod: etree._Element, vag: str) -> str:
    return stadad(nod.findtext(vag, "", _NS))


def _texter(nod: etree._Element, vag: str) -> list[str]:
    return [text for ett in nod.iterfind(vag, _NS) if (text := stadad(ett.text))]
