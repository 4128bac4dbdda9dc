"""A prognos is the core over planned months: what then goes as planned costs what was said, to the öre."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from beslut.models import Beslut
from ersattning.models import Ersattningsrad, Prognos, Prognosrad, Simuleringssumma
from ersattning.prognos import actions, queries
from ersattning.prognos.actions import Antaganden
from ersattning.prognos.berakning import Inflode
from ersattning.prognos.resultat import hamta
from ersattning.prognos.traff import traffar
from ersattning.prognos.verken import las
from ersattning.simulering.actions import avbryt_simulering, rakna_del
from grund.helgdagar import ar_arbetsdag
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import Manad
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import paketet
from tests.prognos.hjalp import IDAG, prognostisera
from tests.simulering.hjalp import NU
from utforare.models import Bestallning, Uppehall, Verkstallighet

pytestmark = pytest.mark.django_db

FORE = date(2026, 5, 4)  # April is the last month that has been reported and run
SENARE = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def fem(tmp_path: Path) -> dict[str, str]:
    """Five persons, one of each model; April is run and settled."""
    filer = paketet()
    filer["narvaro"] = filer["narvaro"].replace("V1;2026-04-15;F\n", "")
    direkt.las_in(skriv(tmp_path / "fem", filer))
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    return filer


def _planerad_maj(filer: dict[str, str]) -> dict[str, str]:
    """May exactly as planned: all working days at the daily activity (Mon–Thu, as usual), the ordered 40 hours."""
    dagar = [date(2026, 5, 1) + timedelta(days=nummer) for nummer in range(31)]
    narvaro = [f"V2;{dag};N\n" for dag in dagar if dag.isoweekday() <= 4 and ar_arbetsdag(dag)]
    besok = [
        f"M{nummer};V4;2026-05-{dag:02}T10:00;2026-05-{dag:02}T18:00\n" for nummer, dag in enumerate((4, 8, 13, 20, 27))
    ]
    return filer | {
        "narvaro": filer["narvaro"] + "".join(narvaro),
        "besok": filer["besok"] + "".join(besok),
    }


def _per_utfall(manad: str) -> dict[str, Decimal]:
    svar: dict[str, Decimal] = defaultdict(Decimal)
    for insats, belopp in Ersattningsrad.objects.filter(korning__manad=f"{manad}-01").values_list("insats", "belopp"):
        svar[insats] += belopp
    return dict(svar)


def _sagt(prognos: Prognos, manad: str) -> dict[str, Decimal]:
    return dict(Prognosrad.objects.filter(prognos=prognos, manad=f"{manad}-01").values_list("insats", "forlangt"))


def test_a_month_that_goes_as_planned_costs_what_the_prognos_said(fem: dict[str, str], tmp_path: Path) -> None:
    prognos = prognostisera(idag=FORE)
    assert (prognos.ar, str(prognos.prognos_fran)) == (2026, "2026-05")
    sagt = _sagt(prognos, "2026-05")
    direkt.las_in(skriv(tmp_path / "maj", _planerad_maj(fem)))
    direkt.kor("2026-05")
    assert _per_utfall("2026-05") == sagt
    assert set(sagt) == {"LSS-9", "LSS-10", "LSS-4", "LSS-3", "LSS-2"}
    direkt.faststall("2026-05")
    (traff,) = [ett for ett in traffar() if ett.manad == Manad(2026, 5)]
    assert (traff.totalt.fel, traff.totalt.volym, traff.totalt.pris) == (0, 0, 0)


def test_the_share_is_what_became_of_what_was_planned(fem: dict[str, str]) -> None:
    """Mondays to Thursdays are planned and came; of 40 ordered hours so many were carried out, some by night."""
    del fem
    prognos = prognostisera(3, idag=FORE)
    assert Decimal(prognos.andelar["LSS-10"]["kr"]) > 1  # they came also on holidays, when nobody is expected
    utfort = Simuleringssumma.objects.filter(variant__simulering=prognos.pk, variant__nummer=0, insats="LSS-3")
    blev = sum(utfort.filter(manad__range=("2026-02-01", "2026-04-01")).values_list("belopp", flat=True))
    assert Decimal(prognos.andelar["LSS-3"]["kr"]) == round(blev / (3 * 40 * 100), 6)
    assert _sagt(prognos, "2026-06")["LSS-3"] == round(4000 * Decimal(prognos.andelar["LSS-3"]["kr"]), 2)
    assert _sagt(prognos, "2026-06")["LSS-2"] == 4000  # ordered time is paid as ordered


def test_known_ends_starts_and_prices_by_hand(fem: dict[str, str], tmp_path: Path) -> None:
    """The home's place ends with its decision on 30 June, another begins in August, a day costs 130 from September."""
    filer = fem | {
        "beslut": fem["beslut"].replace(
            "B1;P-dygn;LSS-9;LSS;bifall;2026-01-01;2026-01-01;;",
            "B1;P-dygn;LSS-9;LSS;bifall;2026-01-01;2026-01-01;2026-06-30;",
        ),
        "verkstalligheter": fem["verkstalligheter"] + "V9;B3;E;;2026-08-01;;\n",
        "priser": fem["priser"].replace(
            "PL;LSS-10;1;heltid;;dag;100;2025-01-01;", "PL;LSS-10;1;heltid;;dag;100;2025-01-01;2026-08-31"
        )
        + "PL;LSS-10;1;heltid;;dag;130;2026-09-01;\n",
    }
    direkt.las_in(skriv(tmp_path / "andrat", filer))
    prognos = prognostisera(idag=FORE)
    rader = {(rad.manad.month, rad.insats): rad for rad in prognos.rader.filter(manad__year=2026)}
    dygn = [rader[manad, "LSS-9"] for manad in (6, 7)]
    assert [(rad.belopp, rad.forlangt, rad.slut) for rad in dygn] == [(3000, 3000, 0), (0, 3100, -3100)]
    assert [rad.avslutade for rad in dygn] == [1, 0]
    plats = [rader[manad, "LSS-4"] for manad in (7, 8)]
    assert [(rad.belopp, rad.starter, rad.nya, rad.personer) for rad in plats] == [(100, 0, 0, 1), (200, 100, 1, 1)]
    dag = rader[9, "LSS-10"]
    dagar = len([nr for nr in range(1, 31) if date(2026, 9, nr).isoweekday() <= 4])
    assert (dag.belopp, dag.priser) == (dagar * 130, dagar * 30)
    assert rader[8, "LSS-10"].priser == 0
    resultat = hamta(prognos)
    per_namn = {ett.namn: ett.kronor for ett in resultat.i_ar.andringar}
    dygn_kvar = (date(2027, 1, 1) - date(2026, 7, 1)).days * 100
    assert (per_namn["Kända slut"], per_namn["Om besluten förlängs"]) == (-dygn_kvar, dygn_kvar)
    assert per_namn["Kända starter"] == 5 * 100


def test_a_known_interruption_is_absence_and_an_order_is_a_start(fem: dict[str, str], tmp_path: Path) -> None:
    """Ten days from home in July; and a place ordered for somebody else, wished for from the 15th."""
    filer = fem | {
        "beslut": fem["beslut"] + "B8;P-manad;LSS-9;LSS;bifall;2026-05-01;2026-05-01;;;\n",
        "nivabedomningar": fem["nivabedomningar"] + "N8;P-manad;LSS-9;2;2026-05-01;godkand;anna;bo;2026-05-01\n",
    }
    direkt.las_in(skriv(tmp_path / "beslut", filer))
    anna, verk = Anvandare.objects.get(username="anna"), Verkstallighet.objects.get(nyckel="V1")
    Uppehall.objects.create(
        verkstallighet=verk, fran=date(2026, 7, 1), till=date(2026, 7, 11), orsak="sjukhus", anmalt=NU, anmalt_av=anna
    )
    beslut = Beslut.objects.get(nyckel="B8")
    onskad = {"onskad_start": date(2026, 7, 15), "skickad": NU, "skickad_av": anna}
    bestallning = Bestallning.objects.create(beslut=beslut, enhet=verk.enhet, **onskad)
    prognos = prognostisera(idag=FORE)
    hemma, bestallt = 21 * 100, 17 * 200  # the avtal has no staircase: absence pays nothing
    assert _sagt(prognos, "2026-07")["LSS-9"] == hemma + bestallt
    juli = prognos.rader.get(manad="2026-07-01", insats="LSS-9")
    assert (juli.starter, juli.nya, juli.personer) == (bestallt, 1, 2)
    verken = [(ett.pk, ett.kronor) for ett in las(prognos, "LSS-9", juli.utforare_id, Manad(2026, 7))]
    assert verken == [(-bestallning.pk, bestallt), (verk.pk, hemma)]
    assert _sagt(prognos, "2026-08")["LSS-9"] == 31 * 300


def test_the_page_is_its_rows_counted_anew(fem: dict[str, str]) -> None:
    """An independent recount in plain Python of every sum that the page shows."""
    del fem
    prognos = prognostisera(3, idag=FORE, inflode=[Inflode("LSS-9", date(2026, 11, 1), 2)])
    resultat = hamta(prognos)
    rader = list(prognos.rader.all())
    for ar, sida in ((2026, resultat.i_ar), (2027, resultat.nasta)):
        kommer = Decimal(0)
        for manad in {rad.manad for rad in rader if rad.manad.year == ar and rad.manad >= date(2026, 11, 1)}:
            hemma = [rad for rad in rader if rad.manad == manad and rad.insats == "LSS-9"]
            antal = 2 * ((manad.year - 2026) * 12 + manad.month - 10)
            kommer += round(sum(rad.belopp for rad in hemma) * antal / sum(rad.personer for rad in hemma), 2)
        utfall = sum(rad.belopp for rad in rader if rad.manad.year == ar and rad.kalla != "prognos")
        rest = sum(rad.forlangt for rad in rader if rad.manad.year == ar and rad.kalla == "prognos")
        assert (sida.summa.utfall, sida.summa.rest) == (utfall, rest + kommer)
        assert sum(rad.total for rad in sida.rader) == sida.summa.total
        assert sum(ett.prognos for ett in resultat.manader if ett.manad.ar == ar) == sida.summa.total
    assert resultat.i_ar.summa.utfall == sum(
        Simuleringssumma.objects.filter(
            variant__simulering=prognos.pk, variant__nummer=0, manad__range=("2026-01-01", "2026-04-01")
        ).values_list("belopp", flat=True)
    )
    offentlig = hamta(prognos, visa_sma=False)
    ovrigt = sum(rad.ovrigt for rad in rader if rad.manad.year == 2026)
    assert offentlig.i_ar.summa.total == resultat.i_ar.summa.total - ovrigt
    assert (offentlig.i_ar.andringar, offentlig.nasta.andringar) == ((), ())
    assert {ett.beslutat - ett.prognos for ett in offentlig.manader} == {0}
    hemma = las(prognos, "LSS-9", rader[0].utforare_id, Manad(2026, 9))
    assert [(ett.nyckel, ett.kronor) for ett in hemma] == [("V1", _sagt(prognos, "2026-09")["LSS-9"])]


def test_a_prognos_that_is_done_stands_and_one_is_made_at_a_time(fem: dict[str, str]) -> None:
    del fem
    assert queries.ny_saknas() == Manad(2026, 4)
    prognos = prognostisera(nu=SENARE)
    assert queries.ny_saknas() is None
    with pytest.raises(Hindrad, match="Gör en ny"):
        actions.starta_om(prognos=prognos, av=None, nu=NU)
    pagar = actions.gor_prognos(antaganden=Antaganden(0), av=None, nu=NU, idag=IDAG)
    with pytest.raises(Hindrad, match="räknas redan"):
        actions.gor_prognos(antaganden=Antaganden(0), av=None, nu=NU, idag=IDAG)
    avbryt_simulering(simulering=pagar.simulering, av=None)
    assert rakna_del(del_id=pagar.simulering.delar.get().pk, nu=NU) is None
    assert not actions.avsluta(simulering_id=pagar.pk, nu=NU)
    assert not pagar.rader.exists()
    pagar = actions.starta_om(prognos=Prognos.objects.get(pk=pagar.pk), av=None, nu=NU)
    rakna_del(del_id=pagar.simulering.delar.get().pk, nu=NU)
    assert actions.avsluta(simulering_id=pagar.pk, nu=NU)
    assert pagar.rader.count() == prognos.rader.count() > 0
    ord_ = set(Handelse.objects.filter(objekt=f"prognos:{pagar.pk}").values_list("handling", flat=True))
    assert ord_ == {"starta_prognos", "avbryt_prognos", "rakna_prognos"}


def test_what_earlier_prognoser_said_differs_in_three_parts_that_add_up(fem: dict[str, str], tmp_path: Path) -> None:
    """A day less at the daily activity, a dearer hour, and a rättelse of April."""
    prognostisera(idag=FORE)
    filer = _planerad_maj(fem)
    filer["narvaro"] = filer["narvaro"].replace("V2;2026-05-28;N\n", "").replace("V2;2026-04-01;N", "V2;2026-04-01;F")
    filer["priser"] = filer["priser"].replace(
        "PL;LSS-2;1;;;timme;100;2025-01-01;", "PL;LSS-2;1;;;timme;100;2025-01-01;2026-04-30"
    )
    filer["priser"] += "PL;LSS-2;1;;;timme;110;2026-05-01;\n"
    direkt.las_in(skriv(tmp_path / "maj", filer))
    direkt.kor("2026-05")
    direkt.faststall("2026-05")
    (traff,) = traffar()
    per = {ett.namn: ett for ett in traff.per_insats}
    dag, timme = per["Daglig verksamhet (LSS)"], per["Personlig assistans (LSS)"]
    assert (dag.fel, dag.volym, dag.pris, dag.ovrigt) == (-200, -100, 0, -100)
    assert (timme.fel, timme.volym, timme.pris) == (400, 0, 400)
    assert traff.totalt.fel == traff.totalt.volym + traff.totalt.pris + traff.totalt.ovrigt == 200
    assert round(traff.totalt.procent or 0, 4) == round(Decimal(200 * 100) / traff.totalt.prognos, 4)
