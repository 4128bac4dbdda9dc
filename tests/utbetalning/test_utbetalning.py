"""From a fastställd month to files that stand, and to utbetald: the actions and what the database holds."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from ersattning import kontering, queries, utbetald, utbetalning
from ersattning.filer import actions, lager
from ersattning.filer import queries as filqueries
from ersattning.filer import utbetalning as utbetalningsfiler
from ersattning.filer.utbetalning import gor_utbetalningsfiler
from ersattning.models import Fil, Kontering, Konteringsbruk, Korning
from ersattning.models.fil import Filslag
from ersattning.regler import Status
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.filer import fabrik
from utforare.models import Enhet

from . import mall, sielasare

pytestmark = pytest.mark.django_db
NU = datetime(2026, 6, 12, 8, 0, tzinfo=UTC)
MAJ = fabrik.MAJ


@pytest.fixture(autouse=True)
def egen_mapp(settings, tmp_path: Path) -> Path:
    settings.FILER_DIR = tmp_path / "filer"
    return tmp_path / "filer"


@pytest.fixture
def klara() -> Anvandare:
    return Anvandare.objects.create_user("klara", roller=["controller"])


@pytest.fixture
def maj() -> Korning:
    """The mixed month of a private utförare, and a municipal one."""
    korning, _ = fabrik.blandad_manad()
    egen = fabrik.utforare("U-EGEN", "Ekstads gruppbostäder", regi="egen")
    hem = Enhet.objects.create(nyckel="E-EGEN", utforare=egen, namn="Eken")
    verk = fabrik.verkstallighet("V-EGEN", fabrik.person("P9", "Cecilia", "Alm"), hem)
    fabrik.rad(korning, verk, "31", "2100.55")
    return fabrik.faststall(korning)


def innehall(slag: Filslag) -> bytes:
    return lager.plats(Fil.objects.get(slag=slag).sokvag).read_bytes()


def tabell(slag: Filslag) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(innehall(slag).decode()), delimiter=";"))


def test_the_files_come_to_the_korning_to_the_ore(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    filer = gor_utbetalningsfiler(manad=MAJ, av=klara)
    assert [Path(fil.sokvag).name for fil in filer] == [
        "bokforingsorder-2026-05.si",
        "bokforingsorder-2026-05.csv",
        "forvantade-fakturor-2026-05.csv",
        "forvantade-fakturor-rader-2026-05.csv",
        "forvantade-fakturor-2026-05.si",
    ]
    egen, privat = (sielasare.las(innehall(ett)) for ett in (Filslag.BOKFORINGSORDER_SIE, Filslag.FAKTUROR_SIE))
    debet = sum(rad.belopp for ett in (egen, privat) for ver in ett.ver for rad in ver.rader if rad.konto[0] == "4")
    assert debet == queries.totalbelopp(maj)
    assert [ver.text for ver in egen.ver] == ["Ersättning maj 2026, Ekstads gruppbostäder"]
    assert [(rad.konto, rad.objekt, rad.belopp) for rad in egen.ver[0].rader] == [
        ("4690", {"1": "3100", "20": "513"}, Decimal("65117.05")),
        ("3790", {"1": "4200"}, Decimal("-65117.05")),
    ]
    rader = [*tabell(Filslag.BOKFORINGSORDER_CSV), *tabell(Filslag.FAKTURARADER_CSV)]
    assert sum(Decimal(rad["belopp"]) for rad in rader) == queries.totalbelopp(maj)
    assert sum(int(rad["antal_rader"]) for rad in rader) == maj.rader.count()


def test_a_kreditering_is_a_negative_line_that_says_which_month(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    (ver,) = sielasare.las(innehall(Filslag.FAKTUROR_SIE)).ver
    texter = {rad.text: rad.belopp for rad in ver.rader}
    assert texter["Bostad med särskild service för vuxna (LSS), dygn, kreditering april 2026"] == Decimal("-55890.00")
    assert texter["Bostad med särskild service för vuxna (LSS), dygn, rättelse april 2026"] == Decimal("27945.00")
    assert texter["Daglig verksamhet (LSS), arbetsbonus"] == Decimal("15000.00")


def test_an_expected_invoice_is_the_utforares_total_and_names_are_no_formulas(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    (faktura,) = tabell(Filslag.FAKTUROR_CSV)
    utforare = maj.rader.exclude(utforare__regi="egen").values_list("belopp", flat=True)
    assert Decimal(faktura["att_betala"]) == Decimal(faktura["ersattning"]) == sum(utforare)
    assert (faktura["slag"], faktura["oresutjamning"]) == ("faktura", "0.00")
    assert faktura["utforare"] == '\'=SUMMA("Stöd & Omsorg") ÅÄÖ AB'
    assert tabell(Filslag.FAKTURARADER_CSV)[0]["utforare"].startswith("'=")


def test_ore_are_evened_out_as_a_row_of_their_own_where_the_mall_says_so(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    oren = {"konto": "3740", "kontonamn": "Öresutjämning"}
    rad = mall.kontering(artikel="oresutjamning", **oren)
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    (faktura,) = tabell(Filslag.FAKTUROR_CSV)
    exakt, hela = Decimal(faktura["ersattning"]), Decimal(faktura["att_betala"])
    assert hela == exakt.quantize(Decimal(1)) != exakt
    assert tabell(Filslag.FAKTURARADER_CSV)[-1]["text"] == "Öresutjämning"
    assert Konteringsbruk.objects.filter(kontering=rad).exists()
    assert not [rad for rad in tabell(Filslag.BOKFORINGSORDER_CSV) if rad["artikel"] == "oresutjamning"]


def test_a_row_without_kontering_stops_the_month_and_says_which(maj: Korning, klara: Anvandare) -> None:
    mall.kontering(insats="LSS-9")
    mall.kontering(insats="LSS-8")
    mall.kontering(insats="LSS-10", artikel="narvaro")
    mall.kontering(insats="SOL-BOSTOD", till=date(2026, 5, 31))  # not on the day of booking
    with pytest.raises(Hindrad) as hinder:
        gor_utbetalningsfiler(manad=MAJ, av=klara)
    saknas = [
        "daglig verksamhet (LSS), artikeln arbetsbonus, i privat regi",
        "boendestöd (SoL), artikeln utförd tid, i privat regi",
        "boendestöd (SoL), artikeln bomtid, i privat regi",
        "bostad med särskild service för vuxna (LSS), artikeln dygn, i egen regi",
    ]
    vantat = [f"Kontering saknas för {ett}. Lägg till en rad i konteringsmallen." for ett in saknas]
    assert hinder.value.orsaker == vantat
    assert not Fil.objects.exists()
    assert not Konteringsbruk.objects.exists()


def test_files_are_made_once_and_the_same_input_gives_the_same_bytes(maj: Korning, klara: Anvandare) -> None:
    privat, _ = mall.hel_mall()
    forst = utbetalning.las(maj)
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    fore = {fil.pk: (fil.sha256, innehall(Filslag(fil.slag))) for fil in Fil.objects.all()}
    kontering.avsluta(kontering=privat, sista=MAJ.sista, av=klara)
    mall.kontering(konto="4649", kontonamn="Annat", fran=MAJ.till)
    again = gor_utbetalningsfiler(manad=MAJ, av=klara)
    assert {fil.pk: (fil.sha256, innehall(Filslag(fil.slag))) for fil in again} == fore
    assert utbetalning.las(maj) == forst
    om_igen = utbetalningsfiler.innehall(utbetalning.las(maj))
    assert {slag: gor() for slag, gor in om_igen.items()} == {slag: innehall(slag) for slag in om_igen}
    assert len(om_igen) == len(fore) == 5
    assert Handelse.objects.filter(handling="gor_utbetalningsunderlag").count() == 1


def test_a_file_that_is_altered_is_told_and_not_made_again(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    fil = gor_utbetalningsfiler(manad=MAJ, av=klara)[0]
    lager.plats(fil.sokvag).write_bytes(b"#FLAGGA 1\r\n")
    for gor in (
        lambda: gor_utbetalningsfiler(manad=MAJ, av=klara),
        lambda: utbetald.markera_utbetald(manad=MAJ, av=klara, nu=NU),
    ):
        with pytest.raises(Hindrad, match="har ändrats sedan den gjordes"):
            gor()
    assert lager.plats(fil.sokvag).read_bytes() == b"#FLAGGA 1\r\n"


def test_they_do_not_count_among_the_files_that_every_korning_gives(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    fore = filqueries.saknade_filer(maj)
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    assert filqueries.antal_klara(maj) == 0
    assert filqueries.saknade_filer(maj) == fore
    assert actions.kontrollera_filer(maj) == []


def test_only_a_faststalld_month_is_paid_and_only_by_those_who_may(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    juni = fabrik.korning(MAJ.plus(1))
    with pytest.raises(Hindrad, match="2026-06 är beräknad"):
        gor_utbetalningsfiler(manad=MAJ.plus(1), av=klara)
    with pytest.raises(Hindrad, match="Bara en fastställd månad"):
        utbetald.markera_utbetald(manad=MAJ.plus(1), av=klara, nu=NU)
    rut = Anvandare.objects.create_user("rut", roller=["revisor"])
    with pytest.raises(Hindrad, match="Rollen controller eller gruppchef krävs"):
        gor_utbetalningsfiler(manad=MAJ, av=rut)
    assert juni.status == Status.BERAKNAD


def test_a_person_marks_the_month_and_nothing_of_it_changes(maj: Korning, klara: Anvandare) -> None:
    mall.hel_mall()
    with pytest.raises(Hindrad, match="Utbetalningsunderlaget för 2026-05 är inte gjort än"):
        utbetald.markera_utbetald(manad=MAJ, av=klara, nu=NU)
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    fore = list(maj.rader.order_by("pk").values()), list(Fil.objects.order_by("pk").values())
    utbetald.markera_utbetald(manad=MAJ, av=klara, nu=NU)
    maj.refresh_from_db()
    assert (maj.status, maj.utbetald, maj.utbetald_av) == (Status.UTBETALD, NU, klara)
    assert (list(maj.rader.order_by("pk").values()), list(Fil.objects.order_by("pk").values())) == fore
    assert Handelse.objects.get(handling="markera_utbetald").text == "klara markerade 2026-05 som utbetald."
    with pytest.raises(Hindrad, match="redan markerad som utbetald"):
        utbetald.markera_utbetald(manad=MAJ, av=klara, nu=NU)


def test_who_settled_the_month_does_not_mark_it_paid_not_even_by_sql(maj: Korning) -> None:
    mall.hel_mall()
    gunnel = Anvandare.objects.get(username="gunnel")
    gunnel.roller = ["gruppchef"]
    gunnel.save()
    gor_utbetalningsfiler(manad=MAJ, av=gunnel)
    with pytest.raises(Hindrad, match="gunnel har fastställt 2026-05 och får inte markera den som utbetald"):
        utbetald.markera_utbetald(manad=MAJ, av=gunnel, nu=NU)
    satt = {"status": Status.UTBETALD, "utbetald": NU}
    with pytest.raises(IntegrityError, match="korning_utbetald_av_annan"), transaction.atomic():
        Korning.objects.filter(pk=maj.pk).update(**satt, utbetald_av=gunnel)
    with pytest.raises(IntegrityError, match="korning_utbetald_av_annan"), transaction.atomic():
        Korning.objects.filter(pk=maj.pk).update(status=Status.UTBETALD)


def test_a_used_row_of_the_mall_is_only_ended_after_the_month(maj: Korning, klara: Anvandare) -> None:
    privat, _ = mall.hel_mall()
    gor_utbetalningsfiler(manad=MAJ, av=klara)
    nya = _uppgifter(privat, konto="4641")
    with pytest.raises(Hindrad, match="maj 2026 är bokförd efter raden, så den kan bara avslutas"):
        kontering.andra(kontering=privat, uppgifter=nya, av=klara)
    with pytest.raises(Hindrad, match="kan bara avslutas"):
        kontering.ta_bort(kontering=privat, av=klara)
    with pytest.raises(Hindrad, match="Den kan sluta tidigast 31"):
        kontering.avsluta(kontering=privat, sista=date(2026, 5, 30), av=klara)
    for satt in ("konto = '4641'", "fran = '2025-01-01'", "till = '2026-05-31'"):
        with pytest.raises(IntegrityError, match="bara avslutas"), transaction.atomic():
            _sql(f"UPDATE ersattning_kontering SET {satt} WHERE id = {privat.pk}")
    with pytest.raises(IntegrityError), transaction.atomic():
        _sql(f"DELETE FROM ersattning_kontering WHERE id = {privat.pk}")
    ny = kontering.lagg_till(uppgifter=_uppgifter(privat, konto="4641", kontonamn="Nytt", fran=MAJ.till), av=klara,
                             efter=privat)  # fmt: skip
    privat.refresh_from_db()
    assert (privat.till, ny.fran, ny.till) == (MAJ.till, MAJ.till, None)


def _sql(sats: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sats)


def _uppgifter(rad: Kontering, **andrat: object) -> kontering.Uppgifter:
    falt = {namn: getattr(rad, namn) for namn in (*kontering.VAD, *kontering.KONTON, "fran")}
    return kontering.Uppgifter(**{**falt, **andrat})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("andrat", "orsak"),
    [
        ({"fran": date(2030, 1, 1)}, "Mallen har redan en kontering för samma sak under en del av perioden."),
        ({"insats": "LSS-9", "konto": "46"}, "Ett konto har 3–10 siffror."),
        ({"insats": "LSS-9", "konto": "=4640"}, "Ett konto har 3–10 siffror."),
        ({"insats": "LSS-9", "objekt": "=1+1"}, "En kod har högst 20 tecken"),
        ({"insats": "LSS-9", "artikel": "oresutjamning"}, "Öresutjämningen gäller summan"),
        ({"insats": "LSS-9", "sista": date(2009, 12, 31)}, "Slutdagen ligger före startdagen."),
        ({"insats": "LSS-9", "kontonamn": "Något annat"}, "Kontot 4640 heter ”Köp av verksamhet” i mallen redan."),
        ({"insats": "LSS-9", "konto": "4650", "kontonamn": "Škola"}, "har ett tecken som SIE-filer inte kan innehålla"),
        ({"insats": "LSS-9", "motkonto": "4640", "motkontonamn": "Annat"}, "har två olika namn här"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_the_reason(
    klara: Anvandare, andrat: dict[str, object], orsak: str
) -> None:
    with pytest.raises(Hindrad) as hinder:
        kontering.lagg_till(uppgifter=_uppgifter(mall.kontering(), **andrat), av=klara)
    assert orsak in " ".join(hinder.value.orsaker)
    assert Kontering.objects.count() == 1


def test_a_row_for_a_utforare_says_its_own_regi(klara: Anvandare) -> None:
    egen = fabrik.utforare("U1", "Eken", regi="egen")
    with pytest.raises(Hindrad, match="Eken drivs i egen regi"):
        kontering.lagg_till(uppgifter=_uppgifter(mall.kontering(), utforare=egen), av=klara)


@pytest.mark.parametrize(
    ("falt", "i_ord"),
    [
        ({}, "Alla insatser, alla artiklar"),
        ({"insats": "LSS-10"}, "Daglig verksamhet (LSS), alla artiklar"),
        ({"artikel": "bomtid"}, "Alla insatser, bomtid"),
        ({"artikel": "oresutjamning"}, "Öresutjämning"),
    ],
)
def test_a_row_says_what_it_is_for(klara: Anvandare, falt: dict[str, str], i_ord: str) -> None:
    ett = mall.kontering(insats="LSS-2")
    uppgifter = _uppgifter(ett, **{"insats": "", **falt})
    ny = kontering.lagg_till(uppgifter=uppgifter, av=klara)
    assert kontering.vad_i_ord(ny) == f"{i_ord}, privat regi"
    assert kontering.i_sin_regi(ny) == i_ord
    handelse = Handelse.objects.get(handling="lagg_till_kontering")
    assert i_ord in handelse.text
    assert handelse.data["rad"]["konto"] == "4640"
    egen = fabrik.utforare("U1", "Eken")
    assert kontering.i_sin_regi(mall.kontering(utforare=egen, **falt)) == f"{i_ord}, bara Eken"


def test_an_unused_row_is_changed_and_removed_with_an_event(klara: Anvandare) -> None:
    rad = mall.kontering()
    kontering.andra(kontering=rad, uppgifter=_uppgifter(rad, konto="4641"), av=klara)
    rad.refresh_from_db()
    assert rad.konto == "4641"
    kontering.ta_bort(kontering=rad, av=klara)
    assert not Kontering.objects.exists()
    with pytest.raises(Hindrad, match="borttagen"):
        kontering.ta_bort(kontering=rad, av=klara)
    assert list(Handelse.objects.order_by("pk").values_list("handling", flat=True)) == [
        "andra_kontering",
        "ta_bort_kontering",
    ]


def test_the_commands_do_the_same(maj: Korning, klara: Anvandare, egen_mapp: Path) -> None:
    ut = StringIO()
    with pytest.raises(CommandError, match="Kontering saknas för"):
        call_command("gor_utbetalningsunderlag", "2026-05", av="klara", stdout=ut)
    mall.hel_mall()
    call_command("gor_utbetalningsunderlag", "2026-05", av="klara", stdout=ut)
    call_command("markera_utbetald", "2026-05", av="klara", stdout=ut)
    assert "bokforingsorder-2026-05.si" in ut.getvalue()
    assert "2026-05 är markerad som utbetald av klara" in ut.getvalue()
    with pytest.raises(CommandError, match="redan markerad"):
        call_command("markera_utbetald", "2026-05", av="klara", stdout=ut)
