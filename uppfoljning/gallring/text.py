"""The retention table as people read it: the lines that docs/gallring.md prints and the page shows."""

from collections.abc import Mapping

from django.apps import apps

from grund.text import stor_forsta
from uppfoljning.gallring.typer import Atgard, Modellrad

_HOS_PRIVAT = {Atgard.TA_BORT: "tas raden bort redan", Atgard.AVIDENTIFIERA: "töms fritexten redan"}


def vag_i_ord(rad: Modellrad) -> str:
    """How a row leads to the person, as the table prints it."""
    if rad.vag:
        return ", ".join(f"`{vag}`" for vag in rad.vag)
    if rad.lank:
        return f"`{rad.lank.falt}` ({rad.lank.slag})"
    if rad.konto:
        return "anställd: " + ", ".join(f"`{vag}`" for vag in rad.konto)
    return "–"


def atgard_i_ord(rad: Modellrad) -> str:
    """What becomes of it, as the table prints it."""
    if rad.hos_privat:
        return f"{rad.atgard} med akten; hos en privat utförare {_HOS_PRIVAT[rad.hos_privat]} efter två år"
    return f"{rad.atgard}, eller står kvar som underlag till bokföringen" if rad.underlag else str(rad.atgard)


def tabellrad(rad: Modellrad) -> str:
    """A line of the table in docs/gallring.md."""
    falt = (f"`{rad.modell}`", vag_i_ord(rad), str(rad.grund), atgard_i_ord(rad), rad.skal)
    return f"| {' | '.join(falt)} |"


def tabellens_namn(etikett: str) -> str:
    """What people call a table; a framework's own by its label."""
    app, _, modell = etikett.partition(".")
    if app not in apps.app_configs or modell.lower() not in apps.all_models[app]:
        return etikett
    return stor_forsta(str(apps.get_model(etikett)._meta.verbose_name_plural))


def per_tabell(antal: Mapping[str, int]) -> list[tuple[str, int]]:
    """Numbers by the table's name, in order of it."""
    return sorted((tabellens_namn(etikett), nummer) for etikett, nummer in antal.items())
