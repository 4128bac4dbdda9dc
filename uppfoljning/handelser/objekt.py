"""The things that events are about: where their page is, whose they are, and what imports have changed in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from beslut.models import Arende, Beslut, Nivaarende, Nivabedomning, Person
from beslut.queries import BESLUT_FALT, NIVA_FALT
from beslut.regler import Insats
from ersattning.models import (
    Bonusansokan,
    Bonusregel,
    Ersattningsrad,
    Faktura,
    Justering,
    Kontering,
    Korning,
    Pris,
    Prognos,
    Simulering,
)
from ersattning.regler import Prisenhet
from grund.behorighet import Ratt
from grund.historik import FRAN, TILL, Falt, Skillnad, antal, dag, kod, skillnader
from grund.models import Andring
from grund.skickat import pk_ur
from grund.tid import Manad
from uppfoljning.models import (
    Arssats,
    Avtalsuppfoljning,
    Bemanningsnyckel,
    Brist,
    Dokument,
    Dokumentmall,
    Fynd,
    Gallringslista,
    Handlingsplan,
    Kravlista,
    Leverans,
    Leveranslayout,
    Registerutdrag,
    Uppgiftsfil,
)
from utforare.models import Avtal, Bestallning, Prislista, Utforare, Verkstallighet
from utforare.queries import AVTAL_FALT, VERKSTALLIGHET_FALT

_JA_NEJ: Callable[[Any], str] = lambda varde: "ja" if varde else "nej"  # noqa: E731
# Never names or personnummer: the log is read by those who may not see them.
_PERSON = {
    "personkrets": Falt("personkrets", antal),
    "skyddad": Falt("skyddade personuppgifter", _JA_NEJ),
    "avliden": Falt("avliden", dag),
}
_PRIS = {
    "insats": Falt("insats", kod(Insats)),
    "niva": Falt("nivå"),
    "omfattning": Falt("omfattning"),
    "tidsband": Falt("tidsband"),
    "enhet": Falt("enhet", kod(Prisenhet)),
    "belopp": Falt("belopp", antal),
    "fran": FRAN,
    "till": TILL,
}


@dataclass(frozen=True, slots=True)
class Slag:
    """A kind of thing: its rows, the page that shows one, who may see what has changed in it, and whose data it is.

    `fil` and `falt`: the file of the import, and its columns in words. `person`: the path to the person's key.
    `nyckel`: the field that events name the thing by.
    """

    modell: type[Model]
    vy: str
    ratt: Ratt
    fil: str = ""
    falt: Mapping[str, Falt] | None = None
    person: str = ""
    nyckel: str = "nyckel"


SLAG = {
    "person": Slag(Person, "beslut:person", Ratt.SE_UNDERLAG, "personer", _PERSON, "pk"),
    "beslut": Slag(Beslut, "beslut:beslut", Ratt.SE_UNDERLAG, "beslut", BESLUT_FALT, "person_id"),
    "nivabedomning": Slag(Nivabedomning, "beslut:niva", Ratt.SE_UNDERLAG, "nivabedomningar", NIVA_FALT, "person_id"),
    "verkstallighet": Slag(
        Verkstallighet,
        "utforare:verkstallighet",
        Ratt.SE_UNDERLAG,
        "verkstalligheter",
        VERKSTALLIGHET_FALT,
        "beslut__person_id",
    ),
    "arende": Slag(Arende, "beslut:arende", Ratt.HANDLAGGA, person="person_id", nyckel="nummer"),
    "nivaarende": Slag(Nivaarende, "beslut:nivaarende", Ratt.BEDOMA_NIVA, person="person_id", nyckel="pk"),
    "bestallning": Slag(Bestallning, "utforare:bestallning", Ratt.HANDLAGGA, person="beslut__person_id", nyckel="pk"),
    "bonusansokan": Slag(Bonusansokan, "ersattning:bonusprovning", Ratt.SE_BONUS, person="person_id", nyckel="pk"),
    "bonusrad": Slag(Ersattningsrad, "ersattning:aterkravsfall", Ratt.SE_BONUS, person="person_id", nyckel="pk"),
    "bonusregel": Slag(Bonusregel, "ersattning:ny_bonusregelversion", Ratt.SKOTA_AVTAL),
    "faktura": Slag(Faktura, "ersattning:faktura", Ratt.SE_ERSATTNING, nyckel="pk"),
    "avtal": Slag(Avtal, "utforare:avtal", Ratt.SE_AVTAL, "avtal", AVTAL_FALT, "person_id"),
    "utforare": Slag(Utforare, "utforare:utforare", Ratt.SE_AVTAL),
    "handlingsplan": Slag(Handlingsplan, "uppfoljning:handlingsplan", Ratt.SKOTA_HANDLINGSPLAN, nyckel="pk"),
    "kontering": Slag(Kontering, "ersattning:kontering", Ratt.SKOTA_KONTERING, nyckel="pk"),
    "dokument": Slag(Dokument, "uppfoljning:ett_dokument", Ratt.GORA_TJANSTEUTLATANDE, nyckel="pk"),
    "dokumentmall": Slag(Dokumentmall, "uppfoljning:dokumentmall", Ratt.SKOTA_DOKUMENTMALLAR, nyckel="pk"),
    "prognos": Slag(Prognos, "ersattning:prognos", Ratt.SE_PROGNOS, nyckel="pk"),
    "justering": Slag(Justering, "ersattning:justering", Ratt.SE_JUSTERINGAR, person="person_id", nyckel="pk"),
    "fynd": Slag(Fynd, "uppfoljning:fyndet", Ratt.SE_UNDERLAG, person="person_id", nyckel="pk"),
    "registerutdrag": Slag(
        Registerutdrag, "uppfoljning:registerutdrag", Ratt.HANDLAGGA, person="person_id", nyckel="pk"
    ),
    "simulering": Slag(Simulering, "ersattning:simulering", Ratt.SE_SIMULERINGAR, nyckel="pk"),
    "avtalsuppfoljning": Slag(Avtalsuppfoljning, "uppfoljning:avtalsuppfoljning", Ratt.SE_UNDERLAG, nyckel="pk"),
    "bemanningsnyckel": Slag(Bemanningsnyckel, "uppfoljning:bemanningsnyckel", Ratt.SE_UNDERLAG, nyckel="pk"),
    "brist": Slag(Brist, "uppfoljning:brist", Ratt.SE_UNDERLAG, nyckel="pk"),
    "kravlista": Slag(Kravlista, "uppfoljning:kravlista", Ratt.SE_UNDERLAG, nyckel="pk"),
    "leverans": Slag(Leverans, "uppfoljning:leverans", Ratt.LAMNA_STATISTIK, nyckel="pk"),
    "leveranslayout": Slag(Leveranslayout, "uppfoljning:leveranslayout", Ratt.LAMNA_STATISTIK, nyckel="pk"),
    "uppgiftsfil": Slag(Uppgiftsfil, "uppfoljning:uppgiftsfil", Ratt.SE_UNDERLAG, nyckel="pk"),
    "gallringslista": Slag(Gallringslista, "uppfoljning:gallringslista", Ratt.SE_GALLRING, nyckel="pk"),
    "arssats": Slag(Arssats, "uppfoljning:arssats", Ratt.GORA_TJANSTEUTLATANDE, nyckel="pk"),
    "prislista": Slag(Prislista, "ersattning:prislista", Ratt.SE_AVTAL, "priser", _PRIS),
}


def hitta(slag: str, nyckel: str) -> int | None:
    """Primary key of the thing, when it is one of a row."""
    if slag not in SLAG:
        return None
    return _rader(slag, nyckel).values_list("pk", flat=True).first()


def personer(slag: str, nyckel: str) -> list[int]:
    """Whose data the thing is: to look at it is logged."""
    if slag not in SLAG or not SLAG[slag].person:
        return []
    return [pk for pk in _rader(slag, nyckel).values_list(SLAG[slag].person, flat=True) if pk]


def andrat(slag: str, nyckel: str, pk: int | None) -> dict[int, list[Skillnad]]:
    """What imports and registrations have changed in the thing, by event."""
    if pk is None or not SLAG[slag].fil:
        return {}
    andringar = Andring.objects.filter(fil=SLAG[slag].fil).exclude(nyckel="")
    if slag == "prislista":
        andringar = andringar.filter(slag=Andring.Slag.PRISLISTA, objekt_id=pk)
        return skillnader(andringar, Pris._meta.db_table, _PRIS)
    return skillnader(andringar.filter(nyckel=nyckel), SLAG[slag].modell._meta.db_table, SLAG[slag].falt or {})


def sida(slag: str, nyckel: str, pk: int | None) -> tuple[str, list[Any], Ratt] | None:
    """The page that shows the thing: a view's name, its arguments, and who may open it."""
    if slag == "korning" and Korning.objects.filter(manad=_manad(nyckel)).exists():
        return "ersattning:korning", [nyckel], Ratt.SE_ERSATTNING
    if slag == "underlag" and _manad(nyckel.partition(":")[0]):
        return "ersattning:underlag", [nyckel.partition(":")[0]], Ratt.SE_ERSATTNING
    if slag == "budget" and (ar := pk_ur(nyckel)) is not None:
        return "ersattning:budget", [ar], Ratt.SE_PROGNOS
    if slag == "loggkontroll" and (kontroll := pk_ur(nyckel)) is not None:
        return "beslut:loggkontroll", [kontroll], Ratt.SE_LASNINGAR
    if slag == "tjansteutlatande" and _manad(nyckel):
        return "uppfoljning:tjansteutlatande", [nyckel], Ratt.SE_RAPPORTER
    return (SLAG[slag].vy, [pk], SLAG[slag].ratt) if pk is not None else None


def _manad(text: str) -> Any:
    try:
        return Manad.efterfragad(text).fran
    except ValueError:
        return None


def _rader(slag: str, nyckel: str) -> QuerySet[Any]:
    rader = SLAG[slag].modell._default_manager
    if SLAG[slag].nyckel == "pk" and pk_ur(nyckel) is None:
        return rader.none()
    return rader.filter(**{SLAG[slag].nyckel: nyckel})
