"""The log of who has looked at whom is sealed in the same chain as the events (grund.kedja)."""

from django.db import migrations

FORM = """
CREATE FUNCTION beslut_lasning_form(l beslut_lasning) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(l.id, to_char(l.tidpunkt AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), l.anvandare_id,
                             l.person_id, l.sida, l.utanfor_uppdrag, l.motiv)::text
$$;

CREATE FUNCTION beslut_forsegla_lasningar(nu timestamptz, hogst integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT grund_forsegla(2::smallint, 'beslut_lasning'::regclass, nu, hogst)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("beslut", "0001_squashed_0007_nivaovertagande"), ("grund", "0010_loggkedja")]

    operations = [migrations.RunSQL(FORM, "DROP FUNCTION beslut_forsegla_lasningar, beslut_lasning_form")]
