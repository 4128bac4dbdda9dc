"""The visits that rules look at: those of some persons, all of them, or everybody's of the latest months."""

BESOK = """
    SELECT k.id, k.nyckel, k.dag, date_trunc('month', k.dag)::date AS manad, k.verkstallighet_id, v.nyckel AS verk,
           p.id AS person, v.enhet_id, b.insats, k.planerad_start, k.planerad_slut, k.utford_start, k.utford_slut,
           k.avbokad_av, k.registrering,
           (extract(epoch FROM k.utford_slut - k.utford_start) / 60)::int AS minuter,
           (extract(epoch FROM k.planerad_slut - k.planerad_start) / 60)::int AS planerat,
           extract(hour FROM k.utford_start AT TIME ZONE 'Europe/Stockholm')::int AS timme
      FROM utforare_besok k
      JOIN utforare_verkstallighet v ON v.id = k.verkstallighet_id
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN beslut_person p ON p.id = b.person_id
     WHERE {vilka} AND k.dag >= %(fran)s AND k.dag <= %(idag)s
"""
NATT_BORJAR, NATT_SLUTAR = 22, 6  # o'clock, Swedish time
