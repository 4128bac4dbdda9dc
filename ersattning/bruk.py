"""What settled months have been paid by: a price or an avtal that they name is not to be changed, only ended."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from ersattning.models import Korning, Pris
from ersattning.regler import FAST
from grund.text import manad_i_ord, och
from grund.tid import Manad
from utforare.models import Avtal

NAMNDA = 3  # months that a sentence names

_ANVANDA = """
SELECT DISTINCT (del.d ->> %(vad)s)::bigint, r.avser_manad
  FROM ersattning_ersattningsrad r
  JOIN ersattning_korning k ON k.id = r.korning_id AND k.status = ANY (%(fasta)s)
 CROSS JOIN LATERAL jsonb_array_elements(r.grund) AS del (d)
 WHERE r.insats = ANY (%(insatser)s) AND r.till > %(fran)s
   AND (del.d ->> %(vad)s)::bigint = ANY (%(nycklar)s)
 ORDER BY 2
"""


def _anvanda(vad: str, nycklar: Collection[int], insatser: Collection[str], fran: date) -> dict[int, list[Manad]]:
    """The settled months that each has paid for, by primary key."""
    svar: dict[int, list[Manad]] = {}
    if not nycklar:
        return svar
    varden: dict[str, Any] = {"vad": vad, "nycklar": list(nycklar), "insatser": sorted(insatser), "fran": fran}
    with connection.cursor() as cursor:
        cursor.execute(_ANVANDA, varden | {"fasta": [str(status) for status in FAST]})
        for nyckel, manad in cursor.fetchall():
            svar.setdefault(nyckel, []).append(Manad.av(manad))
    return svar


def prisers_manader(priser: Iterable[Pris]) -> dict[int, list[Manad]]:
    """The settled months that each price has been used in."""
    alla = list(priser)
    if not alla:
        return {}
    return _anvanda("pris", [ett.pk for ett in alla], {ett.insats for ett in alla}, min(ett.fran for ett in alla))


def avtalets_manader(avtal: Avtal) -> list[Manad]:
    """The settled months that the avtal has paid for."""
    return _anvanda("avtal", [avtal.pk], {avtal.insats}, avtal.fran).get(avtal.pk, [])


def fasta_manader(fran: date) -> list[Manad]:
    """The settled months with a day from `fran` on: what is changed from then on may correct them (R40)."""
    fasta = Korning.objects.filter(status__in=FAST).order_by("manad").values_list("manad", flat=True)
    return [Manad.av(manad) for manad in fasta if Manad.av(manad).till > fran]


def manader_i_ord(manader: Sequence[Manad]) -> str:
    """`mars, april och maj 2026`; of many, the first and the last."""
    if len(manader) > NAMNDA:
        return f"{manad_i_ord(manader[0])} till {manad_i_ord(manader[-1])}"
    return och([manad_i_ord(manad) for manad in manader])
