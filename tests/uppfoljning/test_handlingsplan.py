"""Handlingsplaner: what may be noted, that nothing noted changes, and that an earlier day comes out the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.text import HART
from tests.uppfoljning.test_sidor import IFYLLT
from uppfoljning import attgora_handlingsplan, handlingsplaner
from uppfoljning.handlingsplaner import (
    Atgardsuppgifter,
    Planuppgifter,
    Redovisningsuppgifter,
    Uppfoljningsuppgifter,
)
from uppfoljning.handlingsplansregler import Atgardsstatus, hinder_for_status
from uppfoljning.models import Atgard, Handlingsplan, Motesuppfoljning
from uppfoljning.rapport.innehall import Rapport
from uppfoljning.rapporter.handlingsplan.queries import hamta
from uppfoljning.rapporter.handlingsplan.rapport import rapport

IDAG = date(2026, 6, 3)
BESLUTAD = date(2026, 1, 20)
EJ, PAGAR, KLAR, AVBRUTEN = Atgardsstatus
PLAN = Planuppgifter("Bättre {boendestöd}", "Kostnaden ökar.", BESLUTAD, "SN 2026/0012")
ATGARD = Atgardsuppgifter(
    "Registrera avbokningar",
    "Orsaken saknas.",
    "Varje avbokning får en orsak.",
    "Enhetschef",
    date(2026, 2, 1),
    date(2026, 4, 30),
)


def _nar(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, 8, tzinfo=UTC)


def _fann(
    dag: date, status: Atgardsstatus = PAGAR, text: str = "Arbetet pågår.", klar: date = ATGARD.klar_senast
) -> Uppfoljningsuppgifter:
    return Uppfoljningsuppgifter(dag, text, status, "Enhetschef", klar)


@pytest.fixture
def klara(db: None) -> Anvandare:
    return Anvandare.objects.create_user("klara", first_name="Klara", last_name="Lind", roller=[Roll.CONTROLLER])


@pytest.fixture
def atgard(klara: Anvandare) -> Atgard:
    plan = handlingsplaner.lagg_upp_plan(uppgifter=PLAN, av=klara, idag=IDAG, nu=_nar(BESLUTAD))
    return handlingsplaner.lagg_till_atgard(plan=plan, uppgifter=ATGARD, av=klara, nu=_nar(BESLUTAD))


def _folj_upp(atgard: Atgard, klara: Anvandare, vad: Uppfoljningsuppgifter, nu: date | None = None) -> Motesuppfoljning:
    return handlingsplaner.folj_upp_atgard(
        atgard=atgard, sedda=atgard.uppfoljningar.count(), uppgifter=vad, av=klara, idag=IDAG, nu=_nar(nu or vad.dag)
    )


def _rapport(atgard: Atgard, dag: date) -> Rapport:
    return rapport(hamta(Handlingsplan.objects.get(pk=atgard.plan_id), dag))


def test_what_is_done_or_stopped_can_only_be_taken_up_again() -> None:
    for fore in Atgardsstatus:
        assert hinder_for_status(fore, fore) == []
        assert fore is PAGAR or hinder_for_status(fore, PAGAR) == []
    for fore, efter in ((PAGAR, EJ), (KLAR, EJ), (KLAR, AVBRUTEN), (AVBRUTEN, KLAR)):
        assert hinder_for_status(fore, efter)
    for efter in (PAGAR, KLAR, AVBRUTEN):
        assert hinder_for_status(EJ, efter) == []


@pytest.mark.parametrize(
    ("vad", "varfor"),
    [
        (_fann(IDAG + timedelta(1)), "inte varit än"),
        (_fann(BESLUTAD - timedelta(1)), "före det"),
        (_fann(date(2026, 3, 4)), "läggs alltid till efter"),
        (_fann(IDAG, EJ), "kan inte bli ej påbörjad"),
        (_fann(IDAG, text="Det gäller 19900202-9818."), "personnummer"),
        (_fann(IDAG, klar=date(2026, 1, 31)), "inte vara klar före"),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused_with_the_reason(
    atgard: Atgard, klara: Anvandare, vad: Uppfoljningsuppgifter, varfor: str
) -> None:
    _folj_upp(atgard, klara, _fann(date(2026, 3, 5)))
    with pytest.raises(Hindrad, match=varfor):
        _folj_upp(atgard, klara, vad)
    assert atgard.uppfoljningar.count() == 1


def test_two_who_follow_up_the_same_measure_do_not_write_past_each_other(atgard: Atgard, klara: Anvandare) -> None:
    _folj_upp(atgard, klara, _fann(date(2026, 3, 5)))
    with pytest.raises(Hindrad, match="sedan sidan visades"):
        handlingsplaner.folj_upp_atgard(
            atgard=atgard, sedda=0, uppgifter=_fann(IDAG, KLAR), av=klara, idag=IDAG, nu=_nar(IDAG)
        )


def test_a_measure_that_is_sent_twice_is_added_once(atgard: Atgard, klara: Anvandare) -> None:
    """It can never be taken away again."""
    with pytest.raises(Hindrad, match="redan samma åtgärd, nummer 1"):
        handlingsplaner.lagg_till_atgard(plan=atgard.plan, uppgifter=ATGARD, av=klara, nu=_nar(IDAG))
    annan = handlingsplaner.lagg_till_atgard(
        plan=atgard.plan, uppgifter=replace(ATGARD, ansvarig="Områdeschef"), av=klara, nu=_nar(IDAG)
    )
    assert annan.nummer == 2


def test_a_handlaggare_does_not_look_after_plans(atgard: Atgard) -> None:
    maria = Anvandare.objects.create_user("maria", roller=[Roll.HANDLAGGARE])
    for forsok in (
        lambda: handlingsplaner.lagg_upp_plan(uppgifter=PLAN, av=maria, idag=IDAG, nu=_nar(IDAG)),
        lambda: handlingsplaner.lagg_till_atgard(plan=atgard.plan, uppgifter=ATGARD, av=maria, nu=_nar(IDAG)),
        lambda: _folj_upp(atgard, maria, _fann(IDAG)),
    ):
        with pytest.raises(Hindrad, match="Rollen"):
            forsok()


def test_a_plan_is_laid_down_when_the_namnd_has_decided_it_and_once(atgard: Atgard, klara: Anvandare) -> None:
    with pytest.raises(Hindrad, match="redan en handlingsplan"):
        handlingsplaner.lagg_upp_plan(uppgifter=PLAN, av=klara, idag=IDAG, nu=_nar(IDAG))
    with pytest.raises(Hindrad, match="inte varit än"):
        handlingsplaner.lagg_upp_plan(uppgifter=PLAN, av=klara, idag=BESLUTAD - timedelta(1), nu=_nar(IDAG))


def test_nothing_that_is_noted_can_be_changed_or_taken_away(atgard: Atgard, klara: Anvandare) -> None:
    mote = _folj_upp(atgard, klara, _fann(date(2026, 3, 5)))
    for ett, falt in ((mote, {"text": "Något annat"}), (atgard, {"behov": "Annat"}), (atgard.plan, {"titel": "Annan"})):
        rader = type(ett)._default_manager.filter(pk=ett.pk)
        for gor in (lambda rader=rader, falt=falt: rader.update(**falt), rader.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                gor()
    handlingar = set(Handelse.objects.values_list("handling", flat=True))
    assert {"lagg_upp_handlingsplan", "lagg_till_atgard", "folj_upp_atgard"} <= handlingar


def test_an_earlier_days_report_comes_out_the_same_whatever_is_noted_later(atgard: Atgard, klara: Anvandare) -> None:
    _folj_upp(atgard, klara, _fann(date(2026, 3, 5)))
    dag = date(2026, 5, 4)
    fore = _rapport(atgard, dag)
    assert [(ett.nyckel, ett.text) for ett in fore.nyckeltal][2] == ("handlingsplan_forsenade", "1")
    _folj_upp(
        atgard, klara, _fann(date(2026, 4, 29), KLAR), nu=date(2026, 5, 5)
    )  # the meeting was before, the note not
    handlingsplaner.lagg_till_atgard(plan=atgard.plan, uppgifter=replace(ATGARD, rubrik="Ny"), av=klara, nu=_nar(IDAG))
    redovisat = Redovisningsuppgifter(date(2026, 4, 1), date(2026, 5, 12), "SN 2026/0040")
    handlingsplaner.notera_redovisning(plan=atgard.plan, uppgifter=redovisat, av=klara, idag=IDAG, nu=_nar(IDAG))
    assert _rapport(atgard, dag) == fore
    assert _rapport(atgard, date(2026, 5, 5)).nyckeltal[2].varde == 0


def test_the_report_tells_what_has_happened_since_the_namnd_was_told(atgard: Atgard, klara: Anvandare) -> None:
    _folj_upp(atgard, klara, _fann(date(2026, 3, 5), text="Först."))
    uppgifter = Redovisningsuppgifter(date(2026, 3, 31), date(2026, 4, 21), "SN 2026/0040")
    handlingsplaner.notera_redovisning(plan=atgard.plan, uppgifter=uppgifter, av=klara, idag=IDAG, nu=_nar(IDAG))
    _folj_upp(atgard, klara, _fann(date(2026, 5, 5), KLAR, "Sedan."))
    svar = _rapport(atgard, IDAG)
    sedan = next(tabell for tabell in svar.tabeller if tabell.nyckel == "sedan")
    assert [rad.celler[1:3] for rad in sedan.rader] == [("Sedan.", "Pågår → klar")]
    assert svar.delar[1].rubrik == "Sedan förra redovisningen"
    for per, sammantrade, varfor in (
        (date(2026, 3, 31), IDAG, "redan redovisat"),
        (IDAG, IDAG + timedelta(1), "inte varit än"),
        (IDAG, IDAG - timedelta(1), "före den dag"),
        (BESLUTAD - timedelta(1), IDAG, "redovisats före"),
    ):
        with pytest.raises(Hindrad, match=varfor):
            handlingsplaner.notera_redovisning(
                plan=atgard.plan,
                uppgifter=Redovisningsuppgifter(per, sammantrade, "SN 1"),
                av=klara,
                idag=IDAG,
                nu=_nar(IDAG),
            )


def test_the_page_the_workbook_and_the_document(atgard: Atgard, klara: Anvandare, client: Client) -> None:
    _folj_upp(atgard, klara, _fann(date(2026, 3, 5), text="Rutinen är skriven."))
    client.force_login(klara)
    sida = reverse("uppfoljning:rapport", args=["handlingsplan"])
    svar = client.get(sida, {"dag": "2026-06-03"}).content.decode()
    assert "Rutinen är skriven." in svar
    assert f"34{HART}dagar sen" in svar
    assert "fanns inte" not in svar
    assert "var inte upplagd" in client.get(sida, {"dag": "2026-01-01"}).content.decode()
    for fel in ({"dag": "9999-12-31"}, {"dag": "x"}, {"plan": "x"}):
        assert client.get(sida, fel).status_code == 200
    fil = client.get(reverse("uppfoljning:rapportens_arbetsbok", args=["handlingsplan"]), {"dag": "2026-06-03"})
    bok = openpyxl.load_workbook(BytesIO(fil.content))
    assert "1. Registrera avbokningar" in {rad[0] for rad in bok["Åtgärderna"].iter_rows(values_only=True)}
    utlatande = reverse("uppfoljning:rapportutlatande", args=["handlingsplan"])
    pdf = client.post(f"{utlatande}?dag=2026-06-03", IFYLLT)
    assert pdf.content.startswith(b"%PDF")


def test_a_measure_that_is_late_or_soon_to_be_done_is_something_to_do(atgard: Atgard, klara: Anvandare) -> None:
    def att_gora(dag: date, vem: Anvandare = klara) -> list[tuple[str, str, bool]]:
        grupper_ = attgora_handlingsplan.grupper(vem, dag, alla=False)
        return [(ett.nar, ett.lage, ett.sen) for grupp in grupper_ for ett in grupp.uppgifter]

    maria = Anvandare.objects.create_user("maria", roller=[Roll.HANDLAGGARE])
    assert att_gora(date(2026, 4, 15)) == []
    assert att_gora(date(2026, 4, 16)) == [(f"14{HART}dagar", "Ej påbörjad", False)]
    assert att_gora(date(2026, 5, 1), maria) == []
    _folj_upp(atgard, klara, _fann(date(2026, 4, 20)))
    assert att_gora(date(2026, 5, 1)) == [(f"1{HART}dag sen", "Pågår", True)]
    _folj_upp(atgard, klara, _fann(date(2026, 5, 4), KLAR))
    assert att_gora(date(2026, 5, 5)) == []


def test_a_measure_that_is_late_and_never_followed_up_stands_in_the_workbook(
    atgard: Atgard, klara: Anvandare, client: Client
) -> None:
    client.force_login(klara)
    fil = client.get(reverse("uppfoljning:rapportens_arbetsbok", args=["handlingsplan"]), {"dag": "2026-06-03"})
    bok = openpyxl.load_workbook(BytesIO(fil.content))
    assert [rad[3] for rad in bok["Åtgärder som är sena"].iter_rows(values_only=True)][-1] == 34


def test_without_a_plan_the_report_says_so(klara: Anvandare, client: Client) -> None:
    client.force_login(klara)
    svar = client.get(reverse("uppfoljning:rapport", args=["handlingsplan"]))
    assert "Ingen handlingsplan är upplagd." in svar.content.decode()
