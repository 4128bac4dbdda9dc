"""Controls of the log: the draw can be made again, four eyes, nothing said is taken back, and the protocol."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import pypdf
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from beslut import loggkontroll, loggprotokoll
from beslut.actions.loggkontroll import avsluta, bedom, dra_urval
from beslut.loggkontroll import Bedomt, Urval
from beslut.models import Kontrollbedomning, Kontrollrad, Lasning, Loggkontroll, Person
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import STOCKHOLM

pytestmark = pytest.mark.django_db
NU = datetime(2026, 6, 3, 9, tzinfo=STOCKHOLM)
MAJ = Urval(date(2026, 5, 1), date(2026, 6, 1))
BRA = Bedomt("i_ordning")


def anvandare(namn: str, *roller: Roll) -> Anvandare:
    return Anvandare.objects.create_user(namn, roller=list(roller))


@pytest.fixture
def gustav() -> Anvandare:
    return anvandare("gustav", Roll.GRUPPCHEF)


@pytest.fixture
def agneta() -> Anvandare:
    return anvandare("agneta", Roll.GRUPPCHEF)


@pytest.fixture
def maria() -> Anvandare:
    return anvandare("maria", Roll.HANDLAGGARE)


@pytest.fixture
def last(gustav: Anvandare, maria: Anvandare) -> list[Lasning]:
    """maria's forty readings in May, every tenth outside her assignments; two of gustav's; one in June."""
    folk = [
        Person.objects.create(
            nyckel=f"P{nr}", personnummer="199002029818", fornamn="Anna", efternamn="Hemlig", skyddad=nr == 3
        )
        for nr in range(4)
    ]
    return list(
        Lasning.objects.bulk_create(
            Lasning(
                tidpunkt=NU - timedelta(days=10, hours=nr) if nr < 42 else NU,
                anvandare=maria if nr < 40 else gustav,
                person=folk[nr % 4],
                sida="akt",
                utanfor_uppdrag=nr % 10 == 9,
                motiv="vikarierar" if nr % 10 == 9 else "",
            )
            for nr in range(43)
        )
    )


def dra(av: Anvandare, urval: Urval = MAJ, storlek: int = 10, fro: int = 7) -> Loggkontroll:
    return dra_urval(urval=urval, storlek=storlek, fro=fro, av=av, nu=NU)


def bedom_allt(kontroll: Loggkontroll, av: Anvandare, bedomt: Bedomt = BRA) -> None:
    andras = [rad for rad in loggkontroll.rader(kontroll) if rad.lasning.anvandare_id != av.pk]
    bedom(kontroll=kontroll, bedomda={rad.nummer: bedomt for rad in andras}, av=av, nu=NU)


@pytest.fixture
def inget_sparas() -> Iterator[None]:
    yield
    assert not Kontrollbedomning.objects.exists()


def test_the_draw_can_be_made_again_also_when_more_has_been_read(last: list[Lasning], gustav: Anvandare) -> None:
    kontroll = dra(gustav)
    assert (kontroll.antal, kontroll.storlek) == (42, 10)
    dragna = list(Kontrollrad.objects.filter(kontroll=kontroll).order_by("nummer").values_list("lasning", flat=True))
    assert len(set(dragna)) == 10
    Lasning.objects.create(tidpunkt=NU - timedelta(days=8), anvandare=gustav, person=last[0].person, sida="akt")
    assert loggkontroll.dragna_om(kontroll) == dragna
    assert loggkontroll.dra(range(42), 10, 7) != loggkontroll.dra(range(42), 10, 8)


def test_every_reading_is_as_likely_to_be_drawn() -> None:
    antal = [0] * 20
    for fro in range(4000):
        for nummer in loggkontroll.dra(range(20), 5, fro):
            antal[nummer] += 1
    assert min(antal) > 850  # 1 000 each; six standard deviations are 165
    assert max(antal) < 1150


def test_what_is_drawn_answers_to_what_was_asked_for(last: list[Lasning], gustav: Anvandare, maria: Anvandare) -> None:
    skyddade = dra(gustav, Urval(MAJ.fran, MAJ.till, maria, bara_skyddade=True), storlek=200)
    assert {rad.lasning.person.nyckel for rad in loggkontroll.rader(skyddade)} == {"P3"}
    assert skyddade.antal == skyddade.storlek == 10
    utanfor = dra(gustav, Urval(MAJ.fran, MAJ.till, bara_utanfor=True), storlek=200)
    assert {rad.lasning.motiv for rad in loggkontroll.rader(utanfor)} == {"vikarierar"}


@pytest.mark.parametrize(
    ("urval", "storlek", "skal"),
    [
        (Urval(date(2026, 5, 2), date(2026, 5, 2)), 10, "Slutdagen ligger före"),
        (Urval(date(2026, 6, 1), date(2026, 6, 5)), 10, "kan inte sluta efter i dag"),
        (Urval(date(2020, 1, 1), date(2020, 2, 1)), 10, "inga läsningar att dra ur"),
        (MAJ, 0, "minst 1"),
        (MAJ, 201, "högst 200"),
    ],
)
def test_what_cannot_be_drawn_says_why(
    last: list[Lasning], gustav: Anvandare, urval: Urval, storlek: int, skal: str
) -> None:
    with pytest.raises(Hindrad, match=skal):
        dra(gustav, urval, storlek)
    assert not Loggkontroll.objects.exists()


@pytest.mark.parametrize("roll", [roll for roll in Roll if roll is not Roll.GRUPPCHEF])
def test_only_a_gruppchef_controls(last: list[Lasning], gustav: Anvandare, roll: Roll) -> None:
    annan = anvandare("annan", roll)
    with pytest.raises(Hindrad, match="gruppchef krävs"):
        dra(annan)
    kontroll = dra(gustav)
    with pytest.raises(Hindrad, match="gruppchef krävs"):
        bedom_allt(kontroll, annan)
    with pytest.raises(Hindrad, match="gruppchef krävs"):
        avsluta(kontroll=kontroll, slutsats="", av=annan, nu=NU)


def test_nobody_marks_their_own_and_the_database_holds_it(
    last: list[Lasning], gustav: Anvandare, inget_sparas: None
) -> None:
    kontroll = dra(gustav, Urval(MAJ.fran, MAJ.till, gustav))
    with pytest.raises(Hindrad, match="din egen"):
        bedom(kontroll=kontroll, bedomda={1: BRA}, av=gustav, nu=NU)
    with pytest.raises(IntegrityError, match="sina egna läsningar"), transaction.atomic():
        Kontrollbedomning.objects.create(rad=kontroll.rader.get(nummer=1), tidpunkt=NU, av=gustav, utfall="i_ordning")


def test_what_is_not_in_order_is_said_with_words(last: list[Lasning], gustav: Anvandare, inget_sparas: None) -> None:
    kontroll = dra(gustav)
    for utfall, skal in (("fraga", "vad du vill fråga om"), ("ej_i_ordning", "vad som inte är i ordning")):
        with pytest.raises(Hindrad, match=skal):
            bedom(kontroll=kontroll, bedomda={1: BRA, 2: Bedomt(utfall, "  ")}, av=gustav, nu=NU)


def test_a_changed_mark_is_a_new_row_and_the_same_mark_is_none(
    last: list[Lasning], gustav: Anvandare, agneta: Anvandare
) -> None:
    kontroll = dra(gustav, Urval(MAJ.fran, MAJ.till, bara_utanfor=True))
    assert bedom(kontroll=kontroll, bedomda={1: Bedomt("fraga", "Varför?")}, av=gustav, nu=NU) == 1
    assert bedom(kontroll=kontroll, bedomda={1: Bedomt("fraga", "Varför?")}, av=agneta, nu=NU) == 0
    assert bedom(kontroll=kontroll, bedomda={1: Bedomt("i_ordning", "Jour.")}, av=agneta, nu=NU) == 1
    rad = loggkontroll.rader(kontroll)[0]
    assert (rad.utfall, rad.anteckning, rad.bedomare) == ("i_ordning", "Jour.", "agneta")
    assert [ett.utfall for ett in loggkontroll.tidigare(kontroll)[rad.pk]] == ["fraga"]
    with pytest.raises(ProgrammingError), transaction.atomic():
        Kontrollbedomning.objects.update(anteckning="Något annat")


def test_what_somebody_else_has_said_meanwhile_is_not_written_over(
    last: list[Lasning], gustav: Anvandare, agneta: Anvandare
) -> None:
    kontroll = dra(gustav, Urval(MAJ.fran, MAJ.till, bara_utanfor=True))
    bedom(kontroll=kontroll, bedomda={1: Bedomt("ej_i_ordning", "Ingen jour.")}, av=agneta, nu=NU)
    with pytest.raises(Hindrad, match="Någon annan har bedömt"):
        bedom(kontroll=kontroll, bedomda={1: Bedomt("i_ordning", "", ("", ""))}, av=gustav, nu=NU)


def test_the_end_waits_for_every_reading_and_is_for_good(
    last: list[Lasning], gustav: Anvandare, agneta: Anvandare
) -> None:
    kontroll = dra(gustav, storlek=42)
    with pytest.raises(Hindrad, match=r"40.läsningar är inte bedömda\. 2.av dina egna läsningar återstår"):
        avsluta(kontroll=kontroll, slutsats="", av=gustav, nu=NU)
    bedom_allt(kontroll, gustav)
    bedom(kontroll=kontroll, bedomda={5: Bedomt("fraga", "Varför?")}, av=gustav, nu=NU)
    bedom_allt(kontroll, agneta)
    bedom(kontroll=kontroll, bedomda={5: Bedomt("fraga", "Varför?")}, av=gustav, nu=NU)
    with pytest.raises(Hindrad, match="Att fråga om"):
        avsluta(kontroll=kontroll, slutsats="", av=agneta, nu=NU)
    bedom(kontroll=kontroll, bedomda={5: Bedomt("ej_i_ordning", "Ingen orsak.")}, av=gustav, nu=NU)
    avsluta(kontroll=kontroll, slutsats="Samtal förs.", av=agneta, nu=NU)
    assert Handelse.objects.get(handling="avsluta_loggkontroll").text.endswith("läsningar var inte i ordning.")
    with pytest.raises(Hindrad, match="avslutad"):
        bedom(kontroll=kontroll, bedomda={5: BRA}, av=gustav, nu=NU)
    with pytest.raises(IntegrityError, match="avslutad"), transaction.atomic():
        Kontrollbedomning.objects.create(rad=kontroll.rader.get(nummer=5), tidpunkt=NU, av=agneta, utfall="i_ordning")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Loggkontroll.objects.update(slutsats="Allt var bra.")


def test_the_protocol_says_all_and_names_no_person(last: list[Lasning], gustav: Anvandare, agneta: Anvandare) -> None:
    kontroll = dra(gustav, storlek=42)
    bedom_allt(kontroll, gustav, Bedomt("ej_i_ordning", "Saknar skäl."))
    bedom_allt(kontroll, agneta)
    avsluta(kontroll=kontroll, slutsats="Vi går igenom rutinen.", av=agneta, nu=NU)
    pdf = loggprotokoll.gor(kontroll)
    assert pdf == loggprotokoll.gor(kontroll)
    text = " ".join(" ".join(sida.extract_text() for sida in pypdf.PdfReader(BytesIO(pdf)).pages).split())
    for del_ in ("42 av 42 läsningar", "agneta", "vikarierar", "Vi går igenom rutinen.", "P3", f"Frö {kontroll.fro}"):
        assert del_ in text, del_
    assert "Hemlig" not in text
    assert "9818" not in text


def test_no_event_of_a_control_says_whose_data_was_read(last: list[Lasning], gustav: Anvandare) -> None:
    kontroll = dra(gustav)
    bedom_allt(kontroll, gustav)
    texter = " ".join(Handelse.objects.values_list("text", flat=True))
    assert "P3" not in texter
    assert "gustav drog 10 av 42" in texter


def test_a_revisor_reads_and_changes_nothing(last: list[Lasning], gustav: Anvandare, client: Client) -> None:
    kontroll = dra(gustav)
    client.force_login(anvandare("rut", Roll.REVISOR))
    assert "Spara" not in client.get(f"/loggkontroll/{kontroll.pk}/").content.decode()
    assert client.post(f"/loggkontroll/{kontroll.pk}/").status_code == 403
    assert client.post(f"/loggkontroll/{kontroll.pk}/avsluta/").status_code == 403
    assert client.get("/loggkontroll/ny/").status_code == 403
    assert client.get(f"/loggkontroll/{kontroll.pk}/protokoll.pdf").status_code == 404


def test_who_looks_at_a_persons_log_is_logged_and_sees_no_name(
    last: list[Lasning], client: Client, gustav: Anvandare
) -> None:
    client.force_login(anvandare("rut", Roll.REVISOR))
    svar = client.get("/lasningar/?person=P1", follow=True)
    assert svar.redirect_chain
    assert "Hemlig" not in svar.content.decode()
    assert Lasning.objects.filter(anvandare__username="rut").get().sida == "läslogg"
    egna = client.get("/lasningar/", {"anvandare": gustav.pk}).content.decode()
    assert egna.count('<th scope="row"') == 3
