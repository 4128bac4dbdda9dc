"""The municipality's own login over OpenID Connect, from the environment.

INSATSKOLLEN_OIDC_SERVER         the provider's address, without /.well-known/…; empty = no such login
INSATSKOLLEN_OIDC_KLIENT         our client id there
INSATSKOLLEN_OIDC_HEMLIGHET      our secret there
INSATSKOLLEN_OIDC_NAMN           what the button says: "Logga in med …" (default "kommunens inloggning")
INSATSKOLLEN_OIDC_ANVANDARNAMN   the claim that holds the user name here (default preferred_username)
INSATSKOLLEN_OIDC_ROLLKLAIM      the claim that lists the person's groups there; empty = roles are given here only
INSATSKOLLEN_OIDC_ROLLER         which group gives which role: LSS-Chef=gruppchef;LSS-Ekonomi=controller
INSATSKOLLEN_OIDC_NYA            `ja` adds those who are unknown here, if their groups give a role (default `nej`)

Knows no Django, so that the settings can be made from it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

ID = "kommun"  # the provider's name in addresses: /logga-in/via/kommun/
_PREFIX = "INSATSKOLLEN_OIDC_"
_NAMN = frozenset({"SERVER", "KLIENT", "HEMLIGHET", "NAMN", "ANVANDARNAMN", "ROLLKLAIM", "ROLLER", "NYA"})


@dataclass(frozen=True, slots=True)
class Idp:
    """A provider of logins, and how what it says of a person is read."""

    server: str
    klient: str
    hemlighet: str
    namn: str = "kommunens inloggning"
    anvandarnamn: str = "preferred_username"
    rollklaim: str = ""
    roller: Mapping[str, str] = field(default_factory=dict)
    nya: bool = False

    @classmethod
    def ur(cls, miljo: Mapping[str, str], *, kanda_roller: Collection[str]) -> "Idp | None":
        """Read the environment. ValueError when it says half of what is needed, or something that is not known."""
        givet = {namn.removeprefix(_PREFIX): text for namn, text in miljo.items() if namn.startswith(_PREFIX) and text}
        if "SERVER" not in givet:
            return None
        if okanda := sorted(givet.keys() - _NAMN):
            msg = f"Inställningen {_PREFIX}{okanda[0]} finns inte. De som finns: {', '.join(sorted(_NAMN))}."
            raise ValueError(msg)
        if saknas := [_PREFIX + namn for namn in ("KLIENT", "HEMLIGHET") if namn not in givet]:
            msg = f"{_PREFIX}SERVER är satt, men inte {' och '.join(saknas)}."
            raise ValueError(msg)
        if urlsplit(givet["SERVER"]).scheme != "https" and miljo.get("INSATSKOLLEN_LAGE") != "utveckling":
            msg = f"{_PREFIX}SERVER ska börja med https://."  # its word is taken without asking for a signature
            raise ValueError(msg)
        if "ROLLER" in givet and "ROLLKLAIM" not in givet:
            msg = f"{_PREFIX}ROLLER är satt, men inte {_PREFIX}ROLLKLAIM. Utan den ger ingen grupp någon roll."
            raise ValueError(msg)
        return cls(
            server=givet["SERVER"].rstrip("/"),
            klient=givet["KLIENT"],
            hemlighet=givet["HEMLIGHET"],
            namn=givet.get("NAMN", "kommunens inloggning"),
            anvandarnamn=givet.get("ANVANDARNAMN", "preferred_username"),
            rollklaim=givet.get("ROLLKLAIM", ""),
            roller=_avbildning(givet.get("ROLLER", ""), kanda_roller),
            nya=givet.get("NYA") == "ja",
        )

    @property
    def ursprung(self) -> str:
        """Where it is, as a content security policy spells it."""
        delar = urlsplit(self.server)
        return f"{delar.scheme}://{delar.netloc}"

    @property
    def leverantorer(self) -> dict[str, Any]:
        """As allauth wants it told."""
        app = {
            "provider_id": ID,
            "name": self.namn,
            "client_id": self.klient,
            "secret": self.hemlighet,
            "settings": {"server_url": self.server, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}

    def namn_har(self, uppgifter: Mapping[str, Any]) -> str:
        """The user name here of the one that `uppgifter` (claims) are about; empty when they do not say."""
        namn = uppgifter.get(self.anvandarnamn)
        return namn if isinstance(namn, str) else ""

    def roller_har(self, uppgifter: Mapping[str, Any]) -> set[str]:
        """The roles that the person's groups there give here."""
        grupper = uppgifter.get(self.rollklaim) or []
        alla = [grupper] if isinstance(grupper, str) else grupper
        return {self.roller[grupp] for grupp in alla if isinstance(grupp, str) and grupp in self.roller}


def _avbildning(text: str, kanda_roller: Collection[str]) -> dict[str, str]:
    """`A=b;C=d` as a mapping. A group may hold = (CN=…), a role never does. Each group gives one role, that exists."""
    svar: dict[str, str] = {}
    for delen in filter(str.strip, text.split(";")):
        grupp, _, roll = (ett.strip() for ett in delen.rpartition("="))
        if not grupp:
            msg = f"{_PREFIX}ROLLER ska vara par som grupp=roll, men ”{roll}” är inte det."
            raise ValueError(msg)
        if roll not in kanda_roller:
            msg = f"{_PREFIX}ROLLER ger rollen ”{roll}”, som inte finns. Roller som finns: {', '.join(kanda_roller)}."
            raise ValueError(msg)
        if grupp in svar:
            msg = f"{_PREFIX}ROLLER nämner gruppen ”{grupp}” två gånger. En grupp ger en roll."
            raise ValueError(msg)
        svar[grupp] = roll
    return svar
