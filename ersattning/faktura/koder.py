"""Code lists that an invoice's codes are from, as EN 16931 has them (BR-CL-…): countries, currencies, ways to pay.

Units are some two thousand: they are tried by form alone. VAT categories are in `moms`.
"""

import re
from collections.abc import Iterator

from ersattning.faktura.falt import borjan
from ersattning.faktura.typer import Brist, Dokument

_LANDER = """
1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM
FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN
MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT
PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL
TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW
"""
_VALUTOR = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT
LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRO MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD
OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STD SVC SYP
SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UZS VES VED VND VUV WST XAF XAG XAU XBA XBB
XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG
"""
LANDER, VALUTOR = frozenset(_LANDER.split()), frozenset(_VALUTOR.split())
BETALSATT = frozenset({*map(str, range(1, 71)), *map(str, range(74, 79)), *map(str, range(91, 99)), "ZZZ"})
_ENHET = re.compile(r"[0-9A-Z]{2,3}")
_MED_KONTO = frozenset({"30", "58"})  # credit transfers


def granska(dok: Dokument) -> Iterator[Brist]:
    """Codes that no list has."""
    if dok.valuta and dok.valuta not in VALUTOR:
        yield Brist("BR-CL-04", "fakturan", f"Valutan ”{borjan(dok.valuta, 10)}” finns inte. Ange SEK.")
    if dok.momsvaluta and dok.momsvaluta not in VALUTOR:
        yield Brist("BR-CL-05", "fakturan", f"Momsens valuta ”{borjan(dok.momsvaluta, 10)}” finns inte.")
    for vem, part in (("säljaren", dok.saljare), ("köparen", dok.kopare)):
        if part.land and part.land not in LANDER:
            yield Brist("BR-CL-14", vem, f"Landet ”{borjan(part.land, 10)}” finns inte. Ange till exempel SE.")
    for rad in dok.rader:
        for enhet in {rad.enhet, rad.prisenhet} - {""}:
            if not _ENHET.fullmatch(enhet):
                text = f"Enheten ”{borjan(enhet, 10)}” är ingen kod. Ange till exempel DAY, HUR eller MON."
                yield Brist("BR-CL-23", rad.plats, text)
    yield from _betalning(dok)


def _betalning(dok: Dokument) -> Iterator[Brist]:
    for satt in dok.betalsatt:
        if not satt.kod:
            yield Brist(
                "BR-49", "betalningen", "Det står inte hur fakturan ska betalas. Ange 30 för betalning till konto."
            )
        elif satt.kod not in BETALSATT:
            text = f"Betalsättet ”{borjan(satt.kod, 10)}” finns inte. Ange 30 för betalning till konto."
            yield Brist("BR-CL-16", "betalningen", text)
        elif satt.kod in _MED_KONTO and not satt.konto:
            yield Brist("BR-61", "betalningen", "Kontot som fakturan ska betalas till saknas.")
