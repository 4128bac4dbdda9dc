"""Guards that hold närvaro and visits to an existing verkställighet and inside its days, a whole statement at a time.

They raise check_violation with a constraint name, so that grund.fel can say the same Swedish sentence as for a CHECK.
"""

import pgtrigger

INOM = "rad_inom_verkstallighet"
MEDDELANDE = "Dagen ligger utanför verkställigheten."

_FEL = f"RAISE EXCEPTION '{MEDDELANDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{INOM}';"

# FOR SHARE waits for, and holds off, anyone who is just changing the verkställighet's days.
_BARN = """
    PERFORM 1 FROM utforare_verkstallighet v
     WHERE v.id IN (SELECT verkstallighet_id FROM nya) FOR SHARE;
    IF EXISTS (SELECT 1 FROM nya n LEFT JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
                WHERE v.id IS NULL OR n.{dag} < v.fran OR n.{dag} >= v.till) THEN
        {fel}
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


def _vakt(namn: str, operation: pgtrigger.Operation, func: str, **tabeller: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=namn,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tabeller),
        func=func,
    )


def _barn(dag: str) -> list[pgtrigger.Trigger]:
    func = _BARN.format(dag=dag, fel=_FEL)
    return [
        _vakt("inom_verkstallighet_ny", pgtrigger.Insert, func, new="nya"),
        _vakt("inom_verkstallighet_andrad", pgtrigger.Update, func, new="nya"),
    ]


NARVARO = _barn("datum")
BESOK = _barn("dag")
VERKSTALLIGHET = [
    _vakt("dagar_foljer_med", pgtrigger.Update, _FORALDER_ANDRAS, new="nya", old="gamla"),
    _vakt("dagar_finns_kvar", pgtrigger.Delete, _FORALDER_BORT, old="gamla"),
]
