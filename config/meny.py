"""What every page shows around its content: the municipality, who is signed in, and what that person may go to."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from grund.behorighet import Ratt, Roll, har_ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord


class Menyval(NamedTuple):
    """A way into a part of the system, for those with the right to it. `om`: what one does there, in a sentence.

    `grupp`: what it stands under in a long menu. `aven`: what else lies under it.
    """

    namn: str
    vy: str
    ratt: Ratt
    grupp: str
    om: str
    aven: tuple[str, ...] = ()


class Menypunkt(NamedTuple):
    """What stands in the menu: a link, or a group of links (`under`) without an address. `har`: the page lies under
    it."""

    namn: str
    adress: str
    har: bool
    under: tuple["Menypunkt", ...] = ()


FLEST = 9  # that fit in a line of the menu; those who may go to more places get them in groups
HANDLAGGNING, AVTAL, ERSATTNING = "Handläggning", "Avtal och nivåer", "Ersättning"
KOSTNADER, UPPFOLJNING, GRANSKNING, UTFORARE = "Kostnader", "Uppföljning", "Granskning", "Enheten"

MENY = (
    Menyval("Personer", "beslut:personer", Ratt.HANDLAGGA, HANDLAGGNING, "Sök en person, och se dem du handlägger."),
    Menyval(
        "Ärenden",
        "beslut:arenden",
        Ratt.HANDLAGGA,
        HANDLAGGNING,
        "Ansökningar, omprövningar och överklaganden.",
        ("/overklaganden/",),
    ),
    Menyval(
        "Beställningar",
        "utforare:bestallningar",
        Ratt.HANDLAGGA,
        HANDLAGGNING,
        "Det som är beställt av utförare.",
        ("/erbjudanden/",),
    ),
    Menyval(
        "Nivåbedömningar",
        "beslut:niva_mina",
        Ratt.HANDLAGGA,
        HANDLAGGNING,
        "Bedöm nivå, och följ bedömningarna.",
        ("/nivabedomningar/arende/",),
    ),
    Menyval("Delegation", "beslut:delegation", Ratt.HANDLAGGA, HANDLAGGNING, "Vem som får besluta om vad."),
    Menyval(
        "Närvaro",
        "utforare:narvaro_start",
        Ratt.RAPPORTERA,
        UTFORARE,
        "Fyll i närvaro och frånvaro, och signera månaden.",
        ("/rapport/",),
    ),
    Menyval("Besök", "utforare:besok_start", Ratt.RAPPORTERA, UTFORARE, "Rapportera besök och avbokningar."),
    Menyval(
        "Beställningar", "utforare:inkomna", Ratt.RAPPORTERA, UTFORARE, "Svara på beställningar och registrera starter."
    ),
    Menyval("Brukare", "utforare:brukare", Ratt.RAPPORTERA, UTFORARE, "De som enheten ger stöd."),
    Menyval(
        "Nivåbedömningar", "utforare:niva_enheter", Ratt.RAPPORTERA, UTFORARE, "Bedöm nivå, och följ bedömningarna."
    ),
    Menyval("Underlag", "ersattning:utforarens", Ratt.RAPPORTERA, UTFORARE, "Vad ni får betalt för, månad för månad."),
    Menyval(
        "Arbetsbonus",
        "ersattning:bonus",
        Ratt.RAPPORTERA,
        UTFORARE,
        "Ansök när en person i daglig verksamhet har fått arbete.",
    ),
    Menyval("Nivåbedömningar", "ersattning:nivalista", Ratt.PROVA_NIVA, AVTAL, "Besluta om nivåer, med vad de kostar."),
    Menyval("Instrument", "beslut:instrumenten", Ratt.PROVA_NIVA, AVTAL, "Frågorna som ger en nivå."),
    Menyval(
        "Körningar",
        "ersattning:korningar",
        Ratt.SE_ERSATTNING,
        ERSATTNING,
        "Månadens ersättning: beräkna, granska, fastställ och betala.",
        ("/rader/", "/avvikelser/", "/konteringsmall/"),
    ),
    Menyval(
        "Justeringar",
        "ersattning:justeringar",
        Ratt.SE_JUSTERINGAR,
        ERSATTNING,
        "Tillägg, avdrag och viten som två bestämmer.",
    ),
    Menyval("Fakturor", "ersattning:fakturor", Ratt.SE_ERSATTNING, ERSATTNING, "Utförarnas fakturor mot underlaget."),
    Menyval(
        "Arbetsbonus",
        "ersattning:kommunens_bonusansokningar",
        Ratt.SE_BONUS,
        ERSATTNING,
        "Ansökningar, återkrav, villkor och vad bonusen ger.",
        ("/aterkrav/", "/anstallningar/", "/bonusregler/", "/bonusutfall/", "/kvalitetspeng/"),
    ),
    Menyval(
        "Avtal och priser",
        "ersattning:prislistor",
        Ratt.SE_AVTAL,
        AVTAL,
        "Prislistor, avtal och utförare.",
        ("/avtal/", "/utforare/"),
    ),
    Menyval("Regler", "ersattning:regler", Ratt.SE_AVTAL, ERSATTNING, "Så räknas ersättningen."),
    Menyval(
        "Simulering",
        "ersattning:simuleringar",
        Ratt.SE_SIMULERINGAR,
        KOSTNADER,
        "Vad det hade kostat att ersätta på ett annat sätt.",
    ),
    Menyval(
        "Nivåändringar",
        "uppfoljning:nivaandringar",
        Ratt.SE_UNDERLAG,
        KOSTNADER,
        "Vilka nivåer som har ändrats, och vad det kostar.",
    ),
    Menyval(
        "Prognos",
        "ersattning:prognoser",
        Ratt.SE_PROGNOS,
        KOSTNADER,
        "Vad resten av året och nästa år kostar, mot budgeten.",
    ),
    Menyval(
        "Enheter",
        "uppfoljning:avtalsenheter",
        Ratt.SKOTA_UPPFOLJNING,
        UPPFOLJNING,
        "Följ upp krav och brister, och registrera underrättelser.",
        tuple(
            f"/rapporter/avtalsuppfoljning/{ett}/"
            for ett in ("uppfoljningar", "brister", "kravlistor", "underrattelser")
        ),
    ),
    Menyval("Rapporter", "uppfoljning:rapporter", Ratt.SE_RAPPORTER, UPPFOLJNING, "Nämndens dokument om en månad."),
    Menyval(
        "Handlingsplaner",
        "uppfoljning:handlingsplaner",
        Ratt.SKOTA_HANDLINGSPLAN,
        UPPFOLJNING,
        "Nämndens åtgärder för verksamheten, och hur de följs upp.",
        ("/rapporter/handlingsplan/atgarder/",),
    ),
    Menyval(
        "Dokument",
        "uppfoljning:dokument",
        Ratt.SE_RAPPORTER,
        UPPFOLJNING,
        "Tjänsteutlåtanden till nämnden: skriv, signera, läs.",
    ),
    Menyval("Händelser", "uppfoljning:handelser", Ratt.SE_HANDELSER, GRANSKNING, "Vem som har gjort vad, och när."),
    Menyval(
        "Loggkontroll",
        "beslut:loggkontroller",
        Ratt.SE_LASNINGAR,
        GRANSKNING,
        "Vem som har öppnat vems uppgifter.",
        ("/lasningar/",),
    ),
    Menyval("Gallring", "uppfoljning:gallring", Ratt.SE_GALLRING, GRANSKNING, "Akter som ska tas bort, och protokoll."),
    Menyval(
        "Driften",
        "uppfoljning:driften",
        Ratt.SKOTA_DRIFTEN,
        GRANSKNING,
        "Hur systemet mår: larm, jobb, misslyckade uppgifter och det som är långsamt.",
    ),
    Menyval(
        "Användare", "grund:anvandare", Ratt.FORVALTA_ANVANDARE, GRANSKNING, "Lägg upp användare och ge dem roller."
    ),
)


def menyval(anvandare: Anvandare) -> list[Menyval]:
    """What `anvandare` may go to."""
    return [val for val in MENY if not hinder_for_ratt(anvandare.roller, val.ratt)]


def sidans_ram(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template: `kommun`, `idag` (only when it is not today), `meny`, `rollnamn` and `far_soka`."""
    anvandare = getattr(request, "user", None)
    ram = {
        "kommun": settings.KOMMUN,
        "felkod": getattr(request, "begaran", ""),
        "idag": settings.IDAG and datum_i_ord(settings.IDAG),
    }
    if not isinstance(anvandare, Anvandare):
        return ram | {"meny": [], "rollnamn": "", "far_soka": False}
    return ram | {
        "meny": meny(anvandare, request.path),
        "far_soka": har_ratt(anvandare.roller, Ratt.HANDLAGGA),
        "rollnamn": ", ".join(Roll(roll).label for roll in anvandare.roller),
    }


def meny(anvandare: Anvandare, sida: str) -> list[Menypunkt]:
    """The menu of `anvandare` on the page `sida`: a line of links, or of groups when they are many."""
    val = [(ett, reverse(ett.vy)) for ett in menyval(anvandare)]
    under = [lag for ett, adress in val for lag in (adress, *ett.aven) if sida.startswith(lag)]
    har = max(under, key=len, default="")  # of what lies under another, the nearest
    punkter = [(ett.grupp, Menypunkt(ett.namn, adress, har in (adress, *ett.aven))) for ett, adress in val]
    start = Menypunkt("Att göra", reverse("start"), sida == reverse("start"))
    if len(punkter) < FLEST:
        return [start, *(punkt for _, punkt in punkter)]
    return [start, *_grupperade(punkter)]


def _grupperade(punkter: list[tuple[str, Menypunkt]]) -> Iterator[Menypunkt]:
    """In groups, in the order of their first; one that is alone in its group stands by itself."""
    grupper: dict[str, list[Menypunkt]] = {}
    for grupp, punkt in punkter:
        grupper.setdefault(grupp, []).append(punkt)
    for namn, under in grupper.items():
        yield under[0] if len(under) == 1 else Menypunkt(namn, "", any(ett.har for ett in under), tuple(under))
