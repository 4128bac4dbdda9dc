"""School leavers, and what the plans of places assume, as files."""

from collections.abc import Iterator
from decimal import Decimal

from grund.datapaket.beskrivning import Radfel, Varden
from grund.datapaket.typer import Heltal, Tal, Text, Val
from grund.text import liten_forsta, och
from uppfoljning.models import Planantagande, Skolelever
from uppfoljning.rapporter.volymer.plan import ANTAGANDEN, PROCENT, Nyckel
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

_HUNDRA = Decimal(100)
_KODER = [f"{ett.value} = {liten_forsta(ANTAGANDEN[ett].namn)}" for ett in Nyckel]


def _eleverna(rad: Varden) -> Iterator[Radfel]:
    if rad["har_insats"] > rad["antal"]:
        yield "har_insats", "Det är fler än eleverna. De som redan har en insats är en del av dem."


SKOLELEVER = Uppgiftsslag(
    "elever",
    "Elever som slutar skolan",
    "Hur många som slutar anpassad gymnasieskola varje år, för prognosen av platser.",
    Period.INGEN,
    (
        Falt("ar", "År", Heltal(2000, 2100), hjalp="Året då de slutar, på våren."),
        Falt("skola", "Skola", Text(200)),
        Falt("antal", "Elever", Heltal(0, 10_000)),
        Falt("har_insats", "Har redan LSS", Heltal(0, 10_000), hjalp="Av eleverna: de som redan har en LSS-insats."),
    ),
    Skolelever,
    ("ar", "skola"),
    regler=(_eleverna,),
)


def _antagandet(rad: Varden) -> Iterator[Radfel]:
    slag = ANTAGANDEN[Nyckel(rad["antagande"])]
    if slag.enhet == PROCENT and rad["varde"] > _HUNDRA:
        yield "varde", "En andel är högst 100 procent."
    if slag.enhet != PROCENT and rad["varde"] != int(rad["varde"]):
        yield "varde", "Skriv hela år."


PLANANTAGANDEN = Uppgiftsslag(
    "antaganden",
    "Antaganden i boendeplan och DV-plan",
    "De antaganden som ska gälla i stället för förvalen. Ett antagande som inte står i filen har sitt förval.",
    Period.INGEN,
    (
        Falt(
            "antagande",
            "Antagande",
            Val(tuple(Nyckel)),
            hjalp=f"Koden för det: {och(_KODER)}.",
        ),
        Falt("varde", "Värde", Tal(Decimal(0), Decimal(1000)), hjalp="År, eller procent."),
        Falt("motiv", "Motiv", Text(200), kravs=False, hjalp="Varför. Visas bredvid planen."),
    ),
    Planantagande,
    ("antagande",),
    regler=(_antagandet,),
)
