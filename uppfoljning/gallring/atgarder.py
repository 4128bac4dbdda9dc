"""A gallring's way: a list is proposed, somebody else decides, it is done person by person, a protocol is left."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from beslut.models import Person
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.kedja.gallring import GALLRA_PERSON
from grund.models import Anvandare, Handelse
from grund.text import antal_ord
from uppfoljning.arkivexport.actions import hinder_for_gallring as hinder_for_arkivet
from uppfoljning.gallring import hos_utforare
from uppfoljning.gallring.akter import Provad, prova
from uppfoljning.gallring.antal import Antal, avtryck, rader_per_person
from uppfoljning.gallring.borttagning import Borttaget, ta_bort, ta_bort_hos_utforare
from uppfoljning.gallring.koder import Listlage, Listslag, Radutfall, Stoppslag
from uppfoljning.gallring.regler import Akt, hinder_efter_slag, hinder_for_gallring
from uppfoljning.models import Gallringslista, Gallringsrad, Gallringsstopp
from uppfoljning.rapport.svar import glom
from utforare.models import Verkstallighet

FLEST = 500  # persons of a list: what a person can answer for, and a night can do
LAGRUM = {
    Listslag.AKT: "LSS 21 c §, socialtjänstlagen (2025:400) 16 kap., förordningen (2001:637) om behandling av"
    " personuppgifter inom socialtjänsten",
    Listslag.UTFORARE: "LSS 23 c §",
}
_INGEN = {
    Listslag.AKT: "Ingen akt ska gallras i dag.",
    Listslag.UTFORARE: "Ingenting som privata utförare har skrivit ska gallras i dag.",
}
_GALLRADES = {
    Listslag.AKT: "En person i {lista} gallrades.",
    Listslag.UTFORARE: "Vad privata utförare har skrivit om en person i {lista} gallrades.",
}
_SKYDDADE = ["beslut_person", "beslut_arende", "beslut_utredningstext"]  # what the application may not remove
EJ_AGARE = (
    "Programmets egen databasroll får inte ta bort akter. Kör gallra som databasens ägare, på samma sätt som migrate."
)
ANDRAT = "Något har tillkommit, ändrats eller tagits bort i akten sedan listan frystes."


@dataclass(frozen=True, slots=True)
class Laget:
    """How it stands today: who is due, and who would be but is not, with the reasons."""

    mogna: list[Provad]
    undantagna: list[tuple[Provad, list[str]]]


@dataclass(frozen=True, slots=True)
class Mogen:
    """Somebody whom a list is about: the last note, and the rows that go."""

    person: int
    sista: date
    rader: Antal


def laget(*, idag: date) -> Laget:
    """Everybody whose five years have passed. Some forty queries, however many they are."""
    mogna: list[Provad] = []
    undantagna: list[tuple[Provad, list[str]]] = []
    for ett in prova(idag=idag):
        if fel := hinder(ett.akt, idag):
            undantagna.append((ett, fel))
        else:
            mogna.append(ett)
    return Laget(mogna, undantagna)


def kommunkod() -> str:
    """The municipality's own, which decides what is kept for research."""
    return str(settings.KOMMUNKOD)


def hinder_for_person(person: Person, idag: date) -> list[str]:
    """Why the person's akt is not removed today; empty = it is due."""
    provad = next(iter(prova(idag=idag, personer=[person.pk], alla=True)), None)
    return hinder(provad.akt, idag) if provad else ["Akten är redan gallrad."]


def hinder(akt: Akt, idag: date) -> list[str]:
    """Why the akt may not be removed, by this municipality's code."""
    return hinder_for_gallring(akt, idag=idag, kommunkod=kommunkod())


def antal_per_slag(undantagna: Collection[tuple[Provad, list[str]]], idag: date) -> list[tuple[str, int]]:
    """How many are exempt, by kind of reason; somebody with two is in both."""
    antal: Counter[str] = Counter()
    for ett, _ in undantagna:
        antal.update(namn for namn, _ in hinder_efter_slag(ett.akt, idag=idag, kommunkod=kommunkod()))
    return antal.most_common()


def mogna(slag: Listslag, *, idag: date) -> list[Mogen]:
    """Whom a list of the kind would be about today."""
    if slag == Listslag.UTFORARE:
        vilka = [ett for ett in hos_utforare.prova(idag=idag) if ett.verk]
        rader = hos_utforare.rader_per_person(vilka)
        return [Mogen(ett.person, ett.sista, rader[ett.person]) for ett in vilka]
    akter = [ett for ett in prova(idag=idag) if not hinder(ett.akt, idag)]
    rader = rader_per_person([ett.person for ett in akter])
    return [Mogen(ett.person, _sista(ett), rader[ett.person]) for ett in akter]


def hinder_for_forslag(av: Anvandare, antal: int, slag: Listslag = Listslag.AKT) -> list[str]:
    """Why no list about so many can be proposed now; empty = it can."""
    if fel := hinder_for_ratt(av.roller, Ratt.FORESLA_GALLRING):
        return fel
    if Gallringslista.objects.filter(lage__in=(Listlage.FORESLAGEN, Listlage.BESLUTAD)).exists():
        return ["Det finns redan en lista som väntar på beslut eller genomförs."]
    return [] if antal else [_INGEN[slag]]


@transaction.atomic
def foresla(*, av: Anvandare, idag: date, nu: datetime, slag: Listslag = Listslag.AKT) -> Gallringslista:
    """Freeze who is due today, with rows per table, for somebody else to decide on. Raises Hindrad."""
    vilka = mogna(slag, idag=idag)[:FLEST]
    if fel := hinder_for_forslag(av, len(vilka), slag):
        raise Hindrad(fel)
    rader = [_rad(nummer, ett) for nummer, ett in enumerate(vilka, 1)]
    lista = Gallringslista.objects.create(
        slag=slag, dag=idag, antal=len(rader), avtryck=_listans(rader), foreslagen=nu, foreslagen_av=av
    )
    for rad in rader:
        rad.lista = lista
    Gallringsrad.objects.bulk_create(rader)
    _skriv(lista, av, "foresla_gallring", f"{lista.nyckel} föreslogs: {_personer(lista.antal)}.")
    return lista


def _rad(nummer: int, ett: Mogen) -> Gallringsrad:
    summa = avtryck(ett.person, ett.sista, ett.rader)
    return Gallringsrad(nummer=nummer, person_id=ett.person, sista=ett.sista, rader=ett.rader, avtryck=summa)


def _sista(ett: Provad) -> date:
    if ett.akt.sista is None:
        msg = f"{ett.nyckel} har ingen daterad anteckning"
        raise ValueError(msg)
    return ett.akt.sista


def _listans(rader: Collection[Gallringsrad]) -> str:
    return sha256("".join(rad.avtryck for rad in rader).encode()).hexdigest()


def hinder_for_avgorande(lista: Gallringslista, av: Anvandare) -> list[str]:
    """Why `av` may not decide on the list; empty = they may."""
    if fel := hinder_for_ratt(av.roller, Ratt.BESLUTA_GALLRING):
        return fel
    if lista.lage != Listlage.FORESLAGEN:
        return [f"Listan är redan avgjord: {lista.get_lage_display()}."]
    if lista.foreslagen_av_id == av.pk:
        return ["Den som har föreslagit listan får inte besluta om den."]
    return []


@transaction.atomic
def besluta(*, lista: Gallringslista, avtryck: str, av: Anvandare, nu: datetime) -> None:
    """Decide that the list, as it was seen (`avtryck`), is removed. Raises Hindrad."""
    last = _las(lista)
    fel = hinder_for_avgorande(last, av) or _hinder_for_rader(last)
    if not fel and last.avtryck != avtryck:
        fel = ["Listan är inte den som du såg. Läs den igen."]
    if fel:
        raise Hindrad(fel)
    _avgor(last, Listlage.BESLUTAD, av, nu, "")
    _skriv(last, av, "besluta_gallring", f"{last.nyckel} ska gallras: {_personer(last.antal)}.")


@transaction.atomic
def avsla(*, lista: Gallringslista, skal: str, av: Anvandare, nu: datetime) -> None:
    """Decide that the list is not to be removed, with reasons. Raises Hindrad."""
    last = _las(lista)
    fel = hinder_for_avgorande(last, av)
    if not fel and not skal.strip():
        fel = ["Skriv varför listan inte ska gallras."]
    if fel:
        raise Hindrad(fel)
    _avgor(last, Listlage.AVSLAGEN, av, nu, skal.strip())
    _skriv(last, av, "avsla_gallring", f"{last.nyckel} ska inte gallras.")


def _las(lista: Gallringslista) -> Gallringslista:
    return Gallringslista.objects.select_for_update(of=("self",)).get(pk=lista.pk)


def _avgor(lista: Gallringslista, lage: Listlage, av: Anvandare, nu: datetime, svar: str) -> None:
    lista.lage, lista.avgjord, lista.avgjord_av, lista.svar = lage, nu, av, svar
    lista.save(update_fields=["lage", "avgjord", "avgjord_av", "svar"])


def hinder_for_genomforande() -> list[str]:
    """Why this connection cannot remove anything: the application's own role may not (ADR 0040)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(has_table_privilege(namn, 'DELETE')) FROM unnest(%s::text[]) namn", [_SKYDDADE])
        return [] if cursor.fetchone()[0] else [EJ_AGARE]


def _hinder_for_rader(lista: Gallringslista) -> list[str]:
    """Why the list is not the one that was decided on: rows have come, gone or been exchanged in the database."""
    rader = list(lista.rader.order_by("nummer"))
    if len(rader) == lista.antal and _listans(rader) == lista.avtryck:
        return []
    return [f"{lista.nyckel} har ändrats sedan den frystes. Ingen gallras efter den. Larma säkerhetsansvarig."]


def ogenomforda() -> list[int]:
    """Decided lists that are not carried out."""
    return list(Gallringslista.objects.filter(lage=Listlage.BESLUTAD).values_list("pk", flat=True))


def genomfor(*, lista_id: int, idag: date, nu: datetime) -> int:
    """Carry out a decided list, person by person, each in a transaction of its own; how many were gone through.

    What is done is done: after a crash the rest is taken up, and a list that is done is left as it is.
    """
    vantar = Gallringsrad.objects.filter(lista=lista_id, lista__lage=Listlage.BESLUTAD).order_by("nummer")
    fel = hinder_for_genomforande() or _hinder_for_rader(Gallringslista.objects.get(pk=lista_id))
    if fel:
        raise Hindrad(fel)
    klara = 0
    for pk in list(vantar.filter(utfall=Radutfall.VANTAR).values_list("pk", flat=True)):
        klara += gallra_person(rad_id=pk, idag=idag, nu=nu)
    stada_filer(lista_id)
    avsluta(lista_id=lista_id, nu=nu)
    return klara


@transaction.atomic
def gallra_person(*, rad_id: int, idag: date, nu: datetime) -> bool:
    """Remove one person of a decided list, or let the person fall out of it with the reasons. False: not its turn."""
    vantar = Gallringsrad.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=rad_id, utfall=Radutfall.VANTAR, lista__lage=Listlage.BESLUTAD
    )
    rad = vantar.first()
    if rad is None or rad.person_id is None:
        return False
    _hall(rad.person_id)
    if fel := _har_andrats(rad, rad.person_id, idag):
        Gallringsrad.objects.filter(pk=rad.pk).update(utfall=Radutfall.FOLL_UR, skal=fel, nar=nu)
        return True
    person, verk = rad.person_id, _verk(rad.lista, rad.person_id, idag)
    # The row lets go of the person before anything else is removed; a row that is done with its files is locked.
    Gallringsrad.objects.filter(pk=rad.pk).update(utfall=Radutfall.GALLRAD, person=None, nar=nu, filer=[["", ""]])
    text = _GALLRADES[Listslag(rad.lista.slag)].format(lista=rad.lista.nyckel)
    handelse = _skriv(rad.lista, None, GALLRA_PERSON, text)
    akten = rad.lista.slag == Listslag.AKT
    borttaget = ta_bort(person, idag=idag, handelse=handelse) if akten else ta_bort_hos_utforare(verk)
    Gallringsrad.objects.filter(pk=rad.pk).update(rader=_som_json(borttaget), filer=borttaget.filer)
    return True


def _hall(person: int) -> None:
    """Whoever adds something to the akt waits; närvaro and visits too, whose guards hold their verkställighet."""
    Person.objects.select_for_update().get(pk=person)
    list(Verkstallighet.objects.select_for_update(of=("self",)).filter(beslut__person=person).values_list("pk"))


def _verk(lista: Gallringslista, person: int, idag: date) -> Collection[int]:
    """The verkställigheter that a list of private utförare's writings is about; of an akt all go."""
    if lista.slag == Listslag.AKT:
        return ()
    return next((ett.verk for ett in hos_utforare.prova(idag=idag, personer=[person])), ())


def _har_andrats(rad: Gallringsrad, person: int, idag: date) -> list[str]:
    fel, nu = (_akten_nu if rad.lista.slag == Listslag.AKT else _hos_utforare_nu)(person, idag)
    if fel:
        return fel
    andrat = nu is None or avtryck(nu.person, nu.sista, nu.rader) != rad.avtryck
    return [ANDRAT] if andrat else hinder_for_arkivet([person])


def _akten_nu(person: int, idag: date) -> tuple[list[str], Mogen | None]:
    provad = next(iter(prova(idag=idag, personer=[person], alla=True)), None)
    if provad is None:
        return ["Personen är redan gallrad."], None
    if fel := hinder(provad.akt, idag):
        return fel, None
    return [], Mogen(person, _sista(provad), rader_per_person([person])[person])


def _hos_utforare_nu(person: int, idag: date) -> tuple[list[str], Mogen | None]:
    provad = next(iter(hos_utforare.prova(idag=idag, personer=[person])), None)
    if provad is None or not provad.verk:
        return list(provad.hinder) if provad else [], None
    return [], Mogen(person, provad.sista, hos_utforare.rader_per_person([provad])[person])


def _som_json(borttaget: Borttaget) -> dict[str, Any]:
    return {"borta": borttaget.borta, "tomda": borttaget.tomda, "filer": len(borttaget.filer)}


def stada_filer(lista_id: int) -> None:
    """Remove the files of those who are gone. It is noted in the database what is left, so it may be broken off."""
    for rad in Gallringsrad.objects.filter(lista=lista_id, utfall=Radutfall.GALLRAD).exclude(filer=[]):
        for rot, sokvag in rad.filer:
            if rot:
                (Path(getattr(settings, rot)) / sokvag).unlink(missing_ok=True)
        Gallringsrad.objects.filter(pk=rad.pk).update(filer=[])


@transaction.atomic
def avsluta(*, lista_id: int, nu: datetime) -> bool:
    """Write the protocol when nobody of the list waits. False: somebody does, or it is written already."""
    lista = Gallringslista.objects.select_for_update(of=("self",)).get(pk=lista_id)
    rader = list(lista.rader.order_by("nummer"))
    if lista.lage != Listlage.BESLUTAD or any(rad.utfall == Radutfall.VANTAR or rad.filer for rad in rader):
        return False
    lista.protokoll = protokollets(lista, rader, nu)
    lista.sha256 = sha256(json.dumps(lista.protokoll, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    lista.lage, lista.genomford = Listlage.GENOMFORD, nu
    lista.save(update_fields=["protokoll", "sha256", "lage", "genomford"])
    antal = lista.protokoll["gallrade"]
    _skriv(lista, None, "genomfor_gallring", f"{lista.nyckel} är genomförd: {_personer(antal)} gallrades.")
    transaction.on_commit(glom)
    return True


def protokollets(lista: Gallringslista, rader: Collection[Gallringsrad], nu: datetime) -> dict[str, Any]:
    """What is kept for good: numbers, law, who and when. Nobody's name, number or key."""
    gallrade = [rad for rad in rader if rad.utfall == Radutfall.GALLRAD]
    borta: Counter[str] = Counter()
    tomda: Counter[str] = Counter()
    for rad in gallrade:
        borta.update(rad.rader["borta"])
        tomda.update(rad.rader["tomda"])
    return {
        "lista": lista.nyckel,
        "slag": str(lista.slag),
        "dag": lista.dag.isoformat(),
        "lagrum": LAGRUM[Listslag(lista.slag)],
        "personer": lista.antal,
        "gallrade": len(gallrade),
        "foll_ur": lista.antal - len(gallrade),
        "sista_anteckning": [min(alla).isoformat(), max(alla).isoformat()]
        if (alla := [rad.sista for rad in gallrade])
        else [],
        "borttagna": dict(sorted(borta.items())),
        "avidentifierade": dict(sorted(tomda.items())),
        "filer": sum(rad.rader["filer"] for rad in gallrade),
        "foreslagen": [lista.foreslagen.isoformat(), str(lista.foreslagen_av)],
        "beslutad": [lista.avgjord.isoformat() if lista.avgjord else "", str(lista.avgjord_av)],
        "genomford": nu.isoformat(),
        "listans_kontrollsumma": lista.avtryck,
    }


@transaction.atomic
def satt_stopp(*, person: Person, slag: Stoppslag, anteckning: str, av: Anvandare, nu: datetime) -> Gallringsstopp:
    """Keep the person's akt for now. Raises Hindrad."""
    fel = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    if not fel and Gallringsstopp.objects.filter(person=person, slag=slag, havt=None).exists():
        fel = ["Akten har redan ett sådant stopp."]
    if fel:
        raise Hindrad(fel)
    ett = Gallringsstopp.objects.create(person=person, slag=slag, anteckning=anteckning.strip(), satt=nu, satt_av=av)
    text = f"Gallringen stoppades: {slag.label}."
    skriv_handelse(av=av, handling="stoppa_gallring", objekt=f"person:{person.nyckel}", text=text)
    return ett


@transaction.atomic
def hav_stopp(*, stopp: Gallringsstopp, av: Anvandare, nu: datetime) -> None:
    """Let the akt be removed in its time again. Raises Hindrad."""
    last = Gallringsstopp.objects.select_for_update(of=("self",)).select_related("person").get(pk=stopp.pk)
    fel = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    if not fel and last.havt is not None:
        fel = ["Stoppet är redan hävt."]
    if fel:
        raise Hindrad(fel)
    Gallringsstopp.objects.filter(pk=last.pk).update(havt=nu, havt_av=av)
    text = f"Stoppet av gallringen hävdes: {last.get_slag_display()}."
    skriv_handelse(av=av, handling="hav_gallringsstopp", objekt=f"person:{last.person.nyckel}", text=text)


def _personer(antal: int) -> str:
    return antal_ord(antal, "person", "personer")


def _skriv(lista: Gallringslista, av: Anvandare | None, handling: str, text: str) -> Handelse:
    return skriv_handelse(av=av, handling=handling, objekt=f"gallringslista:{lista.pk}", text=text)
