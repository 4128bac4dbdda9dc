"""What the person is told besides the data (GDPR article 15.1 a–h, 15.2)."""

from datetime import date

from django.conf import settings

from beslut.models import Overklagande, Person
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.typer import FRISTER, Grund
from uppfoljning.models import Ivorapport, Leveransrad, Underrattelse
from uppfoljning.registerutdrag.typer import Uppgift
from utforare.models import Utforare


def svaras_senast(begart: date) -> date:
    """A month after the request came in (GDPR article 12.3); the last day of a shorter month."""
    ar, manad = begart.year + begart.month // 12, begart.month % 12 + 1
    for dag in range(begart.day, 27, -1):
        try:
            return date(ar, manad, dag)
        except ValueError:
            continue
    return date(ar, manad, min(begart.day, 28))


def ansvarig() -> list[Uppgift]:
    """Who answers for the data, and whom one turns to."""
    return [
        ("Personuppgiftsansvarig", f"{settings.NAMND}, {settings.KOMMUN}"),
        ("Adress", settings.POSTADRESS or "se kommunens webbplats"),
        ("Dataskyddsombud", settings.DATASKYDDSOMBUD or "nås genom kommunens växel"),
    ]


ANDAMAL = (
    (
        "Uppgifterna behandlas för att handlägga dina ärenden om stöd, besluta, beställa och följa upp "
        "stödet, betala den som ger det, och för att följa upp och kontrollera verksamheten."
    ),
    (
        "Behandlingen är nödvändig för en uppgift av allmänt intresse, för myndighetsutövning och för "
        "rättsliga skyldigheter (artikel 6.1 c och e i dataskyddsförordningen). Uppgifter om hälsa behandlas "
        "för att ge social omsorg (artikel 9.2 h). Det som styr är lagen (2001:454) och förordningen "
        "(2001:637) om behandling av personuppgifter inom socialtjänsten, lagen (1993:387) om stöd och "
        "service till vissa funktionshindrade, och socialtjänstlagen."
    ),
)
KATEGORIER = (
    "Namn, personnummer och personkrets; vad du har sökt och vad som är utrett; beslut, nivå och "
    "överklaganden; vem som ger stödet; närvaro och besök; vad kommunen har betalat; vilka som har tittat på "
    "dina uppgifter."
)
URSPRUNG = (
    "Uppgifterna kommer från dig eller den som företräder dig, från kommunens handläggare, från utföraren som "
    "ger stödet, från domstolar och från kommunens verksamhetssystem."
)
AUTOMATISKT = (
    "Inga beslut om dig fattas automatiskt, och ingen profilering görs. Systemet räknar ut ersättning till "
    "utförare och föreslår vad som behöver ses över; en människa beslutar alltid."
)
TREDJELAND = "Uppgifterna lämnas inte ut till något land utanför EU och EES."
RATTIGHETER = (
    (
        "Du kan begära att fel rättas, att behandlingen begränsas, och invända mot behandlingen. Rätten att "
        "få uppgifter raderade gäller inte det som kommunen måste spara. Du kan ta del av hela din akt genom "
        "att begära ut den som allmän handling."
    ),
    ("Är du inte nöjd med hur uppgifterna behandlas kan du klaga till Integritetsskyddsmyndigheten, imy.se."),
    ("Ett beslut att inte lämna ut en uppgift kan överklagas. Be då om ett skriftligt beslut."),
)


def mottagare(person: Person) -> list[str]:
    """Who has got data about the person, by name."""
    utforare = Utforare.objects.filter(enheter__verkstalligheter__beslut__person=person)
    bestallda = Utforare.objects.filter(enheter__bestallningar__beslut__person=person)
    namn = sorted({ett.namn for ett in (utforare | bestallda).distinct()})
    andra = [
        (Ivorapport.objects.filter(beslut__person=person), "Inspektionen för vård och omsorg (IVO)"),
        (Leveransrad.objects.filter(person=person), "Socialstyrelsen"),
        (Overklagande.objects.filter(beslut__person=person, overlamnat__isnull=False), settings.DOMSTOL),
    ]
    namn += [vem for rader, vem in andra if rader.exists()]
    kommuner = Underrattelse.objects.filter(person=person).order_by("kommun").values_list("kommun", flat=True)
    return [*namn, *dict.fromkeys(f"kommunen {ett}" for ett in kommuner)]


def lagring() -> list[Uppgift]:
    """For how long what kind is kept: from the retention table."""
    grunder = dict.fromkeys(rad.grund for rad in OM_PERSON if rad.grund != Grund.TEKNIK)
    return [(_VAD.get(ett, str(ett)), f"{FRISTER[ett]} ({ett})") for ett in grunder]


_VAD = {
    Grund.AKT: "Akten",
    Grund.SAMMANSTALLNING: "Sammanställningar",
    Grund.UTFORARE: "Utförarens egna anteckningar",
    Grund.BOKFORING: "Underlag till bokföringen",
    Grund.LOGG: "Loggen över vem som har tittat",
}
BEVARAS = (
    "En del akter gallras inte utan bevaras för forskningens behov: bland annat för den som är född den 5, 15 "
    "eller 25 i en månad, och för barn och unga i familjehem eller bostad med särskild service."
)
