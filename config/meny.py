"""What every page shows around its content: the municipality, who is signed in, and what that person may go to."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from grund.behorighet import Ratt, Roll, har_ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord


class Menyval(NamedTuple):
    """A way into a part of the system, for those with the right to it. `om`: what one does there, in a sentence.

    `aven`: what else lies under it.
    """

    namn: str
    vy: str
    ratt: Ratt
    om: str
    aven: tuple[str, ...] = ()


MENY = (
    Menyval("Personer", "beslut:personer", Ratt.HANDLAGGA, "Sök en person, och se dem du handlägger."),
    Menyval(
        "Ärenden",
        "beslut:arenden",
        Ratt.HANDLAGGA,
        "Ansökningar, omprövningar och överklaganden.",
        ("/overklaganden/",),
    ),
    Menyval(
        "Beställningar",
        "utforare:bestallningar",
        Ratt.HANDLAGGA,
        "Det som är beställt av utförare.",
        ("/erbjudanden/",),
    ),
    Menyval(
        "Nivåbedömningar",
        "beslut:niva_mina",
        Ratt.HANDLAGGA,
        "Bedöm nivå, och följ bedömningarna.",
        ("/nivabedomningar/arende/",),
    ),
    Menyval("Delegation", "beslut:delegation", Ratt.HANDLAGGA, "Vem som får besluta om vad."),
    Menyval(
        "Närvaro",
        "utforare:narvaro_start",
        Ratt.RAPPORTERA,
        "Fyll i närvaro och frånvaro, och signera månaden.",
        ("/rapport/",),
    ),
    Menyval("Besök", "utforare:besok_start", Ratt.RAPPORTERA, "Rapportera besök och avbokningar."),
    Menyval("Beställningar", "utforare:inkomna", Ratt.RAPPORTERA, "Svara på beställningar och registrera starter."),
    Menyval("Brukare", "utforare:brukare", Ratt.RAPPORTERA, "De som enheten ger stöd."),
    Menyval("Nivåbedömningar", "utforare:niva_enheter", Ratt.RAPPORTERA, "Bedöm nivå, och följ bedömningarna."),
    Menyval("Underlag", "ersattning:utforarens", Ratt.RAPPORTERA, "Vad ni får betalt för, månad för månad."),
    Menyval(
        "Arbetsbonus", "ersattning:bonus", Ratt.RAPPORTERA, "Ansök när en person i daglig verksamhet har fått arbete."
    ),
    Menyval("Nivåbedömningar", "ersattning:nivalista", Ratt.PROVA_NIVA, "Besluta om nivåer, med vad de kostar."),
    Menyval(
        "Arbetsbonus",
        "ersattning:kommunens_bonusansokningar",
        Ratt.SE_BONUS,
        "Ansökningar, återkrav, villkor och vad bonusen ger.",
        ("/aterkrav/", "/anstallningar/", "/bonusregler/", "/bonusutfall/", "/kvalitetspeng/"),
    ),
    Menyval("Instrument", "beslut:instrumenten", Ratt.PROVA_NIVA, "Frågorna som ger en nivå."),
    Menyval(
        "Körningar",
        "ersattning:korningar",
        Ratt.SE_ERSATTNING,
        "Månadens ersättning: beräkna, granska, fastställ och betala.",
        ("/rader/", "/avvikelser/", "/konteringsmall/"),
    ),
    Menyval(
        "Justeringar", "ersattning:justeringar", Ratt.SE_JUSTERINGAR, "Tillägg, avdrag och viten som två bestämmer."
    ),
    Menyval("Fakturor", "ersattning:fakturor", Ratt.SE_ERSATTNING, "Utförarnas fakturor mot underlaget."),
    Menyval(
        "Avtal och priser",
        "ersattning:prislistor",
        Ratt.SE_AVTAL,
        "Prislistor, avtal och utförare.",
        ("/avtal/", "/utforare/"),
    ),
    Menyval("Regler", "ersattning:regler", Ratt.SE_AVTAL, "Så räknas ersättningen."),
    Menyval(
        "Simulering",
        "ersattning:simuleringar",
        Ratt.SE_SIMULERINGAR,
        "Vad det hade kostat att ersätta på ett annat sätt.",
    ),
    Menyval(
        "Nivåändringar",
        "uppfoljning:nivaandringar",
        Ratt.SE_UNDERLAG,
        "Vilka nivåer som har ändrats, och vad det kostar.",
    ),
    Menyval(
        "Prognos", "ersattning:prognoser", Ratt.SE_PROGNOS, "Vad resten av året och nästa år kostar, mot budgeten."
    ),
    Menyval(
        "Enheter",
        "uppfoljning:avtalsenheter",
        Ratt.SKOTA_UPPFOLJNING,
        "Följ upp krav och brister, och registrera underrättelser.",
        tuple(
            f"/rapporter/avtalsuppfoljning/{ett}/"
            for ett in ("uppfoljningar", "brister", "kravlistor", "underrattelser")
        ),
    ),
    Menyval("Rapporter", "uppfoljning:rapporter", Ratt.SE_RAPPORTER, "Nämndens dokument om en månad."),
    Menyval(
        "Handlingsplaner",
        "uppfoljning:handlingsplaner",
        Ratt.SKOTA_HANDLINGSPLAN,
        "Nämndens åtgärder för verksamheten, och hur de följs upp.",
        ("/rapporter/handlingsplan/atgarder/",),
    ),
    Menyval(
        "Dokument", "uppfoljning:dokument", Ratt.SE_RAPPORTER, "Tjänsteutlåtanden till nämnden: skriv, signera, läs."
    ),
    Menyval("Händelser", "uppfoljning:handelser", Ratt.SE_HANDELSER, "Vem som har gjort vad, och när."),
    Menyval(
        "Loggkontroll",
        "beslut:loggkontroller",
        Ratt.SE_LASNINGAR,
        "Vem som har öppnat vems uppgifter.",
        ("/lasningar/",),
    ),
    Menyval("Användare", "grund:anvandare", Ratt.FORVALTA_ANVANDARE, "Lägg upp användare och ge dem roller."),
)


def menyval(anvandare: Anvandare) -> list[Menyval]:
    """What `anvandare` may go to."""
    return [val for val in MENY if not hinder_for_ratt(anvandare.roller, val.ratt)]


def sidans_ram(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template: `kommun`, `idag` (only when it is not today), `meny`, `rollnamn` and `far_soka`.

    Each in `meny` is a name, an address, and whether the page lies under it.
    """
    anvandare = getattr(request, "user", None)
    ram = {"kommun": settings.KOMMUN, "idag": settings.IDAG and datum_i_ord(settings.IDAG)}
    if not isinstance(anvandare, Anvandare):
        return ram | {"meny": [], "rollnamn": "", "far_soka": False}
    val = [(ett.namn, reverse(ett.vy), ett.aven) for ett in menyval(anvandare)]
    start = ("Att göra", reverse("start"), request.path == reverse("start"))
    under = [ett for _, adress, aven in val for ett in (adress, *aven) if request.path.startswith(ett)]
    har = max(under, key=len, default="")  # of what lies under another, the nearest
    return ram | {
        "meny": [start, *((namn, adress, har in (adress, *aven)) for namn, adress, aven in val)],
        "far_soka": har_ratt(anvandare.roller, Ratt.HANDLAGGA),
        "rollnamn": ", ".join(Roll(roll).label for roll in anvandare.roller),
    }
