"""Follow-ups of Ekstad's beslut since they began, most of them in time. They have not changed a beslut.

The days lie in the past, which no action writes: the rows are made here.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from beslut.koder import Uppfoljningsresultat, Uppfoljningssatt
from beslut.models import Beslut, Tilldelning, Uppfoljning
from beslut.regler import Utfall
from grund.models import Anvandare
from grund.tid import EN_DAG, lagg_till_manader

_FRO = 20_260_603
_FORST_EFTER = timedelta(days=120)  # after the beslut began
_GJORDA = {2022: 0.55, 2023: 0.62, 2024: 0.7, 2025: 0.82}  # the share that is made; other years as the nearest
_TEXTER = {
    Uppfoljningsresultat.FORTSATT: (
        "Stödet fungerar som det var tänkt. Personen är nöjd och vill fortsätta på samma sätt.",
        "Personen trivs och deltar som planerat. Målen i genomförandeplanen gäller fortfarande.",
        "Utföraren och personen är överens om att omfattningen räcker.",
        "Stödet används i den omfattning som är beviljad. Inget nytt behov har kommit fram.",
    ),
    Uppfoljningsresultat.ANDRAT: (
        "Personen behöver mer stöd på kvällarna än när beslutet fattades.",
        "Stödet används mindre än det som är beviljat. Omfattningen behöver ses över.",
    ),
    Uppfoljningsresultat.UPPHORT: ("Personen klarar sig utan stödet och vill avsluta det.",),
}
_RESULTAT = (*Uppfoljningsresultat,)
_VIKTER = (86, 12, 2)


def lagg_upp(idag: date) -> None:
    """Once, for the beslut that have been in force since before this year's summer."""
    if Uppfoljning.objects.count() > len(_TEXTER):
        return
    alla = dict(Tilldelning.objects.order_by("-pk").values_list("person", "handlaggare"))
    annars = Anvandare.objects.get(username="maria").pk
    redan = Uppfoljning.objects.values("beslut")
    besluten = Beslut.objects.exclude(utfall=Utfall.AVSLAG).exclude(pk__in=redan).order_by("nyckel")
    Uppfoljning.objects.bulk_create(
        _rad(beslut, dag, nasta, alla.get(beslut.person_id, annars))
        for beslut in besluten.filter(fran__lt=idag - _FORST_EFTER)
        for dag, nasta in _dagar(beslut, idag)
    )


def _rad(beslut: Beslut, dag: date, nasta: date, av: int) -> Uppfoljning:
    slump = random.Random(f"{_FRO}:{beslut.nyckel}:{dag}")
    resultat = slump.choices(_RESULTAT, _VIKTER)[0]
    return Uppfoljning(
        beslut=beslut,
        dag=dag,
        satt=slump.choice((*Uppfoljningssatt,)),
        resultat=resultat,
        text=slump.choice(_TEXTER[resultat]),
        nasta=nasta,
        av_id=av,
    )


def _dagar(beslut: Beslut, idag: date) -> Iterator[tuple[date, date]]:
    """Each follow-up and the day that it set for the next. Of a beslut that holds the last one set the day it has."""
    slump = random.Random(f"{_FRO}:{beslut.nyckel}")
    galler = beslut.till is None or beslut.till > idag
    if galler and beslut.uppfoljning:
        sist = lagg_till_manader(beslut.uppfoljning, -12)
        nasta = beslut.uppfoljning
    else:
        sist = min(beslut.till or idag, idag) - timedelta(days=slump.randint(20, 300))
        nasta = lagg_till_manader(sist, 12)
    assert beslut.fran  # noqa: S101  no avslag
    forst = beslut.fran + _FORST_EFTER
    ar_sist = galler and bool(beslut.uppfoljning)
    while sist >= forst:
        if ar_sist or (sist <= idag and slump.random() < _gjord(sist.year)):
            yield sist, nasta
        ar_sist, nasta = False, sist + timedelta(days=slump.randint(0, 20))
        sist = lagg_till_manader(sist, -12) + timedelta(days=slump.randint(-45, 60))
        nasta = max(nasta, sist + EN_DAG)


def _gjord(ar: int) -> float:
    """How large a share of a year's follow-ups that were made."""
    return _GJORDA[min(max(ar, min(_GJORDA)), max(_GJORDA))]
