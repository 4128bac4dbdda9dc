"""The nämnd's documents in Ekstad: a mall, a document that is signed, and one that is being written."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction

from ersattning.filer.text import kommun
from grund.models import Anvandare
from grund.tid import STOCKHOLM, Manad
from uppfoljning.dokument.actions import infoga_siffror, skapa_dokument, spara
from uppfoljning.dokument.forms import effektivt
from uppfoljning.dokument.innehall import Innehall, Mall, Underlag
from uppfoljning.dokument.mallar import skapa_mall
from uppfoljning.dokument.ordningar import ORDNINGAR
from uppfoljning.dokument.queries import las_version
from uppfoljning.dokument.signering import kontrasignera, signera
from uppfoljning.dokument.texter import med_text
from uppfoljning.models import Dokument, Dokumentmall, Mallversion
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.register import RAPPORTER

_RAPPORT = "ej-verkstallda"
_ARENDET = """\
Nämnden ska varje kvartal rapportera till Inspektionen för vård och omsorg (IVO), revisorerna och fullmäktige de
gynnande beslut som inte har verkställts inom tre månader. Den här redovisningen avser det senaste avslutade kvartalet.

### Så är uppgifterna framtagna
Uppgifterna är hämtade ur Insatskollen. Tiden räknas

- från den dag då beslutet fattades, eller
- från den dag då verkställigheten avbröts.

Tiden räknas **inte** om när en person tackar nej till ett erbjudande.

[Siffror 1]"""
_BEDOMNING = """\
De flesta beslut som väntar gäller bostad med särskild service och daglig verksamhet. Förvaltningen bedömer att tre
åtgärder har störst betydelse: att förfrågan om plats skickas samma dag som beslutet fattas, att erbjudanden följs upp
inom två veckor och att orsaken skrivs in när tiden har passerat två månader.

Tabell: Åtgärder och när de ska vara genomförda

| Åtgärd | Ansvarig | Klart |
|---|---|--:|
| Förfrågan om plats samma dag | Gruppcheferna | 2026-08-31 |
| Erbjudanden följs upp inom två veckor | Gruppcheferna | 2026-08-31 |
| Orsaken skrivs in efter två månader | Verksamhetschefen | 2026-09-30 |"""
_EKONOMI = """\
IVO kan ansöka om att kommunen ska betala särskild avgift för ett beslut som inte har verkställts i skälig tid. Ingen
avgift är utdömd hittills i år. Åtgärderna ryms i nämndens ram."""
_BARN = "Redovisningen omfattar insatser till både barn och vuxna. Ett barn som väntar länge påverkas mer än en vuxen."
_SAMMANFATTNING = """\
Förvaltningen redovisar hur många gynnande beslut som inte var verkställda inom tre månader vid kvartalets slut, hur
länge de har väntat och varför. Redovisningen innehåller inga uppgifter om enskilda personer."""


@transaction.atomic
def lagg_upp_dokument(sista: Manad) -> None:
    """What there is early in the month after `sista`. Once."""
    if Dokumentmall.objects.exists():
        return
    nu = datetime.combine(sista.till + timedelta(days=2), time(14, 2), STOCKHOLM)
    nora, klara, gustav = (Anvandare.objects.get(username=namn) for namn in ("nora", "klara", "gustav"))
    ordning = ORDNINGAR["rekommenderad"]
    mall = Mall(
        ordning.dokumentslag,
        kommun(),
        settings.FORVALTNING,
        settings.NAMND,
        ordning.rubriker,
        kontakt=(f"{settings.FORVALTNING}, {kommun()}", "socialforvaltningen@ekstad.example"),
        kontrasigneras=True,
    )
    version = skapa_mall(namn="Tjänsteutlåtande till socialnämnden", innehall=mall, logotyp=b"", av=nora, nu=nu)
    signerat = _ej_verkstallda(version, klara, nu)
    signera(dokument=signerat, sedd=signerat.version, av=klara, idag=nu.date(), nu=nu)
    kontrasignera(dokument=signerat, sedd=1, av=gustav, nu=nu + timedelta(minutes=30))
    _utkast(version, klara, nu + timedelta(hours=1))


def _huvud(titel: str, diarienummer: str, nu: datetime) -> Innehall:
    return Innehall(
        titel,
        diarienummer,
        nu.date(),
        nu.date() + timedelta(days=13),
        "Klara Lind",
        "controller",
        "klara.lind@ekstad.example",
        "Gunnel Ask",
        "socialdirektör",
    )


def _ej_verkstallda(version: Mallversion, av: Anvandare, nu: datetime) -> Dokument:
    tomt = _huvud("Redovisning av ej verkställda beslut", "SN 2026/0148", nu)
    dokument = skapa_dokument(mallversion=version, innehall=tomt, av=av, nu=nu)
    form = RAPPORTER[_RAPPORT].form({}, idag=nu.date())  # type: ignore[call-arg]
    form.is_valid()
    rapport = RAPPORTER[_RAPPORT].gor(form, nu.date(), Lasare(offentlig=True))
    infoga_siffror(
        dokument=dokument,
        rapportnyckel=_RAPPORT,
        urval=urlencode(list(effektivt(form))),
        rapport=rapport,
        delar=tuple(ett.nyckel for ett in rapport.delar),
        rubrik="arendet",
        av=av,
        nu=nu,
    )
    dokument.refresh_from_db()
    nytt = las_version(dokument).innehall
    texter = {"sammanfattning": _SAMMANFATTNING, "arendet": _ARENDET, "bedomning": _BEDOMNING}
    for nyckel, text in (texter | {"ekonomiska_konsekvenser": _EKONOMI, "barnperspektiv": _BARN}).items():
        nytt = med_text(nytt, nyckel, text)
    spara(dokument=dokument, sedd=dokument.version, innehall=_med_listor(nytt, nu), av=av, nu=nu)
    dokument.refresh_from_db()
    return dokument


def _med_listor(innehall: Innehall, nu: datetime) -> Innehall:
    return replace(
        innehall,
        forslag=(
            "Nämnden godkänner redovisningen av ej verkställda beslut.",
            "Redovisningen överlämnas till fullmäktige och till revisorerna.",
            "Förvaltningen redovisar åtgärderna för nämnden i september 2026.",
        ),
        underlag=(Underlag(nu.date() - timedelta(days=2), "Rapport om ej verkställda beslut"),),
        skickas_till=("Kommunfullmäktige", "Revisorerna", "Verksamhetschefen för funktionsstöd"),
    )


def _utkast(version: Mallversion, av: Anvandare, nu: datetime) -> None:
    tomt = _huvud("Ersättning för boendestöd från 2027", "SN 2026/0163", nu)
    text = "Nämnden har gett förvaltningen i uppdrag att pröva om ersättningen kan bli mer förutsägbar för utförarna."
    skapa_dokument(mallversion=version, innehall=med_text(tomt, "arendet", text), av=av, nu=nu)
