"""A small world for the tests of access: the same few people everywhere, each with their own.

maria is handläggare for the person P-EGEN and the protected P-SKYDDAD; P-ANNANS is somebody else's. petra works at
Eken, where the two first are; P-ANNANS is at another utförare's Ask. Nobody has a right beyond the role.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from beslut.actions.tilldelning import tilldela
from beslut.models import Beslut, Nivabedomning, Person
from grund import klocka
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Avtal, Enhet, Prislista, Utforare, Verkstallighet

START = date(2026, 1, 1)
ALLA = ("EGEN", "ANNANS", "SKYDDAD")
PAKET = {
    "utforare": """\
utforare_id;namn;organisationsnummer;regi
U-EGEN;Eken AB;5566002373;privat
U-ANNAN;Ask AB;5590012349;privat
""",
    "enheter": """\
enhet_id;utforare_id;namn;platser
E-EGEN;U-EGEN;Eken;6
E-ANNAN;U-ANNAN;Ask;6
""",
    "prislistor": "prislista_id;namn\nPL;Priser\n",
    "priser": """\
prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till
PL;LSS-10;3;heltid;;dag;1164;2026-01-01;
PL;LSS-10;4;heltid;;dag;1400;2026-01-01;
""",
    "avtal": """\
avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till
A1;U-EGEN;LSS-10;lov;;PL;narvaro;2026-01-01;
A2;U-ANNAN;LSS-10;lov;;PL;narvaro;2026-01-01;
""",
    "personer": """\
person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden
P-EGEN;199002029818;Anna;Ek;1;nej;
P-ANNANS;199003039824;Bo;Gran;1;nej;
P-SKYDDAD;198501019809;Hemlig;Person;1;ja;
""",
    "beslut": """\
beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet
"""
    + "".join(f"B-{vem};P-{vem};LSS-10;LSS;bifall;2026-01-01;2026-01-01;;;\n" for vem in ALLA),
    "verkstalligheter": """\
verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak
V-EGEN;B-EGEN;E-EGEN;2026-01-01;heltid;2026-01-01;;
V-ANNANS;B-ANNANS;E-ANNAN;2026-01-01;heltid;2026-01-01;;
V-SKYDDAD;B-SKYDDAD;E-EGEN;2026-01-01;heltid;2026-01-01;;
""",
    "nivabedomningar": """\
nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand
"""
    + "".join(f"N-{vem};P-{vem};LSS-10;3;2026-01-01;godkand;Karin;Gunnel;2026-01-02\n" for vem in ALLA),
    "narvaro": "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n"
    + "".join(f"V-{vem};2026-05-04;N;;;\n" for vem in ALLA),
}


class Vems(StrEnum):
    """Whose the thing at the address is, seen from maria and petra."""

    EGEN = "egen"
    ANNANS = "annans"
    SKYDDAD = "skyddad"
    INGENS = "ingens"


@dataclass
class Varld:
    """`ids[vems][word]` is the primary key that stands for {word} in an address. `mapp`: where its files lie."""

    mapp: Path
    anvandare: dict[Roll, Anvandare] = field(default_factory=dict)
    ids: dict[Vems, dict[str, int | str]] = field(default_factory=dict)


Tillagg = Callable[[Varld, Vems], Mapping[str, int | str]]
# Tests of one app add what they need to the world: a function that gives more ids. All of them take a second or two.
TILLAGG: list[Tillagg] = []


def bygg(mapp: Path, *tillagg: Tillagg) -> Varld:
    """Build the world, and what is asked for beside it; `mapp` is an empty folder. Needs the database."""
    for namn, text in PAKET.items():
        (mapp / f"{namn}.csv").write_text(text, encoding="utf-8")
    las_in(mapp, av=None)
    varld = Varld(mapp, {roll: _anvandare(roll) for roll in Roll})
    maria, petra = varld.anvandare[Roll.HANDLAGGARE], varld.anvandare[Roll.UTFORARE]
    for nyckel in ("P-EGEN", "P-SKYDDAD"):
        tilldela(person=Person.objects.get(nyckel=nyckel), handlaggare=maria, fran=START, av=None)
    satt_enheter(anvandare=petra, enheter=[Enhet.objects.get(nyckel="E-EGEN")], av=None)
    for vems in Vems:
        varld.ids[vems] = _ids(vems)
        for lagg_till in tillagg:
            varld.ids[vems] |= lagg_till(varld, vems)
    return varld


def _anvandare(roll: Roll) -> Anvandare:
    return Anvandare.objects.create_user(f"en-{roll}", roller=[roll])


def _ids(vems: Vems) -> dict[str, int | str]:
    if vems is Vems.INGENS:
        namnen = (
            "person",
            "beslut",
            "niva",
            "verk",
            "enhet",
            "utforare",
            "avtal",
            "prislista",
            "rad",
            "avvikelse",
            "fil",
        )
        return {**dict.fromkeys(namnen, 999_999), "beslutsnyckel": "B-INGEN"}
    stor, enhet = vems.upper(), "ANNAN" if vems is Vems.ANNANS else "EGEN"
    return {
        "person": Person.objects.get(nyckel=f"P-{stor}").pk,
        "beslut": Beslut.objects.get(nyckel=f"B-{stor}").pk,
        "beslutsnyckel": f"B-{stor}",
        "niva": Nivabedomning.objects.get(nyckel=f"N-{stor}").pk,
        "verk": Verkstallighet.objects.get(nyckel=f"V-{stor}").pk,
        "enhet": Enhet.objects.get(nyckel=f"E-{enhet}").pk,
        "utforare": Utforare.objects.get(nyckel=f"U-{enhet}").pk,
        "avtal": Avtal.objects.get(nyckel="A2" if enhet == "ANNAN" else "A1").pk,
        "prislista": Prislista.objects.get().pk,
        "rad": 999_999,
        "avvikelse": 999_999,
        "fil": 999_999,
    }


def i_gar() -> date:
    """The day before today, as the pages count."""
    return klocka.idag() - timedelta(days=1)
