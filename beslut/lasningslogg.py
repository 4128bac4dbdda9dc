"""The log of who has looked at whom, as one of the logs that are sealed (grund.kedja)."""

from grund.kedja.loggar import Logg

LASNINGAR = Logg(
    2,
    "beslut_lasning",
    "beslut_forsegla_lasningar",
    "Läsning",
    "'användare ' || t.anvandare_id || ', person ' || t.person_id || ', ' || t.sida",
)
