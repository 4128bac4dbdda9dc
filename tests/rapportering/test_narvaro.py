"""Närvaro as it is saved: each cell by itself, nobody's change lost, late ones with a reason."""

from datetime import date

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client

from grund.models import Andring, Handelse
from grund.tid import Manad
from tests.rapportering.conftest import IDAG, Omsorg
from utforare import narvaroblad, rapportering
from utforare.actions.narvaro import Lage
from utforare.dagvarde import Dagvarde
from utforare.models import Narvaro, SenAndring
from utforare.omfattningar import omfattningar

MAJ, JUNI = Manad(2026, 5), Manad(2026, 6)


def test_each_cell_is_answered_and_one_that_is_refused_keeps_no_other_back(omsorg: Omsorg) -> None:
    svar = omsorg.spara(
        omsorg.cell("V1", "2026-05-04", "N"),
        omsorg.cell("V1", "2026-06-04", "N"),
        omsorg.cell("V4", "2026-05-18", "N"),
        omsorg.cell("V1", "2026-05-05", "F|||sjuk"),
    )
    assert [ett.lage for ett in svar] == [Lage.SPARAD, Lage.FEL, Lage.FEL, Lage.SPARAD]
    assert "avslutades" in svar[2].text
    rader = Narvaro.objects.filter(verkstallighet__nyckel="V1", datum__gte=MAJ.fran)
    assert sorted(rader.values_list("datum", "kod", "orsak")) == [
        (date(2026, 5, 4), "N", ""),
        (date(2026, 5, 5), "F", "sjuk"),
    ]
    handelse = Handelse.objects.get(handling="registrera_narvaro")
    assert handelse.av == omsorg.ulla
    assert Andring.objects.filter(handelse=handelse).exists()


def test_to_send_the_same_again_changes_nothing_and_answers_the_same(omsorg: Omsorg) -> None:
    cell = omsorg.cell("V1", "2026-05-04", "N")
    assert [ett.lage for ett in omsorg.spara(cell) + omsorg.spara(cell)] == [Lage.SPARAD, Lage.SPARAD]
    assert Handelse.objects.filter(handling="registrera_narvaro").count() == 1


def test_what_somebody_else_has_written_meanwhile_is_not_overwritten_but_shown(omsorg: Omsorg) -> None:
    omsorg.spara(omsorg.cell("V1", "2026-05-04", "F|||sjuk"))
    (svar,) = omsorg.spara(omsorg.cell("V1", "2026-05-04", "N", sag=""))
    assert (svar.lage, svar.varde) == (Lage.KONFLIKT, Dagvarde("F", orsak="sjuk"))
    assert "frånvaro (sjuk)" in svar.text
    (svar,) = omsorg.spara(omsorg.cell("V1", "2026-05-04", "N", sag="F|||sjuk"))
    assert svar.lage == Lage.SPARAD


def test_a_day_is_emptied(omsorg: Omsorg) -> None:
    omsorg.spara(omsorg.cell("V1", "2026-05-04", "N"))
    (svar,) = omsorg.spara(omsorg.cell("V1", "2026-05-04", "", sag="N"))
    assert (svar.lage, svar.varde) == (Lage.SPARAD, None)
    assert not Narvaro.objects.filter(verkstallighet__nyckel="V1").exists()


def test_persons_of_others_and_protected_ones_cannot_be_written(omsorg: Omsorg) -> None:
    svar = omsorg.spara(
        omsorg.cell("V7", "2026-05-04", "N"), omsorg.cell("V3", "2026-05-04", "N"), omsorg.cell("V5", "2026-05-04", "F")
    )
    assert {ett.lage for ett in svar} == {Lage.FEL}
    assert not Narvaro.objects.filter(datum=date(2026, 5, 4)).exists()


def test_a_degree_that_the_format_refuses_is_said_at_its_cell(omsorg: Omsorg) -> None:
    svar = omsorg.spara(omsorg.cell("V1", "2026-05-04", f"N|{'x' * 41}"), omsorg.cell("V2", "2026-05-05", "N"))
    assert [ett.lage for ett in svar] == [Lage.FEL, Lage.SPARAD]
    assert "40" in svar[0].text


def test_a_locked_month_is_changed_only_with_a_reason_and_shows_it(omsorg: Omsorg) -> None:
    cell = omsorg.cell("V2", "2026-04-30", "F|||sjuk", sag="N")
    (utan,) = omsorg.spara(cell)
    assert utan.lage == Lage.FEL
    assert "Skriv varför" in utan.text
    (med,) = omsorg.spara(cell, skal="Ringde in i efterhand.")
    assert med.lage == Lage.SPARAD
    (sen,) = rapportering.sena_andringar(Manad(2026, 4), enhet=omsorg.enhet())
    assert (sen.fore, sen.efter, sen.dagar, sen.skal) == ("halvdag", "frånvaro (sjuk)", -1, "Ringde in i efterhand.")
    with pytest.raises(ProgrammingError):
        SenAndring.objects.update(skal="något annat")


def test_the_state_of_the_month_counts_what_is_expected_and_missing(omsorg: Omsorg) -> None:
    omsorg.spara(*(omsorg.cell("V1", f"2026-05-{dag:02}", "N") for dag in (4, 5, 6, 7, 8)))
    lage = {ett.enhet.nyckel: ett for ett in rapportering.lage(MAJ, idag=IDAG)}
    assert set(lage) == {"DV", "HEM", "BO", "AN"}
    # Anna 19, Bo 12 (Tuesday to Thursday, not the 14th), Hemlig 19, Disa 9 (until the 15th)
    assert (lage["DV"].vantade, lage["DV"].registrerade, lage["DV"].saknade) == (19 + 11 + 19 + 9, 5, 53)
    assert (lage["HEM"].vantade, lage["HEM"].har_narvaro) == (0, True)
    assert (lage["BO"].har_besok, lage["BO"].har_narvaro) == (True, False)


def test_the_state_of_all_enheter_takes_as_many_queries_as_of_one(
    omsorg: Omsorg, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(10):  # type: ignore[operator]
        rapportering.lage(MAJ, idag=IDAG)


def test_the_grid_has_fields_only_where_something_can_be_registered(omsorg: Omsorg) -> None:
    blad = narvaroblad.hamta(omsorg.ulla, omsorg.enhet(), MAJ, IDAG)
    anna, bo, disa, hemlig = blad.rader
    assert [rad.namn for rad in blad.rader] == ["Anna Ek", "Bo Gran", "Disa Lind", "Skyddade uppgifter"]
    assert len(anna.falt) == 19
    assert "tis–tor" in bo.under
    assert len(bo.vantade) == 11
    assert disa.falt[-1] == date(2026, 5, 15)
    assert "<input" in disa.celler
    assert not hemlig.celler
    assert 'value="N|halvtid"' in anna.celler
    assert 'value="N|heltid"' in bo.celler
    hem = narvaroblad.hamta(omsorg.ulla, omsorg.enhet("HEM"), MAJ, IDAG)
    assert len(hem.rader[0].falt) == 20  # every day of the week, up to the day of death
    assert 'value="N"' not in hem.rader[0].celler


def test_the_degrees_come_from_the_price_list(omsorg: Omsorg) -> None:
    prislista = omsorg.enhet().utforare.avtal.all()[0].prislista_id
    assert omfattningar([prislista], MAJ) == {(prislista, "LSS-10"): ["halvtid", "heltid"]}


def test_the_grid_takes_few_queries(omsorg: Omsorg, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        narvaroblad.hamta(omsorg.ulla, omsorg.enhet(), MAJ, IDAG)


def test_a_protected_row_says_nothing_of_the_person(omsorg: Omsorg) -> None:
    omsorg.ulla.ser_skyddade = True
    omsorg.ulla.save()
    omsorg.spara(omsorg.cell("V3", "2026-05-04", "F|||sjuk"))
    omsorg.ulla.ser_skyddade = False
    hemlig = narvaroblad.hamta(omsorg.ulla, omsorg.enhet(), MAJ, IDAG).rader[-1]
    assert (hemlig.skyddad, hemlig.varden, hemlig.vantade, set(hemlig.antal.values())) == (True, {}, [], {0})


def test_the_page_takes_few_queries(omsorg: Omsorg, client: Client, django_assert_max_num_queries: object) -> None:
    client.force_login(omsorg.ulla)
    adress = f"/narvaro/{omsorg.enhet().pk}/2026-05/"
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert client.get(adress).status_code == 200


def test_names_are_escaped_in_the_cells(omsorg: Omsorg) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE beslut_person SET fornamn = '<b>\"&' WHERE nyckel = 'P1'")
    rad = narvaroblad.hamta(omsorg.ulla, omsorg.enhet(), MAJ, IDAG).rader[0]
    assert "<b>" not in rad.celler
    assert "&lt;b&gt;&quot;&amp;" in rad.celler
