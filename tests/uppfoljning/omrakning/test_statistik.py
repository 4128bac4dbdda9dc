"""The reports of deliveries, of the brukarundersökning and of Kolada say what slow plain loops say."""

from datetime import date

import pytest
from django.http import QueryDict

from grund.tid import Manad
from tests.uppfoljning.omrakning import brukarundersokning, kolada, nationella_leveranser
from uppfoljning.leveranser.queries import innehall, rader
from uppfoljning.models import Leverans
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.register import RAPPORTER

pytestmark = pytest.mark.django_db


def _gor(nyckel: str, fraga: str, idag: date) -> Rapport:
    typ = RAPPORTER[nyckel]
    form = typ.form(QueryDict(fraga), idag=idag)  # type: ignore[call-arg]
    assert form.is_valid(), form.errors
    return typ.gor(form, idag, Lasare(offentlig=False))


def _samma(rapport: Rapport, omraknat: dict[str, object]) -> None:
    """Every figure and table that was counted anew, and no figure that was not."""
    tal = {
        ett.nyckel: ett.av if isinstance(omraknat.get(ett.nyckel), tuple) else ett.varde for ett in rapport.nyckeltal
    }
    tabeller = {ett.nyckel: [rad.celler for rad in ett.rader] for ett in rapport.tabeller}
    assert tal == {nyckel: varde for nyckel, varde in omraknat.items() if nyckel in tal}
    for nyckel, varde in omraknat.items():
        if nyckel not in tal:
            assert tabeller[nyckel] == varde, nyckel


@pytest.mark.parametrize("enkat", ["daglig_verksamhet", "gruppbostad", "boendestod"])
@pytest.mark.parametrize("ar", ["2024", "2025"])
def test_the_brukarundersokning(demovarld: date, enkat: str, ar: str) -> None:
    rapport = _gor("brukarundersokning", f"enkat={enkat}&ar={ar}", demovarld)
    omraknat = brukarundersokning.rakna_om({"enkat": enkat, "ar": ar}, demovarld)
    if rapport.nyckeltal:
        _samma(rapport, omraknat)


def test_kolada(demovarld: date) -> None:
    koder = ["9990", "9991", "9995", "0000"]
    for kpi, kon in (("U99901", "T"), ("N28015", "K")):
        rapport = _gor("kolada", f"kpi={kpi}&kon={kon}&" + "&".join(f"kommuner={kod}" for kod in koder), demovarld)
        _samma(rapport, kolada.rakna_om({"kpi": kpi, "kon": kon, "kommuner": ",".join(koder)}, demovarld))


@pytest.mark.parametrize("ar", ["2025", "2026"])
def test_the_national_deliveries(demovarld: date, ar: str) -> None:
    omraknat = nationella_leveranser.rakna_om({"ar": ar}, demovarld)
    rapport = _gor("nationella-leveranser", f"ar={ar}", demovarld)
    _samma(rapport, omraknat)


def test_the_rows_of_every_file_are_those_that_plain_loops_find(demovarld: date) -> None:
    for leverans in Leverans.objects.all():
        layout, satta = rader(leverans)
        platser = {ett.uppgift: nummer for nummer, ett in enumerate(layout.kolumner)}
        funna = {rad.nyckel: rad.varden for rad in satta}
        assert innehall(leverans).count(b"\r\n") == len(funna)
        if leverans.slag == "lss":
            vantat = nationella_leveranser.lss(leverans.dag)
            assert funna.keys() == vantat.keys()
            for nyckel, (_, insatser) in vantat.items():
                assert funna[nyckel][platser["LSS-10"]] == str(int("LSS-10" in insatser))
                assert funna[nyckel][platser["LSS-4"]] == str(int("LSS-4" in insatser))
                bostad = (funna[nyckel][platser[ett]] for ett in ("boende9_bostad", "boende9_annan"))
                assert ("1" in set(bostad)) is ("LSS-9" in insatser)
        elif leverans.slag == "sol_pagaende":
            assert funna.keys() == nationella_leveranser.sol(leverans.dag).keys()
        else:
            vantat_ = nationella_leveranser.sol_andrat(Manad.av(leverans.dag).fran, leverans.dag)
            par = {n: (v[platser["borjade"]] == "1", v[platser["slutade"]] == "1") for n, v in funna.items()}
            assert par == vantat_
