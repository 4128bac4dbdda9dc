"""An avtal above the list: with a reason and an end, what it costs more a year, and what waits to be tried again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from ersattning import attgora_individavtal, individavtal
from ersattning.avtalsandring import UTAN_MOTIV, UTAN_SLUT, Forslag, hinder_for_avtal, registrera_avtal
from ersattning.individavtalsandring import motivera
from ersattning.individavtalslista import rader
from ersattning.individavtalstabell import Individavtalstabell
from ersattning.models import Individavtalsmotiv
from ersattning.views.individavtal import Motivform
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import paketet
from uppfoljning.individavtalsutlatande import Underlag, tabeller_att_visa
from utforare.models import Avtal, Utforare

IDAG = date(2026, 5, 12)
AVTALSRAD = {"insats": "LSS-9", "avtalsform": "individavtal", "person_id": "P-dygn", "modell": "dygn"}


@pytest.fixture
def fem(db: None, tmp_path: Path) -> None:
    """The five models; and a price list of one price, 500 kronor a night at any level."""
    alla = paketet()
    alla["prislistor"] += "PL-I;Bostad, förhandlat\n"
    alla["priser"] += "PL-I;LSS-9;;;;dygn;500;2025-01-01;\n"
    direkt.las_in(skriv(tmp_path / "fem", alla))


@pytest.fixture
def eva(db: None) -> Anvandare:
    return Anvandare.objects.create_user("eva", roller=[Roll.AVTALSSAMORDNARE])


def _forslag(sista: date | None = date(2026, 12, 31), motiv: str = "Två personal på natten.") -> Forslag:
    rad = AVTALSRAD | {"prislista_id": "PL-I"}
    return Forslag(Utforare.objects.get(nyckel="U"), rad, date(2026, 6, 1), sista, None, motiv)


def _upplagt(eva: Anvandare) -> Avtal:
    return registrera_avtal(forslag=_forslag(), av=eva, idag=IDAG, bekraftat=True)


def test_it_needs_a_reason_and_an_end(fem: None, eva: Anvandare) -> None:
    assert hinder_for_avtal(_forslag(None, " "), eva) == [UTAN_MOTIV, UTAN_SLUT]
    with pytest.raises(Hindrad, match="slutdag"):
        registrera_avtal(forslag=_forslag(None), av=eva, idag=IDAG, bekraftat=True)
    avtal = _upplagt(eva)
    assert individavtal.motiv_for([avtal.pk]) == {avtal.pk: "Två personal på natten."}


def test_a_year_costs_the_nights_at_each_price(fem: None, eva: Anvandare) -> None:
    """116 of 120 nights at home until May: 365 nights as lately, at 500 and at the list's 100 kronor."""
    avtal = _upplagt(eva)
    with CaptureQueriesContext(connection) as fragor:
        kostnad = individavtal.merkostnader([avtal], IDAG)[avtal.pk]
    natter = Fraction(365 * 116, 120)
    assert (str(kostnad.fran), str(kostnad.sista)) == ("2026-05", "2027-04")
    assert kostnad.eget.kronor == natter * 500
    assert kostnad.allmant is not None
    assert kostnad.allmant.kronor == natter * 100
    assert kostnad.skillnad == natter * 400
    assert kostnad.allmanna == (Avtal.objects.get(nyckel="A1").pk,)
    assert len(fragor) <= 14


def test_without_a_general_avtal_there_is_nothing_to_compare_with(fem: None, eva: Anvandare) -> None:
    avtal = _upplagt(eva)
    Avtal.objects.filter(nyckel="A1").update(till=date(2026, 5, 1))
    (rad,) = rader([avtal], IDAG)
    assert rad.skillnad is None
    assert "inget allmänt avtal" in rad.varfor
    assert (rad.eget or 0) > 0


def test_what_takes_over_from_another_is_not_counted_once_more(fem: None, eva: Anvandare) -> None:
    forsta = _upplagt(eva)
    nasta = replace(_forslag(date(2027, 12, 31)), fran=date(2027, 1, 1))
    registrera_avtal(forslag=nasta, av=eva, idag=IDAG, bekraftat=True)
    (ensam,) = rader([forsta], IDAG)
    alla = rader(individavtal.gallande(IDAG), IDAG)
    assert [(rad.eget, rad.skillnad, rad.tar_vid) for rad in alla] == [
        (ensam.eget, ensam.skillnad, False),
        (None, None, True),
    ]
    assert forsta.nyckel in alla[1].varfor
    assert Individavtalstabell(alla, IDAG).merkostnad == ensam.skillnad
    underlag = Underlag(IDAG, alla)
    assert (len(underlag.jamforbara), underlag.utan_jamforelse) == (1, [])


def test_a_reason_bears_no_personnummer() -> None:
    form = Motivform({"motiv": "Gäller 19800101-9804, två personal."})
    assert not form.is_valid()
    assert "personnummer" in form.errors["motiv"][0]


def test_a_reason_is_appended_and_never_changed(fem: None, eva: Anvandare) -> None:
    avtal = _upplagt(eva)
    motivera(avtal=avtal, motiv="Tre personal på natten.", av=eva, idag=IDAG)
    assert individavtal.motiv_for([avtal.pk]) == {avtal.pk: "Tre personal på natten."}
    assert Handelse.objects.filter(handling="motivera_individavtal", objekt=f"avtal:{avtal.nyckel}").count() == 1
    with pytest.raises(Hindrad, match="inget individavtal"):
        motivera(avtal=Avtal.objects.get(nyckel="A1"), motiv="Nej.", av=eva, idag=IDAG)
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        Individavtalsmotiv.objects.all().delete()


def test_it_is_to_be_tried_again_before_it_ends(fem: None, eva: Anvandare) -> None:
    avtal = _upplagt(eva)
    assert attgora_individavtal.grupper(eva, IDAG, alla=False) == []
    (grupp,) = attgora_individavtal.grupper(eva, date(2026, 10, 15), alla=False)
    assert [(ett.lage, ett.nasta) for ett in grupp.uppgifter] == [("Slutar snart", "Ny version")]
    Avtal.objects.filter(pk=avtal.pk).update(till=None)
    (grupp,) = attgora_individavtal.grupper(eva, IDAG, alla=False)
    assert grupp.uppgifter[0].lage == "Saknar slutdag"
    assert attgora_individavtal.grupper(eva, avtal.fran - timedelta(days=1), alla=True)


def test_the_namnd_is_told_of_sums_of_five_persons_and_never_why(fem: None, eva: Anvandare) -> None:
    (rad,) = rader([_upplagt(eva)], IDAG)
    assert tabeller_att_visa(Underlag(IDAG, [rad])) == ()
    fem_till = [replace(rad, pk=nr, person_id=nr, insats="LSS-10" if nr < 3 else "LSS-9") for nr in range(1, 7)]
    assert Underlag(IDAG, fem_till[:4]).dold
    (tabell,) = tabeller_att_visa(Underlag(IDAG, fem_till))
    assert [(ett.namn, ett.celler[0]) for ett in tabell.rader] == [("Alla insatser", "6")]
    assert tabell.summa is not None
    assert Decimal(str(rad.skillnad)) * 6 > 0
    assert "personal" not in str(tabell)
