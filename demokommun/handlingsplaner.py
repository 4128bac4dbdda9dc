"""Ekstad's handlingsplan for daglig verksamhet and boendestöd, decided last autumn and followed up at four meetings."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from grund.models import Anvandare
from grund.tid import STOCKHOLM
from uppfoljning import handlingsplaner
from uppfoljning.handlingsplaner import (
    Atgardsuppgifter,
    Planuppgifter,
    Redovisningsuppgifter,
    Uppfoljningsuppgifter,
)
from uppfoljning.handlingsplansregler import Atgardsstatus
from uppfoljning.models import Handlingsplan

_BESLUTAD = 225  # days ago
_MOTEN = (195, 132, 69, 20)  # days ago
_REDOVISAT_PER, _SAMMANTRADE = 123, 106
_EJ, _PAGAR, _KLAR, _AVBRUTEN = Atgardsstatus


class Mote(NamedTuple):
    """What the meeting so many days ago found. `klar`: days from today when it is to be done, if that is moved."""

    dagar: int
    status: Atgardsstatus
    text: str
    klar: int | None = None


class Plan(NamedTuple):
    """A measure. `start` and `klar`: days from today."""

    rubrik: str
    behov: str
    atgard: str
    ansvarig: str
    start: int
    klar: int
    moten: tuple[Mote, ...]


_ATGARDER = (
    Plan(
        "Registrera avbokningar med orsak",
        "Avbokade besök i boendestöd registreras utan orsak. Det går inte att se om stödet är rätt planerat.",
        "Varje avbokat besök registreras med vem som avbokade, när och varför. Orsakerna följs upp varje månad.",
        "Enhetschef boendestöd",
        -200,
        -100,
        (
            Mote(_MOTEN[0], _PAGAR, "Orsakerna är bestämda tillsammans med utförarna. Medarbetarna har fått en rutin."),
            Mote(_MOTEN[1], _PAGAR, "Fyra av fem avbokningar har en orsak. Två utförare behöver mer stöd i rutinen."),
            Mote(_MOTEN[2], _KLAR, "Alla utförare registrerar orsak. Avbokningarna redovisas varje månad."),
        ),
    ),
    Plan(
        "Skilj på daglig verksamhet och sysselsättning",
        "Daglig verksamhet enligt LSS och sysselsättning enligt SoL redovisas tillsammans. Kostnaderna går inte att"
        " jämföra med andra kommuners.",
        "Beslut, beställningar och redovisning delas så att de två insatserna kan följas var för sig.",
        "Controller",
        -180,
        -60,
        (
            Mote(_MOTEN[0], _PAGAR, "Besluten är gått igenom. Insatserna har fått var sin kod i beställningarna."),
            Mote(_MOTEN[2], _PAGAR, "Redovisningen i bokslutet är ännu gemensam. Kontoplanen ändras.", 27),
            Mote(
                _MOTEN[3], _PAGAR, "Konteringsmallen är ändrad från den första april. Utfallet visas i nästa rapport."
            ),
        ),
    ),
    Plan(
        "Se vilka som är lediga från daglig verksamhet",
        "Flera i bostad med särskild service är lediga en hel dag i veckan eller mer. Bemanningen i bostaden är"
        " planerad för det, men ingen vet hur många det gäller.",
        "Närvaron i daglig verksamhet följs upp mot beslutens omfattning, enhet för enhet, varje kvartal.",
        "Verksamhetschef funktionsstöd",
        -150,
        -15,
        (
            Mote(_MOTEN[1], _PAGAR, "Närvaron tas ut per månad. Underlaget är gått igenom med två av enheterna."),
            Mote(_MOTEN[3], _PAGAR, "Tre enheter återstår. Bemanningen ändras tidigast efter sommaren."),
        ),
    ),
    Plan(
        "Räkna kostnad per brukare varje år",
        "Nämnden ser vad verksamheten kostar men inte vad som driver kostnaden.",
        "Kostnad per brukare räknas varje år på avidentifierade uppgifter och redovisas i samband med bokslutet.",
        "Controller",
        -120,
        90,
        (
            Mote(_MOTEN[1], _PAGAR, "Modellen är bestämd: bruttokostnad minus interna intäkter och försäljning."),
            Mote(_MOTEN[3], _PAGAR, "Första beräkningen är gjord och stäms av mot bokslutet."),
        ),
    ),
    Plan(
        "Ompröva insatser som inte tas emot",
        "Det finns beviljade insatser som inte används. Behovet kan ha ändrats.",
        "Varje månad får handläggarna en lista över beviljade insatser som inte tas emot. De följs upp, och omprövas"
        " när det finns grund för det.",
        "Gruppchef myndighet",
        -170,
        -40,
        (
            Mote(_MOTEN[0], _PAGAR, "Rutinen är skriven. Listan tas ut från och med januari."),
            Mote(_MOTEN[2], _KLAR, "Listan gås igenom varje månad på handläggarnas möte."),
        ),
    ),
    Plan(
        "Jämför beslut om natt med hur natten bemannas",
        "Några enheter har vaken natt där bedömningarna visar att jour kan räcka, och tvärtom.",
        "Bedömt behov på natten jämförs med bemanningen enhet för enhet.",
        "Verksamhetschef funktionsstöd",
        -30,
        120,
        (Mote(_MOTEN[3], _EJ, "Åtgärden börjar när nivåbedömningarna för våren är klara."),),
    ),
    Plan(
        "Gemensam schemaläggning för boendestöd",
        "Boendestödets grupper planerar var för sig och hjälper inte varandra vid frånvaro.",
        "En gemensam planering för alla boendestödsgrupper prövas under ett halvår.",
        "Enhetschef boendestöd",
        -160,
        30,
        (
            Mote(_MOTEN[0], _PAGAR, "Två grupper har börjat planera tillsammans."),
            Mote(
                _MOTEN[2], _AVBRUTEN, "Personerna träffade fler boendestödjare än före försöket. Det avslutas i förtid."
            ),
        ),
    ),
)


def lagg_upp(idag: date) -> None:
    """Once."""
    if Handlingsplan.objects.exists():
        return
    klara, beslutad = Anvandare.objects.get(username="klara"), _dag(idag, -_BESLUTAD)
    plan = handlingsplaner.lagg_upp_plan(
        uppgifter=Planuppgifter(
            titel="Effektivare daglig verksamhet och boendestöd",
            bakgrund="Kostnaden för insatserna har ökat mer än antalet personer. Planen ska visa vad som driver"
            " kostnaden och se till att stödet motsvarar behoven.",
            beslutad=beslutad,
            diarienummer=f"SN {beslutad.year}/0231",
        ),
        av=klara,
        idag=idag,
        nu=_nar(beslutad + timedelta(days=2)),
    )
    for nummer, ett in enumerate(_ATGARDER):
        _lagg_till(plan, ett, av=klara, idag=idag, nu=_nar(beslutad + timedelta(days=2), nummer))
    per = _dag(idag, -_REDOVISAT_PER)
    handlingsplaner.notera_redovisning(
        plan=plan,
        uppgifter=Redovisningsuppgifter(per, _dag(idag, -_SAMMANTRADE), f"SN {per.year}/0037"),
        av=klara,
        idag=idag,
        nu=_nar(_dag(idag, -_SAMMANTRADE + 1)),
    )


def _lagg_till(plan: Handlingsplan, ett: Plan, *, av: Anvandare, idag: date, nu: datetime) -> None:
    klar = _dag(idag, ett.klar)
    uppgifter = Atgardsuppgifter(ett.rubrik, ett.behov, ett.atgard, ett.ansvarig, _dag(idag, ett.start), klar)
    atgard = handlingsplaner.lagg_till_atgard(plan=plan, uppgifter=uppgifter, av=av, nu=nu)
    for sedda, mote in enumerate(ett.moten):
        dag = _dag(idag, -mote.dagar)
        klar = klar if mote.klar is None else _dag(idag, mote.klar)
        handlingsplaner.folj_upp_atgard(
            atgard=atgard,
            sedda=sedda,
            uppgifter=Uppfoljningsuppgifter(dag, mote.text, mote.status, ett.ansvarig, klar),
            av=av,
            idag=idag,
            nu=_nar(dag + timedelta(days=1)),
        )


def _dag(idag: date, dagar: int) -> date:
    """So many days from today, but never on a Saturday or Sunday."""
    dag = idag + timedelta(days=dagar)
    return dag - timedelta(days=max(0, dag.weekday() - 4))


def _nar(dag: date, minuter: int = 0) -> datetime:
    return datetime.combine(dag, time(9, 12), STOCKHOLM) + timedelta(minutes=minuter)
