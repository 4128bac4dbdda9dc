"""What the core makes of today's underlag: asked only when something has changed since a row was made.

The core calculates the person's month again, as a körning would, and the answers are compared. Nothing is stored.
"""

from dataclasses import dataclass
from datetime import date

from ersattning.forklaring.ekvation import exakt_antal
from ersattning.kalkyl import typer
from ersattning.kalkyl.person import betalda_strackor, rakna_person
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.models import Avvikelse, Ersattningsrad
from ersattning.underlag import dagens_manadsbok, las_personer
from grund.tid import EN_DAG, Manad


@dataclass(frozen=True, slots=True)
class Nulage:
    """The person's month as it would be calculated now."""

    resultat: typer.Resultat | None

    def motsvarar(self, rad: Ersattningsrad) -> typer.Rad | None:
        """The row of today with the same verkställighet, article, price and share; the nearest in days."""
        if self.resultat is None:
            return None
        lika = [ett for ett in self.resultat.rader if _slag(ett) == _radens_slag(rad)]
        return min(lika, key=lambda ett: abs((ett.fran - rad.fran).days), default=None)

    def ar_densamma(self, rad: Ersattningsrad) -> bool:
        """Whether today's underlag gives the very same row (its days, antal and amount)."""
        nu = self.motsvarar(rad)
        return nu is not None and (nu.antal, nu.belopp, nu.fran, nu.sista) == (
            exakt_antal(rad),
            rad.belopp,
            rad.fran,
            rad.till - EN_DAG,
        )

    def har_avvikelsen(self, avvikelse: Avvikelse) -> bool:
        """Whether today's underlag gives an avvikelse of the same kind for the same visit, or for any of the days."""
        if self.resultat is None:
            return False
        return any(
            ett.kod == avvikelse.kod
            and ett.verkstallighet.nyckel == avvikelse.verkstallighet_nyckel
            and ett.besok == avvikelse.besok_nyckel
            and ett.fran < avvikelse.till
            and ett.sista >= avvikelse.fran
            for ett in self.resultat.avvikelser
        )


@dataclass(frozen=True, slots=True)
class Manadsfakta:
    """A person's month and the month's contracts and prices, as the core takes them in."""

    person: typer.Person | None
    bok: Manadsbok

    def verkstallighet(self, nyckel: str) -> typer.Verkstallighet | None:
        """One of the person's verkställigheter."""
        alla = self.person.verkstalligheter if self.person else ()
        return next((ett for ett in alla if ett.nyckel == nyckel), None)

    def strackor(self, verk: typer.Verkstallighet) -> list[Stracka]:
        """The paid days of the verkställighet with their avtal and level (R1–R3)."""
        return betalda_strackor(self.person, Samling(self.bok.kalender, verk), self.bok) if self.person else []


def las_manadsfakta(person_id: int, avser: date) -> Manadsfakta:
    """What is stored now about the person's month."""
    manad = Manad.av(avser)
    personer = las_personer(manad, [person_id])
    return Manadsfakta(personer[0] if personer else None, dagens_manadsbok(manad))


def las_nulage(fakta: Manadsfakta) -> Nulage:
    """Calculate the person's month from what is stored now."""
    return Nulage(rakna_person(fakta.person, fakta.bok) if fakta.person else None)


def _slag(rad: typer.Rad) -> tuple[object, ...]:
    return (
        rad.verkstallighet.nyckel,
        rad.artikel,
        rad.niva,
        rad.omfattning,
        rad.tidsband,
        rad.a_pris,
        rad.faktor,
        rad.enhet,
    )


def _radens_slag(rad: Ersattningsrad) -> tuple[object, ...]:
    return (
        rad.verkstallighet_nyckel,
        rad.artikel,
        rad.niva,
        rad.omfattning,
        rad.tidsband,
        rad.a_pris,
        rad.faktor,
        rad.enhet_for_antal,
    )
