"""Ekstad's utförare, their contracts and the price lists, as a table to read.

Together the contracts use all five models, the four avtalsformer and every term that ERSATTNING knows.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

# Date of a contract change: so many years before the last year, month, day.
Brytdag = tuple[int, int, int]
BORJAN: Brytdag = (12, 1, 1)
NYTT_UNDERLAG: Brytdag = (1, 4, 1)  # new terms for DV after the 1 April price revision
NY_LEDSAGNING: Brytdag = (1, 2, 1)

PRISLISTOR = {
    "BOS-K": "Gruppbostad, egen regi",
    "BOS-E": "Gruppbostad, entreprenad",
    "BOS-P": "Gruppbostad, privat regi",
    "BOS-S": "Bostad med särskild service, LOV",
    "BOS-R": "Bostad med särskild service, ramavtal",
    "BOS-I": "Bostad med särskild service, förhandlat individavtal",
    "SRV-K": "Servicebostad, egen regi",
    "SRV-P": "Servicebostad, privat regi",
    "BARN-P": "Bostad för barn och ungdomar, privat regi",
    "KORT-K": "Korttidsvistelse, egen regi",
    "KORT-P": "Korttidsvistelse, privat regi",
    "DV-K": "Daglig verksamhet, intern",
    "DV-X": "Daglig verksamhet, extern LOV",
    "DV-T": "Daglig verksamhet, extern LOV efter nytt förfrågningsunderlag",
    "DV-M": "Daglig verksamhet, månadspris per plats",
    "DV-I": "Daglig verksamhet, förhandlat individavtal",
    "SYS-K": "Sysselsättning, egen regi",
    "SYS-P": "Sysselsättning, privat regi",
    "BST-K": "Boendestöd, egen regi",
    "BST-B": "Boendestöd, beställd tid",
    "BST-P": "Boendestöd, LOV",
    "LED-K": "Ledsagning och avlösning, egen regi",
    "LED-P": "Ledsagning och avlösning, enskild regi",
    "LED-T": "Ledsagning och avlösning, ett pris",
    "ASS": "Personlig assistans, schablon",
    "KON": "Kontaktperson, arvode",
    "SAR-P": "Särskilt boende, LOV",
}
BANDLISTOR = ("LED-K", "LED-P")

LEDSAGNING = ("LSS-3", "LSS-5", "SOL-LEDS", "SOL-AVLOS")


@dataclass(frozen=True, slots=True)
class Avtalsmall:
    insatser: tuple[str, ...]
    form: Literal["egenregi", "lov", "ramavtal"]
    prislista: str
    modell: Literal["dygn", "narvaro", "manad", "utford_tid", "bestalld_tid"]
    villkor: dict[str, str] = field(default_factory=dict)
    fran: Brytdag = BORJAN
    till: Brytdag | None = None  # exclusive here: the day that the next contract takes over


@dataclass(frozen=True, slots=True)
class Utforarmall:
    """`enheter` at scale 1. Which brukare come here is said in `bestand`."""

    namn: str
    enheter: int
    avtal: tuple[Avtalsmall, ...]
    privat: bool = True
    enhetstyp: str = ""


EGEN: Final = "egenregi"
_BOMTID = {
    "bomtid_varsel_timmar": "24",
    "bomtid_andel": "0.5",
    "bomtid_tak_andel": "0.30",
    "tak_andel_av_bestallt": "1",
}
_TRAPPA_30 = {"franvaro": "1-14:100,15-30:50", "avslut_dagar": "30"}

UTFORARE: dict[str, Utforarmall] = {
    # Bostad med särskild service: 22 municipal enheter, and five private utförare
    "GBK": Utforarmall(
        "Ekstads kommun, gruppbostäder",
        15,
        (Avtalsmall(("LSS-9",), EGEN, "BOS-K", "dygn", {"franvaro": "1-60:100,61-:50", "avslut_dagar": "30"}),),
        privat=False,
        enhetstyp=" gruppbostad",
    ),
    "SBK": Utforarmall(
        "Ekstads kommun, servicebostäder",
        7,
        (
            Avtalsmall(
                ("LSS-9",),
                EGEN,
                "SRV-K",
                "dygn",
                {"franvaro": "1-60:100,61-:50", "avslut_dagar": "30", "avslut_orsaker": "avliden,beslut_upphor,flytt"},
            ),
        ),
        privat=False,
        enhetstyp=" servicebostad",
    ),
    "BJO": Utforarmall(
        "Björkdungen Omsorg AB",
        8,
        (Avtalsmall(("LSS-9",), "lov", "BOS-P", "dygn", {"franvaro": "1-14:100,15-30:50,31-:25"}),),
        enhetstyp=" gruppbostad",
    ),
    "KVA": Utforarmall(
        "Kvarnbackens Stöd och Boende AB",
        8,
        (Avtalsmall(("LSS-9",), "ramavtal", "BOS-E", "dygn", _TRAPPA_30),),
        enhetstyp=" gruppbostad",
    ),
    "LIN": Utforarmall(
        "Lindängens Gruppbostäder AB",
        8,
        (Avtalsmall(("LSS-9",), "lov", "BOS-S", "dygn", {"franvaro": "1-14:50"}),),
        enhetstyp=" gruppbostad",
    ),
    "HAV": Utforarmall(
        "Havsörnen Vård AB",
        6,
        (Avtalsmall(("LSS-9",), "ramavtal", "BOS-R", "dygn", {"franvaro": "1-5:100"}),),
        enhetstyp=" gruppbostad",
    ),
    "EKH": Utforarmall(
        "Ekhagens Servicebostäder AB", 4, (Avtalsmall(("LSS-9",), "lov", "SRV-P", "dygn"),), enhetstyp=" servicebostad"
    ),
    "LON": Utforarmall(
        "Lönngården Barn och Ungdom AB",
        2,
        (Avtalsmall(("LSS-8",), "ramavtal", "BARN-P", "dygn", {"franvaro": "1-:100"}),),
        enhetstyp=" barn- och ungdomsboende",
    ),
    "ALM": Utforarmall(
        "Almgårdens Vårdhem AB",
        1,
        (Avtalsmall(("SOL-SARBO",), "lov", "SAR-P", "dygn", {"franvaro": "1-14:50"}),),
        enhetstyp=" vårdboende",
    ),
    # Daglig verksamhet: 18 + 14 inriktningar
    "DVK": Utforarmall(
        "Ekstads kommun, daglig verksamhet",
        18,
        (Avtalsmall(("LSS-10",), EGEN, "DV-K", "narvaro", {"franvaro": "1-5:100,6-20:50"}),),
        privat=False,
        enhetstyp="DV",
    ),
    "SOL": Utforarmall(
        "Solgläntans Dagliga Verksamhet AB", 3, (Avtalsmall(("LSS-10",), "lov", "DV-X", "narvaro"),), enhetstyp="DV"
    ),
    "HAN": Utforarmall(
        "Hantverkarna i Ekstad AB",
        3,
        (
            Avtalsmall(
                ("LSS-10",),
                "lov",
                "DV-X",
                "narvaro",
                {"omfattning_granser": "0:deltid,180:halvtid,360:heltid"},
                till=NYTT_UNDERLAG,
            ),
            Avtalsmall(
                ("LSS-10",), "lov", "DV-T", "narvaro", {"omfattning_granser": "0:deltid,360:heltid"}, fran=NYTT_UNDERLAG
            ),
        ),
        enhetstyp="DV",
    ),
    "TRA": Utforarmall(
        "Trädgårdsmästarna Ekonomisk förening",
        3,
        (Avtalsmall(("LSS-10",), "lov", "DV-X", "narvaro", {"franvaro": "1-10:100,11-:40", "niva_fran": "godkand"}),),
        enhetstyp="DV",
    ),
    "MED": Utforarmall(
        "Mediagruppen Punkt AB",
        2,
        (Avtalsmall(("LSS-10",), "ramavtal", "DV-X", "narvaro", {"franvaro": "1-3:100"}),),
        enhetstyp="DV",
    ),
    "KVH": Utforarmall(
        "Kvarnhjulet AB", 3, (Avtalsmall(("LSS-10",), "lov", "DV-M", "manad", {"avslut_dagar": "10"}),), enhetstyp="DV"
    ),
    # Sysselsättning enligt SoL
    "KSY": Utforarmall(
        "Ekstads kommun, sysselsättning",
        2,
        (Avtalsmall(("SOL-SYSS",), EGEN, "SYS-K", "narvaro"),),
        privat=False,
        enhetstyp=" mötesplats",
    ),
    "DUV": Utforarmall(
        "Duvan Socialt Kooperativ",
        1,
        (Avtalsmall(("SOL-SYSS",), "lov", "SYS-P", "narvaro", {"franvaro": "1-2:100"}),),
        enhetstyp=" verkstad",
    ),
    # Boendestöd: two municipal and two private
    "BSC": Utforarmall(
        "Ekstads boendestöd Centrum",
        3,
        (Avtalsmall(("SOL-BOSTOD",), EGEN, "BST-B", "bestalld_tid"),),
        privat=False,
        enhetstyp=" boendestödsgrupp",
    ),
    "BSN": Utforarmall(
        "Ekstads boendestöd Norr",
        2,
        (Avtalsmall(("SOL-BOSTOD",), EGEN, "BST-K", "utford_tid"),),
        privat=False,
        enhetstyp=" boendestödsgrupp",
    ),
    "VAN": Utforarmall(
        "Vändpunkten Boendestöd AB",
        1,
        (Avtalsmall(("SOL-BOSTOD",), "lov", "BST-P", "utford_tid", {**_BOMTID, "avrundning_minuter": "15"}),),
        enhetstyp=" boendestöd",
    ),
    "NVI": Utforarmall(
        "Nordanvinden Omsorg AB",
        1,
        (Avtalsmall(("SOL-BOSTOD",), "lov", "BST-P", "utford_tid", {**_BOMTID, "avrundning_minuter": "5"}),),
        enhetstyp=" boendestöd",
    ),
    # Ledsagning, avlösning and the rest
    "LED": Utforarmall(
        "Ekstads ledsagning och avlösning",
        1,
        (Avtalsmall(LEDSAGNING, EGEN, "LED-K", "utford_tid"),),
        privat=False,
        enhetstyp=" ledsagning",
    ),
    "FOL": Utforarmall(
        "Följet Ledsagning AB",
        1,
        (
            Avtalsmall(LEDSAGNING, "lov", "LED-P", "utford_tid", {"avrundning_minuter": "15"}, till=NY_LEDSAGNING),
            Avtalsmall(LEDSAGNING, "lov", "LED-T", "utford_tid", {"avrundning_minuter": "15"}, fran=NY_LEDSAGNING),
        ),
        enhetstyp=" ledsagning",
    ),
    "KAJ": Utforarmall(
        "Kajutans Avlösning AB",
        1,
        (Avtalsmall(LEDSAGNING, "ramavtal", "LED-P", "utford_tid", {"tak_andel_av_bestallt": "1.1"}),),
        enhetstyp=" avlösning",
    ),
    "KTH": Utforarmall(
        "Ekstads korttidshem",
        2,
        (Avtalsmall(("LSS-6",), EGEN, "KORT-K", "dygn", {"franvaro": "1-:100"}),),
        privat=False,
        enhetstyp=" korttidshem",
    ),
    "SKO": Utforarmall(
        "Skogsgläntans Korttids AB",
        1,
        (Avtalsmall(("LSS-6",), "lov", "KORT-P", "dygn", {"franvaro": "1-1:100,2-3:50"}),),
        enhetstyp=" korttidshem",
    ),
    "KPA": Utforarmall(
        "Ekstads personlig assistans",
        1,
        (Avtalsmall(("LSS-2",), EGEN, "ASS", "bestalld_tid"),),
        privat=False,
        enhetstyp=" assistansgrupp",
    ),
    "KON": Utforarmall(
        "Ekstads kontaktpersoner",
        1,
        (Avtalsmall(("LSS-4",), EGEN, "KON", "manad"),),
        privat=False,
        enhetstyp=" kontaktpersoner",
    ),
}

# Levels that a person may have where the price list prices them. DV-M has cells for level 1 alone.
STHLM = ("grundpeng", "1", "2", "3", "4", "5", "6", "7")
NIVASKALOR: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("GBK", "SBK", "BJO", "KVA", "EKH", "LON"), STHLM),
    "LIN": ("1", "2", "3", "4", "5"),
    "HAV": ("3", "4"),
    **dict.fromkeys(("DVK", "SOL", "HAN", "TRA", "MED"), ("1", "2", "3", "4", "5")),
    "KVH": ("1",),
}
