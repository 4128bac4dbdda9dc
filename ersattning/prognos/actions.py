"""Every change of budgets and prognoser. What is paid is never written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ersattning.kalkyl.antagande import Antagande
from ersattning.models import Budget, Budgetrad, Prognos, Simulering, Simuleringsvariant
from ersattning.prognos import queries, rader
from ersattning.prognos.berakning import NUMMER, SOM_DET_AR, Inflode
from ersattning.prognos.budget import Post
from ersattning.simulering import actions as simulering
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord

NAMN = {
    Antagande.BESLUTAT: "Som beslutat",
    Antagande.FORLANGT: "Om besluten förlängs",
    Antagande.UTAN_STARTER: "Utan kända starter",
    Antagande.UTAN_SLUT: "Utan kända slut",
    Antagande.DAGENS_PRISER: "Med dagens priser",
    Antagande.DAGENS_NIVAER: "Med dagens nivåer",
}


@dataclass(frozen=True, slots=True)
class Antaganden:
    """What a person chooses for a prognos."""

    manader_bakat: int
    inflode: Sequence[Inflode] = ()
    kommentar: str = ""


def gor_prognos(*, antaganden: Antaganden, av: Anvandare | None, nu: datetime, idag: date) -> Prognos:
    """Set it up and begin to calculate; sending the parts to workers is the caller's (simulering.tasks.skicka)."""
    with transaction.atomic():
        _vagra(queries.hinder_for_prognos(av))
        ram = queries.ram(idag, antaganden.manader_bakat)
        ny = Simulering.objects.create(
            namn=_namn(ram.ar, idag),
            fran=ram.fran.fran,
            till=ram.sista.till,
            prognos_fran=ram.prognos_fran.fran,
            skapad=nu,
            skapad_av=av,
        )
        Simuleringsvariant.objects.bulk_create(_varianter(ny, idag))
        prognos = Prognos.objects.create(
            simulering=ny,
            ar=ram.ar,
            idag=idag,
            manader_bakat=antaganden.manader_bakat,
            inflode=[_inflode(ett) for ett in antaganden.inflode],
            kommentar=antaganden.kommentar,
        )
    return _starta(prognos, av, nu)


def _namn(ar: int, idag: date) -> str:
    namn = f"Prognos {ar} gjord {datum_i_ord(idag)}"
    antal = Simulering.objects.filter(prognos_fran__isnull=False, namn__startswith=namn).count()
    return f"{namn}, nr {antal + 1}" if antal else namn


def _starta(prognos: Prognos, av: Anvandare | None, nu: datetime) -> Prognos:
    try:
        prognos.simulering = simulering.starta_simulering(simulering=prognos.simulering, av=av, nu=nu)
    except IntegrityError as fel:  # another began in the same moment
        raise Hindrad([queries.RAKNAS_REDAN]) from fel
    return prognos


def _varianter(ny: Simulering, idag: date) -> list[Simuleringsvariant]:
    som_det_ar = Simuleringsvariant(simulering=ny, nummer=SOM_DET_AR, namn=simulering.SOM_DET_AR, val={})
    return [
        som_det_ar,
        *(
            Simuleringsvariant(
                simulering=ny, nummer=NUMMER[ett], namn=NAMN[ett], val={"planerat": ett.value, "idag": str(idag)}
            )
            for ett in Antagande
        ),
    ]


def _inflode(ett: Inflode) -> dict[str, Any]:
    return {"insats": ett.insats, "fran": str(ett.fran), "personer": ett.personer}


def starta_om(*, prognos: Prognos, av: Anvandare | None, nu: datetime) -> Prognos:
    """Calculate one that was cancelled or failed, with the same assumptions. Hindrad when it is done."""
    with transaction.atomic():
        _vagra(queries.hinder_for_prognos(av) or queries.hinder_for_omstart(prognos))
    return _starta(prognos, av, nu)


def avsluta(*, simulering_id: int, nu: datetime) -> bool:
    """When every part is done: call it klar, and make the rows if it is a prognos. True if this call did it."""
    with transaction.atomic():
        if not simulering.avsluta_simulering(simulering_id=simulering_id, nu=nu):
            return False
        prognos = Prognos.objects.select_related("simulering").filter(pk=simulering_id).first()
        if prognos is not None:
            rader.spara(prognos)
    return True


def lagg_in_budget(
    *, ar: int, poster: Sequence[Post], kalla: str, efter: int, av: Anvandare | None, nu: datetime
) -> Budget:
    """A new version of the year's budget. `efter`: the version that was seen; Hindrad when another has come since."""
    with transaction.atomic():
        senaste = queries.budget_for(ar)
        version = senaste.version if senaste else 0
        hinder = hinder_for_ratt(av.roller, Ratt.GORA_PROGNOS) if av else []
        if version != efter:
            hinder.append("Någon annan har lagt in en ny version av årets budget. Läs den, och börja om från den.")
        if not poster:
            hinder.append("Budgeten är tom. Skriv minst en insats.")
        _vagra(hinder)
        ny = Budget.objects.create(ar=ar, version=version + 1, kalla=kalla, skapad=nu, skapad_av=av)
        Budgetrad.objects.bulk_create(
            Budgetrad(budget=ny, insats=ett.insats, belopp=ett.belopp, manader=list(ett.manader)) for ett in poster
        )
        vem = av.get_username() if av else "Systemet"
        antal = antal_ord(len(poster), "insats", "insatser")
        text = f"{vem} lade in version {ny.version} av budgeten för {ar}: {antal}. Beslut: {kalla}."
        skriv_handelse(av=av, handling="lagg_in_budget", objekt=f"budget:{ar}", text=text)
    return ny


def _vagra(hinder: list[str]) -> None:
    if hinder:
        raise Hindrad(hinder)
