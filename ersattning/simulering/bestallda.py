"""What is ordered of an utförare and has not begun: known starts of a prognos, as if each were a verkställighet.

A beslut that is carried out already gives none: the order is then for another utförare to take over.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ersattning.kalkyl.typer import Verkstallighet
from ersattning.underlag import fraga, tolka_verkstallighet
from utforare.bestallningsregler import OPPNA

_OPPNA = """
SELECT DISTINCT ON (b.id) b.person_id, -o.id, 'BE-' || o.id, b.id, b.insats, b.utfall <> 'avslag', b.fran, b.till,
       b.omfattning, b.omfattning_enhet, e.utforare_id, e.id, o.omfattning,
       greatest(coalesce(o.start, o.onskad_start), %(idag)s::date + 1), NULL::date, '', o.antal, o.antal_enhet
  FROM utforare_bestallning o
  JOIN beslut_beslut b ON b.id = o.beslut_id
  JOIN utforare_enhet e ON e.id = o.enhet_id
 WHERE o.status = ANY(%(oppna)s) AND (%(alla)s OR b.person_id = ANY(%(personer)s))
   AND NOT EXISTS (SELECT FROM utforare_verkstallighet v
                    WHERE v.beslut_id = b.id AND (v.till IS NULL OR v.till > coalesce(o.start, o.onskad_start)))
 ORDER BY b.id, o.status = 'accepterad' DESC, o.id
"""


def las_bestallda(idag: date, personer: Sequence[int] | None = None) -> dict[int, list[Verkstallighet]]:
    """By person; of these persons, or of all. It begins on the day that is agreed, else wished for; tomorrow at the
    earliest. Numbered below zero, which no verkställighet is.
    """
    svar: dict[int, list[Verkstallighet]] = defaultdict(list)
    parametrar = {"idag": idag, "oppna": list(OPPNA), "alla": personer is None, "personer": list(personer or ())}
    for rad in fraga(_OPPNA, parametrar):
        svar[rad[0]].append(tolka_verkstallighet(rad))
    return svar
