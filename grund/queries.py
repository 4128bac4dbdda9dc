"""What is asked of users, and of what has happened to them."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from grund.actions import objekt
from grund.models import Anvandare, Handelse

SENASTE = 50  # events shown of a user


def anvandare_med_mfa() -> QuerySet[Anvandare]:
    """All users, with `mfa`: whether they have a second factor."""
    andra = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Anvandare.objects.annotate(mfa=Exists(andra))


def handelser_om(anvandare: Anvandare) -> QuerySet[Handelse]:
    """What has been done with the user's account, by whom, latest first. Not what the user has done with persons."""
    return Handelse.objects.filter(objekt=objekt(anvandare)).select_related("av").order_by("-tidpunkt", "-pk")
