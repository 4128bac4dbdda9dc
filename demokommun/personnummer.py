"""Identity numbers that no living person has.

The tax agency reserves födelsenummer 980–999 for test persons, so every number here uses them: twenty per birth date,
even = woman, odd = man.
"""

from dataclasses import dataclass
from datetime import date, timedelta

PER_DAG = 20
FORSTA_NUMMER = 980
VUXENALDER = range(20, 66)
BARNALDER = range(8, 19)
# Neighbours in the index should not be twins: a large prime walks the dates in leaps, and meets each number once.
SPRANG = 7_368_787


@dataclass(frozen=True, slots=True)
class Identitet:
    nummer: str
    fodd: date
    kvinna: bool


def identitet(index: int, slutar: int, *, barn: bool, sort: str = "personnummer") -> Identitet:
    """The index:th person of an age group. sort: `personnummer`, `samordningsnummer` or `reservnummer`."""
    alder = BARNALDER if barn else VUXENALDER
    mojliga = len(alder) * 365 * PER_DAG
    if index >= mojliga:
        raise ValueError(f"Det finns bara {mojliga} testnummer i åldersgruppen")
    dagar, lopnummer = divmod(index * SPRANG % mojliga, PER_DAG)
    fodd = date(slutar - alder[-1], 1, 1) + timedelta(days=dagar)
    return Identitet(_skriv(fodd, lopnummer, sort), fodd, lopnummer % 2 == 0)


def _skriv(fodd: date, lopnummer: int, sort: str) -> str:
    if sort == "reservnummer":  # no check digit; the third of the last four tells the sex
        svans = f"{lopnummer % 2}{lopnummer // 2}"
        return f"{fodd:%Y%m%d}-{'TF' if lopnummer >= PER_DAG // 2 else 'T9'}{svans}"
    dag = fodd.day + (60 if sort == "samordningsnummer" else 0)
    siffror = f"{fodd:%Y%m}{dag:02d}{FORSTA_NUMMER + lopnummer}"
    return siffror + luhn(siffror[2:])


def luhn(siffror: str) -> str:
    """Check digit (modulus 10) that the digits should be followed by."""
    summa = sum(sum(divmod(int(s) * (2 if plats % 2 == 0 else 1), 10)) for plats, s in enumerate(reversed(siffror)))
    return str(-summa % 10)


def organisationsnummer(lopnummer: int) -> str:
    """A number in the made-up series 559900, Luhn-valid, ten digits without hyphen."""
    siffror = f"559900{lopnummer:03d}"
    return siffror + luhn(siffror)
