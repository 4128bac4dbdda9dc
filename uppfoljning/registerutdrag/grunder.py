"""On what ground something is kept from the person, and who may ask. Pure."""

from django.db import models


class Undantagsgrund(models.TextChoices):
    """Why a text or a file is not given out. The label is what the person reads."""

    ANNAN = "annan", "uppgift om någon annan (26 kap. 1 § offentlighets- och sekretesslagen)"
    ANMALARE = "anmalare", "uppgift om den som har gjort en anmälan (26 kap. 5 § offentlighets- och sekretesslagen)"
    UTKAST = "utkast", "text som inte är färdig (5 kap. 2 § lagen 2018:218 till dataskyddsförordningen)"


class Begarande(models.TextChoices):
    """Who asks. Whether they may is for the handläggare to judge, and to note how."""

    SJALV = "sjalv", "personen själv"
    VARDNADSHAVARE = "vardnadshavare", "vårdnadshavare"
    GOD_MAN = "god_man", "god man"
    FORVALTARE = "forvaltare", "förvaltare"
    FORMYNDARE = "formyndare", "förmyndare"
    OMBUD = "ombud", "ombud med fullmakt"
    DODSBO = "dodsbo", "dödsbo eller efterlevande"


def hinder_for_begarande(begarande: str, *, avliden: bool) -> list[str]:
    """Why the one who asks cannot be the one to whom it is given. Empty = can."""
    if avliden and begarande != Begarande.DODSBO:
        return [_AVLIDEN]
    if not avliden and begarande == Begarande.DODSBO:
        return ["Personen är inte registrerad som avliden. Välj någon annan som begär utdraget."]
    return []


_AVLIDEN = (
    "Personen är avliden. Dataskyddsförordningen gäller inte avlidna, så ingen kan begära utdraget för personens"
    " räkning. Välj dödsbo eller efterlevande om uppgifterna ska lämnas ut efter en sekretessprövning."
)
