"""A role that owns no tables may not ANALYZE them, but a körning's rows must be known to the planner at once."""

from django.db import migrations

ANALYSERA = """
CREATE FUNCTION ersattning_analysera() RETURNS void LANGUAGE plpgsql
       SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE ersattning_ersattningsrad, ersattning_avvikelse;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ersattning", "0001_squashed_0018_faktura_nummer")]

    operations = [migrations.RunSQL(ANALYSERA, "DROP FUNCTION ersattning_analysera")]
