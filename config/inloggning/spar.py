"""What signing in leaves in the audit trail. A name that nobody has is not written down: it may be a password."""

from collections.abc import Sequence

from django.core.cache import cache

from grund.actions import objekt
from grund.handelser import skriv_handelse
from grund.models import Anvandare
from grund.text import och

SPARRTID = 15 * 60  # seconds, as in ACCOUNT_RATE_LIMITS
_OKAND = "inloggning:okand"
_SATT = {
    "password": "lösenord",
    "totp": "kod ur app",
    "recovery_codes": "reservkod",
    "webauthn": "säkerhetsnyckel",
    "socialaccount": "kommunens inloggning",
}


def inloggad(user: Anvandare, satt: Sequence[str]) -> None:
    """`satt`: the steps, in allauth's words."""
    med = och([_SATT[ett] for ett in satt]) or "okänt sätt"
    skriv_handelse(
        av=user,
        handling="logga_in",
        objekt=objekt(user),
        text=f"{user.username} loggade in med {med}.",
        satt=list(satt),
    )


def utloggad(user: Anvandare, varfor: str = "") -> None:
    """`varfor`: when it was not the user who asked."""
    text = f"{user.username} loggades ut: {varfor}." if varfor else f"{user.username} loggade ut."
    skriv_handelse(av=user, handling="logga_ut", objekt=objekt(user), text=text)


def misslyckad(namn: str, vad: str = "fel lösenord") -> None:
    """An attempt that failed. `av` is nobody: who it was is just what we do not know."""
    user = _sok(namn)
    text = (
        f"Misslyckad inloggning som {user.username}: {vad}." if user else "Misslyckad inloggning: okänt användarnamn."
    )
    skriv_handelse(av=None, handling="inloggning_misslyckad", objekt=objekt(user) if user else _OKAND, text=text)


def sparrad(namn: str) -> None:
    """Too many attempts: told once each time that it begins, not at each attempt."""
    if not cache.add(f"sparrad:{namn.lower()}", 1, SPARRTID):
        return
    user = _sok(namn)
    vem = f"som {user.username}" if user else "med ett okänt användarnamn"
    text = f"För många misslyckade inloggningar {vem}. Spärrat en stund."
    skriv_handelse(av=None, handling="inloggning_sparrad", objekt=objekt(user) if user else _OKAND, text=text)


def andrat(user: Anvandare, handling: str, text: str) -> None:
    """The user has changed the own codes and keys."""
    skriv_handelse(av=user, handling=handling, objekt=objekt(user), text=f"{user.username} {text}.")


def _sok(namn: str) -> Anvandare | None:
    return Anvandare.objects.filter(username=namn).first()
