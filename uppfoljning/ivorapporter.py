"""What is noted of reports to IVO."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from beslut.models import Beslut
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from uppfoljning.kvartal import Kvartal
from uppfoljning.models import Ivorapport
from uppfoljning.rapporter.ej_verkstallda.individ import Individrapport


def hinder_for_notering(rapport: Individrapport, lamnad: date, kvartal: Kvartal, idag: date) -> list[str]:
    """Why it cannot be noted that the report was handed in on `lamnad`; empty = it can."""
    if rapport.slag is None:
        return [rapport.varfor_inte]
    if rapport.ar_lamnad:
        return ["Rapporten är redan noterad som lämnad för kvartalet."]
    if lamnad > idag:
        return ["Dagen har inte varit än. Notera rapporten när den är lämnad."]
    if lamnad < kvartal.fran:
        return [f"Rapporten kan inte ha lämnats före kvartalet, som började {datum_i_ord(kvartal.fran)}."]
    return []


def notera_ivorapport(
    *,
    beslut: Beslut,
    kvartal: Kvartal,
    rapport: Individrapport,
    lamnad: date,
    referens: str,
    av: Anvandare,
    idag: date,
    nu: datetime,
) -> Ivorapport:
    """Note that the report was handed in at IVO's e-service (LSS 28 f–g §§). Raises Hindrad."""
    if hinder := hinder_for_notering(rapport, lamnad, kvartal, idag):
        raise Hindrad(hinder)
    assert rapport.slag  # noqa: S101  hinder_for_notering has seen to it
    assert rapport.klocka  # noqa: S101  what is to be reported has one
    try:
        with transaction.atomic():
            ett = Ivorapport.objects.create(
                beslut=beslut,
                slag=rapport.slag,
                kvartal=kvartal.fran,
                klocka=rapport.klocka.klocka,
                klockan_fran=rapport.klocka.fran,
                handelsedag=rapport.slut.dag if rapport.slut else None,
                lamnad=lamnad,
                referens=referens,
                noterad=nu,
                noterad_av=av,
            )
            skriv_handelse(
                av=av,
                handling="notera_ivorapport",
                objekt=f"beslut:{beslut.nyckel}",
                text=f"{rapport.slag.label.capitalize()} för {kvartal.i_ord} lämnades till IVO {datum_i_ord(lamnad)}.",
            )
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott
    return ett
