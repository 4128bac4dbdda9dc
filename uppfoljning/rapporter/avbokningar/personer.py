"""Single persons: who does not take up the support, and everybody. Pure but for addresses."""

from collections import Counter

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.text import stor_forsta, svensk_ordning
from uppfoljning.rapport.innehall import Del, Lasare, Nyckeltal, Rad, Tabell, Varde
from uppfoljning.rapporter.avbokningar.gemensamt import UTAN_ORSAK, minuter, timmar
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import MINST_PLANERADE, Upptag, andel
from utforare.orsaker import avbokningsnamn


def tar_inte_emot(underlag: Underlag, lasare: Lasare, grans: int) -> Del:
    """Those who do not take up their support, for the handlingsplan."""
    vilka = [ett for ett in underlag.upptag if ett.tar_inte_emot(grans)]
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Handläggare"),
        Kolumn("Utförare"),
        Kolumn("Planerade besök", Slag.HELTAL),
        Kolumn("Avbokade av brukaren", Slag.HELTAL),
        Kolumn("Andel", Slag.ANDEL),
        Kolumn("Vanligaste orsak"),
        Kolumn("Senast utfört", Slag.DATUM),
        Kolumn("Uppehåll"),
    )
    ordnade = sorted(vilka, key=lambda ett: (-ett.andel, ett.senaste.nyckel))
    rader = tuple(Rad(_handlingsrad(ett, underlag), _personadress(ett, lasare)) for ett in ordnade)
    tabell = Tabell("tar_inte_emot", "Personer som inte tar emot sitt stöd", kolumner, rader, enskilda=True)
    stycke = (
        f"De som har avbokat eller uteblivit från minst {grans} % av minst {MINST_PLANERADE} planerade besök, och de"
        " som någon utförare har haft hela perioden utan att ett enda besök är registrerat. Handläggaren följer upp om"
        " stödet är rätt, och vad som görs skrivs i handlingsplanen."
    )
    tal_ = Nyckeltal("avbokningar_tar_inte_emot", len(vilka), adress="#tabell-tar_inte_emot")
    return Del("handlingsplan", "Till handlingsplanen", (stycke,), nyckeltal=(tal_,), tabeller=(tabell,))


def _handlingsrad(ett: Upptag, underlag: Underlag) -> tuple[Varde, ...]:
    return (
        ett.senaste.nyckel,
        underlag.handlaggare.get(ett.person, "Ingen"),
        ett.senaste.utforarnamn,
        ett.planerade,
        ett.av_brukaren,
        andel(ett.av_brukaren, ett.planerade),
        _vanligast(ett) if ett.planerade else "Inga besök registrerade",
        max((verk.sist for verk in ett.verk if verk.sist), default=None),
        "Ja" if any(verk.uppehall for verk in ett.verk) else "Nej",
    )


def _vanligast(ett: Upptag) -> str:
    """The reason that the person has most often; of equals the first in Swedish order."""
    antal = Counter(avbokning.orsak for avbokning in ett.avbokningar if avbokning.av_brukaren)
    if not antal:
        return ""
    mest = max(antal.values())
    namn = [stor_forsta(avbokningsnamn(kod)) if kod else UTAN_ORSAK for kod, n in antal.items() if n == mest]
    return min(namn, key=svensk_ordning)


def personlista(underlag: Underlag) -> Del:
    """Everybody, those who cancel the most first."""
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Utförare"),
        Kolumn("Planerade besök", Slag.HELTAL),
        Kolumn("Utförda besök", Slag.HELTAL),
        Kolumn("Avbokade av brukaren", Slag.HELTAL),
        Kolumn("Varav bomtid", Slag.HELTAL),
        Kolumn("Bomtid, timmar", Slag.ANTAL),
        Kolumn("Avbokade av utföraren", Slag.HELTAL),
        Kolumn("Andel avbokade av brukaren", Slag.ANDEL),
        Kolumn("Boendestödjare", Slag.HELTAL),
    )
    vilka = sorted(underlag.upptag, key=lambda ett: (-ett.andel, ett.senaste.nyckel))
    rader = tuple(Rad(_personrad(ett), _besoksadress(ett, underlag)) for ett in vilka)
    tabell = Tabell("personlista", "Personer med boendestöd", kolumner, rader, enskilda=True)
    return Del("personer", "Personer", tabeller=(tabell,))


def _personrad(ett: Upptag) -> tuple[Varde, ...]:
    return (
        ett.senaste.nyckel,
        ett.senaste.utforarnamn,
        ett.planerade,
        sum(verk.utforda for verk in ett.verk),
        ett.av_brukaren,
        len(ett.bomtid),
        timmar(minuter(ett.bomtid)),
        ett.av_utforaren,
        andel(ett.av_brukaren, ett.planerade),
        ett.personal or None,
    )


def _besoksadress(ett: Upptag, underlag: Underlag) -> str:
    return reverse("utforare:utfort", args=[ett.senaste.id, underlag.period.sista])


def _personadress(ett: Upptag, lasare: Lasare) -> str:
    """The person's akt for those who work with persons, the beslut for others."""
    if lasare.handlagger:
        return reverse("utforare:akt", args=[ett.person])
    return reverse("beslut:beslut", args=[ett.senaste.beslut])
