"""Individavtal made in the system: a price list copied from another and raised, and four persons who are paid by it.

They begin the day after the last settled month, so that nothing that is settled changes.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from beslut.models import Nivaarende
from beslut.regler import Insats
from ersattning.avtalsandring import Forslag, registrera_avtal
from ersattning.individavtalsandring import motivera
from ersattning.models import Individavtalsmotiv
from ersattning.prisandring import Inskrivet, registrera_priser, skapa_prislista
from ersattning.prisinmatning import NYCKEL, Avrundning, rakna_upp
from ersattning.prislistor import priser_pa_dag
from grund.datapaket.registrering import lagrad_rad
from grund.models import Anvandare
from grund.tid import Manad
from utforare.models import Avtal, Prislista, Verkstallighet

_MER = Decimal(22)  # per cent above the list
_MOTIV = (
    ("Två i personalen dygnet runt efter en bedömning av arbetsmiljön. Förhandlat med utföraren i maj.", 79),
    ("Vaken personal på natten, som prislistan inte räknar med.", 213),
    ("Ensam i en fristående lägenhet med egen personalgrupp.", 213),
    ("Tätare personal under sex månader i ett särskilt upplägg, sedan ny bedömning.", 182),
)
_FALL = ("F11", "Egen personalgrupp med särskild utbildning. Avtalat innan systemet togs i bruk.")


@transaction.atomic
def lagg_upp_individavtal(sista: Manad) -> None:
    """Once. `sista` is the last settled month."""
    if Individavtalsmotiv.objects.exists():
        return
    eva, idag = Anvandare.objects.get(username="eva"), sista.till + timedelta(days=2)
    for avtal in Avtal.objects.filter(person__nyckel=_FALL[0], avtalsform="individavtal"):
        motivera(avtal=avtal, motiv=_FALL[1], av=eva, idag=idag)
    allmant = _det_allmanna(sista)
    if allmant is None:
        return
    lista = _prislista(allmant.prislista, sista.till, eva, idag)
    for verk, (motiv, dagar) in zip(_verkstalligheter(allmant, sista), _MOTIV, strict=False):
        rad = lagrad_rad("avtal", allmant.nyckel) | {
            "avtalsform": "individavtal",
            "person_id": verk.beslut.person.nyckel,
            "prislista_id": lista.nyckel,
        }
        sista_dag = sista.till + timedelta(days=dagar)
        forslag = Forslag(allmant.utforare, rad, sista.till, sista_dag, None, motiv)
        registrera_avtal(forslag=forslag, av=eva, idag=idag, bekraftat=True)


def _det_allmanna(sista: Manad) -> Avtal | None:
    """A general avtal of housing with enough persons."""
    alla = Avtal.objects.filter(
        insats=Insats.BOSTAD_VUXNA, person=None, modell="dygn", avtalsform="lov", period__contains=sista.till
    )
    for ett in alla.select_related("utforare", "prislista").order_by("nyckel"):
        if len(list(_verkstalligheter(ett, sista))) >= len(_MOTIV):
            return ett
    return None


def _verkstalligheter(avtal: Avtal, sista: Manad) -> Iterator[Verkstallighet]:
    """Those who stay, with a level, and whose level nobody is assessing."""
    urval = Verkstallighet.objects.filter(
        enhet__utforare=avtal.utforare,
        beslut__insats=avtal.insats,
        beslut__person__skyddad=False,
        beslut__person__avliden__isnull=True,
        beslut__till__isnull=True,
        till__isnull=True,
        fran__lt=sista.plus(-6).fran,
        beslut__person__nivabedomningar__status="godkand",
    ).exclude(beslut__person__in=Nivaarende.objects.values("person"))
    utan_fall = urval.exclude(nyckel__startswith="F").select_related("beslut__person")
    yield from utan_fall.order_by("nyckel").distinct()[: len(_MOTIV)]


def _prislista(fran_lista: Prislista, fran: date, av: Anvandare, idag: date) -> Prislista:
    """The other list's cells, raised and rounded: what is stored are the amounts."""
    ny = skapa_prislista(namn=f"{fran_lista.namn}, förhandlat {idag.year}", av=av, idag=idag)
    inskrivna = [
        Inskrivet(
            nummer,
            {namn: getattr(pris, namn) for namn in NYCKEL},
            rakna_upp(pris.belopp, _MER, Avrundning.KRONA),
        )
        for nummer, pris in enumerate(priser_pa_dag(fran_lista, fran))
        if pris.insats == Insats.BOSTAD_VUXNA
    ]
    registrera_priser(prislista=ny, fran=fran, inskrivna=inskrivna, av=av)
    return ny
