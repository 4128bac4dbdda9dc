"""Ekstad's justeringar: for the open month after the last one, one of each kind and in each state."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings

from beslut.regler import Insats
from ersattning import intyg, justeringar
from ersattning.justeringar import Uppgifter
from ersattning.models import Justering
from ersattning.regler import Justeringsslag
from grund.dokument import pdf
from grund.models import Anvandare
from grund.tid import EN_DAG, STOCKHOLM, Manad
from utforare.models import Avtal, Utforare, Verkstallighet
from utforare.regler import Regi

_STIL = Path(settings.BASE_DIR) / "static" / "dokument" / "dokument.css"


def lagg_upp_justeringar(sista: Manad) -> None:
    """Once. Nothing of the settled months changes: what concerns them is paid with the month after `sista`."""
    if Justering.objects.exists():
        return
    eva, klara, gustav = (Anvandare.objects.get(username=namn) for namn in ("eva", "klara", "gustav"))
    nasta, nu = sista.plus(1), datetime.combine(sista.till + EN_DAG, time(10, 20), STOCKHOLM)
    vite = _foresla(
        eva,
        nu,
        **_hos(Insats.DAGLIG_VERKSAMHET, 0),
        slag=Justeringsslag.VITE,
        belopp=Decimal(25000),
        manad=nasta,
        motiv="Två av månadens rapporter kom mer än tio dagar för sent. Avtalet punkt 7.3: 12 500 kr för varje.",
    )
    tillagg = _foresla(
        klara,
        nu + timedelta(minutes=35),
        **_hos(Insats.BOENDESTOD, 0),
        slag=Justeringsslag.TILLAGG,
        belopp=Decimal("18450.50"),
        manad=sista.plus(-1),
        motiv="Extra resor i april när lokalen var stängd, enligt överenskommelse den 15 april.",
    )
    for ett in (vite, tillagg):
        justeringar.godkann(justering=ett, av=gustav, nu=nu + timedelta(hours=2))
    _foresla(
        klara,
        nu + timedelta(hours=3),
        **_persons(Insats.BOSTAD_VUXNA),
        slag=Justeringsslag.ENGANG,
        belopp=Decimal(9800),
        manad=nasta,
        motiv="Anpassning av lägenheten vid inflyttning, enligt offert som kommunen har godkänt.",
    )
    avdrag = _foresla(
        eva,
        nu + timedelta(hours=4),
        **_hos(Insats.BOENDESTOD, 1),
        slag=Justeringsslag.AVDRAG,
        belopp=Decimal(3200),
        manad=nasta,
        motiv="Handledning som avtalet kräver har inte hållits.",
    )
    svar = "Handledningen hölls i maj. Intyget kom i dag."
    justeringar.neka(justering=avdrag, svar=svar, av=klara, nu=nu + timedelta(hours=5))


def _hos(insats: Insats, nummer: int) -> dict[str, Any]:
    """A private utförare with a general avtal for the insats."""
    avtal = Avtal.objects.filter(insats=insats, person=None, till=None, utforare__regi=Regi.PRIVAT)
    ett = avtal.select_related("utforare").order_by("utforare__nyckel", "-fran", "pk").distinct("utforare__nyckel")
    alla = list(ett)
    valt = alla[nummer % len(alla)]
    return {"utforare": valt.utforare, "insats": insats, "avtal": valt}


def _persons(insats: Insats) -> dict[str, Any]:
    """The first of those who live with a private utförare."""
    verk = Verkstallighet.objects.filter(
        beslut__insats=insats, till=None, enhet__utforare__regi=Regi.PRIVAT, beslut__person__skyddad=False
    )
    ett = verk.select_related("beslut__person", "enhet__utforare").order_by("nyckel")[0]
    utforare: Utforare = ett.enhet.utforare
    return {"utforare": utforare, "insats": insats, "verkstallighet": ett}


def _foresla(av: Anvandare, nu: datetime, **kwargs: Any) -> Justering:
    uppgifter = Uppgifter(**kwargs)
    return justeringar.foresla(uppgifter=uppgifter, bilaga=intyg.granska(_papper(uppgifter)), av=av, nu=nu)


def _papper(uppgifter: Uppgifter) -> bytes:
    """What was agreed, on a paper of its own."""
    rubrik = f"Tjänsteanteckning: {uppgifter.slag.label}"
    html = (
        f'<!doctype html><html lang="sv"><head><title>{escape(rubrik)}</title></head><body><main>'
        f"<h1>{escape(rubrik)}</h1><p>{escape(uppgifter.utforare.namn)}</p><p>{escape(uppgifter.motiv)}</p>"
        "<p>Påhittat underlag i demokommunen Ekstad.</p></main></body></html>"
    )
    return pdf(html, stilmallar=[_STIL])
