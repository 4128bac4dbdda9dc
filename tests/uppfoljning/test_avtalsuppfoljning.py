"""Avtalsuppföljning: what may be registered, that nothing is changed, and what the report says of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import ProgrammingError

from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.hinder import Hindrad
from grund.models import Handelse
from tests.uppfoljning.avtal import IDAG, NU, START, kravlista, uppfoljning
from tests.webb.varld import Varld, bygg
from uppfoljning.avtalsatgarder import (
    Bristforslag,
    Kravrad,
    lagg_till_brist,
    registrera_brist,
    registrera_kravlista,
)
from uppfoljning.brister import bristerna
from uppfoljning.enhetsfakta import registrera_enhetsfakta
from uppfoljning.models import Avtalsuppfoljning, Brist, Underrattelse
from uppfoljning.rapport.innehall import Lasare, Rapport, Tabell, som_text
from uppfoljning.rapporter.avtalsuppfoljning.queries import UTBILDNING, hamta
from uppfoljning.rapporter.avtalsuppfoljning.rapport import rapport
from uppfoljning.rapporter.avtalsuppfoljning.regler import Bristslag, Riktning, Uppfyllt, ar_forsenad
from uppfoljning.underrattelser import Forslag, placeringar, registrera_underrattelse, utan_underrattelse
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.register import SLAG
from utforare.models import Enhet

UPPFYLLT, DELVIS, EJ, EJ_GRANSKAT = Uppfyllt
# Södertälje's shares, from numbers of staff that give them: with adequate education, and all.
SODERTALJE = {
    ("LSS-9", "egen"): (37, 86),
    ("LSS-9", "privat"): (29, 63),
    ("LSS-10", "egen"): (45, 88),
    ("LSS-10", "privat"): (12, 41),
}
PAKET = {
    "utforare": (
        "utforare_id;namn;organisationsnummer;regi\nU-K;Kommunen;2120000142;egen\nU-P;Boende AB;5566002373;privat\n"
    ),
    "enheter": "enhet_id;utforare_id;namn;platser\n",
    "prislistor": "prislista_id;namn\nPL;Priser\n",
    "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n",
    "beslut": "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet\n",
    "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak\n",
}
NUMMER = ("199002029818", "199003039824", "198501019809", "199305059819")


def _tabell(svar: Rapport, nyckel: str) -> Tabell:
    return next(ett for ett in svar.tabeller if ett.nyckel == nyckel)


def _varde(svar: Rapport, nyckel: str) -> object:
    return next(ett.varde for ett in svar.nyckeltal if ett.nyckel == nyckel)


def _gor(ar: int = 2026, *, offentlig: bool = False) -> Rapport:
    return rapport(hamta(ar, IDAG), Lasare(offentlig))


def _utbildning(rader: str, ar: int = 2026) -> None:
    las_in_uppgifter(
        slag=SLAG[UTBILDNING],
        period=str(ar),
        innehall=f"enhet_id;anstallda;adekvat\n{rader}".encode(),
        filnamn="utbildning.csv",
        kalla="Personalsystemet",
        av=None,
        nu=NU,
    )


def _paket(mapp: Path) -> Iterator[str]:
    """An enhet and a person for each of Södertälje's four shares; gives the rows of the file of education."""
    text = dict(PAKET)
    for nr, ((insats, regi), (adekvat, alla)) in enumerate(SODERTALJE.items()):
        text["enheter"] += f"E{nr};U-{'K' if regi == 'egen' else 'P'};Enhet {nr};6\n"
        text["personer"] += f"P{nr};{NUMMER[nr]};Namn;Nummer{nr};1;nej;\n"
        text["beslut"] += f"B{nr};P{nr};{insats};LSS;bifall;2025-01-01;2025-01-01;;;\n"
        text["verkstalligheter"] += f"V{nr};B{nr};E{nr};2025-01-01;;2025-01-01;;\n"
        yield f"E{nr};{alla};{adekvat}\n"
    for namn, innehall in text.items():
        (mapp / f"{namn}.csv").write_text(innehall, encoding="utf-8")
    las_in(mapp, av=None)


@pytest.mark.django_db
def test_the_shares_of_sodertalje_come_out_as_they_are_told(tmp_path: Path) -> None:
    rader = list(_paket(tmp_path))
    kravlista("LSS-9", fran=date(2025, 1, 1))
    _utbildning("".join(rader), 2025)
    grupper = _tabell(_gor(2025), "utbildning-grupp")
    andelar = {rad.celler[:2]: som_text(rad.celler[4], grupper.kolumner[4].slag) for rad in grupper.rader}
    assert list(andelar.values()) == [f"{tal}\N{NO-BREAK SPACE}%" for tal in (51, 29, 43, 46)]  # LSS-10 before LSS-9
    assert _varde(_gor(2025), "utbildning_under_mal") == 2  # against 60 %; nothing is asked of the other two
    publik = _gor(2025, offentlig=True)
    assert [rad.celler[1:3] for rad in _tabell(publik, "utbildning-regi").rader] == [(174, 82), (104, 41)]
    _utbildning("".join([*rader[:3], "E3;41;2\n"]), 2025)
    assert _tabell(_gor(2025), "utbildning-grupp").rader[1].celler[2:4] == (41, 2)


@pytest.mark.django_db
def test_few_of_the_staff_are_not_told_of_in_public(tmp_path: Path) -> None:
    list(_paket(tmp_path))
    _utbildning("E0;60;30\nE1;20;3\n", 2025)
    publik = _gor(2025, offentlig=True)
    assert _varde(publik, "utbildning_andel") == Decimal(33) / 80
    assert not [ett for ett in publik.tabeller if ett.nyckel.startswith("utbildning")]
    _utbildning("E1;20;3\n", 2025)
    assert "utbildning_andel" not in {ett.nyckel for ett in _gor(2025, offentlig=True).nyckeltal}


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path)


@pytest.fixture
def eken(varld: Varld) -> Enhet:
    return Enhet.objects.select_related("utforare").get(nyckel="E-EGEN")


def test_krav_are_counted_side_by_side_from_the_latest_follow_up(eken: Enhet) -> None:
    lista = kravlista()
    uppfoljning(eken, lista, UPPFYLLT, EJ, datum=date(2026, 2, 1))
    senare = uppfoljning(eken, lista, UPPFYLLT, DELVIS)
    svar = _gor()
    assert [rad.celler[1:] for rad in _tabell(svar, "krav-LSS-10").rader] == [
        (0, 0, 0, 0, 1, 1, 0, 0),
        (0, 0, 0, 0, 1, 0, 1, 0),
    ]
    assert (_varde(svar, "avtal_uppfoljda"), _varde(svar, "avtal_krav_uppfyllda")) == (Decimal("0.5"), Decimal("0.5"))
    uppfoljning(eken, lista, UPPFYLLT, EJ_GRANSKAT, datum=date(2026, 3, 2), ersatter=senare)
    assert _varde(_gor(), "avtal_krav_uppfyllda") == 1
    assert _gor(2025).nyckeltal[0].varde is None  # no list held then


def test_a_follow_up_is_refused_with_reasons(eken: Enhet) -> None:
    lista = kravlista()
    fel = uppfoljning(eken, lista, UPPFYLLT, EJ)
    uppfoljning(eken, lista, UPPFYLLT, UPPFYLLT, ersatter=fel)
    for varfor, datum, annat in (
        ("inte varit än", date(2026, 6, 2), {}),
        ("gäller från", date(2025, 12, 31), {}),
        ("redan ersatt", date(2026, 3, 2), {"ersatter": fel}),
    ):
        with pytest.raises(Hindrad, match=varfor):
            uppfoljning(eken, lista, UPPFYLLT, UPPFYLLT, datum=datum, **annat)
    with pytest.raises(Hindrad, match="Minst ett krav är granskat"):
        uppfoljning(eken, lista, EJ_GRANSKAT, EJ_GRANSKAT)
    assert Handelse.objects.filter(handling="registrera_avtalsuppfoljning").count() == 2
    with pytest.raises(ProgrammingError):
        Avtalsuppfoljning.objects.update(ansvarig="Någon annan")


def test_a_list_with_the_same_kod_twice_is_refused(db: None) -> None:
    krav = [Kravrad("A", "Ett"), Kravrad("A", "Två")]
    with pytest.raises(Hindrad, match="Koden A står två gånger"):
        registrera_kravlista(insats="LSS-9", fran=START, kalla="Avtal", mal=Decimal(1), krav=krav, av=None, nu=NU)


def _brist(enhet: Enhet, frist: date = date(2026, 4, 1)) -> Brist:
    forslag = Bristforslag(enhet, None, None, date(2026, 3, 2), "Planer saknas.", "Gör planer.", frist)
    return registrera_brist(forslag=forslag, av=None, idag=IDAG, nu=NU)


def _lagg_till(brist: Brist, slag: Bristslag, datum: date, frist: date | None = None) -> None:
    lagg_till_brist(brist=brist, slag=slag, datum=datum, text="Sett.", frist=frist, av=None, idag=IDAG, nu=NU)


def test_a_brist_is_added_to_until_it_is_closed_and_never_changed(eken: Enhet) -> None:
    ett = _brist(eken)
    _lagg_till(ett, Bristslag.NY_FRIST, date(2026, 3, 20), date(2026, 5, 20))
    assert not bristerna(date(2026, 4, 2))[0].forsenad(date(2026, 4, 2))
    assert bristerna(date(2026, 5, 21))[0].forsenad(date(2026, 5, 21))
    assert _varde(_gor(), "avtal_brister_forsenade") == 1
    _lagg_till(ett, Bristslag.STANGD, date(2026, 5, 25))
    assert bristerna(date(2026, 5, 24))[0].stangd is None  # as it was then
    assert (_varde(_gor(), "avtal_brister_oppna"), _varde(_gor(), "avtal_brister_stangda")) == (0, 1)
    with pytest.raises(Hindrad, match="Bristen är stängd"):
        _lagg_till(ett, Bristslag.ANTECKNING, date(2026, 5, 26))
    with pytest.raises(ProgrammingError):
        Brist.objects.update(vad="Annat.")


def test_what_is_added_to_a_brist_is_refused_with_reasons(eken: Enhet) -> None:
    ett = _brist(eken)
    for slag, datum, frist, varfor in (
        (Bristslag.NY_FRIST, date(2026, 3, 20), None, "Ange den nya fristen"),
        (Bristslag.NY_FRIST, date(2026, 3, 20), date(2026, 3, 19), "kan inte ha gått ut"),
        (Bristslag.STANGD, date(2026, 3, 1), None, "kan inte vara tidigare"),
        (Bristslag.STANGD, date(2026, 6, 2), None, "inte varit än"),
        (Bristslag.STANGD, date(2026, 5, 1), date(2026, 6, 1), "Lämna fristen tom"),
    ):
        with pytest.raises(Hindrad, match=varfor):
            _lagg_till(ett, slag, datum, frist)
    with pytest.raises(Hindrad, match="senare frist"):
        _brist(eken, date(2026, 3, 1))
    assert not ar_forsenad(date(2026, 4, 1), None, date(2026, 4, 1))  # the last day is in time


def _notis(enhet: Enhet | None, **annat: object) -> Underrattelse:
    falt: dict[str, object] = {
        "riktning": Riktning.LAMNAD,
        "kommun": "Lindviks kommun",
        "insats": "LSS-9",
        "avtalsdatum": date(2026, 1, 1),
        "underrattad": date(2026, 1, 20),
        "person": None,
        "enhet": enhet,
        "anteckning": "",
    } | annat
    return registrera_underrattelse(forslag=Forslag(**falt), av=None, idag=IDAG, nu=NU)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_housing_by_somebody_private_in_another_municipality_is_to_be_told_of(tmp_path: Path) -> None:
    list(_paket(tmp_path))
    for nr in range(4):
        enhet = Enhet.objects.get(nyckel=f"E{nr}")
        registrera_enhetsfakta(
            enhet=enhet, fran=date(2025, 1, 1), kommun="Lindviks kommun", boendeform="annan", av=None, nu=NU
        )
    assert [ett.nyckel for ett in utan_underrattelse(placeringar(IDAG))] == ["V1"]  # not egen regi, not DV
    assert _varde(_gor(), "externa_placeringar") == 4
    _notis(Enhet.objects.select_related("utforare").get(nyckel="E1"))
    assert utan_underrattelse(placeringar(IDAG)) == ()
    assert [ett.nyckel for ett in utan_underrattelse(placeringar(date(2026, 1, 19)))] == ["V1"]  # not told yet then
    assert (_varde(_gor(), "underrattelser_saknas"), _varde(_gor(), "underrattelser_lamnade")) == (0, 1)
    publik = _gor(2025, offentlig=True)
    assert "externa_placeringar" not in {ett.nyckel for ett in publik.nyckeltal}
    assert "V1" not in repr(publik)


@pytest.mark.django_db
def test_a_notice_is_refused_with_reasons(tmp_path: Path) -> None:
    list(_paket(tmp_path))
    egen, privat = (Enhet.objects.select_related("utforare").get(nyckel=f"E{nr}") for nr in (0, 1))
    _notis(privat)
    for enhet, annat, varfor in (
        (None, {}, "Välj vilken enhet"),
        (egen, {}, "drivs i egen regi"),
        (privat, {}, "redan registrerad"),
        (privat, {"insats": "LSS-10"}, "9 § 8 och 9"),
        (privat, {"underrattad": date(2025, 12, 31)}, "före avtalets dag"),
        (privat, {"underrattad": date(2026, 6, 2)}, "inte varit än"),
        (privat, {"riktning": Riktning.MOTTAGEN}, "gäller ingen av våra"),
    ):
        with pytest.raises(Hindrad, match=varfor):
            _notis(enhet, **annat)
    _notis(None, riktning=Riktning.MOTTAGEN)
    assert Underrattelse.objects.count() == 2


def test_who_may_not_register_is_told_so(varld: Varld, eken: Enhet) -> None:
    with pytest.raises(Hindrad, match="krävs för att lägga in uppgifter"):
        registrera_enhetsfakta(
            enhet=eken, fran=IDAG, kommun="", boendeform="annan", av=varld.anvandare[Roll.GRUPPCHEF], nu=NU
        )
