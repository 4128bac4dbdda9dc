"""What the database does for a role that may not: makes a month's table of närvaro, and says what is a utförare's own."""

from django.db import migrations

# As the owner, with names that only it can make: `_` in a role's own temporary schema is never looked at first.
_SOM_AGAREN = "SECURITY DEFINER SET search_path = public, pg_temp"

MANAD = f"""
CREATE FUNCTION utforare_narvaro_skapa(manad date) RETURNS void LANGUAGE plpgsql {_SOM_AGAREN} AS $$
DECLARE
    namn text := 'utforare_narvaro_' || to_char(manad, 'YYYY_MM');
    hel oid := 'utforare_narvaro'::regclass;
    ett record;
BEGIN
    IF manad IS NULL OR manad <> date_trunc('month', manad) THEN
        RAISE EXCEPTION 'En månad anges med sin första dag.';
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE utforare_narvaro INCLUDING ALL EXCLUDING INDEXES)', namn);
    FOR ett IN SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgrelid = hel AND NOT tgisinternal LOOP
        EXECUTE regexp_replace(ett.text, ' ON \\S*utforare_narvaro ', format(' ON %I ', namn));
    END LOOP;
    FOR ett IN SELECT privilege_type AS ratt, grantee::regrole AS roll
                 FROM pg_class, aclexplode(relacl) WHERE oid = hel AND grantee <> relowner AND grantee <> 0 LOOP
        EXECUTE format('GRANT %s ON %I TO %s', ett.ratt, namn, ett.roll);
    END LOOP;
    IF (SELECT relrowsecurity FROM pg_class WHERE oid = hel) THEN
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', namn);
    END IF;
    FOR ett IN SELECT polname, pg_get_expr(polqual, polrelid) AS villkor,
                      (SELECT string_agg(r::regrole::text, ', ') FROM unnest(polroles) r) AS roller
                 FROM pg_policy WHERE polrelid = hel LOOP
        EXECUTE format('CREATE POLICY %I ON %I TO %s USING (%s)', ett.polname, namn, ett.roller, ett.villkor);
    END LOOP;
END $$;

CREATE FUNCTION utforare_narvaro_fardigstall(manad date) RETURNS void LANGUAGE plpgsql {_SOM_AGAREN} AS $$
DECLARE
    namn text := 'utforare_narvaro_' || to_char(manad, 'YYYY_MM');
BEGIN
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (verkstallighet_id, datum)', namn);
    EXECUTE format('ALTER TABLE utforare_narvaro ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   namn, manad, (manad + interval '1 month')::date);
END $$;
"""

EGNA = f"""
CREATE FUNCTION utforare_egna_enheter() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('insatskollen.enheter', true), '')::bigint[], ARRAY[]::bigint[])
$$;

CREATE FUNCTION utforare_egna_verkstalligheter() RETURNS bigint[] LANGUAGE sql STABLE {_SOM_AGAREN} AS $$
    SELECT coalesce(array_agg(id), ARRAY[]::bigint[]) FROM utforare_verkstallighet
     WHERE enhet_id = ANY (utforare_egna_enheter())
$$;

CREATE FUNCTION utforare_egna_beslut() RETURNS bigint[] LANGUAGE sql STABLE {_SOM_AGAREN} AS $$
    SELECT coalesce(array_agg(beslut_id), ARRAY[]::bigint[]) FROM (
        SELECT beslut_id FROM utforare_verkstallighet WHERE enhet_id = ANY (utforare_egna_enheter())
         UNION SELECT beslut_id FROM utforare_bestallning WHERE enhet_id = ANY (utforare_egna_enheter())) b
$$;

CREATE FUNCTION utforare_egna_personer() RETURNS bigint[] LANGUAGE sql STABLE {_SOM_AGAREN} AS $$
    SELECT coalesce(array_agg(DISTINCT person_id), ARRAY[]::bigint[]) FROM beslut_beslut
     WHERE id = ANY (utforare_egna_beslut())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("utforare", "0001_squashed_0010_uppehall")]

    operations = [
        migrations.RunSQL(MANAD, "DROP FUNCTION utforare_narvaro_skapa, utforare_narvaro_fardigstall"),
        migrations.RunSQL(
            EGNA,
            "DROP FUNCTION utforare_egna_personer, utforare_egna_beslut, utforare_egna_verkstalligheter,"
            " utforare_egna_enheter",
        ),
    ]
