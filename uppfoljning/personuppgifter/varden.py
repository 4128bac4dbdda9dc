"""A stored value in words for people, and as plain text for machines."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model

from beslut.models import Beslut
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.text import datum_i_ord, tal, tidpunkt_i_ord
from grund.tid import EN_DAG
from uppfoljning.personuppgifter.falt import exklusiv
from utforare.models import Verkstallighet

_DECIMALER = 12
# Those who exercise public authority: who they are is known from the decisions that they sign.
_I_TJANST = {Roll.HANDLAGGARE, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE}


def roll_i_ord(vem: Anvandare) -> str:
    """What somebody works as: all that the person is told of those who have looked (ADR 0044)."""
    if Roll.UTFORARE in vem.roller:
        return "medarbetare hos utföraren"
    return ", ".join(Roll(roll).label for roll in vem.roller) or "medarbetare i förvaltningen"


def tjanst_i_ord(vem: Anvandare) -> str:
    """Who did something, to the person: the name of those who decide and handle, of others what they work as."""
    namn = vem.get_full_name()
    return f"{namn}, {roll_i_ord(vem)}" if namn and _I_TJANST & set(vem.roller) else roll_i_ord(vem)


def namn_i_ord(vem: Anvandare) -> str:
    """Who did something, to the archive: name and user name."""
    return f"{vem.get_full_name()} ({vem.get_username()})" if vem.get_full_name() else vem.get_username()


class Hanvisare:
    """What rows point at, in words, each looked up once. `vem`: how a user is told."""

    def __init__(self, vem: Callable[[Anvandare], str]) -> None:
        self._vem = vem
        self._kanda: dict[tuple[str, Any], str] = {}

    def ord(self, modell: type[Model], pk: Any) -> str:
        """The thing in words; empty for None."""
        if pk is None:
            return ""
        nyckel = (modell._meta.label, pk)
        if nyckel not in self._kanda:
            self._kanda[nyckel] = self._las(modell, pk)
        return self._kanda[nyckel]

    def _las(self, modell: type[Model], pk: Any) -> str:
        tunga = [falt.name for falt in modell._meta.concrete_fields if isinstance(falt, models.BinaryField)]
        sak = modell._base_manager.filter(pk=pk).defer(*tunga).first()
        if sak is None:
            return f"borttagen ({pk})"
        if isinstance(sak, Anvandare):
            return self._vem(sak)
        if isinstance(sak, Verkstallighet):
            return f"{sak.enhet.namn} ({sak.nyckel})"
        if isinstance(sak, Beslut):
            return f"{sak.get_insats_display()} ({sak.nyckel})"
        for falt in ("nyckel", "nummer", "namn"):
            if varde := getattr(sak, falt, ""):
                return f"{sak} ({varde})" if falt == "nyckel" and str(sak) != str(varde) else str(varde)
        manad = getattr(sak, "manad", None)
        namn = f"{modell._meta.verbose_name} {pk}"
        return f"{namn}, {manad:%Y-%m}" if isinstance(manad, date) else namn


def i_ord(falt: "models.Field[Any, Any]", varde: Any, hanvisare: Hanvisare) -> str:
    """A value as people read it; empty when there is none. `varde`: for a reference its primary key."""
    if varde is None or varde in ("", []):
        return ""
    if falt.related_model is not None:
        return hanvisare.ord(apps.get_model(falt.related_model._meta.label), varde)
    if isinstance(varde, list) and (val := getattr(falt, "base_field", None)) is not None and val.choices:
        return ", ".join(str(dict(val.flatchoices).get(ett, ett)) for ett in varde)
    if falt.choices:
        return str(dict(falt.flatchoices).get(varde, varde))
    if exklusiv(falt) and isinstance(varde, date):
        return datum_i_ord(varde - EN_DAG)
    return fri_text(varde)


def fri_text(varde: Any) -> str:
    """A value of no certain field, such as one within JSON, as people read it."""
    for slag, som_text in _TEXTER:
        if isinstance(varde, slag):
            return som_text(varde)
    return str(varde)


def _uppslag(varde: Mapping[str, Any]) -> str:
    return "; ".join(f"{namn}: {fri_text(ett)}" for namn, ett in varde.items() if ett not in (None, "", [], {}))


_TEXTER: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda varde: "ja" if varde else "nej"),
    (datetime, tidpunkt_i_ord),
    (date, datum_i_ord),
    (Decimal, lambda varde: tal(varde, _DECIMALER, minst=0)),
    (int, lambda varde: tal(varde) if abs(varde) >= 10_000 else str(varde)),
    (Mapping, _uppslag),
    (list, lambda varde: ", ".join(fri_text(ett) for ett in varde)),
)


def som_text(varde: Any) -> str | None:
    """A value as machines read it: ISO 8601, moments in UTC, a point as decimal mark, JSON for what has parts. None
    stays None: no value is not the empty text."""
    if varde is None or isinstance(varde, str):
        return varde
    for slag, som_maskin in _MASKIN:
        if isinstance(varde, slag):
            return som_maskin(varde)
    return str(varde)


_MASKIN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda varde: "true" if varde else "false"),
    (datetime, lambda varde: varde.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")),
    (date, date.isoformat),
    (Decimal, lambda varde: format(varde, "f")),
    (Mapping, lambda varde: json.dumps(varde, ensure_ascii=False, sort_keys=True, default=som_text)),
    (list, lambda varde: json.dumps(varde, ensure_ascii=False, default=som_text)),
)
