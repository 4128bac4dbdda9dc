"""Guards that hold närvaro and visits to an existing verkställighet and inside its days, a whole statement at a time.

They raise check_violation with a constraint name, so that grund.fel can say the same Swedish sentence as for a CHECK.
"""

import pgtrigger

from beslut.models import gallrad
from grund.vakter import satsvakt

INOM = "rad_inom_verkstallighet"
MEDDELANDE = "Dagen ligger utanför verkställigheten."

_FEL = f"RAISE EXCEPTION '{MEDDELANDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{INOM}';"

# A million rows are first made into one per verkställighet. FOR SHARE waits for, and holds off, anyone who is just
# changing the verkställighet's days, and gives them as they are after the wait.
_BARN = """
    IF EXISTS (
        WITH n AS MATERIALIZED (
            SELECT verkstallighet_id AS id, min({dag}) AS forsta, max({dag}) AS sista FROM nya GROUP BY 1
        ), v AS MATERIALIZED (
            SELECT v.id, v.fran, v.till FROM utforare_verkstallighet v WHERE v.id IN (SELECT id FROM n) FOR SHARE
        )
        SELECT 1 FROM n LEFT JOIN v USING (id) WHERE v.id IS NULL OR n.forsta < v.fran OR n.sista >= v.till
    ) THEN
        {fel}
    END IF;
    IF {nagon} AND EXISTS (
        WITH n AS MATERIALIZED (SELECT DISTINCT verkstallighet_id AS id FROM nya)
        SELECT 1 FROM n JOIN utforare_verkstallighet v USING (id) JOIN beslut_beslut b ON b.id = v.beslut_id
          JOIN beslut_person p ON p.id = b.person_id WHERE p.gallrad IS NOT NULL
    ) THEN
        {nej}
    END IF;
    RETURN NULL;
"""

_FORALDER_ANDRAS = f"""
    IF EXISTS (SELECT 1 FROM nya v JOIN gamla g USING (id) JOIN utforare_narvaro n ON n.verkstallighet_id = v.id
                WHERE (v.fran > g.fran OR v.till IS DISTINCT FROM g.till) AND (n.datum < v.fran OR n.datum >= v.till))
    OR EXISTS (SELECT 1 FROM nya v JOIN gamla g USING (id) JOIN utforare_besok b ON b.verkstallighet_id = v.id
                WHERE (v.fran > g.fran OR v.till IS DISTINCT FROM g.till) AND (b.dag < v.fran OR b.dag >= v.till)) THEN
        {_FEL}
    END IF;
    RETURN NULL;
"""

_FORALDER_BORT = f"""
    IF EXISTS (SELECT 1 FROM gamla v JOIN utforare_narvaro n ON n.verkstallighet_id = v.id) THEN
        {_FEL}
    END IF;
    RETURN NULL;
"""


def _barn(dag: str) -> list[pgtrigger.Trigger]:
    func = _BARN.format(dag=dag, fel=_FEL, nagon=gallrad.NAGON, nej=gallrad.NEJ)
    return [
        satsvakt("inom_verkstallighet_ny", pgtrigger.Insert, func, new="nya"),
        satsvakt("inom_verkstallighet_andrad", pgtrigger.Update, func, new="nya"),
    ]


NARVARO = _barn("datum")
BESOK = _barn("dag")
VERKSTALLIGHET = [
    satsvakt("dagar_foljer_med", pgtrigger.Update, _FORALDER_ANDRAS, new="nya", old="gamla"),
    satsvakt("dagar_finns_kvar", pgtrigger.Delete, _FORALDER_BORT, old="gamla"),
    *gallrad.ny_rad("SELECT b.person_id FROM beslut_beslut b JOIN {rader} ON rader.beslut_id = b.id"),
]
