"""What the page Driften shows."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from grund.behorighet import Ratt, har_ratt
from grund.insyn import halsa
from grund.insyn.modeller import Jobb, Langsamhet, Uppgiftsfel
from grund.insyn.schema import Post, poster
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, tal, tidpunkt_i_ord
from uppfoljning.driften import lage
from uppfoljning.driften.ord import TJANSTER, jobb_i_ord
from uppfoljning.driften.regler import Ansvar, Larm
from uppfoljning.driften.tables import sekunder_i_ord


class Tjanst(NamedTuple):
    """`klass`, `lage`: the badge."""

    namn: str
    klass: str
    lage: str
    text: str


class Jobbrad(NamedTuple):
    """A job of the clock's. `klass`, `utfall`: the badge."""

    namn: str
    senast: str
    klass: str
    utfall: str
    tog: str
    nasta: str


class Tal(NamedTuple):
    namn: str
    varde: str
    not_: str


def tjanster() -> list[Tjanst]:
    """What the health checks say."""
    return [Tjanst(TJANSTER.get(ett.namn, ett.namn), *_marke(ett), ett.text) for ett in halsa.prova()]


def _marke(prov: halsa.Prov) -> tuple[str, str]:
    if prov.ok:
        return "success", "I ordning"
    return ("error", "Fel") if prov.kravs else ("warning", "Se över")


def jobb(nu: datetime) -> list[Jobbrad]:
    """The clock's jobs, in the order of the schedule."""
    kanda = {ett.namn: ett for ett in Jobb.objects.all()}
    return [_jobbrad(post, kanda.get(post.uppgift), nu) for post in poster()]


_MARKEN = {
    Jobb.Utfall.KLART: ("success", "Klart"),
    Jobb.Utfall.FEL: ("error", "Gick fel"),
    Jobb.Utfall.PAGAR: ("info", "Pågår"),
}


def _jobbrad(post: Post, ett: Jobb | None, nu: datetime) -> Jobbrad:
    klass, utfall = _MARKEN[Jobb.Utfall(ett.utfall)] if ett else ("default", "Inte gjort än")
    dag = lage.nasta(post, nu)
    return Jobbrad(
        jobb_i_ord(post.nyckel),
        tidpunkt_i_ord(ett.startat) if ett else "aldrig",
        klass,
        utfall,
        sekunder_i_ord(ett.sekunder) if ett and ett.sekunder is not None else "",
        tidpunkt_i_ord(dag) if dag else _ofta(post),
    )


def _ofta(post: Post) -> str:
    sekunder = int(post.mellan.total_seconds()) if post.mellan else 0
    minuter, rest = divmod(sekunder, 60)
    if not minuter or rest:
        return f"inom {sekunder}\u00a0s"
    return f"inom {antal_ord(minuter, 'minut', 'minuter')}"


def nyckeltal(larm: list[Larm]) -> list[Tal]:
    """The page in three numbers."""
    oppna = Uppgiftsfel.objects.filter(lost=None, kvitterad=None).count()
    langsamma = Langsamhet.objects.count()
    return [
        Tal("Larm", tal(len(larm)), "ingenting är fel" if not larm else "se nedan"),
        Tal("Misslyckade uppgifter", tal(oppna), "att kvittera"),
        Tal("Långsamma sidor, uppgifter och frågor", tal(langsamma), "de senaste 30 dagarna"),
    ]


def lank(larm: Larm, vem: Anvandare) -> tuple[str, str]:
    """Where `vem` goes from an alarm: address and what the link says. Never to a page that is closed to them."""
    if larm.ansvar is Ansvar.ERSATTNING and har_ratt(vem.roller, Ratt.SE_ERSATTNING):
        if larm.kod == "export_ej_hamtad":
            return f"{reverse('ersattning:korningar')}{larm.om}/utbetalning/", "Öppna utbetalningen"
        return reverse("ersattning:korningar"), "Öppna körningar"
    if larm.kod == "uppgifter_misslyckade":
        return reverse("uppfoljning:misslyckade"), "Öppna dem"
    return reverse("uppfoljning:driften"), "Öppna Driften"


def gor(larm: Larm, vem: Anvandare) -> str:
    """What `vem` does about it: what is another's to do is said to be so."""
    if larm.ansvar is Ansvar.ERSATTNING and not har_ratt(vem.roller, Ratt.KORA_MANAD):
        return f"Controllern ser samma larm, och ska göra så här. {larm.gor}"
    return larm.gor


def sedan(larm: Larm) -> str:
    """Since when, short."""
    if larm.sedan is None:
        return "Nu"
    return tidpunkt_i_ord(larm.sedan) if isinstance(larm.sedan, datetime) else datum_i_ord(larm.sedan)
