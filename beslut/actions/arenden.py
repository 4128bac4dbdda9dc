"""An ärende from the day when it comes in until somebody drafts a decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from beslut import arenden
from beslut.actions.nummer import nasta_nummer
from beslut.koder import Arendeslag, Arendestatus, Avslutsskal, Avsnitt, Kommuniceringssatt, Sokande
from beslut.models import Arende, Beslut, Forslag, Kommunicering, Person, Utredningstext
from beslut.ord import insats_i_mening
from beslut.regler import Insats, Utfall
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import lokal_dag


def oppna_arende(
    *,
    person: Person,
    insats: Insats,
    slag: Arendeslag,
    sokande: Sokande,
    inkom: date,
    text: str,
    av: Anvandare,
    nu: datetime,
    sokandens_namn: str = "",
    omprovar: Beslut | None = None,
) -> Arende:
    """Open an ärende with a number of its own. Hindrad when `av` may not, or the facts do not hold together."""
    _stopp(hinder_for_ratt(av.roller, Ratt.HANDLAGGA))
    _stopp(hinder_for_ansokan(person, sokande, sokandens_namn, inkom, lokal_dag(nu)))
    with transaction.atomic():
        if omprovar:
            Beslut.objects.select_for_update(no_key=True).get(pk=omprovar.pk)
            _stopp(hinder_for_omprovning(omprovar) if slag == Arendeslag.OMPROVNING else [])
        prefix = insats.lag.value.upper()
        nummer = nasta_nummer(prefix=prefix, ar=inkom.year, tagen=lambda n: Arende.objects.filter(nummer=n).exists())
        _stopp(_hinder_for_samma(person, insats, slag, inkom, text, omprovar))  # one at a time, by the series
        arende = Arende.objects.create(
            nummer=nummer,
            person=person,
            handlaggare=av,
            slag=slag,
            insats=insats,
            sokande=sokande,
            sokandens_namn=sokandens_namn,
            inkom=inkom,
            text=text,
            omprovar=omprovar,
            oppnat=nu,
        )
        _skriv(arende, av, "oppna_arende", f"Ärendet öppnades: {slag.label} om {insats_i_mening(insats)}.")
    return arende


def hinder_for_ansokan(person: Person, sokande: str, namn: str, inkom: date, idag: date) -> list[str]:
    """What does not hold together in an application (LSS 8 §)."""
    hinder = []
    if sokande != Sokande.SJALV and not namn.strip():
        hinder.append("Skriv namnet på den som ansöker för personen.")
    if inkom > idag:
        hinder.append("Ansökan kan inte ha kommit in efter dagens datum.")
    if person.avliden and inkom > person.avliden:
        hinder.append(f"Personen är avliden sedan {person.avliden}. Inget nytt ärende kan öppnas.")
    return hinder


def _hinder_for_samma(
    person: Person, insats: Insats, slag: Arendeslag, inkom: date, text: str, omprovar: Beslut | None
) -> list[str]:
    """The same once more, word for word: a button that was pressed twice opens one ärende."""
    lika = Arende.objects.filter(person=person, insats=insats, slag=slag, inkom=inkom, text=text, omprovar=omprovar)
    redan = lika.filter(status__in=arenden.PAGAR).first()
    return [f"Ärendet är redan öppnat, med nummer {redan.nummer}."] if redan else []


def hinder_for_omprovning(beslut: Beslut) -> list[str]:
    """Why no omprövning of the decision can begin."""
    if beslut.utfall == Utfall.AVSLAG:
        return ["Ett avslag omprövas inte. Personen kan ansöka på nytt, eller överklaga."]
    pagar = Arende.objects.filter(omprovar=beslut, slag=Arendeslag.OMPROVNING, status__in=arenden.PAGAR).first()
    return [f"Beslutet omprövas redan i ärende {pagar.nummer}."] if pagar else []


def skriv_utredning(
    *, arende: Arende, avsnitt: Avsnitt, text: str, pa_version: int, av: Anvandare, nu: datetime
) -> Utredningstext | None:
    """Write a new version of a part; None when nothing was changed.

    `pa_version`: the version that the writer saw, 0 = none. Hindrad when somebody else has written since.
    """
    with last_arende(arende, av) as last:
        _stopp(arenden.hinder_for_att_skriva(last))
        senaste = arenden.versioner(last, avsnitt).first()
        if (senaste.version if senaste else 0) != pa_version:
            vem = senaste.av.get_full_name() if senaste else "Någon"
            raise Hindrad([f"{vem} har skrivit i avsnittet sedan du öppnade det. Läs det nya och skriv sedan ditt."])
        if (senaste.text if senaste else "") == text:
            return None
        ny = Utredningstext.objects.create(
            arende=last, avsnitt=avsnitt, version=pa_version + 1, text=text, av=av, skrivet=nu
        )
        _skriv(last, av, "skriv_utredning", f"Utredningens avsnitt ”{avsnitt.label}” skrevs, version {ny.version}.")
        return ny


def kommunicera(
    *, arende: Arende, dag: date, satt: Kommuniceringssatt, text: str, av: Anvandare, idag: date
) -> Kommunicering:
    """Note that the party has been given the material, or why there is no need (FL 25 §)."""
    with last_arende(arende, av) as last:
        _stopp(arenden.hinder_for_att_skriva(last))
        if dag > idag:
            raise Hindrad(["Dagen kan inte ligga efter dagens datum."])
        if satt == Kommuniceringssatt.OBEHOVLIGT and not text.strip():
            raise Hindrad(["Skriv varför utredningen uppenbart inte behöver kommuniceras."])
        ny = Kommunicering.objects.create(arende=last, dag=dag, satt=satt, text=text, av=av)
        _skriv(last, av, "kommunicera", f"Utredningen kommunicerades {dag}: {satt.label}.")
    return ny


def avsluta_arende(*, arende: Arende, skal: Avslutsskal, dag: date, av: Anvandare) -> None:
    """End an ärende without a decision."""
    with last_arende(arende, av) as last:
        _stopp(arenden.hinder_for_att_skriva(last))
        Forslag.objects.filter(arende=last).delete()
        Arende.objects.filter(pk=last.pk).update(status=Arendestatus.AVSLUTAT, avslutat=dag, avslutsskal=skal)
        _skriv(last, av, "avsluta_arende", f"Ärendet avslutades utan beslut: {skal.label}.")


def byt_handlaggare(*, arende: Arende, till: Anvandare, av: Anvandare) -> None:
    """Give the ärende to another handläggare."""
    _stopp([*hinder_for_ratt(av.roller, Ratt.FORDELA), *hinder_for_ratt(till.roller, Ratt.HANDLAGGA)])
    with transaction.atomic():
        Arende.objects.filter(pk=arende.pk).update(handlaggare=till)
        _skriv(arende, av, "byt_handlaggare", f"{till} handlägger ärendet.")


@contextmanager
def last_arende(arende: Arende, av: Anvandare) -> Iterator[Arende]:
    """The ärende, locked in a transaction. Hindrad when `av` may not work with ärenden."""
    _stopp(hinder_for_ratt(av.roller, Ratt.HANDLAGGA))
    with transaction.atomic():
        yield Arende.objects.select_for_update(of=("self",)).select_related("person", "omprovar").get(pk=arende.pk)


def _stopp(hinder: list[str]) -> None:
    if hinder:
        raise Hindrad(hinder)


def _skriv(arende: Arende, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"arende:{arende.nummer}", text=text)
