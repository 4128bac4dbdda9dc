"""Arbetsbonus that waits: claims to decide, bonuses to take back or let stand, and what a utförare is asked to add."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from beslut.tillgang import far_se, namn
from beslut.visning import person_i_ord
from ersattning import aterkrav, bonusansokningar
from ersattning.aterkrav import Fall
from ersattning.bonusord import skal_i_ord
from ersattning.models import Bonusansokan
from ersattning.regler import Ansokanstatus
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, datum_i_ord
from grund.tid import lokal_dag

FLEST = 8
SENT_EFTER_DAGAR = 14


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """For those who decide, and for the utförare who is asked. `alla` changes nothing: the work is shared."""
    del alla
    svar = []
    if har_ratt(vem.roller, Ratt.PROVA_BONUS):
        svar += [_ansokningar(vem, idag), _aterkrav(vem)]
    if har_ratt(vem.roller, Ratt.RAPPORTERA):
        svar.append(_kompletteringar(vem, idag))
    return [grupp for grupp in svar if grupp.antal]


def _ansokningar(vem: Anvandare, idag: date) -> Uppgiftsgrupp:
    urval = bonusansokningar.ansokningar().filter(status=Ansokanstatus.INSKICKAD).order_by("tidpunkt", "pk")
    uppgifter = [_ansokan(ett, vem, idag) for ett in urval[:FLEST]]
    return Uppgiftsgrupp(
        "bonusansokningar",
        "Ansökningar om arbetsbonus att besluta om",
        "Arbetsbonus att besluta om",
        "Äldst först. Sidan visar vilka villkor som är uppfyllda.",
        uppgifter,
        urval.count(),
        not_="ansökningar",
        sen=any(ett.sen for ett in uppgifter),
        alla=reverse("ersattning:kommunens_bonusansokningar"),
    )


def _ansokan(ett: Bonusansokan, vem: Anvandare, idag: date) -> Uppgift:
    synlig = far_se(vem, ett.person)
    adress = reverse("ersattning:bonusprovning", args=[ett.pk]) if synlig else ""
    dagar = max(0, (idag - lokal_dag(ett.tidpunkt)).days)
    return Uppgift(
        nar=antal_ord(dagar, "dag", "dagar") if dagar else "I dag",
        nar_under="har väntat" if dagar else "",
        vem=person_i_ord(ett.person),
        adress=adress,
        vad=f"Arbete från {datum_i_ord(ett.fran)}",
        vad_under=ett.enhet.namn,
        lage="Väntar på beslut",
        nasta="Besluta" if synlig else "",
        nasta_adress=adress,
        sen=dagar > SENT_EFTER_DAGAR,
        person=ett.person_id if synlig else None,
    )


def _aterkrav(vem: Anvandare) -> Uppgiftsgrupp:
    oppna = aterkrav.att_ta_stallning_till()
    return Uppgiftsgrupp(
        "aterkrav",
        "Betald arbetsbonus att ta ställning till",
        "Arbetsbonus att ta ställning till",
        "Arbetet har slutat i förtid, eller personen är tillbaka. Återkräv eller låt stå.",
        [_fall(ett, vem) for ett in oppna[:FLEST]],
        len(oppna),
        not_="betalda bonusar",
        alla=reverse("ersattning:aterkrav"),
    )


def _fall(fall: Fall, vem: Anvandare) -> Uppgift:
    synlig, skal = far_se(vem, fall.person), fall.oppna[0]
    adress = reverse("ersattning:aterkravsfall", args=[fall.pk]) if synlig else ""
    return Uppgift(
        nar=datum_i_ord(skal.dag),
        vem=person_i_ord(fall.person),
        adress=adress,
        vad=skal_i_ord(fall, skal),
        vad_under=fall.rader[0].enhet.namn,
        lage=f"{kronor(fall.betalt)} är betalt",
        nasta="Besluta" if synlig else "",
        nasta_adress=adress,
        person=fall.person.pk if synlig else None,
    )


def _kompletteringar(vem: Anvandare, idag: date) -> Uppgiftsgrupp:
    urval: QuerySet[Bonusansokan] = bonusansokningar.far_lasa_intyg(vem, idag)
    begarda = [ett for ett in urval.filter(status=Ansokanstatus.KOMPLETTERAS) if far_se(vem, ett.person)]
    return Uppgiftsgrupp(
        "bonuskomplettering",
        "Ansökningar om arbetsbonus att komplettera",
        "Att komplettera",
        "Kommunen har bett om mer innan den beslutar.",
        [_komplettering(ett, vem) for ett in begarda[:FLEST]],
        len(begarda),
        not_="ansökningar",
        alla=reverse("ersattning:bonus"),
    )


def _komplettering(ett: Bonusansokan, vem: Anvandare) -> Uppgift:
    adress = reverse("ersattning:komplettera_bonusansokan", args=[ett.pk])
    return Uppgift(
        nar=datum_i_ord(lokal_dag(ett.tidpunkt)),
        nar_under="skickades in",
        vem=namn(vem, ett.person),
        adress=adress,
        vad=f"Arbete från {datum_i_ord(ett.fran)}",
        vad_under=ett.enhet.namn,
        lage="Kommunen väntar på svar",
        nasta="Komplettera",
        nasta_adress=adress,
        person=ett.person_id,
    )
