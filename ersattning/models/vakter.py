"""Guards that keep what is fastställt as it is (R40): no row of a settled körning comes, changes or goes."""

import pgtrigger

from grund.vakter import satsvakt

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
# A row may be moved out of a settled körning, or into one.
_FLYTTADE = _RADER.replace("FROM rader", "FROM (TABLE rader UNION ALL TABLE nya) r")

# A whole batch's references at once: foreign keys look them up row by row, and cost as much as the calculation.
# What they point at is never deleted (grund.giltighet.TAS_ALDRIG_BORT).
_HANVISNINGAR = """
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT person_id, enhet_id, utforare_id, beslut_id, justering_id FROM rader) r
          LEFT JOIN beslut_person p ON p.id = r.person_id
          LEFT JOIN utforare_enhet e ON e.id = r.enhet_id
          LEFT JOIN utforare_utforare u ON u.id = r.utforare_id
          LEFT JOIN beslut_beslut b ON b.id = r.beslut_id
          LEFT JOIN ersattning_justering j ON j.id = r.justering_id AND j.status = 'godkand'
         WHERE u.id IS NULL OR (p.id, e.id, b.id, j.id)
               IS DISTINCT FROM (r.person_id, r.enhet_id, r.beslut_id, r.justering_id)
    ) THEN
        RAISE EXCEPTION 'Raden hänvisar till något som inte finns.'
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'rad_hanvisar_till_befintligt';
    END IF;
    RETURN NULL;
"""


NYA = satsvakt("fast_manad_far_inget_nytt", pgtrigger.Insert, _RADER, new="rader")
BORTTAGNA = satsvakt("fast_manad_mister_inget", pgtrigger.Delete, _RADER, old="rader")
ANDRADE = satsvakt("fast_manad_andras_inte", pgtrigger.Update, _FLYTTADE, old="rader", new="nya")
RADER = [NYA, BORTTAGNA, ANDRADE]
HANVISAR = satsvakt("hanvisar_till_befintligt", pgtrigger.Insert, _HANVISNINGAR, new="rader")
FILER = [BORTTAGNA, ANDRADE]  # the files of a settled month are made after it is settled

# What a month has been booked by stays: a row of the mall that is used may only be ended, after the last such month.
KONTERING = pgtrigger.Trigger(
    name="anvand_kontering_star_kvar",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    declare=[("slut", "date")],
    func="""
        SELECT max(k.manad + interval '1 month')::date INTO slut
          FROM ersattning_konteringsbruk b JOIN ersattning_korning k ON k.id = b.korning_id
         WHERE b.kontering_id = OLD.id;
        IF slut IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.till < slut
           OR (to_jsonb(NEW) - ARRAY['till', 'period']) <> (to_jsonb(OLD) - ARRAY['till', 'period'])) THEN
            RAISE EXCEPTION 'En kontering som en månad är bokförd efter kan bara avslutas, tidigast efter den månaden.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'anvand_kontering_star_kvar';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    """,
)

# A justering is proposed once and decided once; after that nothing of it changes (R51).
JUSTERING = pgtrigger.Trigger(
    name="justering_avgors_en_gang",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF TG_OP = 'DELETE' OR OLD.status <> 'foreslagen'
           OR (to_jsonb(NEW) - ARRAY['status', 'avgjord', 'avgjord_av_id', 'svar'])
              <> (to_jsonb(OLD) - ARRAY['status', 'avgjord', 'avgjord_av_id', 'svar']) THEN
            RAISE EXCEPTION 'En justering ändras inte: den godkänns, nekas eller återkallas, en gång.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'justering_avgors_en_gang';
        END IF;
        RETURN NEW;
    """,
)

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
