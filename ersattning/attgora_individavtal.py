"""Individavtal that are to be tried again before they end, and those that nobody has given a reason or an end."""

from datetime import date

from django.urls import reverse

from beslut.ord import insats_i_ord
from ersattning import individavtal
from ersattning.individavtalslista import PROVAS_DAGAR
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord
from grund.tid import EN_DAG
from utforare.models import Avtal

VISAS = 8
_SNART = 14


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """For those who look after avtal. Two queries. `alla` changes nothing: avtal are shared."""
    del alla
    if not har_ratt(vem.roller, Ratt.SKOTA_AVTAL):
        return []
    gallande = individavtal.gallande(idag)
    motiv = individavtal.motiv_for([ett.pk for ett in gallande])
    foljs = {(ett.utforare_id, ett.insats, ett.person_id, ett.fran) for ett in gallande}
    lista = [
        (ett, lage)
        for ett in gallande
        if (lage := _lage(ett, idag, har_motiv=ett.pk in motiv, foljs=_efter(ett) in foljs))
    ]
    if not lista:
        return []
    return [
        Uppgiftsgrupp(
            "individavtal",
            "Individavtal att pröva på nytt",
            "Individavtal att pröva",
            f"Slutar inom {PROVAS_DAGAR} dagar, eller saknar slutdag eller motivering.",
            [_uppgift(ett, lage, idag) for ett, lage in lista[:VISAS]],
            len(lista),
            not_="avtal över prislistan",
            alla=reverse("ersattning:individavtalen"),
        )
    ]


def _efter(avtal: Avtal) -> tuple[int, str, int | None, date | None]:
    return avtal.utforare_id, avtal.insats, avtal.person_id, avtal.till


def _lage(avtal: Avtal, idag: date, *, har_motiv: bool, foljs: bool) -> str:
    """Why it is in the list; empty when it is not. One that another takes over from needs nothing more."""
    if avtal.till is None:
        return "Saknar slutdag"
    if not foljs and (avtal.till - idag).days <= PROVAS_DAGAR:
        return "Slutar snart"
    return "" if har_motiv else "Saknar motivering"


def _uppgift(avtal: Avtal, lage: str, idag: date) -> Uppgift:
    sista = avtal.till - EN_DAG if avtal.till else None
    kvar = (sista - idag).days if sista else 0
    slutar = sista is not None and lage == "Slutar snart"
    return Uppgift(
        nar=datum_i_ord(sista) if sista else "Tills vidare",
        nar_under=f"om {antal_ord(kvar, 'dag', 'dagar')}" if sista and kvar > 0 else "",
        sen=slutar and kvar < _SNART,
        vem=avtal.utforare.namn,
        vem_under=f"individavtal {avtal.nyckel}",
        adress=reverse("ersattning:individavtal", args=[avtal.pk]),
        vad=insats_i_ord(avtal.insats),
        lage=lage,
        nasta="Motivera" if lage == "Saknar motivering" else "Ny version" if slutar else "Ge en slutdag",
        nasta_adress=reverse(
            "ersattning:individavtal"
            if lage == "Saknar motivering"
            else "ersattning:ny_avtalsversion"
            if slutar
            else "ersattning:avsluta_avtal",
            args=[avtal.pk],
        ),
    )
