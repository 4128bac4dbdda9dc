"""Guards that keep what is fastställt as it is (R40): no row of a settled körning comes, changes or goes."""

import pgtrigger

FAST_NAMN = "faststalld_manad_andras_inte"
MEDDELANDE = "Månaden är fastställd och kan inte ändras. En rättelse görs i nästa månads körning."
_FEL = f"RAISE EXCEPTION '{MEDDELANDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{FAST_NAMN}';"

_RADER = f"""
    IF EXISTS (SELECT 1 FROM ersattning_korning k
                WHERE k.id IN (SELECT DISTINCT korning_id FROM rader) AND k.status IN ('faststalld', 'utbetald')) THEN
        {_FEL}
    END IF;
    RETURN NULL;
"""


def _vakt(namn: str, operation: pgtrigger.Operation, **tabeller: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=namn,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tabeller),
        func=_RADER,
    )


NYA = _vakt("fast_manad_far_inget_nytt", pgtrigger.Insert, new="rader")
BORTTAGNA = _vakt("fast_manad_mister_inget", pgtrigger.Delete, old="rader")
ANDRADE = _vakt("fast_manad_andras_inte", pgtrigger.Update, old="rader")
RADER = [NYA, BORTTAGNA, ANDRADE]
FILER = [BORTTAGNA, ANDRADE]  # the files of a settled month are made after it is settled

KORNING = [
    pgtrigger.Trigger(
        name="fast_korning_star_kvar",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__status__in=["faststalld", "utbetald"]),
        func=f"""
            IF TG_OP = 'DELETE' OR OLD.status = 'utbetald' OR NEW.status <> 'utbetald'
               OR (to_jsonb(NEW) - ARRAY['status', 'utbetald', 'utbetald_av_id'])
                  <> (to_jsonb(OLD) - ARRAY['status', 'utbetald', 'utbetald_av_id']) THEN
                {_FEL}
            END IF;
            RETURN NEW;
        """,
    )
]
