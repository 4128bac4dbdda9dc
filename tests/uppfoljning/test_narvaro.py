"""The report of närvaro: who counts as free, what is open, LSS and SoL apart, and what the public may see."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from beslut.models import Person
from demokommun.personnummer import identitet
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from grund.tid import Manad
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.narvaro.forms import Narvaroform
from uppfoljning.rapporter.narvaro.queries import hamta
from uppfoljning.rapporter.narvaro.rapport import rapport
from uppfoljning.rapporter.narvaro.regler import Dagverksam, Enhetsbelaggning, oppna_dagar, raknade_dagar
from uppfoljning.rapporter.perioden import Period
from utforare.models import Uppehall, Verkstallighet

MAJ = Period(Manad(2026, 5), Manad(2026, 5))
IDAG = date(2026, 6, 3)
DAGAR = [date(2026, 5, 1) + timedelta(n) for n in range(31)]
PERSON = Dagverksam(1, 1, "B1", "LSS-10", frozenset(), None, 7, "Eken", 20, 20, 0, 0)


@pytest.mark.parametrize(
    ("narvaro", "franvaro", "ledig"),
    [(20, 0, False), (16, 0, True), (17, 0, False), (16, 1, False), (0, 20, False), (0, 0, True)],
)
def test_free_is_a_day_in_five_without_narvaro_and_without_absence(narvaro: int, franvaro: int, ledig: bool) -> None:
    """Who is sick was to be there, and is not free."""
    assert replace(PERSON, narvaro=narvaro, franvaro=franvaro).ar_ledig is ledig


def test_who_has_nobody_to_go_to_is_free_all_days_and_a_closed_month_says_nothing() -> None:
    ingen = replace(PERSON, verk=None, oppna=0, narvaro=0)
    assert (ingen.vet, ingen.ar_ledig, ingen.lediga, ingen.klass) == (True, True, 5, "Ingen närvaro")
    stangt = replace(PERSON, oppna=0, narvaro=0)
    assert (stangt.vet, stangt.ar_ledig) == (False, False)


@pytest.mark.parametrize(
    ("dagar", "klass"),
    [(1, "mer än 0 till 1"), (4, "mer än 0 till 1"), (5, "mer än 1 till 2"), (20, "mer än 4 till 5")],
)
def test_classes_of_days_a_week_begin_where_the_one_before_ended(dagar: int, klass: str) -> None:
    assert replace(PERSON, narvaro=dagar).klass == klass


def test_a_day_is_open_when_a_tenth_is_there_and_it_is_a_working_day() -> None:
    tider = [(date(2026, 5, 1), date(2026, 6, 1))] * 20
    assert oppna_dagar({date(2026, 5, 4): 2, date(2026, 5, 5): 1}, tider) == (date(2026, 5, 4),)
    assert oppna_dagar({date(2026, 5, 2): 20, date(2026, 5, 14): 20}, tider) == ()  # a Saturday, Kristi himmelsfärd


def test_days_of_two_verkstalligheter_at_once_are_counted_once() -> None:
    maj, sent = (date(2026, 5, 1), date(2026, 5, 11)), (date(2026, 5, 6), date(2026, 5, 20))
    assert raknade_dagar(DAGAR, [maj, sent]) == 19
    assert raknade_dagar(DAGAR, []) == 0


ENHET = Enhetsbelaggning(1, "Eken", "Eken AB", "LSS-10", 10, 20, frozenset(range(8)), 150, Decimal(90_000), 150)


def test_places_that_nobody_used_are_worth_what_a_day_there_was_paid() -> None:
    assert (ENHET.platsdagar, ENHET.outnyttjade, ENHET.pris, ENHET.varde) == (200, 50, Decimal(600), Decimal(30_000))
    assert ENHET.belaggning == Decimal("0.75")
    assert ENHET.anmarkning == ""


@pytest.mark.parametrize(
    ("andrat", "varfor"),
    [
        ({"platser": None}, "Antalet platser är inte registrerat."),
        ({"dagar_i_dem": 0}, "Pris saknas: ingen ersättning är fastställd i perioden."),
        ({"delad": True}, "Har både daglig verksamhet och sysselsättning: platserna kan inte delas upp."),
    ],
)
def test_where_something_is_not_known_it_is_said_and_not_guessed(andrat: dict[str, object], varfor: str) -> None:
    ett = replace(ENHET, **andrat)  # type: ignore[arg-type]
    assert ett.varde is None
    assert ett.anmarkning == varfor


def test_more_there_than_places_leaves_nothing_unused() -> None:
    full = replace(ENHET, narvaro=230)
    assert (full.outnyttjade, full.varde, full.anmarkning) == (0, Decimal(0), "Fler närvarodagar än platser.")


def test_a_period_is_of_months_that_have_ended_and_at_most_a_year() -> None:
    def fel(**data: str) -> dict[str, list[str]]:
        return Narvaroform(data, idag=IDAG).errors  # type: ignore[return-value]

    assert Narvaroform({}, idag=IDAG).data["fran"] == "2026-05"
    assert fel(fran="2026-06") == {
        "fran": ["Välj en av månaderna i listan."],
        "till": ["Välj en av månaderna i listan."],
    }
    assert fel(fran="2026-05", till="2026-04") == {"till": ["Perioden slutar före den börjar."]}
    assert fel(fran="2025-04", till="2026-05") == {"till": ["Perioden är högst 12 månader."]}
    assert not fel(fran="2025-06", till="2026-05")


# Strängnäs: 57 of 61 in bostad with DV, of whom 21 are free; 7 of 13 in särskilt boende with sysselsättning, 1 free.


def _personer() -> Iterator[tuple[str, str, str, str, int]]:
    """person_id, personnummer, housing, the other insats (or nothing), and which weekdays they are there."""
    for nr in range(74):
        nummer = identitet(nr, 2026, barn=False, sort="personnummer").nummer
        if nr < 61:
            yield f"P{nr}", nummer, "LSS-9", "LSS-10" if nr < 57 else "", 4 if nr < 20 else 5
        else:
            yield f"P{nr}", nummer, "SOL-SARBO", "SOL-SYSS" if nr < 68 else "", 4 if nr == 61 else 5


def _paket(mapp: Path) -> None:
    filer: dict[str, list[str]] = {
        "utforare": ["utforare_id;namn;organisationsnummer;regi", "U;Eken AB;5566002373;privat"],
        "enheter": ["enhet_id;utforare_id;namn;platser", "E-DV;U;Snickeriet;60", "E-SYSS;U;Kaféet;"],
        "personer": ["person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden"],
        "beslut": ["beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet"],
        "verkstalligheter": ["verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak"],
        "narvaro": ["verkstallighet_id;datum;kod;omfattning;minuter;orsak"],
    }
    for person, nummer, boende, insats, dagar in _personer():
        filer["personer"].append(f"{person};{nummer};Anna;Ek;1;nej;")
        lag = "LSS" if boende.startswith("LSS") else "SoL"
        filer["beslut"].append(f"B{person};{person};{boende};{lag};bifall;2026-01-01;2026-01-01;;;")
        if not insats:
            continue
        filer["beslut"].append(f"D{person};{person};{insats};{lag};bifall;2026-01-01;2026-01-01;;5;dagar_vecka")
        if person == "P56":
            continue  # granted, and nobody carries it out: the 21st who is free
        enhet = "E-DV" if insats == "LSS-10" else "E-SYSS"
        filer["verkstalligheter"].append(f"V{person};D{person};{enhet};2026-01-01;heltid;2026-01-01;;")
        for dag in DAGAR:
            if dag.isoweekday() <= 5 and dag not in (date(2026, 5, 1), date(2026, 5, 14)):
                sjuk = person == "P30" and dag.isoweekday() == 5
                if dag.isoweekday() <= dagar:
                    filer["narvaro"].append(f"V{person};{dag};" + ("F;;;sjuk" if sjuk else "N;;;"))
    for namn, rader in filer.items():
        (mapp / f"{namn}.csv").write_text("\n".join(rader) + "\n", encoding="utf-8")
    las_in(mapp, av=None)


def _tal(svar: Rapport) -> dict[str, tuple[str, str]]:
    return {ett.nyckel: (ett.text.replace("\N{NO-BREAK SPACE}", " "), ett.not_) for ett in svar.nyckeltal}


def _tabell(svar: Rapport, nyckel: str) -> Sequence[tuple[object, ...]]:
    return [rad.celler for rad in next(ett for ett in svar.tabeller if ett.nyckel == nyckel).rader]


@pytest.mark.django_db
def test_the_figures_of_strangnas_come_out_to_the_percent(tmp_path: Path, client: Client, settings: object) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    _paket(tmp_path)
    svar = rapport(hamta(MAJ), Lasare(offentlig=False))
    tal = _tal(svar)
    assert tal["narvaro_lss_boende"][0] == "61"
    assert tal["narvaro_lss_med_beslut"] == ("93 %", "57 av 61")
    assert tal["narvaro_lss_lediga"] == ("37 %", "21 av 57")
    assert tal["narvaro_sol_boende"][0] == "13"
    assert tal["narvaro_sol_med_beslut"] == ("54 %", "7 av 13")
    assert tal["narvaro_sol_lediga"] == ("14 %", "1 av 7")
    (lss,) = _tabell(svar, "lss_boende")
    assert lss[:3] == ("Bostad med särskild service för vuxna", 61, 57)
    assert _tabell(svar, "sol_platser_enheter")[0][-1] == "Antalet platser är inte registrerat."
    dv = _tabell(svar, "lss_platser_enheter")[0]
    assert dv[2:7] == (60, 56, 60 * 19, 20 * 15 + 36 * 19 - 4, 60 * 19 - (20 * 15 + 36 * 19 - 4))
    assert dv[-1] == "Pris saknas: ingen ersättning är fastställd i perioden."
    lista = {rad[0]: rad for rad in _tabell(svar, "lss_lista")}
    assert (lista["DP30"][6], lista["DP30"][9], lista["DP56"][2]) == (4, "Nej", "Verkställs inte")
    _inget_offentligt_om_fa(hamta(MAJ))
    _sidan(client)
    _uppehall_och_dod()


def _uppehall_och_dod() -> None:
    """Who is in hospital is not free on Fridays, who has no place to go to is, and the dead are at no enhet."""
    av = Anvandare.objects.create_user("omar")
    for person, orsak in (("P0", "sjukhus"), ("P1", "lokal")):
        verk = Verkstallighet.objects.get(nyckel=f"V{person}")
        falt = {"anmalt": datetime(2026, 5, 4, tzinfo=UTC), "anmalt_av": av}
        Uppehall.objects.create(verkstallighet=verk, orsak=orsak, fran=date(2026, 5, 4), till=date(2026, 6, 1), **falt)
    Person.objects.filter(nyckel="P50").update(avliden=date(2026, 5, 28))
    svar = rapport(hamta(MAJ), Lasare(offentlig=False))
    lista = {rad[0]: rad for rad in _tabell(svar, "lss_lista")}
    assert [(lista[ett][6], lista[ett][9]) for ett in ("DP0", "DP1")] == [(4, "Nej"), (0, "Ja")]
    assert "DP50" not in lista
    Person.objects.filter(nyckel="P57").update(personkrets=3)  # has no right to daglig verksamhet (LSS 7 §)
    svar = rapport(hamta(MAJ), Lasare(offentlig=False))
    assert _tabell(svar, "lss_utan_lista")[0] == ("BP57", 3, "Nej")
    assert _tabell(svar, "sol_utan_lista")[0] == ("BP68", "Nej")
    assert _tabell(svar, "lss_platser_enheter")[0][3] == 55


def _inget_offentligt_om_fa(underlag: object) -> None:
    """Four of 61 have no beslut, and one of seven is free: neither those nor what is left of them may be told."""
    publik = rapport(underlag, Lasare(offentlig=True))  # type: ignore[arg-type]
    assert publik.personer == frozenset()
    assert not any(ett.enskilda for ett in publik.tabeller)
    assert not {"narvaro_lss_med_beslut", "narvaro_lss_lediga", "narvaro_sol_lediga"} & _tal(publik).keys()
    assert "sol_dagar" not in {ett.nyckel for ett in publik.tabeller}  # 6 and 1
    # the 57th, for whom nothing is carried out, would be left beside the report of volumes
    assert _tabell(publik, "lss_dagar") == [("Mer än 3 till 4", 21), ("Mer än 4 till 5", 35)]
    flera = rapport(hamta(Period(Manad(2026, 4), Manad(2026, 5))), Lasare(offentlig=True))
    assert (flera.nyckeltal, flera.tabeller) == ((), ())


def _sidan(client: Client) -> None:
    sida = reverse("uppfoljning:rapport", args=["narvaro"])
    for roll, ser in ((Roll.CONTROLLER, True), (Roll.NAMNDSEKRETERARE, False)):
        client.force_login(Anvandare.objects.create_user(f"en-{roll}", roller=[roll]))
        text = client.get(sida, {"fran": "2026-05", "till": "2026-05"}).content.decode()
        assert ("DP56" in text) is ser
        assert "Daglig verksamhet enligt LSS" in text
        fil = client.get(reverse("uppfoljning:rapportens_arbetsbok", args=["narvaro"]), {"fran": "2026-05"})
        blad = openpyxl.load_workbook(BytesIO(fil.content)).sheetnames
        assert ("Platser mot närvaro, SoL" in blad) is ser
    assert "Välj en av månaderna" in client.get(sida, {"fran": "1999-01"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("offentlig", [False, True])
def test_where_there_is_nobody_the_report_says_so(offentlig: bool) -> None:
    svar = rapport(hamta(MAJ), Lasare(offentlig))
    assert all(ett.varde == 0 for ett in svar.nyckeltal)
    assert svar.delar[0].stycken[-1].startswith("Ingen närvaro eller frånvaro är registrerad")


def test_a_share_of_a_week_is_exact() -> None:
    assert replace(PERSON, oppna=19, narvaro=15).lediga == Fraction(20, 19)
