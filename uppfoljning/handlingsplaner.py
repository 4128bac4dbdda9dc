"""Handlingsplaner of the verksamhet: a plan, its measures, their follow-ups at meetings, and that the nämnd was told.

All of it is only added to. What has been reported to the nämnd stands as it was (uppfoljning/models/handlingsplan.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from grund.behorighet import Ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.personnummer import ser_ut_som_personnummer
from grund.text import datum_i_ord
from uppfoljning.handlingsplansregler import Atgardsstatus, hinder_for_status
from uppfoljning.models import Atgard, Handlingsplan, Motesuppfoljning, Planredovisning

T = TypeVar("T", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Planuppgifter:
    """A new plan, as the nämnd decided it."""

    titel: str
    bakgrund: str
    beslutad: date
    diarienummer: str


@dataclass(frozen=True, slots=True)
class Atgardsuppgifter:
    """A new measure. `ansvarig`: a role or an employee. `start`: when it begins at the latest."""

    rubrik: str
    behov: str
    atgard: str
    ansvarig: str
    start: date
    klar_senast: date


@dataclass(frozen=True, slots=True)
class Uppfoljningsuppgifter:
    """What a meeting found, and what holds from then on."""

    dag: date
    text: str
    status: Atgardsstatus
    ansvarig: str
    klar_senast: date


@dataclass(frozen=True, slots=True)
class Redovisningsuppgifter:
    """That the nämnd was told on `sammantrade` how the plan stood on `per`."""

    per: date
    sammantrade: date
    diarienummer: str


def hinder_for_texter(*texter: str) -> list[str]:
    """Why the texts may not stand in a plan, which is a public document; empty = they may."""
    if any(ser_ut_som_personnummer(text) for text in texter):
        return ["Texten har ett personnummer. En handlingsplan är om verksamheten och får inga personuppgifter."]
    return []


def hinder_for_plan(vad: Planuppgifter, *, av: Anvandare, idag: date) -> list[str]:
    """Why the plan cannot be laid down; empty = it can."""
    hinder = [*_far(av), *hinder_for_texter(vad.titel, vad.bakgrund, vad.diarienummer)]
    if vad.beslutad > idag:
        hinder.append("Dagen har inte varit än. Lägg upp planen när nämnden har beslutat den.")
    return hinder


def lagg_upp_plan(*, uppgifter: Planuppgifter, av: Anvandare, idag: date, nu: datetime) -> Handlingsplan:
    """Note a plan that the nämnd has decided on. Raises Hindrad."""
    _krav(hinder_for_plan(uppgifter, av=av, idag=idag))

    def gor() -> Handlingsplan:
        falt = {namn: getattr(uppgifter, namn) for namn in Planuppgifter.__slots__}
        plan = Handlingsplan.objects.create(**falt, noterad=nu, noterad_av=av)
        _skriv(plan, av, "lagg_upp_handlingsplan", f"Handlingsplanen ”{plan}” lades upp, {plan.diarienummer}.")
        return plan

    return _spara(gor)


def hinder_for_atgard(plan: Handlingsplan, vad: Atgardsuppgifter, *, av: Anvandare) -> list[str]:
    """Why the measure cannot be added; empty = it can. What is sent twice is refused: a measure is never taken away."""
    hinder = [*_far(av), *hinder_for_texter(vad.rubrik, vad.behov, vad.atgard, vad.ansvarig)]
    if lika := plan.atgarder.filter(**{namn: getattr(vad, namn) for namn in Atgardsuppgifter.__slots__}).first():
        hinder.append(f"Planen har redan samma åtgärd, nummer {lika.nummer}.")
    if vad.klar_senast < vad.start:
        hinder.append("Åtgärden ska vara klar tidigast den dag den börjar.")
    return hinder


def lagg_till_atgard(*, plan: Handlingsplan, uppgifter: Atgardsuppgifter, av: Anvandare, nu: datetime) -> Atgard:
    """Add a measure last in the plan. Raises Hindrad."""

    def gor() -> Atgard:
        Handlingsplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        _krav(hinder_for_atgard(plan, uppgifter, av=av))
        falt = {namn: getattr(uppgifter, namn) for namn in Atgardsuppgifter.__slots__}
        nummer = plan.atgarder.count() + 1
        atgard = Atgard.objects.create(plan=plan, nummer=nummer, **falt, noterad=nu, noterad_av=av)
        _skriv(plan, av, "lagg_till_atgard", f"Åtgärd {atgard} lades till i ”{plan}”.")
        return atgard

    return _spara(gor)


def hinder_for_motesuppfoljning(
    atgard: Atgard, sista: Motesuppfoljning | None, vad: Uppfoljningsuppgifter, *, av: Anvandare, idag: date
) -> list[str]:
    """Why the follow-up cannot be added after `sista`; empty = it can."""
    hinder = [*_far(av), *hinder_for_texter(vad.text, vad.ansvarig)]
    fore = Atgardsstatus(sista.status) if sista else Atgardsstatus.EJ_PABORJAD
    hinder += hinder_for_status(fore, vad.status)
    if vad.dag > idag:
        hinder.append("Mötet har inte varit än.")
    if vad.dag < atgard.plan.beslutad:
        hinder.append(f"Planen beslutades {datum_i_ord(atgard.plan.beslutad)}. Mötet kan inte ha varit före det.")
    if sista and vad.dag < sista.dag:
        hinder.append(f"Åtgärden följdes upp {datum_i_ord(sista.dag)}. En uppföljning läggs alltid till efter den.")
    if vad.klar_senast < atgard.start:
        hinder.append(f"Åtgärden började {datum_i_ord(atgard.start)} och kan inte vara klar före det.")
    return hinder


def folj_upp_atgard(
    *, atgard: Atgard, sedda: int, uppgifter: Uppfoljningsuppgifter, av: Anvandare, idag: date, nu: datetime
) -> Motesuppfoljning:
    """Add what a meeting found. `sedda`: how many follow-ups the page showed; refused if there are others since."""

    def gor() -> Motesuppfoljning:
        Atgard.objects.select_for_update(no_key=True).get(pk=atgard.pk)
        tidigare = list(atgard.uppfoljningar.order_by("nummer"))
        if len(tidigare) != sedda:
            raise Hindrad(["Någon annan har följt upp åtgärden sedan sidan visades. Läs det och försök igen."])
        sista = tidigare[-1] if tidigare else None
        _krav(hinder_for_motesuppfoljning(atgard, sista, uppgifter, av=av, idag=idag))
        falt = {namn: getattr(uppgifter, namn) for namn in Uppfoljningsuppgifter.__slots__}
        ny = Motesuppfoljning.objects.create(atgard=atgard, nummer=sedda + 1, **falt, noterad=nu, noterad_av=av)
        text = f"Åtgärd {atgard} i ”{atgard.plan}” följdes upp {uppgifter.dag}: {uppgifter.status.label}."
        _skriv(atgard.plan, av, "folj_upp_atgard", text)
        return ny

    return _spara(gor)


def hinder_for_redovisning(plan: Handlingsplan, vad: Redovisningsuppgifter, *, av: Anvandare, idag: date) -> list[str]:
    """Why it cannot be noted that the nämnd has been told; empty = it can."""
    hinder = [*_far(av), *hinder_for_texter(vad.diarienummer)]
    if vad.sammantrade > idag:
        hinder.append("Sammanträdet har inte varit än. Notera redovisningen när nämnden har fått den.")
    if vad.sammantrade < vad.per:
        hinder.append("Nämnden kan inte ha sammanträtt före den dag som redovisningen säger.")
    if vad.per < plan.beslutad:
        hinder.append(f"Planen beslutades {datum_i_ord(plan.beslutad)} och kan inte ha redovisats före det.")
    sista = plan.redovisningar.order_by("-per").first()
    if sista and vad.per <= sista.per:
        hinder.append(f"Läget {datum_i_ord(sista.per)} är redan redovisat. Nästa redovisning är om en senare dag.")
    return hinder


def notera_redovisning(
    *, plan: Handlingsplan, uppgifter: Redovisningsuppgifter, av: Anvandare, idag: date, nu: datetime
) -> Planredovisning:
    """Note that the nämnd has been told. Raises Hindrad."""

    def gor() -> Planredovisning:
        Handlingsplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        _krav(hinder_for_redovisning(plan, uppgifter, av=av, idag=idag))
        falt = {namn: getattr(uppgifter, namn) for namn in Redovisningsuppgifter.__slots__}
        ny = Planredovisning.objects.create(plan=plan, **falt, noterad=nu, noterad_av=av)
        text = f"”{plan}”, läget {ny.per}, redovisades för nämnden {ny.sammantrade}, {ny.diarienummer}."
        _skriv(plan, av, "redovisa_handlingsplan", text)
        return ny

    return _spara(gor)


def _far(av: Anvandare) -> list[str]:
    return hinder_for_ratt(av.roller, Ratt.SKOTA_HANDLINGSPLAN)


def _krav(hinder: list[str]) -> None:
    if hinder:
        raise Hindrad(hinder)


def _spara(gor: Callable[[], T]) -> T:
    """Do it whole or not at all, and refuse what the database refuses in its own words."""
    try:
        with transaction.atomic():
            return gor()
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott


def _skriv(plan: Handlingsplan, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"handlingsplan:{plan.pk}", text=text)
