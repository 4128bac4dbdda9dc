"""Changes of users."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare


def skapa_anvandare(
    *,
    namn: str,
    roller: Sequence[str],
    losenord: str,
    av: Anvandare | None,
    fornamn: str = "",
    efternamn: str = "",
) -> Anvandare:
    """Add a user. Hindrad when the name is taken or not allowed, or the password too weak."""
    ny = Anvandare(username=namn, roller=sorted(set(roller)), first_name=fornamn, last_name=efternamn)
    ny.set_password(losenord)
    with transaction.atomic():
        try:
            validate_password(losenord, ny)
            ny.full_clean()
        except ValidationError as fel:
            raise Hindrad(fel.messages) from fel
        ny.save()
        skriv_handelse(
            av=av,
            handling="skapa_anvandare",
            objekt=f"anvandare:{namn}",
            text=f"Användaren {namn} lades upp.",
            roller=ny.roller,
        )
    return ny
