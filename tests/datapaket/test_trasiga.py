"""Broken packages: each fault is found where it is, said in Swedish, and nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from beslut.models import Person
from grund.datapaket.fel import Fel

from .paket import BAS, Filer, bytt, med


@dataclass(frozen=True)
class Fall:
    namn: str
    filer: Filer = field(repr=False)
    fil: str
    rad: int | None
    kolumn: str
    text: str


def rad(fil: str, text: str) -> Filer:
    """The small package with a row more in a file."""
    return med(**{fil: f"{BAS[fil]}{text}\n"})


def borttag(*rader: str) -> str:
    return "\n".join(["fil;id;datum", *rader, ""])


FALL = [
    # the package
    Fall("okänd fil", med(personal="a;b\n"), "personal.csv", None, "", "Menade du personer.csv?"),
    Fall("dold fil", {**BAS, ".DS_Store": "x"}, ".DS_Store", None, "", "Dold fil"),
    Fall("fel ändelse", {**BAS, "narvaro.txt": "x"}, "narvaro.txt", None, "", "Menade du narvaro.csv?"),
    # the file
    Fall("tom fil", med(personer=""), "personer.csv", 1, "", "Filen är tom"),
    Fall("okänd kolumn", bytt("personer", "fornamn", "namn"), "personer.csv", 1, "namn", "Okänd kolumn"),
    Fall("kolumn två gånger", bytt("personer", "efternamn", "fornamn"), "personer.csv", 1, "fornamn", "två gånger"),
    Fall("kolumn saknas", med(prislistor="prislista_id\nPL\n"), "prislistor.csv", 1, "namn", "saknas i rubrikraden"),
    Fall(
        "komma mellan fälten",
        med(prislistor="prislista_id,namn\nPL,x\n"),
        "prislistor.csv",
        1,
        "prislista_id,namn",
        "semikolon",
    ),
    Fall("inte UTF-8", bytt("personer", "Anna", "\udce5sa"), "personer.csv", 2, "", "Byte 17 på raden (0xE5)"),
    Fall("UTF-16", med(personer="\udcff\udcfep\0"), "personer.csv", 1, "", "UTF-16"),
    Fall("NUL", bytt("personer", "Anna", "An\0na"), "personer.csv", 2, "", "NUL-tecken"),
    Fall(
        "citattecken som inte stängs",
        rad("personer", 'P3;199004049830;"Cilla;Al;1;nej;'),
        "personer.csv",
        4,
        "",
        "stängs aldrig",
    ),
    Fall(
        "citattecken mitt i", rad("personer", 'P3;199004049830;"Cilla"x;Al;1;nej;'), "personer.csv", 4, "", "semikolon"
    ),
    Fall("för få fält", rad("personer", "P3;199004049830"), "personer.csv", 4, "", "2 fält, men rubrikraden har 7"),
    Fall("för många fält", rad("personer", "P3;199004049830;C;A;1;nej;;"), "personer.csv", 4, "", "8 fält"),
    Fall(
        "radbrytning i text flyttar inte radnumren",
        rad("personer", 'P3;199004049830;"Ci\nlla";Al;1;nej;\nP4;x;C;A;1;nej;'),
        "personer.csv",
        6,
        "personnummer",
        "12 siffror",
    ),
    # values
    Fall(
        "obligatoriskt värde saknas", bytt("personer", "199002029818", ""), "personer.csv", 2, "personnummer", "saknas"
    ),
    Fall("för långt id", bytt("prislistor", "PL;", "P" * 41 + ";"), "prislistor.csv", 2, "prislista_id", "högst 40"),
    Fall("för lång text", bytt("personer", "Anna", "A" * 101), "personer.csv", 2, "fornamn", "101 tecken"),
    Fall(
        "kontrollsiffra",
        bytt("personer", "199002029818", "199002029819"),
        "personer.csv",
        2,
        "personnummer",
        "Kontrollsiffran",
    ),
    Fall(
        "tio siffror", bytt("personer", "199002029818", "9002029818"), "personer.csv", 2, "personnummer", "12 siffror"
    ),
    Fall(
        "födelsedatum", bytt("personer", "199002029818", "199002309818"), "personer.csv", 2, "personnummer", "kalendern"
    ),
    Fall(
        "organisationsnummer",
        bytt("utforare", "5566002373", "5566002374"),
        "utforare.csv",
        2,
        "organisationsnummer",
        "Kontrollsiffran",
    ),
    Fall("personkrets", bytt("personer", ";1;nej", ";4;nej"), "personer.csv", 2, "personkrets", "1–3"),
    Fall("ja och nej", bytt("personer", ";1;nej", ";1;Nej"), "personer.csv", 2, "skyddad", "ja eller nej"),
    Fall(
        "datum i annan form",
        bytt("nivabedomningar", "2026-01-01", "1/1 2026"),
        "nivabedomningar.csv",
        2,
        "fran",
        "2026-03-31",
    ),
    Fall("datum som inte finns", bytt("narvaro", "2026-03-02", "2026-02-30"), "narvaro.csv", 2, "datum", "kalendern"),
    Fall("slut 9999", bytt("avtal", "2026-06-30", "9999-12-31"), "avtal.csv", 2, "till", "tills vidare"),
    Fall("tal med mellanrum", bytt("priser", "1164", "1 164"), "priser.csv", 2, "belopp", "mellanrum"),
    Fall("tre decimaler", bytt("priser", "1200,50", "1200,505"), "priser.csv", 3, "belopp", "decimaler: högst 2"),
    Fall("negativt belopp", bytt("priser", "1164", "-1"), "priser.csv", 2, "belopp", "minst 0"),
    Fall(
        "för många siffror",
        bytt("verkstalligheter", ";8;", ";1234567890123;"),
        "verkstalligheter.csv",
        3,
        "bestallt_antal",
        "högst 12",
    ),
    Fall("okänd kod", bytt("beslut", "bifall", "beviljat"), "beslut.csv", 2, "utfall", "bifall, delvis, avslag"),
    Fall("okänd kod i lista", bytt("avtal", "flytt, avliden", "flytt, x"), "avtal.csv", 2, "avslut_orsaker", "”x”"),
    Fall("klockslag", bytt("tidsband", "22:00", "22.00"), "tidsband.csv", 2, "fran_tid", "07:30"),
    Fall("tidpunkt med sekunder", bytt("besok", "T08:05;", "T08:05:00;"), "besok.csv", 2, "utford_start", "sekunder"),
    Fall(
        "timmen som inte finns",
        rad("besok", "K3;V2;;;2026-03-29T02:30;2026-03-29T04:00;;;;"),
        "besok.csv",
        4,
        "utford_start",
        "ställdes fram",
    ),
    Fall(
        "fel förskjutning",
        bytt("besok", "2026-03-02T08:05", "2026-03-02T08:05+02:00"),
        "besok.csv",
        2,
        "utford_start",
        "var då +01:00",
    ),
    Fall("trappa med hål", bytt("avtal", "15-:50", "16-:50"), "avtal.csv", 2, "franvaro", "börja på dag 15"),
    Fall(
        "gränser som inte stiger",
        bytt("avtal", "0:deltid,360", "0:deltid,0"),
        "avtal.csv",
        2,
        "omfattning_granser",
        "stiga",
    ),
    # rules of a row
    Fall("slut före start", bytt("avtal", "2026-06-30", "2025-12-31"), "avtal.csv", 2, "till", "före startdagen"),
    Fall("lagrum passar inte", bytt("beslut", "LSS-10;LSS", "LSS-10;SoL"), "beslut.csv", 2, "lagrum", "enligt LSS"),
    Fall(
        "bifall utan start",
        bytt("beslut", "2026-01-01;2026-01-01;;;;", "2026-01-01;;;;;"),
        "beslut.csv",
        2,
        "fran",
        "startdag",
    ),
    Fall(
        "omfattning utan enhet", bytt("beslut", "timmar_manad", ""), "beslut.csv", 3, "omfattning_enhet", "tillsammans"
    ),
    Fall(
        "individavtal utan person",
        bytt("avtal", "individavtal;P1", "individavtal;"),
        "avtal.csv",
        4,
        "person_id",
        "gäller alltid en person",
    ),
    Fall(
        "LOV-avtal med person",
        bytt("avtal", "lov;;PL;narvaro;2026-07", "lov;P1;PL;narvaro;2026-07"),
        "avtal.csv",
        3,
        "person_id",
        "Bara ett individavtal",
    ),
    Fall(
        "slut utan orsak",
        bytt("verkstalligheter", "flytt", ""),
        "verkstalligheter.csv",
        3,
        "slutorsak",
        "byte_utforare",
    ),
    Fall(
        "orsak utan slut", bytt("verkstalligheter", "2026-12-31", ""), "verkstalligheter.csv", 3, "till", "inget slut"
    ),
    Fall(
        "godkänd av sig själv",
        bytt("nivabedomningar", "Gunnel", "Karin"),
        "nivabedomningar.csv",
        2,
        "godkand_av",
        "inte själv",
    ),
    Fall(
        "godkänd utan dag", bytt("nivabedomningar", "2026-01-02", ""), "nivabedomningar.csv", 2, "godkand", "vilken dag"
    ),
    Fall("orsak vid närvaro", bytt("narvaro", "heltid;;", "heltid;;sjuk"), "narvaro.csv", 2, "orsak", "kod F"),
    Fall("noll minuter", bytt("narvaro", "240", "0"), "narvaro.csv", 3, "minuter", "1–1440"),
    Fall(
        "utfört och avbokat",
        bytt("besok", "09:00;;;;pa", "09:00;2026-03-01T08:00;brukare;;pa"),
        "besok.csv",
        2,
        "avbokad",
        "kan inte vara avbokat",
    ),
    Fall("uteblivet utan vem", bytt("besok", "brukare", ""), "besok.csv", 3, "avbokad_av", "vem som avbokade"),
    Fall("besök utan tid", rad("besok", "K3;V2;;;;;;;;"), "besok.csv", 4, "planerad_start", "varken"),
    Fall(
        "slut före start på besök",
        bytt("besok", "T08:05;2026-03-02T09:00", "T08:05;2026-03-02T08:05"),
        "besok.csv",
        2,
        "utford_slut",
        "sluta efter",
    ),
    Fall(
        "halvt besök", bytt("besok", "T08:05;2026-03-02T09:00", "T08:05;"), "besok.csv", 2, "utford_slut", "tillsammans"
    ),
    Fall(
        "tidsband båda slagen",
        bytt("tidsband", "24:00;;", "24:00;2026-01-01T00:00;"),
        "tidsband.csv",
        2,
        "fran_tidpunkt",
        "inte båda",
    ),
    Fall(
        "natt över midnatt", bytt("tidsband", "22:00;24:00", "22:00;06:00"), "tidsband.csv", 2, "till_tid", "två rader"
    ),
    Fall("andel saknas", bytt("bonusregler", "0,5", ""), "bonusregler.csv", 2, "andel_vid_start", "kvalificeringstid"),
    Fall(
        "sysselsättningsgrad",
        bytt("anstallningar", ";75;", ";101;"),
        "anstallningar.csv",
        2,
        "sysselsattningsgrad",
        "1–100",
    ),
    # the whole
    Fall(
        "samma id två gånger", rad("personer", "P1;199004049830;C;A;1;nej;"), "personer.csv", 4, "person_id", "på rad 2"
    ),
    Fall(
        "samma närvarodag två gånger",
        rad("narvaro", "V1;2026-03-04;F;;;"),
        "narvaro.csv",
        5,
        "verkstallighet_id",
        "på rad 4",
    ),
    Fall("referens saknas", bytt("beslut", "B2;P2", "B2;P9"), "beslut.csv", 3, "person_id", "Finns varken"),
    Fall(
        "närvaro utan verkställighet",
        rad("narvaro", "V9;2026-03-04;F;;;"),
        "narvaro.csv",
        5,
        "verkstallighet_id",
        "Finns varken",
    ),
    Fall("tidsband saknas", bytt("priser", "natt", "kväll"), "priser.csv", 4, "tidsband", "finns inte i tidsband.csv"),
    Fall("avtal överlappar", bytt("avtal", "2026-06-30", "2026-07-01"), "avtal.csv", 3, "fran", "avtal A1"),
    Fall("priser överlappar", bytt("priser", "2026-06-30", ""), "priser.csv", 3, "fran", "(rad 2)"),
    Fall(
        "tidsband per vecka krockar",
        rad("tidsband", "PL;kväll;1;1;18:00;22:01;;"),
        "tidsband.csv",
        5,
        "prioritet",
        "natt (rad 2)",
    ),
    Fall(
        "vecka och storhelg krockar",
        rad("tidsband", "PL;jour;2;5;12:00;13:00;;"),
        "tidsband.csv",
        5,
        "prioritet",
        "storhelg (rad 4)",
    ),
    Fall(
        "storhelger krockar",
        rad("tidsband", "PL;påsk;2;;;;2026-04-07T06:59;2026-04-07T08:00"),
        "tidsband.csv",
        5,
        "prioritet",
        "storhelg (rad 4)",
    ),
    Fall(
        "daglig verksamhet i personkrets 3",
        bytt("beslut", "LSS;avslag;;2026-01-01;", "LSS;bifall;;2026-01-01;2026-01-01"),
        "beslut.csv",
        4,
        "insats",
        "personkrets 3",
    ),
    Fall(
        "närvaro utanför", rad("narvaro", "V2;2027-01-01;N;;;"), "narvaro.csv", 5, "datum", "V2 (2026-01-01–2026-12-31)"
    ),
    Fall(
        "besök utanför",
        bytt("besok", "K2;V2;2026-10-25T02:30;2026-10-25T02:30+01:00", "K2;V2;2027-01-01T00:00;2027-01-01T01:00"),
        "besok.csv",
        3,
        "planerad_start",
        "utanför verkställigheten V2",
    ),
    # borttag
    Fall("borttag som inte finns", med(borttag=borttag("besok;K9;")), "borttag.csv", 2, "id", "finns inte"),
    Fall("borttag av okänd sort", med(borttag=borttag("personer;P1;")), "borttag.csv", 2, "fil", "narvaro"),
    Fall("borttag utan datum", med(borttag=borttag("narvaro;V1;")), "borttag.csv", 2, "datum", "ange datum"),
    Fall("borttag med datum", med(borttag=borttag("besok;K1;2026-03-02")), "borttag.csv", 2, "datum", "tomt"),
]


# What brings more with it: two places for one fault, or a name that others refer to.
GER_FLER = {"för långt id", "tidsband saknas", "kolumn saknas", "komma mellan fälten", "kolumn två gånger"}


@pytest.mark.parametrize("fall", FALL, ids=lambda fall: fall.namn)
def test_ett_trasigt_paket_avvisas_med_plats_och_forklaring(fall: Fall, felen: Callable[[Filer], list[Fel]]) -> None:
    fel = felen(fall.filer)
    ratt = [ett for ett in fel if (ett.fil, ett.rad, ett.kolumn) == (fall.fil, fall.rad, fall.kolumn)]
    assert any(fall.text in ett.text for ett in ratt), [str(ett) for ett in fel]
    foljder = [str(ett) for ett in fel if (ett.fil, ett.rad) != (fall.fil, fall.rad)]
    assert not foljder or fall.namn in GER_FLER, foljder
    assert not Person.objects.exists()
