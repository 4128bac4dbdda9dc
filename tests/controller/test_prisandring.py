"""New prices end the old ones the day before; used prices are ended, never changed; all or nothing."""

from datetime import date
from decimal import Decimal

import pytest

from ersattning.models import Pris
from ersattning.prisandring import (
    Inskrivet,
    Slag,
    andra_pris,
    avtryck,
    hinder_for_nytt_belopp,
    planera,
    rattelsemanader,
    registrera_priser,
    skapa_prislista,
)
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.models import Andring, Anvandare, Handelse
from tests.kedja import direkt
from utforare.models import Prislista

NYAR, IDAG = date(2026, 1, 1), date(2025, 11, 20)


def _cell(niva: str = "2", omfattning: str = "heltid", **annat: str) -> dict[str, str]:
    return {"insats": "LSS-10", "niva": niva, "omfattning": omfattning, "tidsband": "", "enhet": "dag"} | annat


def _ett(belopp: str, index: int = 0, **cell: str) -> Inskrivet:
    return Inskrivet(index, _cell(**cell), Decimal(belopp))


def _dv() -> Prislista:
    return Prislista.objects.get(nyckel="DV")


def _priser(niva: str = "2", omfattning: str = "heltid") -> list[tuple[str, date, date | None]]:
    rader = Pris.objects.filter(prislista__nyckel="DV", niva=niva, omfattning=omfattning).order_by("fran")
    return [(str(ett.belopp), ett.fran, ett.till) for ett in rader]


def test_a_new_price_ends_the_old_one_the_day_before(april: None, klara: Anvandare) -> None:
    inskrivna = [_ett("702.50"), _ett("290", 1, niva="1", omfattning="deltid")]
    plan = registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=inskrivna, av=klara)
    assert [rad.slag for rad in plan.rader] == [Slag.BYTER, Slag.BYTER]
    assert _priser() == [("685.00", date(2024, 4, 1), NYAR), ("702.50", NYAR, None)]
    handelse = Handelse.objects.get(handling="registrera_priser")
    assert handelse.av == klara
    assert "2\N{NO-BREAK SPACE}tidigare priser slutar dagen före" in handelse.text
    assert set(Andring.objects.filter(handelse=handelse).values_list("fran", flat=True)) == {NYAR}


def test_an_amount_that_is_the_same_changes_nothing(underlag: None, klara: Anvandare) -> None:
    plan = planera(_dv(), NYAR, [_ett("685")])
    assert [rad.slag for rad in plan.rader] == [Slag.LIKA]
    assert not plan.andringar


def test_a_price_between_two_holds_until_the_next_begins(underlag: None, klara: Anvandare) -> None:
    registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=[_ett("700")], av=klara)
    registrera_priser(prislista=_dv(), fran=date(2025, 7, 1), inskrivna=[_ett("690")], av=klara)
    assert _priser() == [
        ("685.00", date(2024, 4, 1), date(2025, 7, 1)),
        ("690.00", date(2025, 7, 1), NYAR),
        ("700.00", NYAR, None),
    ]


def test_a_coming_price_that_nobody_has_been_paid_by_is_changed(underlag: None, klara: Anvandare) -> None:
    registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=[_ett("700")], av=klara)
    plan = registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=[_ett("701")], av=klara)
    assert plan.rader[0].slag is Slag.ANDRAR
    assert _priser()[-1] == ("701.00", NYAR, None)


def test_a_used_price_is_not_changed_and_the_row_says_why(april: None, klara: Anvandare) -> None:
    with pytest.raises(EjRegistrerad) as fangad:
        registrera_priser(
            prislista=_dv(),
            fran=date(2024, 4, 1),
            inskrivna=[_ett("292", niva="1", omfattning="deltid"), _ett("700", 1)],
            av=klara,
            rattelser=True,
        )
    (fel,) = fangad.value.fel
    assert (fel.index, fel.kolumn) == (1, "belopp")  # level 2 was paid in April, level 1 was not
    assert "har använts i april 2025, som är fastställd" in fel.text
    assert _priser("1", "deltid") == [("291.00", date(2024, 4, 1), None)]  # nothing at all is stored


def test_what_reaches_back_over_settled_months_has_to_be_confirmed(april: None, klara: Anvandare) -> None:
    fran = date(2025, 4, 15)
    plan = planera(_dv(), fran, [_ett("700")])
    assert plan.om_rattelser == "Ändringen kan ge rättelser i 1\N{NO-BREAK SPACE}fastställd månad: april 2025"
    with pytest.raises(Hindrad, match="kan ge rättelser"):
        registrera_priser(prislista=_dv(), fran=fran, inskrivna=[_ett("700")], av=klara)
    registrera_priser(prislista=_dv(), fran=fran, inskrivna=[_ett("700")], av=klara, rattelser=True)
    maj = direkt.kor("2025-05")
    assert maj.rader.filter(typ="rattelse", a_pris=700).exists()


def test_prices_that_have_changed_since_they_were_seen_are_refused(underlag: None, klara: Anvandare) -> None:
    sedda = avtryck(_dv())
    registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=[_ett("700")], av=klara, sedda=sedda)
    with pytest.raises(Hindrad, match="har ändrats sedan du öppnade sidan"):
        registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=[_ett("710")], av=klara, sedda=sedda)


def test_the_imports_own_rules_answer_by_the_row_of_the_form(underlag: None, klara: Anvandare) -> None:
    inskrivna = [_ett("700"), _ett("800", 4, tidsband="natt")]
    with pytest.raises(EjRegistrerad) as fangad:
        registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=inskrivna, av=klara)
    (fel,) = fangad.value.fel
    assert (fel.index, fel.kolumn) == (4, "tidsband")
    assert "Tidsbandet finns inte" in fel.text
    assert len(_priser()) == 1


def test_only_those_who_look_after_avtal_may(underlag: None, rut: Anvandare) -> None:
    with pytest.raises(Hindrad, match="krävs"):
        registrera_priser(prislista=_dv(), fran=NYAR, inskrivna=[_ett("700")], av=rut)
    with pytest.raises(Hindrad, match="krävs"):
        skapa_prislista(namn="Ny", av=rut, idag=IDAG)


def test_one_used_price_is_ended_but_keeps_its_amount(april: None, klara: Anvandare) -> None:
    pris = Pris.objects.get(prislista__nyckel="DV", niva="2", omfattning="heltid")
    assert hinder_for_nytt_belopp(pris)
    with pytest.raises(Hindrad, match="bara avslutas"):
        andra_pris(pris=pris, belopp=Decimal(700), sista=None, av=klara, rattelser=True)
    sista = date(2025, 12, 31)
    assert rattelsemanader(pris, pris.belopp, sista) == []
    andra_pris(pris=pris, belopp=pris.belopp, sista=sista, av=klara)
    assert _priser() == [("685.00", date(2024, 4, 1), NYAR)]


def test_ending_before_a_settled_day_says_how_many_months_it_may_correct(april: None, klara: Anvandare) -> None:
    pris, sista = Pris.objects.get(prislista__nyckel="DV", niva="2", omfattning="heltid"), date(2025, 4, 15)
    assert len(rattelsemanader(pris, pris.belopp, sista)) == 1
    with pytest.raises(Hindrad, match=r"rättelser i 1.fastställd månad: april 2025"):
        andra_pris(pris=pris, belopp=pris.belopp, sista=sista, av=klara)
    andra_pris(pris=pris, belopp=pris.belopp, sista=sista, av=klara, rattelser=True)
    assert direkt.kor("2025-05").avvikelser.filter(kod="pris_saknas", manad=date(2025, 4, 1), ny=True).exists()


def test_who_ends_a_price_that_has_changed_meanwhile_gives_back_no_old_amount(underlag: None, klara: Anvandare) -> None:
    pris = Pris.objects.get(prislista__nyckel="DV", niva="2", omfattning="heltid")
    sedda, sista = avtryck(pris.prislista), date(2025, 12, 31)
    andra_pris(pris=pris, belopp=Decimal(700), sista=None, av=klara, sedda=sedda)
    with pytest.raises(Hindrad, match="ändrats sedan"):
        andra_pris(pris=pris, belopp=pris.belopp, sista=sista, av=klara, sedda=sedda)
    pris.refresh_from_db()
    assert (pris.belopp, pris.till) == (Decimal(700), None)
    andra_pris(pris=pris, belopp=pris.belopp, sista=sista, av=klara, sedda=avtryck(pris.prislista))


def test_a_new_list_gets_a_key_of_its_own(underlag: None, klara: Anvandare) -> None:
    en, annan = (skapa_prislista(namn=namn, av=klara, idag=IDAG) for namn in ("Ny", "Ännu en"))
    assert en.nyckel != annan.nyckel
    assert en.nyckel.startswith("PL-2025-")
    plan = registrera_priser(prislista=en, fran=NYAR, inskrivna=[_ett("500")], av=klara)
    assert plan.rader[0].slag is Slag.NYTT
