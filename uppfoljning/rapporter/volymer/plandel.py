"""Boendeplan and DV-plan as parts of the report, and what they assume. Pure but for addresses.

In public the need is told in whole fives: what one or two persons in a queue make of it is not seen.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, tal
from uppfoljning.rapport.fordelning import FARRE
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Serie, Tabell, Varde
from uppfoljning.rapporter.volymer.plan import ANTAGANDEN, Antagande, Nyckel, Plan, Planar, Planunderlag, rakna
from uppfoljning.rapporter.volymer.queries import Underlag
from uppfoljning.undertryckning import MINST

NAMN = {Plan.BOENDE: "boendeplan", Plan.DV: "DV-plan"}
_OM = {
    Plan.BOENDE: "bostad med särskild service för vuxna (LSS 9 § 9)",
    Plan.DV: "daglig verksamhet (LSS 9 § 10)",
}
_FEMTAL = 5
_OM_ANTAGANDEN = "Planerna vilar på de här antagandena."


def plandel(underlag: Planunderlag, antaganden: Mapping[Nyckel, Antagande], *, offentlig: bool) -> Del:
    """The plan, year by year."""
    aren = rakna(underlag, antaganden)
    plan = underlag.plan
    nyckel = plan.name.lower()
    rubrik = f"Prognos {NAMN[plan]}"
    behov = tuple(_femtal(ett.behov) if offentlig else avrunda(ett.behov, 1) for ett in aren)
    platser = tuple(_femtal(Fraction(ett.platser)) if offentlig else ett.platser for ett in aren)
    bild = Bild(
        f"Behov av platser och planerade platser, {NAMN[plan]}",
        tuple(str(ett.ar) for ett in aren),
        (Serie("Behov", behov), Serie("Planerade platser", platser)),
        "platser vid årets slut",
        f"plan_{nyckel}",
    )
    if offentlig and sum(underlag.fodda.values()) < MINST:
        return Del(f"plan_{nyckel}", rubrik, (FARRE,))
    if offentlig:
        stycken = (f"Behovet av platser i {_OM[plan]} vid varje års slut, i hela femtal.",)
        tabeller: tuple[Tabell, ...] = (_offentlig_tabell(nyckel, f"År för år, {NAMN[plan]}", aren, behov, platser),)
        return Del(f"plan_{nyckel}", rubrik, stycken, bild=bild, tabeller=tabeller)
    sist = aren[-1]
    return Del(
        f"plan_{nyckel}",
        rubrik,
        tuple(_meningar(underlag)),
        nyckeltal=(
            Nyckeltal(
                f"plan_{nyckel}_nu", sum(underlag.fodda.values()), adress=f"?insats={plan}#tabell-verkstalligheter"
            ),
            Nyckeltal(
                f"plan_{nyckel}_ko", len(underlag.ko), adress=reverse("uppfoljning:rapport", args=["ej-verkstallda"])
            ),
            Nyckeltal(f"plan_{nyckel}_behov", avrunda(sist.behov, 1), Slag.ANTAL, adress=f"#tabell-plan_{nyckel}"),
            Nyckeltal(f"plan_{nyckel}_saknas", avrunda(sist.saknas, 1), Slag.ANTAL, adress=f"#tabell-plan_{nyckel}"),
        ),
        bild=bild,
        tabeller=(_tabell(nyckel, aren, plan), *_indata(nyckel, underlag)),
    )


def _femtal(varde: Fraction) -> int:
    return int(avrunda(varde / _FEMTAL, 0)) * _FEMTAL


def _meningar(underlag: Planunderlag) -> Sequence[str]:
    nu, ko = sum(underlag.fodda.values()), len(underlag.ko)
    return (
        (
            f"I dag har {antal_ord(nu, 'person', 'personer')} {_OM[underlag.plan]}, och"
            f" {antal_ord(ko, 'person', 'personer')} väntar på att ett beslut ska verkställas. Den som väntar räknas"
            " det år då tre månader har gått, eller i år."
        ),
        (
            f"Enheterna där insatsen utförs har {tal(sum(underlag.platser.values()))} platser. En enhet utan"
            " angivet antal räknas med så många platser som det finns personer där."
        ),
    )


def _tabell(nyckel: str, aren: Sequence[Planar], plan: Plan) -> Tabell:
    kolumner = [
        Kolumn("År"),
        Kolumn("Vid årets början", Slag.ANTAL),
        Kolumn("Från kön", Slag.ANTAL),
        Kolumn("Unga som har insatser", Slag.ANTAL),
        Kolumn("Från skolan", Slag.ANTAL),
        Kolumn("Slutar av ålder", Slag.ANTAL),
        Kolumn("Slutar av annat", Slag.ANTAL),
        Kolumn("Behov vid årets slut", Slag.ANTAL),
        Kolumn("Planerade platser", Slag.HELTAL),
        Kolumn("Platser som saknas", Slag.ANTAL),
    ]
    rader: list[tuple[Varde, ...]] = [
        (
            str(ett.ar),
            *(
                avrunda(varde, 1)
                for varde in (ett.forst, ett.ko, ett.unga, ett.elever, -ett.alder, -ett.avgang, ett.behov)
            ),
            ett.platser,
            avrunda(ett.saknas, 1),
        )
        for ett in aren
    ]
    utan = {3} if plan is Plan.DV else {5}  # what the plan has nothing of
    platser = [plats for plats in range(len(kolumner)) if plats not in utan]
    return Tabell(
        f"plan_{nyckel}",
        f"År för år, {NAMN[plan]}",
        tuple(kolumner[plats] for plats in platser),
        tuple(Rad(tuple(rad[plats] for plats in platser)) for rad in rader),
        noter=("Räknat i delar av personer och visat med en decimal. Det första året räknas från i dag.",),
    )


def _indata(nyckel: str, underlag: Planunderlag) -> Sequence[Tabell]:
    """What has been put in, row by row."""
    return (
        Tabell(
            f"plan_{nyckel}_platser",
            f"Planerade platser, {NAMN[underlag.plan]}",
            (Kolumn("År"), Kolumn("Enhet"), Kolumn("I dag", Slag.HELTAL), Kolumn("Vid årets slut", Slag.HELTAL)),
            tuple(
                Rad((str(ett.ar), ett.namn, underlag.platser.get(ett.enhet) if ett.enhet else None, ett.platser))
                for ett in underlag.kapacitet
            ),
            tom="Inga planerade platser är inlagda. Då räknas med dem som finns i dag.",
        ),
    )


def _offentlig_tabell(
    nyckel: str, rubrik: str, aren: Sequence[Planar], behov: Sequence[Decimal | int], platser: Sequence[int]
) -> Tabell:
    return Tabell(
        f"plan_{nyckel}",
        rubrik,
        (Kolumn("År"), Kolumn("Behov", Slag.HELTAL), Kolumn("Planerade platser", Slag.HELTAL)),
        tuple(Rad((str(ett.ar), *tal_)) for ett, *tal_ in zip(aren, behov, platser, strict=True)),
        noter=("Avrundat till hela femtal.",),
    )


def antagandedel(underlag: Underlag, *, offentlig: bool) -> Del:
    """Every assumption of the plans, and what the schools have told."""
    rader = tuple(
        Rad((slag.namn, slag.enhet, underlag.antaganden[nyckel].kalla, _i_siffror(underlag.antaganden[nyckel].varde)))
        for nyckel, slag in ANTAGANDEN.items()
    )
    elever = () if offentlig else (_elever(underlag),)
    return Del(
        "antaganden",
        "Antaganden",
        (_OM_ANTAGANDEN if offentlig else f"{_OM_ANTAGANDEN} Ändra dem under Uppgifter: då räknas planerna om.",),
        tabeller=(
            Tabell(
                "antaganden",
                "Antaganden i planerna",
                (
                    Kolumn("Antagande", Slag.STYCKE),
                    Kolumn("Enhet"),
                    Kolumn("Från", Slag.STYCKE),
                    Kolumn("Värde", Slag.ANTAL),
                ),
                rader,
            ),
            *elever,
        ),
    )


def _elever(underlag: Underlag) -> Tabell:
    alla = sorted({ett for plan in underlag.planer for ett in plan.elever}, key=lambda ett: (ett.ar, ett.skola))
    return Tabell(
        "elever",
        "Elever som slutar skolan",
        (Kolumn("År"), Kolumn("Skola"), Kolumn("Elever", Slag.HELTAL), Kolumn("Har redan LSS", Slag.HELTAL)),
        tuple(Rad((str(ett.ar), ett.skola, ett.antal, ett.har_insats)) for ett in alla),
        tom="Inga elever är inlagda.",
    )


def _i_siffror(varde: Fraction) -> Varde:
    return avrunda(varde, 2)
