"""What of ours may stand beside a key figure of Kolada. Somebody says that the definition is the same. Pure."""

from django.db import models


class Egetvarde(models.TextChoices):
    """A figure that we count ourselves, by year."""

    LSS_PERSONER = "lss_personer", "personer med insats enligt LSS den 1 oktober"
    LSS_BOSTAD = "lss_bostad", "personer med bostad för vuxna enligt LSS den 1 oktober"
    LSS_DAGLIG = "lss_daglig", "personer med daglig verksamhet enligt LSS den 1 oktober"
    LSS_ASSISTANS = "lss_assistans", "personer med personlig assistans enligt LSS den 1 oktober"
    LSS_KONTAKTPERSON = "lss_kontaktperson", "personer med kontaktperson enligt LSS den 1 oktober"
