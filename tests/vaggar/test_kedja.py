"""The chain of the logs: what somebody changes in the database itself is found and named."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from beslut.lasningslogg import LASNINGAR
from beslut.models import Lasning, Person
from beslut.personnummer import GALLRAT_NUMMER
from grund import klocka
from grund.handelser import skriv_handelse
from grund.kedja import ankare
from grund.kedja.actions import anteckna_aterstallning, kontrollera_i_natt
from grund.kedja.forsegling import forsegla, vantande
from grund.kedja.gallring import GALLRA_PERSON, anteckna_gallrade
from grund.kedja.kontroll import kontrollera
from grund.kedja.loggar import HANDELSER
from grund.models import Handelse, Logglank
from grund.tasks import forsegla_loggen, kontrollera_loggen
from grund.tid import STOCKHOLM
from tests.vaggar.conftest import SomAppen
from tests.webb.varld import Varld
from uppfoljning.driften import regler
from uppfoljning.driften.lage import lage

NU = datetime(2026, 6, 3, 10, 0, tzinfo=STOCKHOLM)
MINUT = timedelta(minutes=1)


@pytest.fixture
def loggen(varld: Varld, som_appen: SomAppen) -> list[int]:
    """Five events and a look, sealed as the application's role seals them, and anchored. Their numbers."""
    tidigare = Handelse.objects.all()
    connection.cursor().execute("SET LOCAL session_replication_role = replica")
    connection.cursor().execute("DELETE FROM grund_andring; DELETE FROM grund_handelse; DELETE FROM beslut_lasning")
    connection.cursor().execute("SET LOCAL session_replication_role = origin")
    assert not tidigare.exists()
    nummer = [_handelse(NU + n * MINUT) for n in range(5)]
    person = Person.objects.get(nyckel="P-EGEN")
    av = next(iter(varld.anvandare.values()))
    Lasning.objects.create(tidpunkt=NU, anvandare=av, person=person, sida="akt", utanfor_uppdrag=True, motiv="Jour")
    with som_appen():
        assert forsegla(NU + 5 * MINUT) == 6
    assert ankare.lagg_ankare(NU + 5 * MINUT)
    return nummer


def _handelse(tid: datetime) -> int:
    ett = Handelse(tidpunkt=tid, handling="prova", objekt="prov:1", text="Något hände.", data={"b": 1.50, "a": "å"})
    ett.save()
    return ett.pk


@contextmanager
def _i_psql() -> Iterator[None]:
    """As a superuser who passes all guards by."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def _sql(fraga: str, *varden: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(fraga, varden)


def _fel(minuter: int = 6) -> list[str]:
    return kontrollera(NU + minuter * MINUT).fel


def test_a_log_that_nobody_has_touched_holds(loggen: list[int]) -> None:
    utfall = kontrollera(NU + 6 * MINUT)
    assert (utfall.fel, utfall.lankar, utfall.nya, utfall.ankare) == ([], 6, 0, 1)
    _handelse(NU + 7 * MINUT)
    assert kontrollera(NU + 8 * MINUT).nya == 1


def test_a_changed_row_is_named_and_no_other(loggen: list[int]) -> None:
    with _i_psql():
        _sql("UPDATE grund_handelse SET text = 'Något annat hände.' WHERE id = %s", loggen[2])
        _sql("UPDATE beslut_lasning SET motiv = 'Vikariat'")
    ((lasning,),) = Lasning.objects.values_list("pk")
    forsta, andra = _fel()
    assert forsta == (
        f"Händelse {loggen[2]} (2026-06-03 10.02, prova, prov:1) är ändrad sedan den förseglades i länk 3."
    )
    assert andra.startswith(f"Läsning {lasning} (2026-06-03 10.00, användare ")
    assert andra.endswith("är ändrad sedan den förseglades i länk 6.")
    with _i_psql():
        _sql("UPDATE grund_handelse SET text = 'Något hände.' WHERE id = %s", loggen[2])
        _sql("UPDATE beslut_lasning SET motiv = 'Jour'")
    assert _fel() == []


@pytest.mark.parametrize("kolumn", ["tidpunkt = tidpunkt + interval '1 microsecond'", "data = '{}'", "handling = 'x'"])
def test_every_column_counts(loggen: list[int], kolumn: str) -> None:
    with _i_psql():
        _sql(f"UPDATE grund_handelse SET {kolumn} WHERE id = %s", loggen[4])
    assert [f"Händelse {loggen[4]} " in fel for fel in _fel()] == [True]


def test_a_removed_row_is_named(loggen: list[int]) -> None:
    with _i_psql():
        _sql("DELETE FROM grund_handelse WHERE id = %s", loggen[1])
    assert _fel() == [f"Händelse {loggen[1]} är borttagen. Den förseglades i länk 2."]


def test_on_a_day_that_is_set_a_new_morning_is_no_row_put_in(loggen: list[int], settings: Any) -> None:
    """The demo's clock goes from late in the evening to the morning of the same day."""
    _handelse(NU + 700 * MINUT)
    assert _fel(700) == []
    _handelse(NU - 120 * MINUT)
    (fel,) = _fel(-119)
    assert "är inlagd i efterhand" in fel
    settings.IDAG = NU.date()
    assert _fel(-119) == []


def test_a_row_put_in_afterwards_is_named(loggen: list[int]) -> None:
    """With a time of before, it gets its link after those that came in between."""
    _handelse(NU + 1000 * MINUT)
    assert _fel(1000) == []
    sen = _handelse(NU + 2 * MINUT)
    (_, fel) = _fel(1001)
    assert fel.startswith(f"Händelse {sen} (2026-06-03 10.02, prova, prov:1) är inlagd i efterhand")


def test_a_row_put_in_afterwards_is_not_hidden_by_when_it_is_said_to_be_sealed(
    loggen: list[int], som_appen: SomAppen
) -> None:
    """The application's role may ask for the sealing, and says what time it is."""
    _handelse(NU + 1000 * MINUT)
    forsegla(NU + 1000 * MINUT)
    sen = _handelse(NU + 2 * MINUT)
    with som_appen():
        _sql("SELECT grund_forsegla_handelser((SELECT min(forseglad) FROM grund_logglank), 10)")
    (fel,) = _fel(1001)
    assert fel.startswith(f"Händelse {sen} (2026-06-03 10.02, prova, prov:1) är inlagd i efterhand")


def test_removed_links_are_found_with_the_rows_that_they_sealed(loggen: list[int]) -> None:
    with _i_psql():
        _sql("UPDATE grund_loggmarke SET under = %s WHERE logg = 1", loggen[4])
        _sql("DELETE FROM grund_logglank WHERE nr IN (2, 3)")
    fel = _fel()
    assert fel[0] == "Länkarna 2–3 är borttagna ur kedjan."
    assert [f"Händelse {nummer} " in text for nummer, text in zip(loggen[1:3], fel[1:], strict=True)] == [True, True]
    assert all("saknar länk" in text for text in fel[1:])


def test_a_chain_that_is_counted_anew_differs_from_its_anchor(loggen: list[int]) -> None:
    with _i_psql():
        _sql("UPDATE grund_handelse SET text = 'Något annat hände.' WHERE id = %s", loggen[2])
        _sql("DELETE FROM grund_logglank")
        _sql("DELETE FROM grund_loggmarke")
    forsegla(NU + 6 * MINUT)
    (fel,) = _fel()
    assert fel.startswith("Ankaret från 2026-06-03 10.05 säger något annat om länk 6 än kedjan: kedjan är omräknad")


def test_a_restored_database_is_told_of_and_acknowledged(loggen: list[int], varld: Varld) -> None:
    _handelse(NU + 20 * MINUT)
    forsegla(NU + 20 * MINUT)
    assert ankare.lagg_ankare(NU + 20 * MINUT)
    with _i_psql():  # back to what it was before that
        _sql("DELETE FROM grund_logglank WHERE nr > 6")
        _sql("DELETE FROM grund_handelse WHERE id > %s", loggen[4])
    (fel,) = _fel(21)
    assert "säger länk 7, men kedjan slutar vid 6" in fel
    assert "återställd till en tidigare tidpunkt" in fel
    av = next(iter(varld.anvandare.values()))
    anteckna_aterstallning(skal="Disken gick sönder", av=av, nu=NU + 22 * MINUT)
    assert _fel(23) == []
    assert Handelse.objects.filter(handling="logg_aterstalld", av=av).exists()
    with _i_psql():
        _sql("DELETE FROM grund_handelse WHERE id = %s", loggen[0])
    assert len(_fel(24)) == 1


def _gallra(varld: Varld, handling: str = GALLRA_PERSON) -> None:
    """As gallring does with a person and the looks at them."""
    handelse = skriv_handelse(av=None, handling=handling, objekt="gallringslista:1", text="En person gallrades.")
    rader = list(Lasning.objects.values_list("pk", flat=True))
    assert anteckna_gallrade(logg=LASNINGAR, rader=rader, handelse=handelse) == 1
    Person.objects.filter(nyckel="P-EGEN").update(
        gallrad=NU.date(), personnummer=GALLRAT_NUMMER, fornamn="", efternamn="", personkrets=None, avliden=None
    )
    with _i_psql():
        _sql("UPDATE beslut_lasning SET motiv = 'Gallrat'")


def test_what_gallring_has_decided_on_is_explained(loggen: list[int], varld: Varld) -> None:
    _gallra(varld)
    utfall = kontrollera(NU + 6 * MINUT)
    assert (utfall.fel, utfall.gallrade) == ([], 1)
    with _i_psql():
        _sql("UPDATE grund_gallradloggrad SET avtryck = sha256('annat')")
    assert len(_fel()) == 1


@pytest.mark.parametrize(
    "andring",
    [
        "UPDATE beslut_lasning SET motiv = 'Hade jour den natten'",
        "UPDATE beslut_person SET gallrad = NULL WHERE nyckel = 'P-EGEN'",
        "UPDATE grund_handelse SET handling = 'prova' WHERE handling = 'gallra_person'",
    ],
)
def test_a_change_is_not_explained_by_a_note_of_gallring(loggen: list[int], varld: Varld, andring: str) -> None:
    """Whoever writes the sum of a row to where gallring notes it, and then changes the row, is found."""
    _gallra(varld)
    with _i_psql():
        _sql(andring)
    (fel,) = _fel()
    assert "är antecknad som gallrad, men ser inte ut som gallringen lämnar en rad" in fel


def test_a_row_noted_as_gallrad_may_not_be_gone(loggen: list[int], varld: Varld) -> None:
    _gallra(varld)
    with _i_psql():
        _sql("DELETE FROM beslut_lasning")
    (fel,) = _fel()
    assert "är borttagen. Den förseglades i länk 6." in fel


def test_the_form_is_the_same_in_every_time_zone(loggen: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Kolkata'; SET LOCAL DateStyle = 'ISO, DMY'")
        assert _fel() == []


def test_sealing_that_has_stood_still_is_told(loggen: list[int]) -> None:
    _handelse(NU + 30 * MINUT)
    (fel,) = _fel(45)
    assert fel.startswith("Händelse: 1\u00a0rad hade väntat på förseglingen, den äldsta sedan 2026-06-03 10.30.")


def test_the_command_names_what_is_wrong_and_fails(loggen: list[int]) -> None:
    ut = StringIO()
    call_command("kontrollera_logg", stdout=ut)
    assert "Loggen är hel." in ut.getvalue()
    with _i_psql():
        _sql("UPDATE grund_handelse SET text = 'Något annat hände.' WHERE id = %s", loggen[2])
    with pytest.raises(CommandError, match="Loggen håller inte: 1 fel"):
        call_command("kontrollera_logg", stdout=ut)
    assert f"Händelse {loggen[2]} (" in ut.getvalue()


def test_the_nights_check_leaves_an_event_that_alarms_can_see(loggen: list[int]) -> None:
    with _i_psql():
        _sql("DELETE FROM grund_handelse WHERE id = %s", loggen[1])
    kontrollera_i_natt(nu=NU + 6 * MINUT)
    ett = Handelse.objects.get(handling="logg_bruten")
    assert ett.data["antal"] == 1
    assert f"Händelse {loggen[1]} är borttagen" in ett.data["fel"][0]


def test_a_broken_chain_is_an_alarm_until_a_check_holds(loggen: list[int], settings: Any) -> None:
    settings.INSYN_SPARA = settings.INSYN_SPARA_I_TRANSAKTION = True
    for text, larmar in (("Något annat hände.", True), ("Något hände.", False)):
        with _i_psql():
            _sql("UPDATE grund_handelse SET text = %s WHERE id = %s", text, loggen[1])
        kontrollera_loggen.apply()
        assert ("logg_bruten" in [ett.kod for ett in regler.larm(lage(klocka.nu()))]) == larmar


def test_how_long_the_oldest_row_has_waited_is_measured(loggen: list[int]) -> None:
    assert vantande(HANDELSER, NU + 9 * MINUT) == (0, None)
    for minut in (7, 8):
        _handelse(NU + minut * MINUT)
    assert vantande(HANDELSER, NU + 9 * MINUT) == (2, NU + 7 * MINUT)


def test_sealing_goes_on_from_where_it_was_and_is_anchored_now_and_then(loggen: list[int]) -> None:
    rader = len(ankare.alla())
    for _ in range(3):
        skriv_handelse(av=None, handling="prova", objekt="prov:1", text="Något hände.")
        forsegla_loggen()
    assert list(Logglank.objects.order_by("nr").values_list("nr", flat=True)) == list(range(1, 10))
    assert len(ankare.alla()) == rader + 1


def test_an_anchor_file_that_cannot_be_read_is_told(loggen: list[int]) -> None:
    ankare.plats().write_text("skräp\n", encoding="utf-8")
    (fel,) = _fel()
    assert fel == "Rad 1 i loggankare.txt går inte att läsa. Ankarna är inte jämförda med kedjan."


def test_an_anchor_file_that_is_gone_is_told(loggen: list[int]) -> None:
    """Else who counts the chain anew need only remove the file."""
    ankare.plats().unlink()
    assert _fel(6) == []  # the first anchor comes within ten minutes
    (fel,) = _fel(20)
    assert fel.startswith("Inga ankare finns, fast loggen har förseglats sedan 2026-06-03 10.05: loggankare.txt")


def test_a_restore_that_only_the_anchor_file_tells_of_is_told(loggen: list[int]) -> None:
    """Else who counts the chain anew need only write a line there."""
    with ankare.plats().open("a", encoding="utf-8") as fil:
        fil.write(f"{(NU + 5 * MINUT).isoformat()} återställd 0 - sven: disken\n")
    (fel,) = _fel()
    assert "säger att databasen återställdes 2026-06-03 10.05, men det finns ingen händelse om det" in fel
