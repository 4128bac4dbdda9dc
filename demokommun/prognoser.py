"""The demo's budget and its two prognoser: one from before the last month was run, so that one can see how it fared.

The workers calculate, and this process helps them from the other end: the parts may be taken in any order (ADR 0006).
"""

import time
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from kombu.exceptions import OperationalError

from beslut.regler import Insats
from ersattning.models import Prognos, Simuleringsdel
from ersattning.prognos import actions
from ersattning.prognos.actions import Antaganden
from ersattning.prognos.berakning import Inflode
from ersattning.prognos.budget import Post
from ersattning.prognos.queries import budget_for
from ersattning.regler import Simuleringslage
from ersattning.simulering import tasks
from ersattning.simulering.actions import rakna_del
from grund import klocka
from grund.models import Anvandare
from grund.tid import Manad

_JAMNT = Decimal(100_000)
_BUDGETEN = {  # of what the first prognos says: what the nämnd had counted on
    Insats.BOENDESTOD.value: Decimal("0.94"),
    Insats.DAGLIG_VERKSAMHET.value: Decimal("0.985"),
    Insats.PERSONLIG_ASSISTANS.value: Decimal("1.03"),
}
_TILLSKOTT = Decimal(1_500_000)
_PAUS, _LANGST = 0.2, 600.0


def gor_forsta(sista: Manad) -> None:
    """As it looked when the month before `sista` had just been settled; nothing, if there is one already."""
    if not Prognos.objects.exists():
        _gor(sista.fran + timedelta(days=7), Antaganden(3))


def gor_senaste(sista: Manad) -> None:
    """The budget in two versions, and the prognos of today."""
    if Prognos.objects.count() > 1:
        return
    _lagg_in_budget(sista.ar)
    inflode = [Inflode(Insats.DAGLIG_VERKSAMHET.value, sista.plus(4).fran, 1)]
    kommentar = "Inför delårsrapporten. Ungdomarna som slutar gymnasiesärskolan är antagna, de är inte beslutade än."
    _gor(klocka.idag(), Antaganden(3, inflode, kommentar))


def _lagg_in_budget(ar: int) -> None:
    klara = Anvandare.objects.get(username="klara")
    per: dict[str, Decimal] = defaultdict(Decimal)
    for insats, belopp in (
        Prognos.objects.earliest("simulering__skapad").rader.filter(manad__year=ar).values_list("insats", "forlangt")
    ):
        per[insats] += belopp
    poster = [
        Post(insats, (belopp * _BUDGETEN.get(insats, Decimal("0.995")) / _JAMNT).to_integral_value() * _JAMNT)
        for insats, belopp in sorted(per.items())
    ]
    nu = datetime(ar - 1, 12, 11, 9, tzinfo=UTC)
    forsta = actions.lagg_in_budget(
        ar=ar, poster=poster, kalla=f"Nämnden {ar - 1}-12-10 § 112", efter=0, av=klara, nu=nu
    )
    med = [
        Post(ett.insats, ett.belopp + _TILLSKOTT if ett.insats == Insats.BOENDESTOD else ett.belopp) for ett in poster
    ]
    actions.lagg_in_budget(
        ar=ar,
        poster=med,
        kalla=f"Nämnden {ar}-04-22 § 41, tillskott till boendestödet",
        efter=forsta.version,
        av=klara,
        nu=datetime(ar, 4, 23, 9, tzinfo=UTC),
    )
    assert budget_for(ar)  # noqa: S101  it has just been laid in


def _gor(idag: date, antaganden: Antaganden) -> Prognos:
    klara = Anvandare.objects.get(username="klara")
    nu = klocka.nu() if idag == klocka.idag() else datetime(idag.year, idag.month, idag.day, 8, tzinfo=UTC)
    prognos = actions.gor_prognos(antaganden=antaganden, av=klara, nu=nu, idag=idag)
    with suppress(OperationalError, OSError):  # no workers: all of it is done here
        tasks.skicka(prognos.simulering)
    return _hjalp_till(prognos, nu)


def _hjalp_till(prognos: Prognos, nu: datetime) -> Prognos:
    """Take parts from the end until none is left, then wait for those that the workers hold."""
    start = time.monotonic()
    while time.monotonic() - start < _LANGST:
        for pk in Simuleringsdel.objects.filter(simulering=prognos.pk, klar=None).order_by("-nummer").values_list("pk"):
            rakna_del(del_id=pk[0], nu=nu)
        actions.avsluta(simulering_id=prognos.pk, nu=nu)
        prognos.simulering.refresh_from_db()
        if prognos.simulering.status == Simuleringslage.KLAR:
            return prognos
        time.sleep(_PAUS)
    msg = "Prognosen blev inte klar."
    raise TimeoutError(msg)
