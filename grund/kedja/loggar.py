"""Which logs are sealed, and how the database does it. Later apps name theirs in settings.FORSEGLADE_LOGGAR."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Logg:
    """A table of rows that never change, with `id` and `tidpunkt`.

    `<tabell>_form(row)` and `forsegla(nu, hogst)` are functions of the database. `vad` is SQL for what tells a person
    which row it is, of the row `t`, without anybody's name. `gallrad` is a condition of the row: what one is like whose
    content gallring has taken away.
    """

    kod: int
    tabell: str
    forsegla: str
    namn: str
    vad: str
    gallrad: str


GALLRAT = "Gallrat"  # what stands where a text was that the log must not be without
HANDELSER = Logg(
    1,
    "grund_handelse",
    "grund_forsegla_handelser",
    "Händelse",
    "t.handling || ', ' || t.objekt",
    f"t.data ->> 'skal' = '{GALLRAT}'",
)


def loggar() -> list[Logg]:
    return [import_string(namn) for namn in settings.FORSEGLADE_LOGGAR]
