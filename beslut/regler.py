"""What the law says of the insatser: codes, names and lagrum (docs/datapaket.md, Insats codes)."""

from django.db import models


class Lag(models.TextChoices):
    """The law that a decision rests on."""

    LSS = "LSS", "LSS"
    SOL = "SoL", "SoL"


class Insats(models.TextChoices):
    """The insatser that the system knows, with the codes of the import format."""

    PERSONLIG_ASSISTANS = "LSS-2", "personlig assistans"
    LEDSAGARSERVICE = "LSS-3", "ledsagarservice"
    KONTAKTPERSON = "LSS-4", "kontaktperson"
    AVLOSARSERVICE = "LSS-5", "avlösarservice i hemmet"
    KORTTIDSVISTELSE = "LSS-6", "korttidsvistelse utanför hemmet"
    KORTTIDSTILLSYN = "LSS-7", "korttidstillsyn för skolungdom över 12 år"
    BOSTAD_BARN = "LSS-8", "bostad för barn och ungdomar"
    BOSTAD_VUXNA = "LSS-9", "bostad med särskild service för vuxna"
    DAGLIG_VERKSAMHET = "LSS-10", "daglig verksamhet"
    BOENDESTOD = "SOL-BOSTOD", "boendestöd"
    SYSSELSATTNING = "SOL-SYSS", "sysselsättning"
    SARSKILT_BOENDE = "SOL-SARBO", "särskilt boende"
    LEDSAGNING = "SOL-LEDS", "ledsagning"
    AVLOSNING = "SOL-AVLOS", "avlösning"
    KONTAKTPERSON_SOL = "SOL-KONT", "kontaktperson"

    @property
    def lag(self) -> Lag:
        """The law that a decision on this insats must rest on."""
        return Lag.LSS if self.value.startswith("LSS-") else Lag.SOL


class Utfall(models.TextChoices):
    """How a decision ended."""

    BIFALL = "bifall", "bifall"
    DELVIS = "delvis", "delvis bifall"
    AVSLAG = "avslag", "avslag"


class Omfattningsenhet(models.TextChoices):
    """Unit of how much a decision or an order gives."""

    TIMMAR_VECKA = "timmar_vecka", "timmar per vecka"
    TIMMAR_MANAD = "timmar_manad", "timmar per månad"
    DYGN_MANAD = "dygn_manad", "dygn per månad"
    DAGAR_VECKA = "dagar_vecka", "dagar per vecka"


class Bedomningsstatus(models.TextChoices):
    """State of a nivåbedömning. Only a godkänd one moves money (R3)."""

    INSKICKAD = "inskickad", "inskickad"
    GODKAND = "godkand", "godkänd"
    AVVISAD = "avvisad", "avvisad"


class Lasningsutfall(models.TextChoices):
    """What a control of the log says of a reading. One to be asked about is not settled yet."""

    I_ORDNING = "i_ordning", "i ordning"
    EJ_I_ORDNING = "ej_i_ordning", "inte i ordning"
    FRAGA = "fraga", "att fråga om"
