"""Which utförare had registered something when a month was calculated, and which had not.

An utförare whose närvaro or visits never came is paid nothing, and nothing else about the month would say so. It is
counted when the month is calculated and kept, so that it tells what the amounts rest on.
"""

from collections.abc import Sequence

from django.db import connection

from ersattning.models import Korning, Manadsunderlag
from grund.text import antal_ord, manad_i_ord, och, svensk_ordning
from grund.tid import Manad
from utforare.regler import Modell

NAMNDA = 3  # utförare that a sentence names; the rest are counted

# The days that each avtal may pay of each verkställighet (R1, R2: a general avtal yields to an individavtal).
BERORDA = """
    SELECT DISTINCT v.id, a.utforare_id, e.id AS enhet_id, a.modell
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id AND b.utfall <> 'avslag'
      JOIN beslut_person p ON p.id = b.person_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
      JOIN utforare_avtal a ON a.utforare_id = e.utforare_id AND a.insats = b.insats
           AND (a.person_id IS NULL OR a.person_id = b.person_id)
     CROSS JOIN LATERAL (SELECT daterange(%(fran)s, %(till)s) * v.period * b.period * a.period
                                * daterange(NULL, p.avliden, '[]') AS dagar) d
     WHERE v.fran < %(till)s AND (v.till IS NULL OR v.till > %(fran)s)
       AND a.modell IN ('narvaro', 'utford_tid') AND NOT isempty(d.dagar)
       AND (a.person_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM utforare_avtal i
             WHERE i.utforare_id = a.utforare_id AND i.insats = a.insats AND i.person_id = b.person_id
               AND i.period @> d.dagar))
"""
# What is registered of each: `n` days of närvaro and `s` visits.
REGISTRERAT = """
 CROSS JOIN LATERAL (SELECT count(*) AS antal FROM utforare_narvaro
                      WHERE r.modell = 'narvaro' AND verkstallighet_id = r.id
                        AND datum >= %(fran)s AND datum < %(till)s) n
 CROSS JOIN LATERAL (SELECT count(*) AS antal FROM utforare_besok
                      WHERE r.modell = 'utford_tid' AND verkstallighet_id = r.id
                        AND dag >= %(fran)s AND dag < %(till)s) s
"""
TAL = "count(*), count(*) FILTER (WHERE n.antal + s.antal > 0), sum(n.antal + s.antal)"
_NOTERA = f"""
INSERT INTO ersattning_manadsunderlag (korning_id, utforare_id, modell, verkstalligheter, rapporterade, poster)
SELECT %(korning)s, utforare_id, modell, {TAL} FROM ({BERORDA}) r {REGISTRERAT} GROUP BY utforare_id, modell
"""


def notera(korning: Korning) -> None:
    """Keep what is registered for the körning's month."""
    manad = Manad.av(korning.manad)
    Manadsunderlag.objects.filter(korning=korning).delete()
    with connection.cursor() as cursor:
        cursor.execute(_NOTERA, {"korning": korning.pk, "fran": manad.fran, "till": manad.till})


def manadens_underlag(korning: Korning) -> list[Manadsunderlag]:
    """What was kept, those who have registered nothing first, then in Swedish order."""
    alla = Manadsunderlag.objects.filter(korning=korning).select_related("utforare")
    return sorted(alla, key=lambda ett: (ett.rapporterade > 0, svensk_ordning(ett.utforare.namn), ett.modell))


def luckor(korning: Korning) -> list[str]:
    """What is missing, a sentence for närvaro and one for visits; empty when every utförare has registered some."""
    return luckmeningar(Manad.av(korning.manad), manadens_underlag(korning))


_INGET = {Modell.NARVARO: "Ingen närvaro är registrerad", Modell.UTFORD_TID: "Inga besök är registrerade"}


def luckmeningar(manad: Manad, underlag: Sequence[Manadsunderlag]) -> list[str]:
    """The same of rows that have been read."""
    svar = []
    for modell, inget in _INGET.items():
        alla = [ett for ett in underlag if ett.modell == modell]
        if utan := [ett for ett in alla if not ett.rapporterade]:
            hos = _hos_vilka(utan, alla)
            svar.append(f"{inget} för {manad_i_ord(manad)} {hos}. Utan underlag blir det ingen ersättning.")
    return svar


def _hos_vilka(utan: Sequence[Manadsunderlag], alla: Sequence[Manadsunderlag]) -> str:
    antal = antal_ord(sum(ett.verkstalligheter for ett in utan), "verkställighet", "verkställigheter")
    if len(utan) == len(alla) > 1:
        return f"hos någon utförare ({antal})"
    namn = [ett.utforare.namn for ett in utan[:NAMNDA]]
    fler = [f"{len(utan) - NAMNDA} till"] if len(utan) > NAMNDA else []
    return f"hos {och([*namn, *fler])} ({antal})"
