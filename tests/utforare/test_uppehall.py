"""A verkställighet is interrupted for a time: who may say so, what the database holds, and how it is counted."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from beslut.models import Beslut, Overklagande
from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import STOCKHOLM
from tests.webb.varld import Varld
from utforare import arbetslistor, attgora, bestallningar
from utforare.actions.slut import avsluta
from utforare.actions.uppehall import anmal_uppehall, ateruppta
from utforare.frist import Klocka
from utforare.models import Uppehall, Verkstallighet
from utforare.regler import Slutorsak, Uppehallsorsak
from utforare.uppehall import i_ord, oppet, pagaende

pytestmark = pytest.mark.django_db
NU = datetime(2026, 6, 3, 10, 12, tzinfo=STOCKHOLM)
IDAG, FRAN = NU.date(), date(2026, 5, 4)


def _anmal(verk: Verkstallighet, av: Anvandare, **annat: Any) -> Uppehall:
    allt = {"fran": FRAN, "sista": None, "orsak": Uppehallsorsak.SJUKHUS, "text": "", "nu": NU}
    return anmal_uppehall(**{"verk": verk, "av": av, **allt, **annat})


def _klocka(verk: Verkstallighet, dag: date = IDAG) -> tuple[Klocka, date] | None:
    svar = arbetslistor.fristerna([verk.beslut_id], dag).get(verk.beslut_id)
    return (svar.klocka, svar.fran) if svar else None


def test_the_clock_runs_from_the_first_day_without_and_stops_when_it_is_taken_up_again(
    verk: Verkstallighet, petra: Anvandare
) -> None:
    assert _klocka(verk) is None
    ett = _anmal(verk, petra)
    assert _klocka(verk) == (Klocka.AVBROTT, FRAN)
    assert _klocka(verk, FRAN - timedelta(days=1)) is None
    ateruppta(uppehall=ett, dag=date(2026, 6, 2), av=petra, nu=NU)
    assert _klocka(verk, date(2026, 6, 1)) == (Klocka.AVBROTT, FRAN)
    assert _klocka(verk, date(2026, 6, 2)) is None
    texter = (
        Handelse.objects.filter(objekt="verkstallighet:V-EGEN", av=petra).order_by("pk").values_list("text", flat=True)
    )
    assert [text.replace("\xa0", " ") for text in texter] == [
        "Insatsen har uppehåll från 4 maj 2026: sjukhusvistelse.",
        "Insatsen utförs igen från 2 juni 2026.",
    ]


def test_each_uppehall_has_a_clock_of_its_own(verk: Verkstallighet, maria: Anvandare) -> None:
    _anmal(verk, maria, fran=date(2026, 2, 1), sista=date(2026, 4, 1))
    _anmal(verk, maria, fran=date(2026, 5, 20))
    assert _klocka(verk) == (Klocka.AVBROTT, date(2026, 5, 20))
    assert arbetslistor.fristerna([verk.beslut_id], IDAG)[verk.beslut_id].sista == date(2026, 8, 20)


def test_the_end_of_what_is_interrupted_does_not_start_the_clock_anew(
    verk: Verkstallighet, petra: Anvandare, maria: Anvandare
) -> None:
    _anmal(verk, petra)
    avsluta(verk=verk, sista_dag=date(2026, 5, 31), orsak=Slutorsak.FLYTT, av=maria, nu=NU)
    assert _klocka(verk) == (Klocka.AVBROTT, FRAN)


def test_where_another_goes_on_it_is_in_part_when_less_is_left_than_decided(
    varld: Varld, verk: Verkstallighet, petra: Anvandare
) -> None:
    beslut = lagrad_rad("beslut", "B-EGEN") | {"omfattning": "10", "omfattning_enhet": "timmar_vecka"}
    halv = {"bestallt_antal": "5", "bestallt_enhet": "timmar_vecka"}
    forsta = lagrad_rad("verkstalligheter", "V-EGEN") | halv
    andra = forsta | {"verkstallighet_id": "V-ANDRA"}
    registrera(
        rader={"beslut": [beslut], "verkstalligheter": [forsta, andra]}, spar=Spar(None, "prova", "prov:1", "Ett.")
    )
    assert Verkstallighet.objects.get(nyckel="V-ANDRA").bestallt_antal == Decimal(5)
    assert _klocka(verk) is None
    _anmal(verk, petra)
    assert _klocka(verk) == (Klocka.DELVIS, FRAN)


def test_a_stay_that_is_interrupted_does_not_wait_as_between_two_stays(verk: Verkstallighet, petra: Anvandare) -> None:
    Beslut.objects.filter(pk=verk.beslut_id).update(insats="LSS-6")
    _anmal(verk, petra)
    assert _klocka(verk) == (Klocka.AVBROTT, FRAN)


def test_only_one_runs_at_a_time_and_days_do_not_overlap(verk: Verkstallighet, petra: Anvandare) -> None:
    _anmal(verk, petra, fran=date(2026, 7, 1), sista=date(2026, 7, 31))
    with pytest.raises(Hindrad, match="redan ett uppehåll under en del av tiden"):
        _anmal(verk, petra, fran=date(2026, 7, 31))
    _anmal(verk, petra, fran=date(2026, 8, 1))
    with pytest.raises(Hindrad, match="Skriv först när den återupptas"):
        _anmal(verk, petra)


@pytest.mark.parametrize(
    ("annat", "svar"),
    [
        ({"fran": date(2025, 12, 31)}, "före starten"),
        ({"sista": date(2026, 5, 3)}, "Sista dagen ligger före första"),
        ({"fran": date(2027, 8, 1)}, "mer än ett år fram"),
        ({"orsak": Uppehallsorsak.ANNAT}, "Skriv vad som har hänt"),
    ],
)
def test_days_and_causes_that_cannot_be(
    verk: Verkstallighet, petra: Anvandare, annat: dict[str, Any], svar: str
) -> None:
    with pytest.raises(Hindrad, match=svar):
        _anmal(verk, petra, **annat)
    assert not Uppehall.objects.filter(fran__lt=date(2029, 1, 1)).exists()


def test_the_database_keeps_it_within_the_verkstallighet(
    verk: Verkstallighet, petra: Anvandare, maria: Anvandare
) -> None:
    avsluta(verk=verk, sista_dag=date(2026, 6, 30), orsak=Slutorsak.FLYTT, av=maria, nu=NU)
    verk.refresh_from_db()
    with pytest.raises(Hindrad, match="efter insatsens slut"):
        _anmal(verk, petra, fran=date(2026, 7, 1))
    for fran, till in ((date(2025, 1, 1), None), (date(2026, 7, 1), None), (FRAN, date(2026, 7, 2))):
        with pytest.raises(IntegrityError, match="utanför verkställigheten"), transaction.atomic():
            Uppehall.objects.create(
                verkstallighet=verk, fran=fran, till=till, orsak="sjukhus", anmalt=NU, anmalt_av=petra
            )


def test_who_does_not_work_there_or_with_it_says_nothing(varld: Varld, verk: Verkstallighet, petra: Anvandare) -> None:
    for roll in (Roll.CONTROLLER, Roll.REVISOR):
        with pytest.raises(Hindrad, match="utföraren eller handläggaren"):
            _anmal(verk, varld.anvandare[roll])
    annans = Verkstallighet.objects.get(nyckel="V-ANNANS")
    with pytest.raises(Hindrad, match="enhet som du inte rapporterar för"):
        _anmal(annans, petra)


def test_what_was_not_interrupted_is_taken_away_and_a_day_to_come_is_no_fact(
    verk: Verkstallighet, petra: Anvandare, maria: Anvandare
) -> None:
    ett = _anmal(verk, petra)
    for dag, svar in ((date(2026, 5, 3), "före uppehållets första dag"), (date(2026, 6, 4), "i framtiden")):
        with pytest.raises(Hindrad, match=svar):
            ateruppta(uppehall=ett, dag=dag, av=maria, nu=NU)
    ateruppta(uppehall=ett, dag=FRAN, av=maria, nu=NU)
    assert not Uppehall.objects.filter(pk=ett.pk).exists()
    assert Handelse.objects.filter(handling="ta_bort_uppehall", av=maria).count() == 1
    with pytest.raises(Hindrad, match="redan borttaget"):
        ateruppta(uppehall=ett, dag=IDAG, av=maria, nu=NU)


def test_what_has_been_taken_up_again_is_not_taken_up_twice(verk: Verkstallighet, petra: Anvandare) -> None:
    ett = _anmal(verk, petra)
    ateruppta(uppehall=ett, dag=date(2026, 6, 2), av=petra, nu=NU)
    with pytest.raises(Hindrad, match="redan slut"):
        ateruppta(uppehall=ett, dag=IDAG, av=petra, nu=NU)


def test_the_next_step_is_to_follow_it_up_and_not_to_order_anew(
    verk: Verkstallighet, petra: Anvandare, maria: Anvandare
) -> None:
    ett = _anmal(verk, petra)
    rad = next(rad for rad in attgora.ej_verkstallda(maria, IDAG, alla=False).uppgifter if rad.vem == "Anna Ek")
    assert (rad.lage, rad.nasta, rad.nasta_adress) == (
        "Uppehåll: sjukhusvistelse",
        "Följ upp uppehållet",
        f"/uppehall/{ett.pk}/avsluta/",
    )
    sent = attgora.ej_verkstallda(maria, date(2026, 8, 5), alla=False)  # a day past the limit
    assert sent.uppgifter[0].nasta == "Skriv orsak"


def test_it_is_told_in_words(verk: Verkstallighet, petra: Anvandare) -> None:
    ett = _anmal(verk, petra)
    assert oppet(verk.pk, IDAG) == ett
    assert pagaende([verk.pk], IDAG) == {verk.pk: ett}
    assert i_ord(ett, IDAG).replace("\xa0", " ") == "Uppehåll sedan 4 maj 2026: sjukhusvistelse"
    ett.till = date(2026, 7, 1)
    assert i_ord(ett, IDAG).replace("\xa0", " ") == (
        "Uppehåll från 4 maj 2026 till och med 30 juni 2026: sjukhusvistelse"
    )


# Court judgments


@pytest.fixture
def dom(varld: Varld) -> Beslut:
    """B-NY is what a court decided."""
    ny = Beslut.objects.select_related("person").get(nyckel="B-NY")
    Overklagande.objects.create(
        beslut=Beslut.objects.get(nyckel="B-EGEN"), steg="avgjort", inkom=date(2026, 1, 5), klagande="Personen",
        text="Vill ha mer.", domdag=ny.beslutsdatum, domsutfall="bifall", malnummer="1234-26", domens_beslut=ny,
    )  # fmt: skip
    return ny


def test_a_judgment_has_a_clock_but_is_not_reported(dom: Beslut, maria: Anvandare) -> None:
    (rad,) = arbetslistor.ej_verkstallda(maria, IDAG, alla=True)
    assert (rad.beslut_id, rad.frist.sista, rad.frist.rapporteras) == (dom.pk, date(2026, 6, 12), False)
    assert rad.frist.har_gatt_ut(date(2026, 6, 13))


def test_a_judgment_stays_in_the_list_and_says_what_it_is(dom: Beslut, maria: Anvandare) -> None:
    grupp = attgora.ej_verkstallda(maria, date(2026, 6, 13), alla=True)
    (uppgift,) = grupp.uppgifter
    assert uppgift.vad_under.replace("\xa0", " ") == (
        "Beslutat 12 mars 2026. Dom, rapporteras inte till IVO, men kan ge särskild avgift."
    )
    assert grupp.not_.replace("\xa0", " ") == "1 över tre månader, 0 inom 14 dagar, varav 1 dom"
    bild = bestallningar.utforande(maria, dom, date(2026, 6, 13))
    assert bild.frist_i_ord.endswith("Dom, rapporteras inte till IVO, men kan ge särskild avgift.")
    assert "ska rapporteras" not in bild.frist_i_ord


def test_a_decision_of_the_namnd_is_reported(varld: Varld, maria: Anvandare) -> None:
    grupp = attgora.ej_verkstallda(maria, date(2026, 6, 13), alla=True)
    assert "Dom" not in grupp.uppgifter[0].vad_under
    bild = bestallningar.utforande(maria, Beslut.objects.get(nyckel="B-NY"), date(2026, 6, 13))
    assert bild.frist_i_ord.endswith("Beslutet ska rapporteras till IVO och revisorerna.")
