"""A person whose beslut waits to be carried out, beside the small world of the access tests."""

from pathlib import Path

from beslut.actions.tilldelning import tilldela
from beslut.models import Person
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from tests.webb import varld

CECILIA = {
    "personer": """\
person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden
P-NY;199305059819;Cecilia;Ask;1;nej;
""",
    "beslut": """\
beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet
B-NY;P-NY;LSS-10;LSS;bifall;2026-03-12;2026-03-12;2026-12-31;5;dagar_vecka
B-UT;P-NY;SOL-BOSTOD;SoL;bifall;2025-03-12;2025-03-12;2026-04-30;;
""",
}


def med_cecilia(mapp: Path) -> varld.Varld:
    """The small world, and Cecilia Ask, who has a beslut that nobody carries out."""
    (mapp / "varld").mkdir()
    (mapp / "ny").mkdir()
    bygd = varld.bygg(mapp / "varld")
    for namn, text in CECILIA.items():
        (mapp / "ny" / f"{namn}.csv").write_text(text, encoding="utf-8")
    las_in(mapp / "ny", av=None)
    return bygd


def med_marias_cecilia(mapp: Path) -> varld.Varld:
    """The same, with Cecilia given to the handläggare."""
    bygd = med_cecilia(mapp)
    cecilia = Person.objects.get(nyckel="P-NY")
    tilldela(person=cecilia, handlaggare=bygd.anvandare[Roll.HANDLAGGARE], fran=varld.START, av=None)
    return bygd
