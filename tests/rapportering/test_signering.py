"""A month is signed as it was seen, and never unsigned."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from grund.hinder import Hindrad
from grund.models import Handelse
from grund.tid import Manad
from tests.rapportering.conftest import IDAG, NU, Omsorg
from tests.rapportering.test_besok import _planera
from utforare.actions.narvaro import Lage
from utforare.actions.signering import signera
from utforare.models import Signering
from utforare.rapportering import enhetens_lage, innehall

MAJ = Manad(2026, 5)


def _signera(
    omsorg: Omsorg, enhet: str = "DV", *, avtryck: str = "", tomma: bool = True, manad: Manad = MAJ
) -> Signering:
    ett = omsorg.enhet(enhet)
    return signera(
        enhet=ett,
        manad=manad,
        avtryck=avtryck or innehall(ett, manad).avtryck,
        tomma_ar_ratt=tomma,
        av=omsorg.ulla,
        idag=IDAG,
        nu=NU,
    )


def test_the_signature_keeps_what_the_month_was(omsorg: Omsorg) -> None:
    omsorg.spara(omsorg.cell("V1", "2026-05-04", "N"), omsorg.cell("V1", "2026-05-05", "F|||sjuk"))
    signering = _signera(omsorg)
    assert (signering.narvarodagar, signering.franvarodagar, signering.saknade_dagar) == (1, 1, 56)
    assert Handelse.objects.filter(handling="signera_manad", av=omsorg.ulla, objekt="enhet:DV").count() == 1
    with pytest.raises(Hindrad, match="redan signerad"):
        _signera(omsorg)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Signering.objects.update(narvarodagar=2)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Signering.objects.all().delete()


def test_days_without_a_row_must_be_said_to_be_right(omsorg: Omsorg) -> None:
    with pytest.raises(Hindrad, match="ska vara tomma"):
        _signera(omsorg, tomma=False)


def test_a_month_that_is_not_over_is_not_signed(omsorg: Omsorg) -> None:
    with pytest.raises(Hindrad, match="inte slut"):
        _signera(omsorg, manad=Manad(2026, 6))


def test_absence_without_a_cause_and_visits_without_a_report_are_in_the_way(omsorg: Omsorg) -> None:
    omsorg.spara(omsorg.cell("V1", "2026-05-05", "F"))
    with pytest.raises(Hindrad, match="saknar orsak"):
        _signera(omsorg)
    _planera(omsorg, "2026-05-12")
    with pytest.raises(Hindrad, match="varken rapporterade"):
        _signera(omsorg, "BO")


def test_what_has_changed_since_the_page_was_made_is_not_signed(omsorg: Omsorg) -> None:
    sett = innehall(omsorg.enhet(), MAJ).avtryck
    omsorg.spara(omsorg.cell("V1", "2026-05-04", "N"))
    with pytest.raises(Hindrad, match="Något har ändrats"):
        _signera(omsorg, avtryck=sett)


def test_after_the_signature_a_change_needs_a_reason_and_shows(omsorg: Omsorg) -> None:
    signering = _signera(omsorg)
    cell = omsorg.cell("V1", "2026-05-04", "N")
    assert omsorg.spara(cell)[0].lage == Lage.FEL
    assert omsorg.spara(cell, skal="Glömd dag.")[0].lage == Lage.SPARAD
    lage = enhetens_lage(omsorg.enhet(), MAJ, IDAG)
    assert (lage.sena_andringar, lage.kraver_skal, lage.last) == (1, True, False)
    assert innehall(omsorg.enhet(), MAJ).avtryck != signering.avtryck
