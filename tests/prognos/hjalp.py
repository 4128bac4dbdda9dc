"""A prognos done here and now."""

from datetime import date
from typing import Any

from ersattning.models import Prognos
from ersattning.prognos import actions
from ersattning.prognos.actions import Antaganden
from ersattning.simulering.actions import rakna_del
from tests.simulering.hjalp import NU

IDAG = date(2026, 6, 3)


def prognostisera(manader_bakat: int = 0, *, idag: date = IDAG, nu: Any = NU, **mer: Any) -> Prognos:
    """Made and calculated."""
    prognos = actions.gor_prognos(antaganden=Antaganden(manader_bakat, **mer), av=None, nu=nu, idag=idag)
    for pk in prognos.simulering.delar.values_list("pk", flat=True):
        assert rakna_del(del_id=pk, nu=nu)
    assert actions.avsluta(simulering_id=prognos.pk, nu=nu)
    prognos = Prognos.objects.select_related("simulering").get(pk=prognos.pk)
    assert prognos.simulering.status == "klar"
    return prognos
