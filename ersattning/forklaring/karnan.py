"""A row's facts, as the calculation saw them, in the core's own terms: for what the core decides and no row keeps.

Only what decides which days are paid and under which avtal (R1, R2), and what is ordered (R23), is carried over.
"""

from decimal import Decimal
from fractions import Fraction

from beslut.models import Beslut
from beslut.regler import Utfall
from ersattning.forklaring.da import satt_tillbaka
from ersattning.forklaring.lasning import Radunderlag
from ersattning.kalkyl import typer
from ersattning.kalkyl.bocker import Avtalsbok, Prisbok
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.tidsband import Bandbok
from utforare.models import Avtal, Verkstallighet


def bok_av(u: Radunderlag) -> Manadsbok:
    """The avtal of the row's utförare and insats, and neither prices nor tidsband."""
    kalender = u.kring.kalender
    avtal = Avtalsbok((_avtal(ett) for ett in u.kring.avtal.values()), kalender)
    return Manadsbok(kalender, avtal, Prisbok((), kalender), Bandbok(()))


def person_av(u: Radunderlag, verk: Verkstallighet) -> typer.Person:
    """The person with the one verkställighet, `verk`, and without levels: they do not decide which days are paid."""
    nu = u.rad.personen
    da = satt_tillbaka(type(nu), {nu.pk: nu}, u.kring.andringar.fore("personer"), {nu.pk})[nu.pk]
    return typer.Person(da.pk, da.avliden, (_verkstallighet(u, verk),))


def _verkstallighet(u: Radunderlag, verk: Verkstallighet) -> typer.Verkstallighet:
    return typer.Verkstallighet(
        id=verk.pk,
        nyckel=u.rad.verkstallighet_nyckel,
        beslut=_beslut(u.kring.beslut),
        utforare_id=u.rad.utforare_id,
        enhet_id=u.rad.vems.enhet,
        omfattning=verk.omfattning,
        fran=verk.fran,
        till=verk.till,
        bestallt_antal=_brak(verk.bestallt_antal),
        bestallt_enhet=verk.bestallt_enhet,
    )


def _beslut(beslut: Beslut) -> typer.Beslut:
    return typer.Beslut(
        id=beslut.pk,
        insats=beslut.insats,
        bifall=beslut.utfall != Utfall.AVSLAG,
        fran=beslut.fran,
        till=beslut.till,
        omfattning=_brak(beslut.omfattning),
        omfattning_enhet=beslut.omfattning_enhet,
    )


def _avtal(avtal: Avtal) -> typer.Avtal:
    return typer.Avtal(
        id=avtal.pk,
        utforare_id=avtal.utforare_id,
        insats=avtal.insats,
        person_id=avtal.person_id,
        prislista_id=avtal.prislista_id,
        modell=avtal.modell,
        fran=avtal.fran,
        till=avtal.till,
        bomtid_tak_andel=_brak(avtal.bomtid_tak_andel),
        tak_andel_av_bestallt=_brak(avtal.tak_andel_av_bestallt),
    )


def _brak(varde: Decimal | None) -> Fraction | None:
    return None if varde is None else Fraction(varde)
