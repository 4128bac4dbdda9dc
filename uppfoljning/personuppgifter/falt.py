"""Which fields of a person's rows are given out, what they are called, and which never are, with the reason."""

from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Model

from uppfoljning.gallring.typer import Modellrad

# Never given out, neither to the person nor to the archive: the row's own machinery, or somebody else's.
UNDANTAGNA: dict[str, dict[str, str]] = {
    "ersattning.Delkorning": {"personer": "andra personers radnummer i samma beräkning"},
    "ersattning.Simuleringsdel": {"personer": "andra personers radnummer i samma beräkning"},
    "beslut.Beslutshandling": {"pdf": "handlingen lämnas som en egen fil"},
    "ersattning.Bonusansokan": {"sokvag": "filens plats på servern; filen lämnas för sig"},
    "ersattning.Bonusansokansteg": {"sokvag": "filens plats på servern; filen lämnas för sig"},
    "ersattning.Justering": {"sokvag": "filens plats på servern; filen lämnas för sig"},
}

# What a field is called where the model leaves it to its name, which is ASCII.
_NAMN = {
    "anmald_av": "anmäld av",
    "anvandare": "vem som läste",
    "avgjord_av": "avgjord av",
    "antal_namnare": "antal, exakt: nämnare",
    "antal_taljare": "antal, exakt: täljare",
    "ansokan": "ansökan",
    "arende": "ärende",
    "avtal": "avtal",
    "bedomare": "bedömare",
    "bedomning": "bedömning",
    "belopp": "belopp, kr",
    "besok": "besök",
    "bestallning": "beställning",
    "domens_beslut": "domens beslut",
    "foreslagen_av": "föreslagen av",
    "foreslaget_av": "föreslaget av",
    "handelse": "händelse",
    "handlaggare": "handläggare",
    "korning": "månadens beräkning",
    "lasning": "läsning",
    "omprovar": "omprövar",
    "omrade": "område",
    "provning": "prövning",
    "slag": "slag",
    "svar_av": "besvarad av",
    "undertecknat_av": "undertecknat av",
    "upptaget_av": "upptaget av",
    "uppfoljning": "uppföljning",
    "utforare": "utförare",
    "verkstallighet": "verkställighet",
    "objekt_id": "radens nummer i databasen",
}


@cache
def falten(modell: type[Model]) -> tuple["models.Field[object, object]", ...]:
    """The fields that are given out, in the model's order. What the database derives and the row's number are none."""
    undantagna = UNDANTAGNA.get(modell._meta.label, {})
    return tuple(
        falt
        for falt in modell._meta.concrete_fields
        if not isinstance(falt, models.AutoField | models.GeneratedField | models.CompositePrimaryKey)
        and falt.name not in undantagna
    )


def rubrik(falt: "models.Field[object, object]") -> str:
    """What people call the field."""
    if exklusiv(falt):
        return "till och med"
    namn = str(falt.verbose_name)
    return _NAMN.get(falt.name, namn) if namn == falt.name.replace("_", " ") else namn


def exklusiv(falt: "models.Field[object, object]") -> bool:
    """Whether the field is the day after the last, `till` in `[fran, till)`: people are shown the last day."""
    return falt.name == "till" and isinstance(falt, models.DateField) and not isinstance(falt, models.DateTimeField)


def modellen(rad: Modellrad) -> type[Model]:
    """The model of a line of the retention table."""
    return apps.get_model(rad.modell)
