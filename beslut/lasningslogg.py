"""The log of who has looked at whom, as one of the logs that are sealed (grund.kedja)."""

from grund.kedja.loggar import GALLRAT, Logg

LASNINGAR = Logg(
    2,
    "beslut_lasning",
    "beslut_forsegla_lasningar",
    "Läsning",
    "'användare ' || t.anvandare_id || ', person ' || t.person_id || ', ' || t.sida",
    f"t.motiv = '{GALLRAT}'"
    " AND EXISTS (SELECT FROM beslut_person p WHERE p.id = t.person_id AND p.gallrad IS NOT NULL)",
)
