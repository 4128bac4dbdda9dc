"""Who made the visits, in the utförare's own codes. The import format does not say; continuity is counted from it."""

from typing import ClassVar

from django.db import models

from grund.giltighet import KODPUNKTER
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig


class Besokspersonal(Uppgiftsrad):
    """One who made a visit. The visit may be taken back later, so its key is kept as text."""

    besok_id = models.CharField("besök", max_length=40, db_collation=KODPUNKTER)
    personal = models.CharField("personal", max_length=40, db_collation=KODPUNKTER)

    class Meta:
        verbose_name = "personal på besök"
        verbose_name_plural = "personal på besök"
        triggers: ClassVar = [oforanderlig("besokspersonal")]
        indexes: ClassVar = [models.Index(fields=["besok_id"], name="besokspersonal_besok")]
