"""R51: one proposes, another decides, once; and the database holds it against every writer."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ersattning import intyg, justeringar
from ersattning.attgora_justering import grupper
from ersattning.kalkyl.justering import bars_av, betalas_i
from ersattning.models import Justering
from ersattning.regler import Justeringsslag
from grund.hinder import Hindrad
from grund.models import Handelse
from grund.tid import Manad
from tests.justering.conftest import APRIL, JUNI, MAJ, NU, Hus
from utforare.models import Avtal, Utforare


def _hindret(gor: Any) -> str:
    with pytest.raises(Hindrad) as fel:
        gor()
    return " ".join(fel.value.orsaker)


def _nekas(text: str, justering: Justering, **falt: Any) -> None:
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        Justering.objects.filter(pk=justering.pk).update(**falt)


def test_it_is_paid_in_its_month_or_the_first_that_is_open() -> None:
    assert betalas_i(MAJ, None) == MAJ
    assert betalas_i(MAJ, APRIL) == MAJ
    assert betalas_i(MAJ, MAJ) == JUNI
    assert betalas_i(Manad(2025, 1), APRIL) == MAJ
    assert [manad for manad in (APRIL, MAJ, JUNI) if bars_av(APRIL, manad, APRIL)] == [MAJ]


def test_who_proposes_neither_approves_nor_refuses(hus: Hus) -> None:
    egen = hus.foresla(av=hus.klara)
    assert "klara har föreslagit" in _hindret(lambda: justeringar.godkann(justering=egen, av=hus.klara, nu=NU))
    assert "klara har" in _hindret(lambda: justeringar.neka(justering=egen, svar="Nej", av=hus.klara, nu=NU))
    assert "Rollen" in _hindret(lambda: justeringar.godkann(justering=egen, av=hus.eva, nu=NU))
    assert "Rollen" in _hindret(lambda: hus.foresla(av=hus.gustav))
    _nekas("justering_fyra_ogon", egen, status="godkand", avgjord_av=hus.klara, avgjord=NU)
    godkand = justeringar.godkann(justering=egen, av=hus.gustav, nu=NU)
    assert (godkand.status, godkand.avgjord_av) == ("godkand", hus.gustav)
    assert list(Handelse.objects.filter(objekt=f"justering:{egen.pk}").values_list("handling", flat=True)) == [
        "foresla_justering",
        "godkann_justering",
    ]


def test_one_about_a_protected_person_is_decided_by_who_may_read_its_paper(hus: Hus) -> None:
    ett = hus.foresla(verkstallighet=hus.verk("V3"))
    assert "skyddade" in _hindret(lambda: justeringar.godkann(justering=ett, av=hus.gustav, nu=NU))
    assert "skyddade" in _hindret(lambda: justeringar.neka(justering=ett, svar="Nej.", av=hus.klara, nu=NU))
    hus.gustav.ser_skyddade = True
    assert justeringar.godkann(justering=ett, av=hus.gustav, nu=NU).status == "godkand"


def test_a_refusal_has_a_reason_and_only_the_proposer_takes_back(hus: Hus) -> None:
    ett, annat = hus.foresla(), hus.foresla()
    assert "Skriv varför" in _hindret(lambda: justeringar.neka(justering=ett, svar=" ", av=hus.gustav, nu=NU))
    assert justeringar.neka(justering=ett, svar="Ingen grund i avtalet.", av=hus.gustav, nu=NU).svar
    assert "redan nekad" in _hindret(lambda: justeringar.godkann(justering=ett, av=hus.klara, nu=NU))
    assert "Bara den" in _hindret(lambda: justeringar.aterkalla(justering=annat, av=hus.klara, nu=NU))
    _nekas("justering_aterkallas", annat, status="aterkallad", avgjord_av=hus.klara, avgjord=NU)
    assert justeringar.aterkalla(justering=annat, av=hus.eva, nu=NU).status == "aterkallad"
    assert "redan återkallad" in _hindret(lambda: justeringar.godkann(justering=annat, av=hus.gustav, nu=NU))


def test_nothing_of_it_is_edited_or_removed(hus: Hus) -> None:
    ett = hus.foresla()
    andras_inte = "godkänns, nekas eller återkallas"
    _nekas(andras_inte, ett, belopp=Decimal(-1))
    _nekas(andras_inte, ett, status="godkand", avgjord_av=hus.gustav, avgjord=NU, motiv="Annat")
    justeringar.godkann(justering=ett, av=hus.gustav, nu=NU)
    _nekas(andras_inte, ett, status="foreslagen", avgjord_av=None, avgjord=None)
    with pytest.raises(IntegrityError, match=andras_inte), transaction.atomic():
        Justering.objects.filter(pk=ett.pk)._raw_delete("default")


@pytest.mark.parametrize(("slag", "tecken"), [("tillagg", 1), ("engang", 1), ("avdrag", -1), ("vite", -1)])
def test_the_sign_follows_the_kind(hus: Hus, slag: str, tecken: int) -> None:
    ett = hus.foresla(slag=Justeringsslag(slag), belopp=Decimal("0.01"))
    assert ett.belopp == tecken * Decimal("0.01")


def test_nothing_is_not_an_amount(hus: Hus) -> None:
    assert "större än noll" in _hindret(lambda: hus.foresla(belopp=Decimal(0)))
    assert "större än noll" in _hindret(lambda: hus.foresla(belopp=Decimal(-5)))


def test_what_it_names_hangs_together(hus: Hus) -> None:
    annan = Utforare.objects.get(nyckel="U2")
    assert "V1 är inte hos Annan AB." in _hindret(lambda: hus.foresla(utforare=annan, verkstallighet=hus.verk("V1")))
    assert "V6 är Boendestöd" in _hindret(lambda: hus.foresla(verkstallighet=hus.verk("V6")))
    assert "Annans hör inte" in _hindret(lambda: hus.foresla(enhet=hus.enhet("AN")))
    fel_enhet = {"verkstallighet": hus.verk("V1"), "enhet": hus.enhet("BO")}
    assert "V1 är inte vid Boendestödet." in _hindret(lambda: hus.foresla(**fel_enhet))
    assert "Avtalet A3" in _hindret(lambda: hus.foresla(avtal=Avtal.objects.get(nyckel="A3")))
    rad = hus.foresla(verkstallighet=hus.verk("V1"), avtal=Avtal.objects.get(nyckel="A1"))
    assert (rad.enhet, rad.person_id, rad.avtal_nyckel) == (hus.enhet("DV"), hus.verk("V1").beslut.person_id, "A1")
    _nekas("justering_vems|godkänns", rad, person=None)


def test_the_attachment_is_kept_under_a_name_that_says_nothing(hus: Hus) -> None:
    ett = hus.foresla(verkstallighet=hus.verk("V1"))
    assert intyg.las(ett.sokvag, ett.sha256)
    assert ett.bilagans_namn == f"justering-{ett.pk}.pdf"
    assert [fil.name for fil in (hus.mapp / "intyg").iterdir()] == [ett.sokvag]
    _hindret(lambda: hus.foresla(motiv=" "))
    assert len(list(Path(hus.mapp / "intyg").iterdir())) == 1


def test_only_an_opposite_one_undoes_it_and_only_once(hus: Hus) -> None:
    ett = hus.foresla()

    def ta_tillbaka(vad: Justering) -> Justering:
        return justeringar.ta_tillbaka(justering=vad, motiv="Den var fel.", bilaga=None, av=hus.klara, nu=NU)

    assert "Bara en godkänd" in _hindret(lambda: ta_tillbaka(ett))
    ett = justeringar.godkann(justering=ett, av=hus.gustav, nu=NU)
    motsatt = ta_tillbaka(ett)
    assert (motsatt.slag, motsatt.belopp, motsatt.motverkar) == (ett.slag, -ett.belopp, ett)
    assert "tar redan tillbaka" in _hindret(lambda: ta_tillbaka(ett))
    justeringar.neka(justering=motsatt, svar="Vitet står kvar.", av=hus.gustav, nu=NU)
    igen = justeringar.godkann(justering=ta_tillbaka(ett), av=hus.gustav, nu=NU)
    assert "tar själv tillbaka" in _hindret(lambda: ta_tillbaka(igen))


def test_those_that_wait_are_shown_to_whoever_else_may_approve(hus: Hus) -> None:
    hus.foresla(av=hus.klara)
    hus.foresla(av=hus.eva)
    antal = {vem.username: sum(g.antal for g in grupper(vem, NU.date(), alla=True)) for vem in (hus.klara, hus.gustav)}
    assert antal == {"klara": 1, "gustav": 2}
    assert grupper(hus.eva, NU.date(), alla=True) == []


def test_the_list_sums_what_is_approved_and_nothing_else(hus: Hus, client: Client) -> None:
    hus.foresla()
    justeringar.neka(justering=hus.foresla(), svar="Ingen grund i avtalet.", av=hus.gustav, nu=NU)
    godkand = justeringar.godkann(justering=hus.foresla(), av=hus.gustav, nu=NU)
    client.force_login(hus.klara)
    tabell = client.get("/justeringar/").context["tabell"]
    assert len(tabell.rows) == 3
    assert tabell.summa == godkand.belopp
