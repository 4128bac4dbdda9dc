"""Findings and signals against plain loops over the rows that they are found in; the reports against the findings."""

from datetime import date
from typing import Any

import pytest

from ersattning.models import Avvikelse
from tests.uppfoljning.omrakning import datakvalitet, fusk_och_fel, leveransrader
from tests.uppfoljning.omrakning.fynden import OM, Varlden
from uppfoljning.kontroll.forms import Manadsform
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.korning import fonster
from uppfoljning.kontroll.register import REGLER
from uppfoljning.models import Fynd
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.register import RAPPORTER

pytestmark = pytest.mark.django_db
_TEXTEN = 2  # column of a signal's sentence, which the recount does not write


@pytest.fixture(scope="module")
def varlden(demovarld: date, django_db_blocker: Any) -> Varlden:
    with django_db_blocker.unblock():
        return Varlden(demovarld)


def test_every_rule_is_counted_anew_but_the_one_that_report_1_holds() -> None:
    assert set(REGLER) - set(OM) == {"ej_verkstallt", "statistik_skiljer"}  # the latter: of whole files, below


def test_the_statistics_differ_by_as_many_rows_as_when_the_files_are_written_again_by_hand(varlden: Varlden) -> None:
    fynd = Fynd.objects.filter(regel="statistik_skiljer", stangd=None)
    vantat = leveransrader.skiljer(varlden)
    assert vantat
    assert {ett.nyckel: ett.uppgifter["antal"] for ett in fynd} == vantat


@pytest.mark.parametrize("regel", OM)
def test_a_rule_finds_what_a_loop_finds_with_the_same_kronor(demovarld: date, varlden: Varlden, regel: str) -> None:
    lagrade = Fynd.objects.filter(regel=regel, stangd=None)
    if REGLER[regel].i_fonster:
        lagrade = lagrade.filter(fran__gte=fonster(demovarld))
    assert dict(lagrade.values_list("nyckel", "belopp")) == OM[regel](varlden)


def test_there_is_something_of_most_rules_to_find(demovarld: date) -> None:
    hittade = set(Fynd.objects.values_list("regel", flat=True).distinct())
    assert len(hittade) >= 15
    assert {"nattbesok", "lika_langa", "personkrets", "narvaro_saknas", "dubbel_insats", "samma_personal"} <= hittade


def test_the_rules_do_not_contradict_the_avvikelser_of_the_settled_months(demovarld: date) -> None:
    """What R6 and R31 have reported, the rule that speaks of the same thing has found."""
    for kod, regel in (("overlappande_besok", "besok_overlappar"), ("besok_vid_franvaro", "besok_vid_franvaro")):
        besok = {
            nyckel for lista in Fynd.objects.filter(regel=regel).values_list("besok", flat=True) for nyckel in lista
        }
        assert set(Avvikelse.objects.filter(kod=kod).values_list("besok_nyckel", flat=True)) <= besok
    dubbla = Fynd.objects.filter(regel="dubbel_insats").values_list("uppgifter", flat=True)
    verk = {ett[vilken] for ett in dubbla for vilken in ("forsta", "andra")}
    avvikna = Avvikelse.objects.filter(kod="dubbel_verkstallighet").values_list("verkstallighet_nyckel", flat=True)
    assert set(avvikna) == verk


def test_every_finding_can_be_said_in_a_sentence(demovarld: date) -> None:
    for ett in Fynd.objects.all():
        mening = REGLER[ett.regel].i_ord(ett.uppgifter)
        assert mening.endswith((".", ")."))
        assert "{" not in mening


@pytest.mark.parametrize("manad", ["", "2026-05"])
def test_the_report_of_data_quality_is_as_counted_anew(demovarld: date, manad: str) -> None:
    urval = {"manad": manad}
    svar = _gor("datakvalitet", urval, demovarld)
    vantat = datakvalitet.rakna_om(urval, demovarld)
    assert {ett.nyckel: ett.varde for ett in svar.nyckeltal} == {k: v for k, v in vantat.items() if "_" in k}
    tabeller = {tabell.nyckel: [rad.celler for rad in tabell.rader] for tabell in svar.tabeller}
    for nyckel in ("regler", "agare", "handlaggare", "aldrar"):
        assert sorted(tabeller[nyckel]) == vantat[nyckel], nyckel
    assert [celler[1] for celler in tabeller["trend"]] == vantat["trend"]
    for tabell in svar.tabeller:
        if tabell.summa and tabell.nyckel == "regler":
            assert tabell.summa.celler[2] == vantat["fynd_oppna"]
            assert tabell.summa.celler[5] == vantat["fynd_belopp"]


@pytest.mark.parametrize("manad", ["", "2026-05"])
def test_the_report_of_signals_is_as_counted_anew(demovarld: date, manad: str) -> None:
    urval = {"manad": manad}
    svar = _gor("fusk-och-fel", urval, demovarld)
    vantat = fusk_och_fel.rakna_om(urval, demovarld)
    assert {ett.nyckel: ett.varde for ett in svar.nyckeltal} == {k: v for k, v in vantat.items() if "_" in k}
    tabeller = {tabell.nyckel: [rad.celler for rad in tabell.rader] for tabell in svar.tabeller}
    for nyckel in ("slag", "utforare"):
        assert sorted(tabeller[nyckel]) == vantat[nyckel], nyckel
    lista = [celler[:_TEXTEN] + celler[_TEXTEN + 1 :] for celler in tabeller["signaler"]]
    assert sorted(lista, key=repr) == sorted(vantat["signaler"], key=repr)


def test_in_public_no_finding_is_told_of_by_itself(demovarld: date) -> None:
    for nyckel, omrade in (("datakvalitet", Omrade.KVALITET), ("fusk-och-fel", Omrade.SIGNAL)):
        publik = _gor(nyckel, {"manad": "2026-05"}, demovarld, offentlig=True)
        text = repr(publik)
        assert publik.personer == frozenset()
        assert not any(tabell.enskilda for tabell in publik.tabeller)
        for objekt, hos in Fynd.objects.filter(omrade=omrade).values_list("objekt_nyckel", "enhet__utforare__namn"):
            assert objekt not in text
            assert hos is None or hos not in text
        nu = _gor(nyckel, {}, demovarld, offentlig=True)
        assert nu.nyckeltal == ()


def _gor(nyckel: str, urval: dict[str, str], idag: date, *, offentlig: bool = False) -> Rapport:
    form = Manadsform(urval, idag=idag)
    assert form.is_valid()
    return RAPPORTER[nyckel].gor(form, idag, Lasare(offentlig))
