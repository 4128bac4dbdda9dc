"""An ärende as pages show it: its steps, its utredning, its draft, and what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from beslut import arenden, provning, tillgang
from beslut.akt import Handelserad, handelserader
from beslut.beslutshandling import beslutsmeningar
from beslut.forms.arenden import Handlaggarform
from beslut.forms.forslag import Aterlamningsform
from beslut.frister import sista_dag_att_overklaga
from beslut.koder import Arendestatus, Avsnitt
from beslut.lagrum import lagrum_i_ord
from beslut.models import Arende, Delgivning, Forslag, Utredningstext
from beslut.ord import insats_i_mening, insats_i_ord
from beslut.regler import Utfall
from beslut.visning import Par, beslut_i_ord
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord, stor_forsta, tal
from grund.tid import lokal_dag

# What belongs in each part of a utredning, for who writes it.
AVSNITTSHJALP = {
    Avsnitt.BAKGRUND: "Vem personen är, hur hen bor, vad hen söker och varför just nu.",
    Avsnitt.LARANDE: "Att lära nytt, rikta uppmärksamhet, lösa problem och fatta beslut.",
    Avsnitt.UPPGIFTER: "Att påbörja och avsluta saker, klara rutiner och hantera stress.",
    Avsnitt.KOMMUNIKATION: "Att förstå och göra sig förstådd, med tal, tecken eller hjälpmedel.",
    Avsnitt.FORFLYTTNING: "Att röra sig, byta ställning, hantera föremål och ta sig någonstans.",
    Avsnitt.VARD: "Hygien, toalettbesök, kläder, måltider och att sköta sin hälsa.",
    Avsnitt.HEMLIV: "Att handla, laga mat, städa och ta hand om sina saker.",
    Avsnitt.RELATIONER: "Samspel med andra, nära och främmande.",
    Avsnitt.ARBETE: "Skola, arbete, sysselsättning och egen ekonomi.",
    Avsnitt.SAMHALLE: "Fritid, föreningsliv, tro och att kunna påverka samhället.",
    Avsnitt.TRYGGHET: "Om personen känner sig trygg, och vad som gör henne eller honom otrygg.",
    Avsnitt.NARSTAENDE: "Vad anhöriga och andra hjälper till med, och om de vill och orkar fortsätta.",
    Avsnitt.BEDOMNING: "Vilka behov personen har, om de tillgodoses på annat sätt och vad det leder till.",
}

ANSOKNINGSHJALP = (
    (
        "Vem får söka?",
        (
            (
                "Personen söker själv. För den som är under 15 år, eller uppenbart inte kan ta ställning, får "
                "vårdnadshavare, förmyndare, god man, förvaltare eller framtidsfullmaktshavare söka (LSS 8 §)."
            ),
        ),
    ),
    (
        "Vad händer sedan?",
        (
            "Ärendet får ett nummer. Du skriver utredningen, låter personen se den och lämnar förslag till beslut.",
            "Beslutet undertecknas av den som har delegation.",
        ),
    ),
)
KOMMUNICERINGSHJALP = (
    (
        "När behövs det?",
        (
            (
                "Innan ett beslut som inte ger allt som söks ska personen få se utredningen och få tid att svara "
                "(25 § förvaltningslagen)."
            ),
            "Det behövs inte om det är uppenbart obehövligt, till exempel när personen får allt. Skriv då varför.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Steg:
    """A step as komponenter/flode.html shows it."""

    namn: str
    lage: str
    text: str


@dataclass(frozen=True, slots=True)
class Listrad:
    """An ärende in a list; `adress` empty = the person is protected and not for the one who looks."""

    arende: Arende
    namn: str
    adress: str
    vad: str


@dataclass(frozen=True, slots=True)
class Avsnittsvy:
    """A part of the utredning, written or not."""

    avsnitt: Avsnitt
    text: Utredningstext | None


def listrader(vem: Anvandare, alla: Sequence[Arende]) -> list[Listrad]:
    """Ärenden as rows of a list."""
    return [
        Listrad(
            ett,
            tillgang.namn(vem, ett.person),
            reverse("beslut:arende", args=[ett.pk]) if tillgang.far_se(vem, ett.person) else "",
            vad(ett),
        )
        for ett in alla
    ]


def vad(arende: Arende) -> str:
    """`Ansökan om daglig verksamhet (LSS)`."""
    return f"{stor_forsta(arende.get_slag_display())}: {insats_i_mening(arende.insats)}"


def smulor(arende: Arende, vem: Anvandare, *har: str) -> list[tuple[str, str]]:
    """Where a page of the ärende lies."""
    namn = tillgang.namn(vem, arende.person)
    vag = [
        ("Personer", reverse("beslut:personer")),
        (namn, reverse("utforare:akt", args=[arende.person_id])),
        (arende.nummer, reverse("beslut:arende", args=[arende.pk]) if har else ""),
    ]
    return [*vag, *((text, "") for text in har)]


def arendesida(arende: Arende, vem: Anvandare, idag: date) -> dict[str, Any]:
    """What the page shows. A bounded number of queries."""
    forslag = Forslag.objects.filter(arende=arende).select_related("foreslaget_av", "undertecknat_av", "beslut").first()
    if forslag:
        forslag.arende = arende
    texter = arenden.texter(arende)
    kommuniceringar = list(arende.kommuniceringar.select_related("av").order_by("-dag", "-pk"))
    delgivning = Delgivning.objects.filter(beslut=forslag.beslut_id).first() if forslag and forslag.beslut_id else None
    vantar, skriver = arende.status == Arendestatus.FORESLAGET, not arenden.hinder_for_att_skriva(arende)
    return {
        "arende": arende,
        "vad": vad(arende),
        "namn": tillgang.namn(vem, arende.person),
        "smulor": smulor(arende, vem),
        "fakta": _fakta(arende, idag),
        "steg": _steg(arende, texter, bool(kommuniceringar), forslag, delgivning),
        "avsnitt": [Avsnittsvy(ett, texter.get(ett)) for ett in Avsnitt if skriver or ett in texter],
        "kommuniceringar": kommuniceringar,
        "far_skriva": skriver,
        "forslag": forslag,
        "meningar": beslutsmeningar(forslag) if forslag else [],
        "forslagsfakta": _forslagsfakta(forslag) if forslag else [],
        "vantar": vantar,
        "underskriftshinder": arenden.hinder_for_att_underteckna(forslag, vem, idag) if forslag and vantar else [],
        "anmarkningar": _anmarkningar(arende, forslag, idag) if forslag and vantar else [],
        "aterlamningsform": Aterlamningsform(),
        "delgivning": delgivning,
        "sista_dag": sista_dag_att_overklaga(delgivning.dag) if delgivning else None,
        "omprovar": beslut_i_ord(arende.omprovar) if arende.omprovar else "",
        "far_fordela": har_ratt(vem.roller, Ratt.FORDELA),
        "handlaggarform": Handlaggarform(initial={"handlaggare": arende.handlaggare_id}),
        "handelser": _handelser(arende, forslag),
    }


def _handelser(arende: Arende, forslag: Forslag | None) -> list[Handelserad]:
    objekt = [f"arende:{arende.nummer}"]
    if forslag and forslag.beslut:
        objekt.append(f"beslut:{forslag.beslut.nyckel}")
    return handelserader(objekt)


def _fakta(arende: Arende, idag: date) -> Par:
    slut = arende.status == Arendestatus.BESLUTAT
    return [
        ("Ärendenummer", arende.nummer),
        ("Insats", insats_i_ord(arende.insats)),
        *([] if slut else [("Lagrum för beslut i dag", lagrum_i_ord(arende.insats, idag))]),
        ("Kom in", datum_i_ord(arende.inkom)),
        ("Söks av", _sokande(arende)),
        ("Handläggare", arende.handlaggare.get_full_name() or arende.handlaggare.username),
        ("Läge", stor_forsta(arende.get_status_display())),
        *([("Skäl", arende.get_avslutsskal_display())] if arende.avslutsskal else []),
    ]


def _sokande(arende: Arende) -> str:
    return ", ".join(filter(None, [arende.sokandens_namn, arende.get_sokande_display()]))


def _forslagsfakta(forslag: Forslag) -> Par:
    par = [
        ("Följs upp senast", datum_i_ord(forslag.uppfoljning) if forslag.uppfoljning else ""),
        ("Grund för ändringen", stor_forsta(forslag.get_grund_display()) if forslag.grund else ""),
        ("Förbehåll", forslag.forbehall_text if forslag.forbehall else ""),
        ("Beräknad kostnad", f"{tal(forslag.kostnad)} kr per månad" if forslag.kostnad is not None else ""),
        ("Föreslaget av", _vem(forslag.foreslaget_av)),
        ("Undertecknat av", _vem(forslag.undertecknat_av)),
    ]
    return [ett for ett in par if ett[1]]


def _vem(vem: Anvandare | None) -> str:
    return (vem.get_full_name() or vem.username) if vem else ""


def _anmarkningar(arende: Arende, forslag: Forslag, idag: date) -> list[tuple[provning.Anmarkning, bool]]:
    """What the rules say of the proposal today, and whether the one who proposed has acknowledged it."""
    utkast = arenden.utkast(arende, forslag)
    alla = [
        *provning.prova(utkast, arenden.lage(arende), idag),
        *arenden.andringens_hinder(arende, utkast, forslag.grund, idag),
    ]
    return [(ett, ett.kod in forslag.bekraftat) for ett in alla]


def _steg(
    arende: Arende,
    texter: dict[str, Utredningstext],
    kommunicerat: bool,
    forslag: Forslag | None,
    delgivning: Delgivning | None,
) -> list[Steg]:
    """The way of the ärende; the first that is not done is where it stands."""
    beslutat = arende.status == Arendestatus.BESLUTAT
    foreslaget = arende.status in {Arendestatus.FORESLAGET, Arendestatus.BESLUTAT}
    skrivet = f"{len(texter)} av {len(Avsnitt)} avsnitt{', kommunicerad' if kommunicerat else ''}"
    led = [
        (stor_forsta(arende.get_slag_display()), True, f"Kom in {datum_i_ord(arende.inkom)}"),
        ("Utredning", foreslaget or len(texter) == len(Avsnitt), skrivet),
        ("Förslag", foreslaget, "Återlämnat" if forslag and forslag.aterlamnat else ""),
        ("Beslut", beslutat, _beslutstext(forslag)),
        ("Delgivning", delgivning is not None, datum_i_ord(delgivning.dag) if delgivning else ""),
    ]
    nu = next((nummer for nummer, ett in enumerate(led) if not ett[1]), len(led))
    if arende.status == Arendestatus.AVSLUTAT:
        nu = len(led)
    return [
        Steg(namn, "klar" if klar else "nu" if nummer == nu else "kommande", text)
        for nummer, (namn, klar, text) in enumerate(led)
    ]


def _beslutstext(forslag: Forslag | None) -> str:
    if forslag is None or forslag.undertecknat is None:
        return ""
    return f"{stor_forsta(Utfall(forslag.utfall).label)} {datum_i_ord(lokal_dag(forslag.undertecknat))}"
