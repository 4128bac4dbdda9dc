"""What is done about the chain: the night's check, and a person's word that the database has been restored."""

from datetime import datetime

from grund.handelser import skriv_handelse
from grund.kedja import ankare
from grund.kedja.forsegling import forsegla
from grund.kedja.kontroll import Utfall, kontrollera
from grund.models import Anvandare

_BERATTAS = 20  # faults told in the event; the command tells the others


def kontrollera_i_natt(*, nu: datetime) -> Utfall:
    """Check everything. What does not hold becomes an event (`logg_bruten`), which alarms can look for."""
    utfall = kontrollera(nu)
    if utfall.antal_fel:
        skriv_handelse(
            av=None,
            handling="logg_bruten",
            objekt="logg",
            text=f"Kontrollen av loggen hittade {utfall.antal_fel} fel. Kör kontrollera_logg för att se dem.",
            fel=utfall.fel[:_BERATTAS],
            antal=utfall.antal_fel,
        )
    else:
        ankare.lagg_ankare(nu, genast=True)
    return utfall


def anteckna_aterstallning(*, skal: str, av: Anvandare, nu: datetime) -> None:
    """The database has been restored to an earlier time: anchors of what came after that are no longer asked about."""
    skriv_handelse(
        av=av,
        handling=ankare.ATERSTALLD,
        objekt="logg",
        text=f"Databasen har återställts. Loggens kedja går vidare från det den var då. Skäl: {skal}",
        tid=nu.isoformat(),  # of the line among the anchors, which says nothing without this event
    )
    ankare.anteckna_aterstallning(nu, skal=f"{av.username}: {skal}")
    forsegla(nu)
    ankare.lagg_ankare(nu, genast=True)
