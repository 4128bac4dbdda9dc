"""A finding as its page takes it: what, why, what to do, from what it was counted, and what has been made of it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from beslut.ord import insats_i_ord
from grund.pengar import kronor
from grund.text import datum_i_ord, giltig_i_ord, stor_forsta, tal, tidpunkt_i_ord
from uppfoljning.kontroll.bedomningar import historia, tidigare
from uppfoljning.kontroll.granser import gallande
from uppfoljning.kontroll.koder import Objekt, Omrade, Utfall
from uppfoljning.kontroll.register import REGLER
from uppfoljning.kontroll.typer import Pengar, Regel
from uppfoljning.models import Fynd
from utforare.models import Besok

Par = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sagt:
    """What somebody has made of it. `not_`: that it has changed since, or was of the time before."""

    utfall: str
    nar: str
    av: str
    anteckning: str
    not_: str


@dataclass(frozen=True, slots=True)
class Fyndsida:
    """The page of a finding."""

    regel: Regel
    mening: str
    fakta: Par
    pengar: str
    sagt: list[Sagt]
    fore: list[str]
    granser: Par


def sida(fynd: Fynd, idag: date) -> Fyndsida:
    """What its page says. Four queries."""
    regel = REGLER[fynd.regel]
    varden = gallande() if regel.granser else {}
    return Fyndsida(
        regel=regel,
        mening=regel.i_ord(fynd.uppgifter),
        fakta=[ett for ett in _fakta(fynd, idag) if ett[1]],
        pengar=_pengar(regel, fynd),
        sagt=_sagt(fynd),
        fore=[_fore(ett) for ett in tidigare(fynd)],
        granser=[(ett.namn, f"{tal(varden[ett.nyckel])} {ett.enhet}") for ett in regel.granser],
    )


def _fakta(fynd: Fynd, idag: date) -> Par:
    insats = str(fynd.uppgifter.get("insats", ""))
    dagar = (idag - fynd.upptackt).days
    return [
        ("Gäller", f"{stor_forsta(str(Objekt(fynd.objekt).label))} {fynd.objekt_nyckel}"),
        ("Insats", stor_forsta(insats_i_ord(insats)) if insats else ""),
        ("Enhet", f"{fynd.enhet.namn}, {fynd.enhet.utforare.namn}" if fynd.enhet else ""),
        ("Dagar", stor_forsta(giltig_i_ord(fynd.fran, fynd.till)) if fynd.fran else ""),
        ("Känt sedan", f"{datum_i_ord(fynd.upptackt)}{f', {tal(dagar)} dagar' if dagar > 1 else ''}"),
        ("Senast sett", datum_i_ord(fynd.senast_sedd)),
        ("Stängt", f"{datum_i_ord(fynd.stangd)}: regeln hittar det inte längre" if fynd.stangd else ""),
        (
            "Följs upp av" if fynd.omrade == Omrade.SIGNAL else "Rättas av",
            stor_forsta(str(REGLER[fynd.regel].agare.label)),
        ),
    ]


def _pengar(regel: Regel, fynd: Fynd) -> str:
    if regel.pengar is Pengar.INGA:
        return Pengar.INGA.value
    if fynd.belopp is None:
        return f"Ingen ersättningsrad rör det. Räknas annars så: {regel.pengar.value}"
    return f"{kronor(fynd.belopp)}. {regel.pengar.value}"


def _sagt(fynd: Fynd) -> list[Sagt]:
    return [
        Sagt(
            stor_forsta(str(Utfall(ett.utfall).label)),
            tidpunkt_i_ord(ett.nar),
            ett.av.get_full_name() or ett.av.get_username(),
            ett.anteckning,
            _not(ett.fynd_id == fynd.pk, ett.avtryck == fynd.avtryck),
        )
        for ett in historia(fynd)
    ]


def _not(samma: bool, lika: bool) -> str:
    if not samma:
        return "Sagt om samma sak när den hittades förra gången."
    return "" if lika else "Fyndet har ändrats sedan dess."


def _fore(ett: Fynd) -> str:
    slut = f" till {datum_i_ord(ett.stangd)}" if ett.stangd else ""
    return f"Känt från {datum_i_ord(ett.upptackt)}{slut}."


def adress(fynd: Fynd) -> str:
    """The page of the thing that it is about, for those who see keys; empty when there is none."""
    if fynd.objekt == Objekt.BESLUT:
        return reverse("beslut:beslut", args=[fynd.objekt_id])
    if fynd.objekt == Objekt.VERKSTALLIGHET:
        return reverse("utforare:verkstallighet", args=[fynd.objekt_id])
    if fynd.objekt == Objekt.NIVABEDOMNING:
        return reverse("beslut:niva", args=[fynd.objekt_id])
    if fynd.objekt == Objekt.LEVERANS:
        return reverse("uppfoljning:leverans", args=[fynd.objekt_id])
    return ""


def besoken(fynd: Fynd) -> list[Besok]:
    """The visits that it was counted from, in order; those that have been taken back since are left out."""
    urval = Besok.objects.filter(nyckel__in=fynd.besok).select_related("verkstallighet__beslut")
    return list(urval.order_by("dag", "utford_start", "nyckel"))
