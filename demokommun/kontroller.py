"""Ekstad's nights: a few wrong data and patterns to find, two runs a month apart, and what people made of some.

What is planted is of a month before the two that are settled, or of what is not decided yet: no pay follows from it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from beslut.models import Person
from demokommun.personnummer import identitet
from grund.datapaket.registrering import Spar, Textrad, registrera
from grund.models import Anvandare
from grund.tid import STOCKHOLM, Manad
from uppfoljning.kontroll.bedomningar import bedom
from uppfoljning.kontroll.koder import Utfall
from uppfoljning.kontroll.korning import kontrollera
from uppfoljning.models import Fynd, Kontroll
from utforare.models import Enhet, Verkstallighet

_FORSTA_INDEX = 200_000  # of identities that nobody else in Ekstad has
_NATTER = 12
_HOJDA = 3  # assessments sent in at once
_SAGT = (
    ("dubbel_insats", 0, "gustav", Utfall.ATGARDAS, "Flytten blev senare än planerat. Slutdagen rättas i veckan."),
    ("besok_vid_franvaro", 0, "klara", Utfall.GODTAS, "Ledsagning till sjukhuset, bekräftad av utföraren."),
    ("utfort_over_bestallt", 0, "klara", Utfall.ATGARDAS, "Utföraren är tillfrågad om tiden."),
    ("niva_saknas", 0, "eva", Utfall.ATGARDAS, "Bedömningen är bokad den 10 juni."),
    ("full_tid", 0, "klara", Utfall.INGET_FEL, "Tiderna är registrerade på plats. Ett väl fungerande stöd."),
    ("full_tid", 1, "klara", Utfall.INGET_FEL, "Genomförandeplan och tider stämmer överens."),
    ("full_tid", 2, "gustav", Utfall.VIDARE, "Lämnat till avtalssamordnaren inför avtalsuppföljningen."),
    ("nattbesok", 0, "klara", Utfall.RATTAT, "Utföraren hade skrivit fel klockslag och har rättat det i sitt system."),
)


def lagg_upp_kontroller(sista: Manad) -> None:
    """Once. `sista` is the last settled month."""
    plantera(sista)
    if Kontroll.objects.exists():
        return
    idag = sista.till + timedelta(days=2)
    for dag in (idag - timedelta(days=30), idag):
        kontrollera(idag=dag, nu=datetime.combine(dag, time(3, 10), STOCKHOLM))
    for regel, nr, vem, utfall, text in _SAGT:
        fynd = list(Fynd.objects.filter(regel=regel, stangd=None).order_by("nyckel")[nr : nr + 1])
        for ett in fynd:
            av, nu = Anvandare.objects.get(username=vem), datetime.combine(idag, time(9, 20 + nr), STOCKHOLM)
            bedom(fynd=ett, utfall=utfall, anteckning=text, avtryck=ett.avtryck, av=av, nu=nu)


def plantera(sista: Manad) -> None:
    """What there is to find, once: before what looks for changes since."""
    if Person.objects.filter(nyckel="DK1").exists():
        return
    manad = sista.plus(-2)
    rader: dict[str, list[Textrad]] = {"personer": [], "beslut": [], "verkstalligheter": [], "besok": []}
    for nr, (insats, krets) in enumerate((("SOL-LEDS", ""), ("LSS-10", "1"), ("LSS-3", "")), 1):
        _person(rader, nr, insats, krets, manad, sista)
    ledsagning = Enhet.objects.filter(utforare__nyckel="LED").order_by("nyckel").first()
    daglig = Enhet.objects.filter(utforare__nyckel="DVK").order_by("nyckel").first()
    for nr, enhet in ((1, ledsagning), (2, daglig)):
        if enhet:
            _verkstallighet(rader, nr, enhet, manad)
    if ledsagning:
        rader["besok"] = list(_natter(manad))
    rader["nivabedomningar"] = list(_hojda(sista))
    text = "Demokommunen lade in uppgifter som kontrollerna hittar."
    registrera(rader=rader, spar=Spar(None, "registrera", "datapaket", text))


def _person(rader: dict[str, list[Textrad]], nr: int, insats: str, krets: str, manad: Manad, sista: Manad) -> None:
    """The third has a decision that holds, and no personkrets; the two first one of the month alone."""
    identiteten = identitet(_FORSTA_INDEX + nr, sista.ar, barn=False)
    rader["personer"].append(
        {
            "person_id": f"DK{nr}",
            "personnummer": identiteten.nummer,
            "fornamn": ("Elsa", "Ingrid", "Sonja")[nr - 1] if identiteten.kvinna else ("Olle", "Nils", "Sten")[nr - 1],
            "efternamn": ("Åkerlund", "Hedman", "Bergvik")[nr - 1],
            "personkrets": krets,
            "skyddad": "nej",
        }
    )
    fran, till = (manad.fran, manad.sista) if nr < 3 else (date(sista.ar, sista.nummer, 15), None)
    rader["beslut"].append(
        {
            "beslut_id": f"DK{nr}-B1",
            "person_id": f"DK{nr}",
            "insats": insats,
            "lagrum": insats[:3].replace("SOL", "SoL"),
            "utfall": "bifall",
            "beslutsdatum": fran.isoformat(),
            "fran": fran.isoformat(),
            "till": till.isoformat() if till else "",
            "omfattning": "5" if insats == "LSS-10" else "10",
            "omfattning_enhet": "dagar_vecka" if insats == "LSS-10" else "timmar_manad",
        }
    )


def _verkstallighet(rader: dict[str, list[Textrad]], nr: int, enhet: Enhet, manad: Manad) -> None:
    rader["verkstalligheter"].append(
        {
            "verkstallighet_id": f"DK{nr}-V1",
            "beslut_id": f"DK{nr}-B1",
            "enhet_id": enhet.nyckel,
            "fran": manad.fran.isoformat(),
            "till": manad.sista.isoformat(),
            "slutorsak": "beslut_upphor",
        }
    )


def _natter(manad: Manad) -> Iterator[Textrad]:
    """Every other evening, to the minute."""
    for nr in range(_NATTER):
        dag = manad.fran + timedelta(days=2 * nr + 1)
        tid = {"planerad_start": "22:15", "planerad_slut": "23:00", "utford_start": "22:15", "utford_slut": "23:00"}
        yield {
            "besok_id": f"DK1-K{nr + 1}",
            "verkstallighet_id": "DK1-V1",
            "registrering": "efterhand",
            **{falt: f"{dag}T{klocka}" for falt, klocka in tid.items()},
        }


def _hojda(sista: Manad) -> Iterator[Textrad]:
    """Higher levels sent in for several persons of one enhet at once, from the month that is not settled."""
    pagar = Verkstallighet.objects.filter(
        beslut__insats="LSS-9",
        beslut__till=None,
        till=None,
        fran__lt=sista.fran,
        beslut__person__avliden=None,
        beslut__person__skyddad=False,
        beslut__person__nivaarenden=None,
    ).exclude(beslut__person__nivabedomningar__status="inskickad")
    per_enhet: dict[str, list[tuple[str, int]]] = {}
    for verk in pagar.select_related("enhet", "beslut__person").order_by("enhet__nyckel", "nyckel"):
        niva = verk.beslut.person.nivabedomningar.filter(insats="LSS-9", status="godkand").order_by("-fran").first()
        if niva and niva.niva in {"1", "2", "3", "4"} and not verk.nyckel.startswith("F"):
            per_enhet.setdefault(verk.enhet.nyckel, []).append((verk.beslut.person.nyckel, int(niva.niva)))
        if len(per_enhet.get(verk.enhet.nyckel, ())) == _HOJDA:
            break
    valda = next((ett for ett in per_enhet.values() if len(ett) == _HOJDA), [])
    for nr, (person, niva_nu) in enumerate(valda, 1):
        yield {
            "nivabedomning_id": f"DK-N{nr}",
            "person_id": person,
            "insats": "LSS-9",
            "niva": str(niva_nu + 1),
            "fran": sista.till.isoformat(),
            "status": "inskickad",
            "bedomd_av": "Enhetschef",
        }
