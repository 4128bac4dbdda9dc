"""Who comes in by the municipality's own login: somebody that a systemförvaltare has added, known by user name.

The first time the person there (`sub`) is tied to the user here. From then on the tie decides, so that a user name that
is given to somebody else there does not open the account here.
"""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction

from config.inloggning import spar
from config.inloggning.idp import Idp
from grund import actions
from grund.hinder import Hindrad
from grund.models import Anvandare


def slapp_in(login: SocialLogin, idp: Idp | None) -> None:
    """Say which user `login` is. Hindrad, with what to do, when nobody; what was learnt is kept all the same."""
    if idp is None or login.state.get("process") != "login":
        raise Hindrad(["Inloggningen kan inte kopplas till ett konto på det sättet."])
    with transaction.atomic():
        hinder = _ta_emot(login, idp)
    if hinder:
        raise Hindrad(hinder)


def _ta_emot(login: SocialLogin, idp: Idp) -> list[str]:
    konto, uppgifter = login.account, _uppgifter(login.account.extra_data)
    namn = idp.namn_har(uppgifter)
    kand = konto.user if konto.pk else Anvandare.objects.select_for_update().filter(username=namn).first()
    if kand and not konto.pk and SocialAccount.objects.filter(user=kand, provider=konto.provider).exists():
        spar.misslyckad(namn, "en annan person hos kommunens inloggning har fått användarnamnet")
        return [f"Kontot {namn} hör till en annan person hos kommunen. Be systemförvaltaren om hjälp."]
    user = kand or _ny(namn, uppgifter, idp)
    if user is None or not user.is_active:
        return ["Du är inloggad hos kommunen men har inget konto här. Be systemförvaltaren om hjälp."]
    if idp.rollklaim and not _satt_roller(user, uppgifter, idp):
        return ["Dina grupper hos kommunen ger ingen roll här. Be systemförvaltaren om hjälp."]
    _koppla(login, user)
    return []


def _koppla(login: SocialLogin, user: Anvandare) -> None:
    """Tie the person there to the user here, once. What the municipality knows of its people stays there."""
    if not login.account.pk:
        spar.andrat(user, "koppla_idp", "kopplades till kommunens inloggning")
    login.account.user = login.user = user
    login.account.extra_data = {}
    login.account.save()


def _uppgifter(data: dict[str, Any]) -> dict[str, Any]:
    """The claims of the id token, and over them those of userinfo."""
    return {**(data.get("id_token") or {}), **(data.get("userinfo") or {})}


def _ny(namn: str, uppgifter: dict[str, Any], idp: Idp) -> Anvandare | None:
    """A user added on the word of the municipality's login, where that is allowed and gives a role."""
    roller = idp.roller_har(uppgifter)
    if not (namn and idp.nya and roller):
        return None
    return actions.skapa_anvandare(
        namn=namn,
        roller=sorted(roller),
        losenord=None,
        av=None,
        fornamn=str(uppgifter.get("given_name") or ""),
        efternamn=str(uppgifter.get("family_name") or ""),
    )


def _satt_roller(user: Anvandare, uppgifter: dict[str, Any], idp: Idp) -> bool:
    """Give the roles that the groups give. Whether any is left."""
    styrda = set(idp.roller.values())
    actions.satt_roller_enligt_idp(anvandare=user, roller=idp.roller_har(uppgifter), styrda=styrda)
    user.refresh_from_db(fields=["roller"])
    return bool(user.roller)
