"""The tables of single beslut, to work from. Each row leads to the next step for those who take it. Pure but for that.

Handläggare get the page where it is done; others, who see persons by key, what was decided.
"""

from collections.abc import Callable

from django.urls import reverse

from beslut.ord import insats_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.text import och
from grund.tid import EN_DAG
from uppfoljning.rapport.innehall import Del, Lasare, Rad, Tabell, Varde
from uppfoljning.rapporter.omprovning_och_uppfoljning.queries import AttFoljaUpp, AttOmprova, Underlag, UtanBeslut
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import omprovas_senast
from uppfoljning.rapporter.omprovning_och_uppfoljning.urval import Urval

_BESLUT = (Kolumn("Beslut"), Kolumn("Insats"), Kolumn("Handläggare"))


def arbetslistor(underlag: Underlag, urval: Urval, lasare: Lasare) -> list[Del]:
    """What is to be done, in three parts."""
    uppfoljningar = (
        _uppfoljningar("sena", "Försenade uppföljningar", urval.sena, underlag, lasare),
        _uppfoljningar("snart", "Uppföljning inom 30 dagar", urval.snart, underlag, lasare),
    )
    omprovningar = (
        _omprovningar("ej-klara", "Går ut inom 30 dagar utan nytt beslut", urval.ej_klara, underlag, lasare),
        _omprovningar("kommande", "Går ut inom 31–90 dagar", urval.kommande, underlag, lasare),
    )
    return [
        Del("uppfoljning", "Att följa upp", tabeller=uppfoljningar),
        Del("omprovning", "Att ompröva", tabeller=omprovningar),
        Del("utan-beslut", "Utförs utan beslut", tabeller=(_utan_beslut(underlag, lasare),)),
    ]


def _uppfoljningar(
    nyckel: str, rubrik: str, rader: tuple[AttFoljaUpp, ...], underlag: Underlag, lasare: Lasare
) -> Tabell:
    kolumner = (
        *_BESLUT,
        Kolumn("Följs upp senast", Slag.DATUM),
        Kolumn("Dagar sen", Slag.HELTAL) if nyckel == "sena" else Kolumn("Dagar kvar", Slag.HELTAL),
        Kolumn("Förra uppföljningen", Slag.DATUM),
    )
    adress = _till("beslut:uppfoljning" if lasare.handlagger else "beslut:beslut")
    tecken = -1 if nyckel == "sena" else 1
    return Tabell(
        nyckel,
        rubrik,
        kolumner,
        tuple(
            Rad(
                (
                    ett.nyckel,
                    insats_i_ord(ett.insats),
                    _vem(ett.person, underlag),
                    ett.senast,
                    tecken * (ett.senast - underlag.dag).days,
                    ett.forra,
                ),
                adress(ett.beslut),
            )
            for ett in rader
        ),
        enskilda=True,
        tom="Inga beslut.",
    )


def _omprovningar(
    nyckel: str, rubrik: str, rader: tuple[AttOmprova, ...], underlag: Underlag, lasare: Lasare
) -> Tabell:
    kolumner = (
        *_BESLUT,
        Kolumn("Gäller till och med", Slag.DATUM),
        Kolumn("Omprövas senast", Slag.DATUM),
        Kolumn("Dagar kvar", Slag.HELTAL),
        Kolumn("Omprövas i"),
    )
    arende, beslut = _till("beslut:arende"), _till("beslut:omprovning" if lasare.handlagger else "beslut:beslut")
    return Tabell(
        nyckel,
        rubrik,
        kolumner,
        tuple(
            Rad(
                (
                    ett.nyckel,
                    insats_i_ord(ett.insats),
                    _vem(ett.person, underlag),
                    ett.till - EN_DAG,
                    omprovas_senast(ett.till),
                    (ett.till - underlag.dag).days,
                    ett.nummer or "",
                ),
                arende(ett.arende) if ett.arende and lasare.handlagger else beslut(ett.beslut),
            )
            for ett in rader
        ),
        enskilda=True,
        tom="Inga beslut.",
    )


def _utan_beslut(underlag: Underlag, lasare: Lasare) -> Tabell:
    kolumner = (*_BESLUT, Kolumn("Sedan", Slag.DATUM), Kolumn("Dagar", Slag.HELTAL), Kolumn("Varför"), Kolumn("Enhet"))
    adress = _till("utforare:utforande" if lasare.handlagger else "beslut:beslut")
    return Tabell(
        "utan-beslut",
        "Beslut som har upphört men utförs",
        kolumner,
        tuple(Rad(_utan(ett, underlag), adress(ett.beslut)) for ett in underlag.utan_beslut),
        noter=("Sedan = den första dagen utan beslut, eller dagen då personen avled.",),
        enskilda=True,
        tom="Inga beslut.",
    )


def _utan(ett: UtanBeslut, underlag: Underlag) -> tuple[Varde, ...]:
    return (
        ett.nyckel,
        insats_i_ord(ett.insats),
        _vem(ett.person, underlag),
        ett.slut,
        (underlag.dag - ett.slut).days,
        "Personen har avlidit" if ett.avliden else "Beslutet gick ut",
        och(ett.enheter),
    )


def _vem(person: int, underlag: Underlag) -> str:
    return och(underlag.handlaggare.get(person, ()))


def _till(vy: str) -> Callable[[int], str]:
    """Addresses of a view, without asking the routes for each of thousands of rows."""
    fore, _, efter = reverse(vy, args=[0]).rpartition("/0/")
    return lambda pk: f"{fore}/{pk}/{efter}"
