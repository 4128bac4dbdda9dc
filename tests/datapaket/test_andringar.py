"""The log of what a package changed: whom it concerns and which days, one test per rule (grund.models.Andring)."""

from datetime import date, timedelta

import pytest
from django.db import connection

from beslut.models import Person
from ersattning.models import Bonusregel
from grund.models import Andring, Handelse
from utforare.models import Enhet, Prislista, Utforare

from .conftest import Inlas
from .paket import BAS, Filer, bytt

Dagar = tuple[str, str]  # as from and till, inclusive of the first and exclusive of the last; "" = none or open
ALLTID = ("1900-01-01", "")
INGEN = ("", "")


def efter(inlas: Inlas, filer: Filer) -> list[Andring]:
    """What a second package logs."""
    inlas(BAS)
    sist = Andring.objects.order_by("-id").values_list("id", flat=True).first() or 0
    inlas(filer)
    return list(Andring.objects.filter(id__gt=sist).order_by("id"))


def dagar(andring: Andring) -> Dagar:
    return str(andring.fran or ""), str(andring.till or "")


def ny(fil: str, *rader: str) -> Filer:
    return {fil: "\n".join([BAS[fil].splitlines()[0], *rader, ""])}


def byt(fil: str, fran: str, till: str) -> Filer:
    return {fil: bytt(fil, fran, till)[fil]}


def borttag(*rader: str) -> Filer:
    return {"borttag": "\n".join(["fil;id;datum", *rader, ""])}


NYA = [
    ("narvaro", ny("narvaro", "V1;2026-03-09;N;;;", "V1;2026-03-11;N;;;"), ("2026-03-09", ""), 2),
    ("besok", ny("besok", "K3;V2;;;2026-03-09T23:30;2026-03-10T01:00;;;;"), ("2026-03-09", "2026-03-11"), 1),
    ("verkstalligheter", ny("verkstalligheter", "V3;B1;E2;;;;;2026-04-01;2026-05-01;flytt"), ("2026-04-01", ""), 1),
    ("beslut", ny("beslut", "B9;P1;LSS-3;LSS;bifall;;2026-01-01;2026-02-01;2026-02-28;;;"), ("2026-02-01", ""), 1),
    (
        "nivabedomningar",
        ny("nivabedomningar", "N9;P1;LSS-10;4;2026-04-01;godkand;a;b;2026-04-02"),
        ("2026-04-01", ""),
        1,
    ),
    ("avtal", ny("avtal", "A9;U1;LSS-3;lov;;PL;utford_tid;2026-02-01;2026-05-01;;;"), ("2026-02-01", ""), 1),
    ("priser", ny("priser", "PL;LSS-9;;;;dygn;900;2026-02-01;2026-02-28"), ("2026-02-01", "2026-03-01"), 1),
    ("tidsband", ny("tidsband", "PL;dag;0;3;08:00;12:00;;"), ALLTID, 1),
    ("tidsband", ny("tidsband", "PL;jul;3;;;;2026-12-24T00:00;2026-12-27T00:00"), ("2026-12-24", "2026-12-27"), 1),
]
UTAN_DAG = [
    ny("beslut", "B9;P1;LSS-3;LSS;avslag;;2026-01-01;;;;;"),
    ny("nivabedomningar", "N9;P1;LSS-10;4;2026-04-01;inskickad;a;;"),
    ny("personer", "P9;199004049830;C;A;1;nej;2026-05-01"),
    ny("anstallningar", "J9;P1;X;2026-05-01;;75;visstid"),
    ny("bonusregler", "R9;1;;;;;;;;2026-01-01;"),
    ny("utforare", "U9;Ny;5566002456;egen"),
    ny("enheter", "E9;U1;Ny;"),
    ny("prislistor", "P9;Ny"),
]


@pytest.mark.parametrize(("fil", "paket", "vantat", "antal"), NYA, ids=lambda v: v if isinstance(v, str) else "")
def test_nya_rader_sags_tillsammans(inlas: Inlas, fil: str, paket: Filer, vantat: Dagar, antal: int) -> None:
    (en,) = efter(inlas, paket)
    assert (en.fil, dagar(en), en.antal, en.nyckel, en.gammalt) == (fil, vantat, antal, "", None)


@pytest.mark.parametrize("paket", UTAN_DAG, ids=lambda paket: next(iter(paket)))
def test_nya_rader_utan_dag_sags_inte(inlas: Inlas, paket: Filer) -> None:
    assert efter(inlas, paket) == []


SLUT = "2026-01-01;;\nV2"
ANDRADE = [
    ("närvaro", byt("narvaro", "240", "250"), ["V1|2026-03-03"], [("2026-03-03", "")]),
    ("besök, klockslag", byt("besok", "08:05", "08:10"), ["K1"], [("2026-03-02", "2026-03-03")]),
    (
        "besök, annan dag",
        byt("besok", "2026-03-02T08:05;2026-03-02T09:00", "2026-03-05T08:05;2026-03-05T09:00"),
        ["K1", "K1"],
        [("2026-03-02", "2026-03-03"), ("2026-03-05", "2026-03-06")],
    ),
    (
        "verkställighet slutar",
        byt("verkstalligheter", SLUT, "2026-01-01;2026-05-31;flytt\nV2"),
        ["V1"],
        [("2026-05-31", "")],
    ),
    (
        "verkställighet, annat slut och beställd",
        byt(
            "verkstalligheter",
            "E2;2026-01-01;;8;timmar_manad;2026-01-01;2026-12-31",
            "E2;2026-01-02;;8;timmar_manad;2026-01-01;2026-11-30",
        ),
        ["V2"],
        [("2026-11-30", "")],
    ),
    ("verkställighet, slutorsak", byt("verkstalligheter", "flytt", "annat"), ["V2"], [("2026-12-31", "")]),
    ("verkställighet, beställd", byt("verkstalligheter", "E1;2026-01-01", "E1;2025-12-01"), ["V1"], [INGEN]),
    ("verkställighet, omfattning", byt("verkstalligheter", "heltid", "halvtid"), ["V1"], [("2026-01-01", "")]),
    (
        "verkställighet, tidigare start",
        byt("verkstalligheter", "heltid;;;2026-01-01", "heltid;;;2025-12-01"),
        ["V1"],
        [("2025-12-01", "")],
    ),
    (
        "beslut slutar",
        byt("beslut", "2026-01-01;2026-01-01;;;;\nB2", "2026-01-01;2026-01-01;2026-05-31;;;\nB2"),
        ["B1"],
        [("2026-06-01", "")],
    ),
    ("beslut, papper", byt("beslut", "bifall;;2026-01-01", "bifall;2025-11-01;2025-12-30"), ["B1"], [INGEN]),
    ("beslut, utfall", byt("beslut", "bifall", "delvis"), ["B1"], [("2026-01-01", "")]),
    ("person avliden", byt("personer", ";1;nej;", ";1;nej;2026-05-10"), ["P1"], [("2026-05-11", "")]),
    ("person, namn", byt("personer", "Anna", "Anja"), ["P1"], [INGEN]),
    ("nivå", byt("nivabedomningar", "LSS-10;3;2026-01-01", "LSS-10;4;2026-02-01"), ["N1"], [("2026-01-01", "")]),
    (
        "nivå dras in",
        byt("nivabedomningar", "godkand;Karin;Gunnel;2026-01-02", "avvisad;Karin;;"),
        ["N1"],
        [("2026-01-01", "")],
    ),
    ("avtal slutar", byt("avtal", "2026-06-30", "2026-05-31"), ["A1"], [("2026-05-31", "")]),
    ("avtal, modell", byt("avtal", "PL;narvaro;2026-07-01", "PL;dygn;2026-07-01"), ["A2"], [("2026-07-01", "")]),
    (
        "pris slutar tidigare",
        byt("priser", "2026-06-30", "2026-05-31"),
        ["PL|LSS-10|3|heltid||dag|2026-01-01"],
        [("2026-06-01", "2026-07-01")],
    ),
    (
        "pris får slut",
        byt("priser", "2026-07-01;", "2026-07-01;2026-12-31"),
        ["PL|LSS-10|3|heltid||dag|2026-07-01"],
        [("2027-01-01", "")],
    ),
    (
        "pris, belopp",
        byt("priser", "1164;2026-01-01;2026-06-30", "1146;2026-01-01;2026-05-31"),
        ["PL|LSS-10|3|heltid||dag|2026-01-01"],
        [("2026-01-01", "2026-07-01")],
    ),
    ("enhet, namn", byt("enheter", "Björken", "Björk"), ["E1"], [INGEN]),
    ("utförare", byt("utforare", "privat", "egen"), ["U1"], [INGEN]),
    ("prislista", byt("prislistor", "Priser", "Listan"), ["PL"], [INGEN]),
    ("anställning", byt("anstallningar", ";75;", ";80;"), ["J1"], [INGEN]),
    ("bonusregel", byt("bonusregler", "30000", "40000"), ["R1"], [INGEN]),
]


@pytest.mark.parametrize(("namn", "paket", "nycklar", "vantat"), ANDRADE, ids=[fall[0] for fall in ANDRADE])
def test_en_andrad_rad_sags_for_sig(
    inlas: Inlas, namn: str, paket: Filer, nycklar: list[str], vantat: list[Dagar]
) -> None:
    andringar = efter(inlas, paket)
    assert [(en.nyckel, dagar(en)) for en in andringar] == list(zip(nycklar, vantat, strict=True))
    assert all(en.gammalt for en in andringar)


@pytest.mark.parametrize(
    ("paket", "nyckel", "vantat"),
    [
        (borttag("narvaro;V1;2026-03-03"), "V1|2026-03-03", ("2026-03-03", "")),
        (borttag("besok;K1;"), "K1", ("2026-03-02", "2026-03-03")),
        (borttag("nivabedomningar;N1;"), "N1", ("2026-01-01", "")),
        (borttag("anstallningar;J1;"), "J1", INGEN),
    ],
)
def test_en_borttagen_rad_sags_med_vad_den_var(inlas: Inlas, paket: Filer, nyckel: str, vantat: Dagar) -> None:
    (en,) = efter(inlas, paket)
    assert (en.nyckel, dagar(en), bool(en.gammalt)) == (nyckel, vantat, True)


def test_en_borttagen_verkstallighet_galler_personen_fran_dess_borjan(inlas: Inlas) -> None:
    andringar = efter(inlas, borttag("besok;K1;", "besok;K2;", "verkstalligheter;V2;"))
    assert [dagar(en) for en in andringar if en.fil == "verkstalligheter"] == [("2026-01-01", "")]


def test_det_som_byter_person_galler_bada(inlas: Inlas) -> None:
    paket = byt("verkstalligheter", "V2;B2", "V2;B1")
    personer = {person.nyckel: person.pk for person in Person.objects.all()} or {}
    andringar = efter(inlas, paket)
    personer = {person.pk: person.nyckel for person in Person.objects.all()}
    assert sorted((personer[en.objekt_id], dagar(en)) for en in andringar) == [
        ("P1", ("2026-01-01", "")),
        ("P2", ("2026-01-01", "")),
    ]


def test_en_enhet_som_byter_utforare_galler_alla_dagar(inlas: Inlas) -> None:
    paket = {"utforare": BAS["utforare"] + "U2;Ny;5566002456;egen\n", **byt("enheter", "E1;U1", "E1;U2")}
    (en,) = efter(inlas, paket)
    assert (en.slag, en.objekt_id, dagar(en)) == ("enhet", Enhet.objects.get(nyckel="E1").pk, ALLTID)


def test_slagen_pekar_pa_ratt_sort(inlas: Inlas) -> None:
    paket = {
        **byt("utforare", "privat", "egen"),
        **byt("prislistor", "Priser", "Listan"),
        **byt("bonusregler", "30000", "40000"),
        **byt("avtal", "PL;narvaro;2026-07-01", "PL;dygn;2026-07-01"),
        **byt("narvaro", "240", "250"),
    }
    utforare, prislista = Utforare.objects.get, Prislista.objects.get
    assert {(en.fil, en.slag, en.objekt_id) for en in efter(inlas, paket)} == {
        ("utforare", "utforare", utforare(nyckel="U1").pk),
        ("prislistor", "prislista", prislista(nyckel="PL").pk),
        ("bonusregler", "regel", Bonusregel.objects.get(nyckel="R1").pk),
        ("avtal", "utforare", utforare(nyckel="U1").pk),
        ("narvaro", "person", Person.objects.get(nyckel="P1").pk),
    }


def test_en_inlasning_ar_en_handelse_med_antal(inlas: Inlas) -> None:
    inlas(BAS)
    handelse = Handelse.objects.get()
    assert (handelse.handling, handelse.objekt, handelse.data["narvaro"]["nya"]) == ("las_in", "datapaket", 3)
    assert set(Andring.objects.values_list("handelse", flat=True)) == {handelse.pk}


def test_den_snabba_vagen_och_den_langa_sager_samma_sak(inlas: Inlas) -> None:
    dag = date(2026, 3, 9)
    rader = [f"V1;{dag + timedelta(days=n)};N;;{100 + n};" for n in range(20)]
    (snabb,) = efter(inlas, ny("narvaro", *rader[:10]))
    citat = ny("narvaro", *(rad.replace("V1", '"V1"') for rad in rader[10:]))
    inlas(citat)
    lang = Andring.objects.latest("id")
    assert (dagar(snabb), snabb.antal) == (("2026-03-09", ""), 10)
    assert (dagar(lang), lang.antal) == (("2026-03-19", ""), 10)
    assert snabb.objekt_id == lang.objekt_id


def test_andrad_narvaro_soks_bara_i_sina_egna_manader(inlas: Inlas) -> None:
    inlas(BAS | {"narvaro": BAS["narvaro"] + "V1;2026-04-09;N;;;\n"})
    fore = _lasningar("utforare_narvaro_2026_04")
    inlas(ny("narvaro", "V1;2026-03-09;N;;;"))
    inlas(ny("narvaro", "V1;2026-03-09;F;;;"))
    assert _lasningar("utforare_narvaro_2026_04") == fore
    inlas(ny("narvaro", "V1;2026-04-09;F;;;"))
    assert _lasningar("utforare_narvaro_2026_04") > fore


def _lasningar(tabell: str) -> int:
    """How often the transaction has read the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq_scan + idx_scan FROM pg_stat_xact_user_tables WHERE relname = %s", [tabell])
        return int(cursor.fetchone()[0])
