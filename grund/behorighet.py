"""Roles and what each may do. Access is closed by default; a rule answers with reasons, an empty list means yes."""

from enum import StrEnum

from django.db import models


class Roll(models.TextChoices):
    """Whom a user acts as. A user may hold several."""

    HANDLAGGARE = "handlaggare", "handläggare"
    GRUPPCHEF = "gruppchef", "gruppchef"
    AVTALSSAMORDNARE = "avtalssamordnare", "avtalssamordnare"
    UTFORARE = "utforare", "utförare"
    CONTROLLER = "controller", "controller"
    NAMNDSEKRETERARE = "namndsekreterare", "nämndsekreterare"
    REVISOR = "revisor", "revisor"
    SYSTEMFORVALTARE = "systemforvaltare", "systemförvaltare"


class Ratt(StrEnum):
    """A thing that someone may be allowed to do."""

    SE_ERSATTNING = "se ersättningen och vad den bygger på"
    KORA_MANAD = "köra en månad"
    GRANSKA_MANAD = "granska en månad"
    FASTSTALLA_MANAD = "fastställa en månad"
    GORA_TJANSTEUTLATANDE = "göra ett tjänsteutlåtande"


RATTER: dict[Ratt, frozenset[Roll]] = {
    Ratt.SE_ERSATTNING: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.KORA_MANAD: frozenset({Roll.CONTROLLER}),
    Ratt.GRANSKA_MANAD: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.FASTSTALLA_MANAD: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.GORA_TJANSTEUTLATANDE: frozenset({Roll.CONTROLLER, Roll.NAMNDSEKRETERARE}),
}


def hinder_for_ratt(roller: list[str], ratt: Ratt) -> list[str]:
    """Why someone with `roller` may not do `ratt`; empty when allowed."""
    if RATTER[ratt] & {Roll(roll) for roll in roller}:
        return []
    krav = " eller ".join(sorted(Roll(roll).label for roll in RATTER[ratt]))
    return [f"Rollen {krav} krävs för att {ratt}."]
