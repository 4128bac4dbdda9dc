"""The report of avbokningar: notice over changed clocks, what bomtid costs, who made the visits, the public version."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from beslut.actions.tilldelning import tilldela
from beslut.models import Person
from demokommun.personnummer import identitet
from ersattning.kalkyl.typer import Avtal
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from grund.tid import STOCKHOLM, Manad
from tests.kedja import direkt
from uppfoljning.models import Besokspersonal, Uppgiftsfil
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.avbokningar.forms import Avbokningsform
from uppfoljning.rapporter.avbokningar.queries import ar_bomtid, bomslag, hamta
from uppfoljning.rapporter.avbokningar.rapport import rapport
from uppfoljning.rapporter.avbokningar.regler import (
    ALDRIG,
    EFTER,
    OKAND,
    TIDIGT,
    Avbokning,
    Bomslag,
    Upptag,
    Verk,
    bestallda_minuter,
)
from uppfoljning.rapporter.perioden import Period
from uppfoljning.uppgifter.besokspersonal import BESOKSPERSONAL
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter

MAJ = Period(Manad(2026, 5), Manad(2026, 5))
IDAG, NU = date(2026, 6, 3), datetime(2026, 6, 3, 9, tzinfo=UTC)
INGEN = Avtal(1, 1, "SOL-BOSTOD", None, 1, "utford_tid", date(2026, 1, 1), None)
BETALD = replace(INGEN, bomtid_varsel_timmar=Fraction(24), bomtid_andel=Decimal("0.5"))


def _minut(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp()) // 60


def _avbokning(start: str, avbokad: str | None, av: str = "brukare") -> Avbokning:
    borjan = _minut(start)
    return Avbokning(1, 1, 1, 1, borjan, borjan + 60, avbokad and _minut(avbokad), av, "sjuk")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "avbokad", "klass"),
    [
        ("2026-05-12T10:00", None, ALDRIG),
        ("2026-05-12T10:00", "2026-05-12T10:01", EFTER),
        ("2026-05-12T10:00", "2026-05-12T10:00", "mindre än 2 timmar före"),
        ("2026-05-12T10:00", "2026-05-12T08:00", "2 till 24 timmar före"),
        ("2026-05-12T10:00", "2026-05-11T10:01", "2 till 24 timmar före"),
        ("2026-05-12T10:00", "2026-05-11T10:00", "24 till 48 timmar före"),
        ("2026-03-29T10:00", "2026-03-28T10:00", "2 till 24 timmar före"),  # the day of 23 hours
        ("2026-10-25T10:00", "2026-10-24T11:00", "24 till 48 timmar före"),  # the day of 25 hours
        ("2026-05-12T10:00", "2026-05-05T10:01", "2 till 7 dygn före"),
        ("2026-05-12T10:00", "2026-05-05T10:00", TIDIGT),
    ],
)
def test_notice_is_elapsed_time_also_when_the_clocks_are_changed(start: str, avbokad: str | None, klass: str) -> None:
    ett = _avbokning(start, avbokad)
    assert ett.varsel == klass
    i_tid = klass in ("24 till 48 timmar före", "2 till 7 dygn före", TIDIGT)
    assert ar_bomtid(ett, BETALD, 24) is not i_tid


def test_the_avtals_own_hours_go_before_the_reports() -> None:
    ett = _avbokning("2026-05-12T10:00", "2026-05-10T10:00")  # 48 hours
    assert ar_bomtid(ett, INGEN, 49)
    assert ar_bomtid(ett, None, 49)
    assert not ar_bomtid(ett, BETALD, 49)
    assert not ar_bomtid(_avbokning("2026-05-12T10:00", None, "utforare"), INGEN, 24)


@pytest.mark.parametrize(
    ("avtal", "slag"),
    [
        (None, Bomslag.AVTAL_SAKNAS),
        (INGEN, Bomslag.OBETALD),
        (BETALD, Bomslag.BETALS),
        (replace(BETALD, bomtid_andel=Decimal(0)), Bomslag.OBETALD),
        (replace(BETALD, modell="bestalld_tid"), Bomslag.INGAR),
    ],
)
def test_what_bomtid_costs_hangs_on_the_avtal(avtal: Avtal | None, slag: Bomslag) -> None:
    assert bomslag(avtal) is slag


def test_ordered_minutes_are_those_of_r23() -> None:
    assert bestallda_minuter(Fraction(7), "timmar_vecka", [(31, 31)]) == 31 * 60
    assert bestallda_minuter(Fraction(10), "timmar_manad", [(15, 30), (31, 31)]) == 900
    assert bestallda_minuter(Fraction(0), "timmar_vecka", [(31, 31)]) == 0
    assert bestallda_minuter(None, "", [(31, 31)]) is None
    assert bestallda_minuter(Fraction(5), "dagar_vecka", [(31, 31)]) is None


VERK = Verk(1, 1, "B1", 1, 1, "Eken", True, True, False, None, 4, 2, 0, 120, None, 4)


def test_who_does_not_take_up_the_support() -> None:
    missat = _avbokning("2026-05-12T10:00", None)
    ett = Upptag(1, (VERK,), (missat, missat), (), 0, 0, 0)
    assert ett.tar_inte_emot(50)
    assert not ett.tar_inte_emot(51)
    assert not replace(ett, verk=(replace(VERK, planerade=3),)).tar_inte_emot(1)  # too few to say
    assert not replace(ett, verk=(replace(VERK, pagar=False),)).tar_inte_emot(50)  # has it no more
    inga = replace(ett, verk=(replace(VERK, planerade=0, besok=0),), avbokningar=())
    assert inga.tar_inte_emot(100)
    assert not replace(inga, verk=(replace(VERK, planerade=0, besok=0, hela=False),)).tar_inte_emot(1)


@pytest.mark.parametrize(
    ("antal", "klass"), [(0, OKAND), (1, "1"), (3, "3"), (4, "4–5"), (5, "4–5"), (6, "6 eller fler")]
)
def test_classes_of_how_many_one_meets(antal: int, klass: str) -> None:
    assert Upptag(1, (VERK,), (), (), antal, 0, 0).klass == klass


# A small world: A pays bomtid, B does not, C is paid what is ordered.

PAKET = {
    "utforare": "utforare_id;namn;organisationsnummer;regi\nA;Asken;5566002373;privat\nB;Björken;5590012349;privat\n"
    "C;Cypressen;5566002373;egen\n",
    "enheter": "enhet_id;utforare_id;namn;platser\nEA;A;Asken;\nEB;B;Björken;\nEC;C;Cypressen;\n",
    "prislistor": "prislista_id;namn\nPL;Priser\n",
    "priser": "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\n"
    "PL;SOL-BOSTOD;;;;timme;400;2026-01-01;2026-05-19\nPL;SOL-BOSTOD;;;;timme;500;2026-05-20;\n",
    "avtal": "avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till;bomtid_varsel_timmar;"
    "bomtid_andel\n"
    "AA;A;SOL-BOSTOD;lov;;PL;utford_tid;2026-01-01;;24;0.5\n"
    "AB;B;SOL-BOSTOD;lov;;PL;utford_tid;2026-01-01;;;\n"
    "AC;C;SOL-BOSTOD;egenregi;;PL;bestalld_tid;2026-01-01;;;\n",
}


def bygg(mapp: Path, per_utforare: int) -> None:
    """Persons at each utförare, with four visits planned: two made, one cancelled at 9 for 10, one in time."""
    filer = {namn: [text.rstrip("\n")] for namn, text in PAKET.items()}
    filer["personer"] = ["person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden"]
    filer["beslut"] = ["beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet"]
    filer["verkstalligheter"] = ["verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak"]
    planerat = "besok_id;verkstallighet_id;planerad_start;planerad_slut"
    filer["besok"] = [f"{planerat};utford_start;utford_slut;avbokad;avbokad_av;orsak;registrering"]
    for nr in range(3 * per_utforare):
        vem, utforare = f"P{nr}", "ABC"[nr % 3]
        nummer = identitet(nr, 2026, barn=False, sort="personnummer").nummer
        filer["personer"].append(f"{vem};{nummer};Anna;Ek;;nej;")
        filer["beslut"].append(f"D{vem};{vem};SOL-BOSTOD;SoL;bifall;2026-01-01;2026-01-01;;2;timmar_vecka")
        filer["verkstalligheter"].append(f"V{vem};D{vem};E{utforare};2026-01-01;;2026-01-01;;")
        for dag, utfall in ((5, "gjort"), (12, "gjort"), (19, "sent"), (26, "i tid")):
            plan = f"2026-05-{dag:02}T10:00;2026-05-{dag:02}T11:30"
            svans = {
                "gjort": f"{plan};;;;pa_plats",
                "sent": f";;2026-05-{dag}T09:00;brukare;sjuk;",
                "i tid": f";;2026-05-{dag - 2}T09:00;brukare;annan_aktivitet;",
            }[utfall]
            filer["besok"].append(f"K{nr}-{dag};V{vem};{plan};{svans}")
    for namn, rader in filer.items():
        (mapp / f"{namn}.csv").write_text("\n".join(rader) + "\n", encoding="utf-8")
    las_in(mapp, av=None)


def _gor(*, offentlig: bool = False, period: Period = MAJ, grans: int = 50) -> Rapport:
    return rapport(hamta(period, IDAG, utforare=None, varsel=24), Lasare(offentlig), grans=grans, utforare="")


def _tal(svar: Rapport) -> dict[str, str]:
    return {ett.nyckel: ett.text.replace("\N{NO-BREAK SPACE}", " ") for ett in svar.nyckeltal}


def _tabell(svar: Rapport, nyckel: str) -> Sequence[tuple[object, ...]]:
    return [rad.celler for rad in next(ett for ett in svar.tabeller if ett.nyckel == nyckel).rader]


@pytest.mark.django_db
def test_bomtid_is_paid_included_or_would_cost_and_settled_months_tell_what_was_paid(tmp_path: Path) -> None:
    bygg(tmp_path, per_utforare=5)
    fore = _tal(_gor())
    # five visits of an hour and a half at 400 kronor, the price of the 19th
    assert fore["avbokningar_bomtid_beraknat"] == "1 500"  # half the price
    assert fore["avbokningar_bomtid_skulle_kosta"] == "3 000"
    assert fore["avbokningar_bomtid_ingar"] == "3 000"
    assert "avbokningar_bomtid_betalt" not in fore
    direkt.kor("2026-05")
    direkt.faststall("2026-05")
    svar = _gor()
    assert _tal(svar)["avbokningar_bomtid_betalt"] == "1 500"
    assert "avbokningar_bomtid_beraknat" not in _tal(svar)
    asken = _tabell(svar, "bomtid_kronor")[0]
    assert asken[2:5] == (Decimal("7.5"), Decimal("7.5"), Decimal(1500))
    assert _tal(svar)["avbokningar_andel"] == "50 %"
    assert _tal(svar)["avbokningar_tar_inte_emot"] == "15"
    assert _tal(_gor(grans=51))["avbokningar_tar_inte_emot"] == "0"
    publik = _gor(offentlig=True)
    assert publik.personer == frozenset()
    assert not any(ett.enskilda for ett in publik.tabeller)
    assert [rad[0] for rad in _tabell(publik, "utforare_tid")] == ["Asken", "Björken", "Cypressen"]
    flera = _gor(offentlig=True, period=Period(Manad(2026, 4), Manad(2026, 5)))
    assert (flera.nyckeltal, flera.tabeller) == ((), ())


@pytest.mark.django_db
def test_in_public_no_utforare_with_few_persons_stands_by_itself(tmp_path: Path) -> None:
    bygg(tmp_path, per_utforare=4)
    publik = _gor(offentlig=True)
    assert "utforare_tid" not in {ett.nyckel for ett in publik.tabeller}
    assert not {"avbokningar_bomtid_beraknat", "avbokningar_bomtid_ingar"} & _tal(publik).keys()
    assert _tal(publik)["avbokningar_bomtid_timmar"] == "18,0"


@pytest.mark.django_db
def test_who_made_the_visits_is_read_in_and_the_latest_file_holds(
    tmp_path: Path, client: Client, settings: object
) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    bygg(tmp_path, per_utforare=2)
    controller = Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])
    maria = Anvandare.objects.create_user("maria", roller=[Roll.HANDLAGGARE], first_name="Maria")

    def las(rader: str, *, period: str = "2026-05") -> Uppgiftsfil:
        return las_in_uppgifter(
            slag=BESOKSPERSONAL,
            period=period,
            innehall=f"besok_id;personal\n{rader}".encode(),
            filnamn="personal.csv",
            kalla="Planeringen",
            av=controller,
            nu=NU,
        )

    for rader, varfor in (
        ("K0-19;A1\n", "inget utfört besök"),
        ("K0-5;199002029818\n", "personnummer"),
        ("K0-5;A1\nK0-5;A1\n", "redan på rad"),
    ):
        with pytest.raises(UppgifterNekade) as nekad:
            las(rader)
        assert varfor in nekad.value.fel[0].text
    assert Besokspersonal.objects.count() == 0
    assert "kontinuitet_tabell" not in {ett.nyckel for ett in _gor().tabeller}
    las("K0-5;A1\nK0-12;A1\nK1-5;B1\n")
    assert [rad[0] for rad in _tabell(_gor(), "kontinuitet_tabell")] == ["1", OKAND]
    las("K0-5;A1\nK0-12;A2\nK0-12;A3\nK1-5;B1\nK1-12;B1\n")
    svar = _gor()
    assert [rad[:2] for rad in _tabell(svar, "kontinuitet_tabell")] == [("1", 1), ("3", 1), (OKAND, 4)]
    assert _tal(svar)["avbokningar_av_samma"] == "75 %"  # of four visits: one of the two, and two of two
    tilldela(person=Person.objects.get(nyckel="P0"), handlaggare=maria, fran=date(2026, 1, 1), av=None)
    assert ("DP0", "Maria") in {rad[:2] for rad in _tabell(_gor(), "tar_inte_emot")}
    _sidan(client, controller)


def _sidan(client: Client, controller: Anvandare) -> None:
    sida = reverse("uppfoljning:rapport", args=["avbokningar"])
    client.force_login(controller)
    text = client.get(sida, {"fran": "2026-05"}).content.decode()
    assert "DP0" in text
    assert reverse("uppfoljning:uppgifter") in text
    fil = client.get(reverse("uppfoljning:rapportens_arbetsbok", args=["avbokningar"]), {"fran": "2026-05"})
    assert "Personer med boendestöd" in openpyxl.load_workbook(BytesIO(fil.content)).sheetnames
    for fel in ({"grans": "0"}, {"varsel": "x"}, {"utforare": "999999"}, {"utforare": "x"}, {"fran": "2026-13"}):
        assert client.get(sida, fel).status_code == 200
    client.force_login(Anvandare.objects.create_user("nora", roller=[Roll.NAMNDSEKRETERARE]))
    assert "DP0" not in client.get(sida, {"fran": "2026-05"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("offentlig", [False, True])
def test_where_there_are_no_visits_the_report_says_so(offentlig: bool) -> None:
    svar = _gor(offentlig=offentlig)
    assert svar.delar[0].stycken == ("Inga besök i boendestöd är registrerade i perioden.",)
    assert all(ett.varde == 0 for ett in svar.nyckeltal)


@pytest.mark.django_db
def test_the_selection_says_what_is_wrong() -> None:
    form = Avbokningsform({"grans": "101", "varsel": "169", "utforare": "7"}, idag=IDAG)
    assert form.errors == {
        "grans": ["Skriv 1–100."],
        "varsel": ["Skriv 0–168."],
        "utforare": ["Välj en av utförarna i listan."],
    }
    assert Avbokningsform({}, idag=IDAG).is_valid()
