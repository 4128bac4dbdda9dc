"""Personnummer, samordningsnummer and reservnummer, as the import format has them (docs/datapaket.md, personer.csv)."""

import re
from datetime import date

from stdnum import luhn

# What stands for the number of a person whose akt is removed: a reservnummer that nobody has.
GALLRAT_NUMMER = "19000101-T000"
_TOLV = re.compile(r"[0-9]{12}")
_RESERV = re.compile(r"[0-9]{8}-T(?:[0-9]{3}|F[0-9]{2})")


def _finns(ar: str, manad: str, dag: int) -> bool:
    try:
        date(int(ar), int(manad), dag)
    except ValueError:
        return False
    return True


def fel_i_personnummer(text: str) -> str:
    """What is wrong with `text`, in Swedish; empty when nothing is."""
    tolv = _TOLV.fullmatch(text)
    if not tolv and not _RESERV.fullmatch(text):
        return "Skriv personnumret med 12 siffror utan bindestreck, eller ett reservnummer som 19850202-T123."
    dag = int(text[6:8])
    if not _finns(text[:4], text[4:6], dag - 60 if tolv and dag > 60 else dag):
        return "Numrets födelsedatum finns inte i kalendern."
    if tolv and not luhn.is_valid(text[2:]):
        return "Kontrollsiffran stämmer inte. Jämför med källan: någon siffra är fel."
    return ""


def ar_kvinna(text: str) -> bool:
    """The sex that the number tells: of the last three digits before the check digit the third, in a reservnummer
    (`ÅÅÅÅMMDD-T123`, `-TF10`) the third of the four signs. Even = woman."""
    return int(text[11] if "-" in text else text[10]) % 2 == 0


def kvinna_om_kant(text: str) -> bool | None:
    """The same; None of somebody whose number has been removed with the akt, and tells neither sex nor age."""
    return None if text == GALLRAT_NUMMER else ar_kvinna(text)


def maskera(text: str) -> str:
    """`text` with the birth date kept and the rest hidden: `19850202-****`."""
    fodd = re.match(r"[0-9]{8}(?=[0-9]{4}$|-)|[0-9]{6}", text)
    return f"{fodd[0] if fodd else ''}-****"
