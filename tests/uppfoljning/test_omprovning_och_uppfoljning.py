"""When something is late, which days a trend tells of, and what the public page of a small municipality says."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beslut.attgora import grupper
from beslut.models import Arende, Beslut, Forslag, Uppfoljning
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.tid import dygnets_start, lagg_till_manader
from tests.webb.varld import Varld, bygg
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.omprovning_och_uppfoljning.queries import hamta
from uppfoljning.rapporter.omprovning_och_uppfoljning.rapport import rapport
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import (
    SENHETER,
    Steg,
    avslutat_kvartal,
    ett_ar_fore,
    omprovas_senast,
    punkter,
    senhet,
)
from uppfoljning.rapporter.omprovning_och_uppfoljning.urval import dela

IDAG = date(2026, 6, 3)
TIDER = (
    ("SENA", "2024-05-01", "", "2026-06-02"),
    ("IDAG", "2024-05-01", "", "2026-06-03"),
    ("SNART", "2024-05-01", "", "2026-07-03"),
    ("SEDAN", "2024-05-01", "", "2026-07-04"),
    ("UTAN", "2025-06-02", "", ""),
    ("UT30", "2025-07-01", "2026-07-02", "2026-12-01"),
    ("UT31", "2025-07-01", "2026-07-03", "2026-12-01"),
    ("UT90", "2025-07-01", "2026-08-31", "2026-12-01"),
    ("UT91", "2025-07-01", "2026-09-01", "2026-12-01"),
)


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    """The small world, and a beslut on either side of each limit; the file's last day is inclusive."""
    bygd = bygg(tmp_path)
    mapp = tmp_path / "mer"
    mapp.mkdir()
    personer = "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n"
    beslut = "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet;uppfoljning\n"
    for nr, (namn, fran, till, senast) in enumerate(TIDER):
        personer += f"P-{namn};19850202-T10{nr};Å;{namn.title()};1;nej;\n"
        beslut += f"B-{namn};P-{namn};LSS-9;LSS;bifall;{fran};{fran};{till};;;{senast}\n"
    (mapp / "personer.csv").write_text(personer, encoding="utf-8")
    (mapp / "beslut.csv").write_text(beslut, encoding="utf-8")
    las_in(mapp, av=None)
    return bygd


def _nycklar(rader: object) -> list[str]:
    return [rad.nyckel for rad in rader]  # type: ignore[attr-defined]


def test_a_beslut_is_on_the_right_side_of_each_limit(varld: Varld) -> None:
    urval = dela(hamta(IDAG, punkter(IDAG, Steg.KVARTAL)))
    assert _nycklar(urval.sena) == ["B-SENA", "B-UTAN"] or _nycklar(urval.sena) == ["B-UTAN", "B-SENA"]
    assert _nycklar(urval.snart) == ["B-IDAG", "B-SNART"]
    assert _nycklar(urval.ej_klara) == ["B-UT30"]
    assert _nycklar(urval.kommande) == ["B-UT31", "B-UT90"]
    assert urval.utan_beslut == ()


def test_the_lists_are_those_that_the_gruppchef_works_from(varld: Varld) -> None:
    """The same rules as the start page; it does not list a beslut that says no day."""
    urval = dela(hamta(IDAG, punkter(IDAG, Steg.KVARTAL)))
    listor = {ett.nyckel: ett for ett in grupper(varld.anvandare[Roll.GRUPPCHEF], IDAG, alla=True)}
    assert listor["gar-ut"].antal == len(urval.ej_klara)
    med_dag = Beslut.objects.exclude(uppfoljning=None).values_list("nyckel", flat=True)
    assert listor["uppfoljning"].antal == len({*_nycklar(urval.sena), *_nycklar(urval.snart)} & {*med_dag})


def test_an_omprovning_that_ended_in_an_avslag_is_done(varld: Varld, tmp_path: Path) -> None:
    """From the day when it was decided, and on the gruppchef's list too."""
    gustav, beslutad = varld.anvandare[Roll.GRUPPCHEF], IDAG - timedelta(1)
    kolumner = "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet"
    (tmp_path / "avslag").mkdir()
    rad = f"B-NEJ;P-UT30;LSS-9;LSS;avslag;{beslutad};;;;"
    (tmp_path / "avslag" / "beslut.csv").write_text(f"{kolumner}\n{rad}\n", encoding="utf-8")
    las_in(tmp_path / "avslag", av=None)
    gammalt, nytt, nu = Beslut.objects.get(nyckel="B-UT30"), Beslut.objects.get(nyckel="B-NEJ"), dygnets_start(beslutad)
    arende = Arende.objects.create(
        nummer="LSS-2026-9001",
        person=gammalt.person,
        handlaggare=gustav,
        slag="omprovning",
        insats="LSS-9",
        status="beslutat",
        sokande="sjalv",
        inkom=date(2026, 5, 1),
        text="Bostad",
        omprovar=gammalt,
        oppnat=nu,
    )
    skrivet = {"foreslaget_av": gustav, "foreslaget": nu, "undertecknat_av": gustav, "undertecknat": nu}
    Forslag.objects.create(
        arende=arende, status="undertecknat", utfall="avslag", motivering="Behovet är borta.", beslut=nytt, **skrivet
    )
    assert dela(hamta(IDAG, punkter(IDAG, Steg.KVARTAL))).ej_klara == ()
    fore = beslutad - timedelta(1)
    assert "B-UT30" in _nycklar(dela(hamta(fore, punkter(fore, Steg.KVARTAL))).kommande)
    listor = {ett.nyckel: ett for ett in grupper(gustav, IDAG, alla=True)}
    assert "gar-ut" not in listor or listor["gar-ut"].antal == 0


def test_a_follow_up_within_twelve_months_counts_to_the_day(varld: Varld) -> None:
    maria = varld.anvandare[Roll.HANDLAGGARE]
    for namn, dag in (("SENA", date(2025, 6, 3)), ("IDAG", date(2025, 6, 4)), ("SNART", IDAG)):
        beslut = Beslut.objects.get(nyckel=f"B-{namn}")
        Uppfoljning.objects.create(beslut=beslut, dag=dag, satt="mote", resultat="fortsatt", text="Bra", av=maria)
    (_, grad) = hamta(IDAG, punkter(IDAG, Steg.KVARTAL)).trend[-1]
    assert (grad.alla, grad.foljda) == (5, 2)  # SENA IDAG SNART SEDAN UTAN; the first was followed up a year ago


def test_time_is_told_in_classes_that_meet() -> None:
    for dagar, namn in ((1, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3)):
        assert senhet(IDAG - timedelta(dagar), IDAG) == SENHETER[namn][1]
    assert omprovas_senast(date(2026, 7, 3)) == IDAG
    assert avslutat_kvartal(date(2026, 3, 31)).sista == date(2026, 3, 31)
    assert avslutat_kvartal(date(2026, 3, 30)).sista == date(2025, 12, 31)


def test_a_year_before_is_the_last_day_with_twelve_months_behind_it() -> None:
    """Every day of two leap years and the years between."""
    for nummer in range(date(2024, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        dag = date.fromordinal(nummer)
        fore = ett_ar_fore(dag)
        assert lagg_till_manader(fore, 12) <= dag < lagg_till_manader(fore + timedelta(1), 12)


@pytest.mark.parametrize(("steg", "antal", "forst"), [(Steg.KVARTAL, 8, date(2024, 9, 30)), (Steg.MANAD, 12, None)])
def test_a_trend_is_of_whole_periods_and_the_day_last(steg: Steg, antal: int, forst: date | None) -> None:
    alla = punkter(IDAG, steg)
    assert len(alla) == antal
    assert alla[-1].dag == IDAG
    assert "till och med 2026-06-03" in alla[-1].namn
    assert all((ett.dag + timedelta(1)).day == 1 for ett in alla[:-1])
    assert forst is None or alla[0].dag == forst
    hel = punkter(date(2026, 3, 31), steg)[-1]
    assert "till och med" not in hel.namn


def test_few_persons_are_not_told_of_in_public(varld: Varld) -> None:
    publik = rapport(hamta(IDAG, punkter(IDAG, Steg.KVARTAL)), Lasare(offentlig=True))
    assert [(ett.nyckel, ett.varde) for ett in publik.nyckeltal] == [("uppfoljningsgrad", 0), ("utfors_utan_beslut", 0)]
    assert publik.tabeller[0].nyckel == "trend"


def test_the_page_leads_the_handlaggare_to_the_next_step(varld: Varld, client: Client, settings: Any) -> None:
    settings.IDAG = IDAG
    sida = reverse("uppfoljning:rapport", args=["omprovning-och-uppfoljning"])
    pk = Beslut.objects.get(nyckel="B-SENA").pk
    client.force_login(varld.anvandare[Roll.GRUPPCHEF])
    with CaptureQueriesContext(connection) as fragor:
        svar = client.get(sida).content.decode()
    assert reverse("beslut:uppfoljning", args=[pk]) in svar
    assert len(fragor) <= 20
    bok = client.get(reverse("uppfoljning:rapportens_arbetsbok", args=["omprovning-och-uppfoljning"]))
    assert bok.content.startswith(b"PK")
    client.force_login(varld.anvandare[Roll.CONTROLLER])
    svar = client.get(sida).content.decode()
    assert reverse("beslut:beslut", args=[pk]) in svar
    client.force_login(varld.anvandare[Roll.NAMNDSEKRETERARE])
    assert "B-SENA" not in client.get(sida).content.decode()
    for fel in ({"dag": "2019-01-01"}, {"steg": "år"}):
        assert client.get(sida, fel).status_code == 200
