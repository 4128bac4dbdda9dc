"""After every `migrate` the roles, rights and policies are brought up to date, so that no new table is ever without."""

import logging

from django.conf import settings

from grund.databas.roller import ordna

logg = logging.getLogger(__name__)


def ordna_databasen(**_: object) -> None:
    for brist in ordna().brister:
        if not settings.UTVECKLING:
            logg.warning("%s Se docs/drift.md, Databasens roller.", brist)
