"""Which logs are sealed, and how the database does it. Later apps name theirs in settings.FORSEGLADE_LOGGAR."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Logg:
    """A table of rows that never change, with `id` and `tidpunkt`.

    `<tabell>_form(row)` and `forsegla(nu, hogst)` are functions of the database. `vad` is SQL for what tells a person
    which row it is, of the row `t`, without anybody's name.
    """

    kod: int
    tabell: str
    forsegla: str
    namn: str
    vad: str


HANDELSER = Logg(1, "grund_handelse", "grund_forsegla_handelser", "Händelse", "t.handling || ', ' || t.objekt")


def loggar() -> list[Logg]:
    return [import_string(namn) for namn in settings.FORSEGLADE_LOGGAR]
