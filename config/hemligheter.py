"""Secrets from files: `X_FILE` names a file that holds what `X` would have held.

A container's environment is shown by `docker inspect` and is inherited by every program that it starts; a file in
/run/secrets is neither. Knows no Django, so that the settings can be made from it. What is wrong is a ValueError with a
Swedish sentence, which never holds the secret itself.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

_STORST = 64 * 1024  # whoever names a disk or a dump by mistake is told so, and waits for nothing


def hemlig(miljo: Mapping[str, str], namn: str) -> str:
    """The setting `namn`, or what the file that `<namn>_FILE` names holds; empty when neither is given."""
    sokvag = miljo.get(f"{namn}_FILE", "")
    if not sokvag:
        return miljo.get(namn, "")
    if miljo.get(namn):
        msg = f"Både {namn} och {namn}_FILE är satta. Sätt bara den ena, så att det inte råder någon tvekan."
        raise ValueError(msg)
    return _las(Path(sokvag), f"{namn}_FILE")


def utan_filer(miljo: Mapping[str, str], namn: str) -> dict[str, str]:
    """`miljo` as if `namn` stood in it, whether it did or was in a file."""
    return {**{ett: text for ett, text in miljo.items() if ett != f"{namn}_FILE"}, namn: hemlig(miljo, namn)}


def med_losenord(url: str, losenord: str, namn: str) -> str:
    """The address with the password in it, whatever characters that has."""
    if not losenord:
        return url
    delar = urlsplit(url)
    if delar.scheme not in {"redis", "rediss"}:
        msg = f"{namn}_PASSWORD gäller en adress som börjar med redis:// eller rediss://, men {namn}_URL gör inte det."
        raise ValueError(msg)
    if delar.password:
        msg = f"{namn}_URL har redan ett lösenord. Ta bort det därifrån, eller sätt inte {namn}_PASSWORD."
        raise ValueError(msg)
    plats = delar.netloc.rpartition("@")[2]
    return urlunsplit(delar._replace(netloc=f"{delar.username or ''}:{quote(losenord, safe='')}@{plats}"))


def _las(fil: Path, namn: str) -> str:
    try:
        with fil.open("rb") as oppen:
            innehall = oppen.read(_STORST + 1)
        text = innehall.decode()
    except OSError as fel:
        msg = f"{namn} pekar på {fil}, som inte går att läsa: {fel.strerror}."
        raise ValueError(msg) from fel
    except UnicodeDecodeError as fel:
        msg = f"{namn} pekar på {fil}, som inte är text i UTF-8."
        raise ValueError(msg) from fel
    text = text.removesuffix("\n").removesuffix("\r")  # what an editor, or `openssl rand`, ends a line with
    if len(innehall) > _STORST or "\n" in text or "\0" in text:
        msg = f"{namn} pekar på {fil}, som ska ha hemligheten på en rad och inget mer."
        raise ValueError(msg)
    return text
