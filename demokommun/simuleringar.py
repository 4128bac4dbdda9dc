"""The demo's saved simuleringar: what boendestöd would cost paid in other ways, and next year's daglig verksamhet.

Calculated here and now, in this process, so that the demo is the same every time. They write nothing of what is paid.
"""

from decimal import Decimal
from typing import Any

from beslut.regler import Insats
from ersattning.models import Simulering
from ersattning.regler import Kanslighet
from ersattning.simulering import actions
from ersattning.simulering.actions import Fraga, Variantval
from ersattning.simulering.forslag import FORSLAG, forslagets_val
from grund import klocka
from grund.models import Anvandare
from grund.tid import Manad

_ETT_AR = 11  # months before the last
_KAPITERING = Decimal("4850.00")
_BUDGET = Decimal("36000000.00")
_BOENDESTOD = ("utford", "bestalld", "antagen_bomtid", "kapitering")
_UTFASNING = Variantval(
    "Bonus för utfasat stöd",
    {
        **FORSLAG["utford"].val,
        "utfasning": "20000.00",
        "utfasning_orsaker": ["egen_begaran", "beslut_upphor", "arbete"],
    },
)


def lagg_upp_simuleringar(sista: Manad) -> None:
    """Two that are calculated and one that is begun; none, if they are there already."""
    if Simulering.objects.filter(prognos_fran=None).exists():
        return
    klara, eva = (Anvandare.objects.get(username=namn) for namn in ("klara", "eva"))
    _boendestod(sista, klara)
    _daglig_verksamhet(sista, eva)
    hela = Fraga("Allt stöd med nästa års priser", sista.plus(-2), sista, beskrivning="Underlag till budgeten.")
    _skapa(hela, [Variantval("Priserna upp 3,2 %", {"upprakning": "3.2"})], klara)


def _boendestod(sista: Manad, av: Anvandare) -> None:
    fraga = Fraga(
        namn="Boendestöd: sex sätt att ersätta",
        forsta=sista.plus(-_ETT_AR),
        sista=sista,
        insats=Insats.BOENDESTOD.value,
        beskrivning="Beställd eller utförd tid, med eller utan bomtid? Frågan inför nästa förfrågningsunderlag.",
        kanslighet=Kanslighet.BOMTID.value,
        kanslighet_av=1 + _BOENDESTOD.index("antagen_bomtid"),
    )
    varianter = [Variantval(FORSLAG[kod].namn, forslagets_val(kod, _KAPITERING)) for kod in _BOENDESTOD]
    klar = _rakna(_skapa(fraga, [*varianter, _UTFASNING], av), av)
    actions.satt_budget(simulering=klar, budget={Insats.BOENDESTOD.value: _BUDGET}, av=av)


def _daglig_verksamhet(sista: Manad, av: Anvandare) -> None:
    fraga = Fraga(
        namn="Daglig verksamhet: nivåer och trappa",
        forsta=sista.plus(-2),
        sista=sista,
        insats=Insats.DAGLIG_VERKSAMHET.value,
        beskrivning="Vad en nivå upp kostar, och en kortare frånvarotrappa.",
    )
    trappa: dict[str, Any] = {"franvaro": "1-5:100,6-10:50"}
    varianter = [
        Variantval(FORSLAG["nivaer"].namn, FORSLAG["nivaer"].val),
        Variantval("Kortare frånvarotrappa", trappa),
        Variantval(FORSLAG["upprakning"].namn, FORSLAG["upprakning"].val),
    ]
    _rakna(_skapa(fraga, varianter, av), av)


def _skapa(fraga: Fraga, varianter: list[Variantval], av: Anvandare) -> Simulering:
    return actions.skapa_simulering(fraga=fraga, varianter=varianter, av=av, nu=klocka.nu())


def _rakna(simulering: Simulering, av: Anvandare) -> Simulering:
    startad = actions.starta_simulering(simulering=simulering, av=av, nu=klocka.nu())
    for pk in startad.delar.order_by("nummer").values_list("pk", flat=True):
        actions.rakna_del(del_id=pk, nu=klocka.nu())
    actions.avsluta_simulering(simulering_id=startad.pk, nu=klocka.nu())
    return startad
