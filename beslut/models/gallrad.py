"""Guards: nothing new is said of a person whose akt has been removed (docs/gallring.md).

They hold the persons that a statement is about, so that a gallring that is going on is waited for, and its outcome
seen. The gallring itself empties rows before the person becomes nobody, and meets no guard.
"""

import pgtrigger

from grund.vakter import satsvakt

NAMN = "person_ar_gallrad"
MEDDELANDE = "Personen är gallrad. Nya uppgifter om personen tas inte emot."
NEJ = f"RAISE EXCEPTION '{MEDDELANDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{NAMN}';"
NAGON = "EXISTS (SELECT FROM beslut_person WHERE gallrad IS NOT NULL)"  # by an index with nobody else in it

_FUNC = f"""
    IF EXISTS (
        SELECT FROM (SELECT p.gallrad FROM beslut_person p WHERE p.id IN ({{personer}}) FOR KEY SHARE) vems
         WHERE gallrad IS NOT NULL
    ) THEN
        {NEJ}
    END IF;
    RETURN NULL;
"""


def ny_rad(personer: str) -> list[pgtrigger.Trigger]:
    """No row is made for somebody who is gallrad, or changed. `personer`: SQL for the persons whose {rader} are."""
    nya = _FUNC.format(personer=personer.format(rader="nya rader"))
    alla = _FUNC.format(personer=personer.format(rader="(SELECT * FROM nya UNION ALL SELECT * FROM gamla) rader"))
    return [
        satsvakt("inte_gallrad_ny", pgtrigger.Insert, nya, new="nya"),
        satsvakt("inte_gallrad_andrad", pgtrigger.Update, alla, new="nya", old="gamla"),
    ]


EGEN = ny_rad("SELECT rader.person_id FROM {rader}")
