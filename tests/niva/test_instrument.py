"""Instruments are versions: a draft is changed, one that has been taken into use never."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from beslut.actions.instrument import andra_utkast, ny_version, skapa_instrument, ta_bort_utkast, ta_i_bruk
from beslut.instrument import pa_dag
from beslut.models import Instrument
from beslut.nivapoang import Grans
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare
from tests.niva.hus import OMRADEN, anvandare, instrument_i_bruk, utkast

JAN, JUNI = date(2026, 1, 1), date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def eva() -> Anvandare:
    return anvandare("eva", Roll.AVTALSSAMORDNARE)


def test_a_new_version_begins_like_the_one_before_and_takes_over_on_its_day(eva: Anvandare) -> None:
    forsta = instrument_i_bruk("LSS-10", fran=JAN)
    andra = ny_version(instrument=forsta, av=eva)
    assert (andra.version, andra.ar_utkast, andra.skala()) == (2, True, forsta.skala())
    andra_utkast(
        instrument=andra,
        utkast=replace(utkast("LSS-10"), omraden=OMRADEN[:3], granser=[Grans(Decimal(0), "1")]),
        av=eva,
    )
    ta_i_bruk(instrument=andra, fran=JUNI, av=eva, idag=JAN)
    assert (pa_dag("LSS-10", date(2026, 5, 31)), pa_dag("LSS-10", JUNI)) == (forsta, andra)
    assert pa_dag("LSS-9", JUNI) is None


def test_a_version_in_use_never_changes(eva: Anvandare) -> None:
    i_bruk = instrument_i_bruk("LSS-10", fran=JAN)
    with pytest.raises(Hindrad, match="ändras aldrig"):
        andra_utkast(instrument=i_bruk, utkast=utkast("LSS-9"), av=eva)
    with pytest.raises(Hindrad, match="tas aldrig bort"):
        ta_bort_utkast(instrument=i_bruk, av=eva)
    for gor in (
        lambda: i_bruk.omraden.update(vikt=9),
        i_bruk.omraden.all()[0].delete,
        lambda: i_bruk.granser.create(minst=99, niva="9"),
        lambda: Instrument.objects.filter(pk=i_bruk.pk).update(hogst_utan_tal=9),
        lambda: Instrument.objects.filter(pk=i_bruk.pk).update(fran=None),
    ):
        with pytest.raises(IntegrityError, match="ändras aldrig"), transaction.atomic():
            gor()
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Instrument.objects.filter(pk=i_bruk.pk)._raw_delete("default")


def test_there_is_one_draft_at_a_time(eva: Anvandare) -> None:
    forsta = instrument_i_bruk("LSS-10", fran=JAN)
    andra = ny_version(instrument=forsta, av=eva)
    with pytest.raises(Hindrad, match="redan ett utkast"):
        ny_version(instrument=forsta, av=eva)
    ta_bort_utkast(instrument=andra, av=eva)
    assert ny_version(instrument=forsta, av=eva).version == 2


@pytest.mark.parametrize(
    ("andrat", "skal"),
    [
        ({"omraden": []}, "inga områden"),
        ({"granser": [Grans(Decimal(5), "1")]}, "lägsta gränsen ska vara 0"),
        ({"granser": [Grans(Decimal(0), "1"), Grans(Decimal(41), "2")]}, "Nivå 2 kan inte nås"),
    ],
)
def test_a_draft_that_could_give_no_level_is_not_taken_into_use(andrat: dict[str, object], skal: str) -> None:
    nytt = skapa_instrument(utkast=replace(utkast("LSS-10"), **andrat), av=None)  # type: ignore[arg-type]
    with pytest.raises(Hindrad, match=skal):
        ta_i_bruk(instrument=nytt, fran=JAN, av=None, idag=JAN)


def test_an_insats_has_one_instrument_at_a_time_and_nothing_begins_in_the_past() -> None:
    instrument_i_bruk("LSS-10", fran=JAN)
    annat = skapa_instrument(utkast=utkast("LSS-10", "LSS-9", namn="En annan"), av=None)
    with pytest.raises(Hindrad, match="används redan för daglig verksamhet"):
        ta_i_bruk(instrument=annat, fran=JUNI, av=None, idag=JAN)
    with pytest.raises(Hindrad, match="från i dag eller senare"):
        ta_i_bruk(instrument=annat, fran=JAN, av=None, idag=JUNI)


def test_only_the_avtalssamordnare_makes_instruments() -> None:
    with pytest.raises(Hindrad, match="avtalssamordnare krävs"):
        skapa_instrument(utkast=utkast("LSS-10"), av=anvandare("maria", Roll.HANDLAGGARE))


def test_two_areas_of_one_kod_are_refused_in_words(eva: Anvandare) -> None:
    with pytest.raises(Hindrad, match="Koden finns redan i instrumentet"):
        skapa_instrument(utkast=replace(utkast("LSS-10"), omraden=[OMRADEN[0], OMRADEN[0]]), av=eva)
    assert not Instrument.objects.exists()
