"""Which rows of ersattning a utförare's request can meet in the database (grund.databas.radskydd): what it is paid,
why, and its own claims. What is not said here, as prognoser and the municipality's own notes, is closed."""

from grund.databas.radskydd import Oppen, egen_enhet, egen_utforare, eget, genom
from utforare.radskydd import REGLER as UPPSTROMS

_VILLKOR = Oppen("villkor som gäller alla utförare")
_PERSON = eget("person_id", "utforare_egna_personer")

# A row's verkställighet may have been taken back since it was paid (models.Ersattningsrad). It is told whose it was.
_BETALD = "EXISTS (SELECT FROM ersattning_ersattningsrad r WHERE r.person_id ="

REGLER: dict[str, Oppen | str] = {
    "beslut.Person": f"{UPPSTROMS['beslut.Person']} OR {_BETALD} beslut_person.id)",
    "beslut.Beslut": f"{UPPSTROMS['beslut.Beslut']}"
    f" OR {_BETALD} beslut_beslut.person_id AND r.beslut_id = beslut_beslut.id)",
    "ersattning.Korning": Oppen("en månads läge: ingen person och ingen utförare"),
    "ersattning.Pris": _VILLKOR,
    "ersattning.Tidsband": _VILLKOR,
    "ersattning.Bonusregel": _VILLKOR,
    "ersattning.Anstallning": _PERSON,
    "ersattning.Bonusutfall": _PERSON,
    "ersattning.Bonusansokan": egen_enhet(),
    "ersattning.Bonusansokansteg": genom("ansokan_id", "ersattning_bonusansokan"),
    "ersattning.Justering": egen_utforare(),
    "ersattning.Ersattningsrad": egen_utforare(),
    "ersattning.Avvikelse": egen_utforare(),
    "ersattning.Fil": egen_utforare(),
    "ersattning.Manadsunderlag": egen_utforare(),
    "ersattning.Manadssumma": egen_utforare(),
}
