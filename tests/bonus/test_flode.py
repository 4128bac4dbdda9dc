"""A claim from sent in to paid in two parts, and taken back: by decisions of named persons, and by the körning."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ersattning import aterkrav, bonusbeslut, bonusoversikt, bonusregler
from ersattning.bonusformular import motivfalt
from ersattning.bonusprovning import provningar
from ersattning.forklaring.hamta import forklara
from ersattning.justeringsform import Justeringsform, Svarsform
from ersattning.justeringsvisning import om_manaden
from ersattning.models import (
    Anstallning,
    Aterkravsprovning,
    Aterkravsrad,
    Bonusansokan,
    Bonusansokansteg,
    Bonusregel,
    Ersattningsrad,
)
from grund.datapaket.registrering import lagrad_rad
from grund.hinder import Hindrad
from grund.models import Handelse
from grund.tid import Manad
from tests.bonus.conftest import BOS, IDAG, JOBB, NU, Kommun

BONUS = {"artikel": "arbetsbonus"}


def _bevilja(kommun: Kommun, ansokan: Bonusansokan | None = None) -> Bonusansokan:
    ansokan = ansokan or kommun.ansok()
    return bonusbeslut.bevilja(
        ansokan=ansokan, motiv="Villkoren är uppfyllda.", version=ansokan.version, av=kommun.eva, idag=IDAG, nu=NU
    )


def _besluta(kommun: Kommun, tas_tillbaka: str, sedda: list[str] | None = None) -> Aterkravsprovning:
    (fall,) = aterkrav.att_ta_stallning_till()
    return aterkrav.besluta(
        rad_pk=fall.pk,
        tas_tillbaka=tas_tillbaka,
        motiv="Arbetet slutade.",
        sedda=fall.sett if sedda is None else sedda,
        av=kommun.eva,
        nu=NU,
    )


def _rader(manad: str) -> list[tuple[str, str, str]]:
    rader = Ersattningsrad.objects.filter(korning__manad=f"{manad}-01", **BONUS).order_by("pk")
    return [(rad.typ, str(rad.belopp), str(rad.avser_manad)[:7]) for rad in rader]


def test_the_page_says_what_the_run_then_pays(kommun: Kommun) -> None:
    ansokan = kommun.ansok()
    (provad,) = provningar(ansokan)
    assert not provad.brister
    assert [rad.uppfyllt for rad in provad.rader] == [True] * 7
    assert provad.rader[1].fakta.endswith("efter 7\xa0månader och 25\xa0dagar.")
    assert [(del_.dag, del_.belopp, del_.betalas) for del_ in provad.delar] == [
        (JOBB, Decimal(15000), True),
        (date(2026, 3, 1), Decimal(15000), True),
    ]
    assert "körningen september 2025" in provad.delar[0].text
    assert "200\xa0000,00\xa0kr finns kvar" in provad.delar[0].tak
    kommun.kor("2025-09")
    assert _rader("2025-09") == []  # a claim pays nothing
    beviljad = _bevilja(kommun, ansokan)
    anstallning = Anstallning.objects.get(nyckel=beviljad.anstallning_nyckel)
    assert (anstallning.person.nyckel, anstallning.arbetsgivare, anstallning.fran) == ("P1", "Bageriet", JOBB)
    handelse = Handelse.objects.get(handling="bevilja_bonus")
    assert handelse.av == kommun.eva
    assert handelse.objekt == f"bonusansokan:{ansokan.pk}"
    kommun.faststall("2025-09")
    assert _rader("2025-09") == [("bonus", "15000.00", "2025-09")]
    (provad,) = provningar(Bonusansokan.objects.get())
    assert provad.delar[0].text == "Betald."


def test_conditions_that_are_not_met_pay_nothing_but_the_work_may_be_registered(kommun: Kommun) -> None:
    ansokan = kommun.ansok("V2", BOS, form="praktik")
    (provad,) = provningar(ansokan)
    assert provad.brister == ["Tidigast", "Anställningsform"]
    assert provad.ger == 0
    assert {del_.text for del_ in provad.delar} == {"Betalas inte: villkoren är inte uppfyllda."}
    _bevilja(kommun, ansokan)
    kommun.kor("2026-03")
    assert _rader("2026-03") == []


def test_a_claim_is_decided_once_by_one_who_may_on_what_they_have_seen(kommun: Kommun) -> None:
    ansokan = kommun.ansok("V2", BOS)
    with pytest.raises(Hindrad, match="avtalssamordnare eller gruppchef"):
        bonusbeslut.avsla(ansokan=ansokan, motiv="Nej.", version=1, av=kommun.klara, nu=NU)
    fraga = {"ansokan": ansokan, "av": kommun.eva, "nu": NU}
    bonusbeslut.begar_komplettering(**fraga, motiv="Intyget går inte att läsa.", version=1)
    with pytest.raises(Hindrad, match="har ändrats"):
        bonusbeslut.avsla(**fraga, motiv="Nej.", version=1)
    with pytest.raises(Hindrad, match="redan begärd"):
        bonusbeslut.begar_komplettering(**fraga, motiv="Igen.", version=2)
    bonusbeslut.komplettera(ansokan=ansokan, text="Nytt intyg.", intyg=None, version=2, av=kommun.ulla, nu=NU)
    bonusbeslut.avsla(**fraga, motiv="Arbetet är en praktik.", version=3)
    with pytest.raises(Hindrad, match="redan avslagen"):
        bonusbeslut.bevilja(**fraga, motiv="Ja.", version=4, idag=IDAG)
    stegen = bonusbeslut.stegen(Bonusansokan.objects.get())
    assert [ett.slag for ett in stegen] == ["komplettering", "svar", "avslag"]
    assert not Anstallning.objects.exists()
    kommun.ansok("V2", BOS)  # the same job may be claimed anew, with more to show
    with pytest.raises(Hindrad, match="inte längre se personen"):
        bonusbeslut.begar_komplettering(ansokan=kommun.ansok(), motiv="Mer?", version=1, av=kommun.eva, nu=NU)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bonusansokansteg.objects.create(ansokan=ansokan, slag="bifall", text="Ja.", av=kommun.eva, tidpunkt=NU)


def test_a_protected_persons_claim_is_for_those_who_may_see_them(kommun: Kommun) -> None:
    kommun.ulla.ser_skyddade = True
    ansokan = kommun.ansok("V3")
    with pytest.raises(Hindrad, match="skyddade"):
        _bevilja(kommun, ansokan)


def test_work_that_a_package_has_brought_is_not_registered_twice(kommun: Kommun) -> None:
    kommun.las_in(
        anstallningar="anstallning_id;person_id;arbetsgivare;fran;till;sysselsattningsgrad;anstallningsform\n"
        "J1;P1;Bageri AB;2025-09-01;;75;tillsvidare\n"
    )
    assert _bevilja(kommun).anstallning_nyckel == "J1"
    assert Anstallning.objects.count() == 1


def test_work_that_ends_early_is_taken_back_by_a_decision_and_only_once(kommun: Kommun) -> None:
    jobb = Anstallning.objects.get(nyckel=_bevilja(kommun).anstallning_nyckel)
    kommun.faststall("2025-09")
    assert aterkrav.att_ta_stallning_till() == []
    slut = {"anstallning": jobb, "sista": date(2025, 12, 31), "av": kommun.eva}
    bonusbeslut.registrera_slut(**slut, sedd_till=None)
    with pytest.raises(Hindrad, match="har ändrats"):
        bonusbeslut.registrera_slut(**slut, sedd_till=None)
    (fall,) = aterkrav.att_ta_stallning_till()
    assert [ett.dag for ett in fall.oppna] == [date(2025, 12, 31)]
    with pytest.raises(Hindrad, match="hänt något mer"):
        _besluta(kommun, aterkrav.ALLT, sedda=[])
    with pytest.raises(Hindrad, match="krävs"):
        aterkrav.besluta(rad_pk=fall.pk, tas_tillbaka="allt", motiv="x", sedda=[], av=kommun.klara, nu=NU)
    _besluta(kommun, aterkrav.ALLT)
    assert aterkrav.att_ta_stallning_till() == []
    for _ in range(2):
        kommun.kor("2025-10")
        assert _rader("2025-10") == [("kreditering", "-15000.00", "2025-09")]
    kommun.kor("2025-11")  # does not carry corrections yet
    assert _rader("2025-11") == []
    kommun.avsluta("2025-10")
    kommun.faststall("2025-11")
    assert _rader("2025-11") == []
    rad = Ersattningsrad.objects.get(typ="kreditering", **BONUS)
    forklarad = forklara(rad.pk)
    assert forklarad
    assert any("eva beslutade det 6\xa0april 2026. Skälet: Arbetet slutade." in ett for ett in forklarad.meningar)
    assert [led.varde for led in forklarad.led] == ["−1\xa0st", "15\xa0000,00\xa0kr", "−15\xa0000,00\xa0kr"]
    gammal = forklara(rad.krediterar_id or 0)
    assert gammal
    assert "Bonusen är återkrävd" in gammal.observationer[-1].text


def test_what_is_taken_back_stops_the_rest_also_of_a_month_that_is_calculated(kommun: Kommun) -> None:
    _bevilja(kommun)
    for manad in ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"):
        kommun.faststall(manad)
    kommun.las_in(  # back in daglig verksamhet, beside the work
        beslut="beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till\nB9;P1;LSS-10;LSS;bifall;2026-02-01;2026-02-02;\n",
        verkstalligheter="verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak\n"
        "V9;B9;DV;2026-02-01;heltid;2026-02-02;;\n",
    )
    kommun.kor("2026-03")
    assert _rader("2026-03") == [("bonus", "15000.00", "2026-03")]
    _besluta(kommun, aterkrav.STARTDELEN)
    with pytest.raises(Hindrad, match="Kör om månaden"):
        kommun.avsluta("2026-03")
    kommun.faststall("2026-03")
    assert _rader("2026-03") == [("kreditering", "-15000.00", "2025-09")]
    (provad,) = provningar(Bonusansokan.objects.get())
    assert provad.delar[1].text == "Betalas inte: bonusen är återkrävd."


def test_a_bonus_that_stands_is_asked_about_again_only_when_something_more_happens(kommun: Kommun) -> None:
    jobb = Anstallning.objects.get(nyckel=_bevilja(kommun).anstallning_nyckel)
    kommun.faststall("2025-09")
    bonusbeslut.registrera_slut(anstallning=jobb, sista=date(2025, 12, 31), sedd_till=None, av=kommun.eva)
    _besluta(kommun, "")
    assert aterkrav.att_ta_stallning_till() == []
    jobb.refresh_from_db()
    bonusbeslut.registrera_slut(anstallning=jobb, sista=date(2025, 11, 30), sedd_till=jobb.till, av=kommun.eva)
    assert [ett.dag for ett in aterkrav.att_ta_stallning_till()[0].oppna] == [date(2025, 11, 30)]
    _besluta(kommun, aterkrav.ALLT)
    with pytest.raises(IntegrityError), transaction.atomic():  # of the same rule and person there is one
        Aterkravsprovning.objects.create(
            **{f: getattr(Aterkravsprovning.objects.latest("pk"), f) for f in ("regel", "person", "beslut", "skal")},
            motiv="Igen.",
            av=kommun.eva,
            tidpunkt=NU,
        )


def test_only_a_settled_bonus_can_be_taken_back(kommun: Kommun) -> None:
    _bevilja(kommun)
    kommun.kor("2025-09")
    rad = Ersattningsrad.objects.get(**BONUS)
    provning = Aterkravsprovning.objects.create(
        regel_id=rad.grund[0]["regel"],
        person=rad.person,
        beslut="aterkrav",
        skal=[],
        motiv="x",
        av=kommun.eva,
        tidpunkt=NU,
    )
    with pytest.raises(IntegrityError, match="fastställd bonus"), transaction.atomic():
        Aterkravsrad.objects.create(provning=provning, rad=rad)
    with pytest.raises(Hindrad, match="inte fastställd"):
        aterkrav.besluta(rad_pk=rad.pk, tas_tillbaka="allt", motiv="x", sedda=[], av=kommun.eva, nu=NU)


def test_the_year_and_the_effect_are_summed_at_the_price_before(kommun: Kommun) -> None:
    _bevilja(kommun)
    kommun.faststall("2025-09")
    forra, detta = sorted(bonusoversikt.arsrader(IDAG), key=lambda ett: ett.ar)
    assert (forra.betalt, forra.vantar, forra.kvar) == (Decimal(15000), Decimal(0), Decimal(185000))
    assert (detta.betalt, detta.vantar) == (Decimal(0), Decimal(15000))
    effekt = bonusoversikt.effekten(IDAG)
    (person,) = effekt.personer
    assert person.pris
    assert (person.pris.belopp, person.pris.niva, person.fran) == (Decimal(679), "1", JOBB)
    assert [str(ett.utebliven) for ett in effekt.manader[:2]] == ["14259.00", "14259.00"]
    assert str(effekt.manader[0].netto) == "-741.00"
    assert effekt.manader[-1].manad == Manad(2026, 4)


REGLER = (
    "regel_id;belopp;tidigast_manader;senast_manader;kvalificering_manader;andel_vid_start;anstallningsformer;"
    "minst_sysselsattningsgrad;arstak;fran;till\n"
)


def _ny_version(kommun: Kommun, fran: date) -> None:
    utom = ("regel_id", "fran", "till")
    rad = {kolumn: text for kolumn, text in lagrad_rad("bonusregler", "R30").items() if kolumn not in utom}
    forslag = bonusregler.Forslag(rad, fran, None, Bonusregel.objects.get(nyckel="R30"))
    bonusregler.registrera_regel(forslag=forslag, av=kommun.eva, idag=IDAG)


def test_a_rule_that_has_paid_all_afterwards_is_not_ended_before_that_start(kommun: Kommun) -> None:
    kommun.las_in(bonusregler=f"{REGLER}R30;30000;6;12;6;0;tillsvidare;50;200000;2024-01-01;\n")
    _bevilja(kommun)
    kommun.faststall("2026-03")
    assert _rader("2026-03") == [("bonus", "30000.00", "2026-03")]
    with pytest.raises(Hindrad, match="började 1\xa0september 2025"):
        _ny_version(kommun, date(2025, 8, 1))  # it would pay the same work anew
    _ny_version(kommun, date(2025, 9, 2))


def test_a_month_with_a_bonus_is_run_again_when_the_terms_change(kommun: Kommun) -> None:
    _bevilja(kommun)
    kommun.kor("2025-09")
    _ny_version(kommun, date(2025, 8, 1))
    with pytest.raises(Hindrad, match="har ändrats efter beräkningen"):
        kommun.avsluta("2025-09")
    kommun.kor("2025-09")
    kommun.avsluta("2025-09")
    kommun.faststall("2025-10")
    assert [rad for manad in ("2025-09", "2025-10") for rad in _rader(manad)] == [("bonus", "15000.00", "2025-09")]


def test_what_is_taken_back_after_the_run_is_told_of_and_comes_with_the_next(kommun: Kommun) -> None:
    jobb = Anstallning.objects.get(nyckel=_bevilja(kommun).anstallning_nyckel)
    kommun.faststall("2025-09")
    oktober = kommun.kor("2025-10")
    bonusbeslut.registrera_slut(anstallning=jobb, sista=date(2025, 12, 31), sedd_till=None, av=kommun.eva)
    assert om_manaden(oktober) == []
    _besluta(kommun, aterkrav.ALLT)
    (sagt,) = om_manaden(oktober)
    assert sagt.text.startswith("Återkrav av arbetsbonus på 15\xa0000,00\xa0kr är inte med i oktober 2025. Räkna om")
    kommun.avsluta("2025-10")
    assert sagt.text in Handelse.objects.get(objekt="korning:2025-10", handling="faststall_manad").text
    november = kommun.kor("2025-11")
    assert om_manaden(november) == []
    assert _rader("2025-11") == [("kreditering", "-15000.00", "2025-09")]


@pytest.mark.parametrize(
    "falt", [motivfalt("Varför."), Justeringsform.base_fields["motiv"], Svarsform.base_fields["svar"]]
)
def test_no_personnummer_in_what_others_read(falt: Any) -> None:
    with pytest.raises(ValidationError, match="personnummer"):
        falt.clean("Personen 19900202-9818 slutade.")
    assert falt.clean("Arbetet slutade den 31 mars.")
