"""An appeal, step by step (FL 38–39, 43–46 §§), and what a judgment leads to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from beslut.actions.arenden import oppna_arende
from beslut.actions.nummer import vanta_pa_inlasning
from beslut.frister import hinder_for_rattid
from beslut.koder import Arendeslag, Domsutfall, Overklagandesteg, Sokande
from beslut.models import Arende, Beslut, Delgivning, Overklagande
from beslut.regler import Insats, Utfall
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import Spar, Textrad, lagrad_rad, registrera
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import EN_DAG, lokal_dag

_OPPNA = (
    Overklagandesteg.INKOMMET,
    Overklagandesteg.I_TID,
    Overklagandesteg.OMPROVAT,
    Overklagandesteg.OVERLAMNAT,
)
_GER = {Domsutfall.BIFALL: Utfall.BIFALL, Domsutfall.DELVIS: Utfall.DELVIS}


@dataclass(frozen=True, slots=True)
class Dom:
    """What the court came to; the days and the omfattning only when it gives something."""

    dag: date
    utfall: Domsutfall
    malnummer: str
    text: str
    fran: date | None = None
    sista: date | None = None
    omfattning: Decimal | None = None
    omfattning_enhet: str = ""
    uppfoljning: date | None = None


def registrera_overklagande(
    *, beslut: Beslut, inkom: date, klagande: str, text: str, av: Anvandare, idag: date
) -> Overklagande:
    """Note that an appeal has come in to the nämnd. Hindrad when one is under way already."""
    hinder = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    if not beslut.beslutsdatum <= inkom <= idag:
        hinder.append("Överklagandet ska ha kommit in mellan beslutets dag och dagens.")
    with transaction.atomic():
        Beslut.objects.select_for_update(no_key=True).get(pk=beslut.pk)
        if Overklagande.objects.filter(beslut=beslut, steg__in=_OPPNA).exists():
            hinder.append("Beslutet har redan ett överklagande som inte är avgjort.")
        if hinder:
            raise Hindrad(hinder)
        nytt = Overklagande.objects.create(beslut=beslut, inkom=inkom, klagande=klagande, text=text)
        _skriv(nytt, av, "registrera_overklagande", f"Ett överklagande av {beslut.nyckel} kom in {inkom}.")
    return nytt


def rattidshinder(overklagande: Overklagande) -> list[str]:
    """Why the appeal is too late, by the days that are noted."""
    delgivning = Delgivning.objects.filter(beslut=overklagande.beslut_id).first()
    return hinder_for_rattid(delgivning.dag if delgivning else None, overklagande.inkom)


def rattidsprova(*, overklagande: Overklagande, i_tid: bool, skal: str, dag: date, av: Anvandare) -> None:
    """Decide whether the appeal came in time (FL 45 §). Against what the days say, a reason is needed.

    One that is in time by the days cannot be refused. A late one can be let through: the nämnd informed wrongly.
    """
    sent = rattidshinder(overklagande)
    if not i_tid and not sent:
        raise Hindrad(["Överklagandet kom in i tid och får inte avvisas."])
    if sent and not skal.strip():
        raise Hindrad([f"{' '.join(sent)} Skriv skälen för ditt ställningstagande."])
    with _i_steg(overklagande, Overklagandesteg.INKOMMET, av) as ett:
        ett.steg = Overklagandesteg.I_TID if i_tid else Overklagandesteg.AVVISAT
        ett.rattid_provad, ett.rattid_skal = dag, skal.strip()
        ett.save(update_fields=["steg", "rattid_provad", "rattid_skal"])
        utfall = "kom in i tid" if i_tid else "avvisades, det kom in för sent"
        _skriv(ett, av, "rattidsprova", f"Överklagandet {utfall}.")


def omprova_overklagat(
    *, overklagande: Overklagande, andras: bool, text: str, av: Anvandare, nu: datetime
) -> Arende | None:
    """The nämnd's own look first (FL 38–39 §§). Changed as the party wants: an ärende for it, and no court."""
    if not text.strip():
        raise Hindrad(["Skriv vad omprövningen kom fram till."])
    with _i_steg(overklagande, Overklagandesteg.I_TID, av) as ett:
        ett.steg = Overklagandesteg.ANDRAT if andras else Overklagandesteg.OMPROVAT
        ett.omprovat, ett.omprovat_text = lokal_dag(nu), text.strip()
        ett.save(update_fields=["steg", "omprovat", "omprovat_text"])
        _skriv(ett, av, "omprova_overklagat", f"Nämnden {'ändrar' if andras else 'ändrar inte'} beslutet.")
        return _nytt_arende(ett, Arendeslag.OVERKLAGAT, text, av, nu) if andras else None


def overlamna(*, overklagande: Overklagande, dag: date, av: Anvandare, idag: date) -> None:
    """The appeal and the documents go to the court (FL 46 §)."""
    if not overklagande.inkom <= dag <= idag:
        raise Hindrad(["Dagen ska ligga mellan den dag då överklagandet kom in och dagens."])
    with _i_steg(overklagande, Overklagandesteg.OMPROVAT, av) as ett:
        ett.steg, ett.overlamnat = Overklagandesteg.OVERLAMNAT, dag
        ett.save(update_fields=["steg", "overlamnat"])
        _skriv(ett, av, "overlamna_overklagande", f"Överklagandet lämnades till förvaltningsrätten {dag}.")


def registrera_dom(*, overklagande: Overklagande, dom: Dom, av: Anvandare, nu: datetime) -> Arende | None:
    """Note the judgment. One that gives becomes a Beslut, marked as the court's; one sent back opens an ärende."""
    if hinder := _hinder_for_dom(overklagande, dom, lokal_dag(nu)):
        raise Hindrad(hinder)
    with _i_steg(overklagande, Overklagandesteg.OVERLAMNAT, av) as ett:
        ett.steg, ett.domdag, ett.domsutfall = Overklagandesteg.AVGJORT, dom.dag, dom.utfall
        ett.malnummer, ett.domtext = dom.malnummer, dom.text
        if dom.utfall in _GER:
            ett.domens_beslut = _domens_beslut(ett, dom, av)
        ett.save()
        _skriv(ett, av, "registrera_dom", f"Dom {dom.dag}, mål {dom.malnummer}: {dom.utfall.label}.")
        if dom.utfall == Domsutfall.ATERFORVISAD:
            return _nytt_arende(ett, Arendeslag.ATERFORVISAD, dom.text, av, nu)
    return None


def _hinder_for_dom(overklagande: Overklagande, dom: Dom, idag: date) -> list[str]:
    krav = (
        (dom.dag > idag, "Domens dag kan inte ligga efter dagens datum."),
        (overklagande.overlamnat is not None and dom.dag < overklagande.overlamnat, "Domen är äldre än överlämnandet."),
        (dom.utfall in _GER and dom.fran is None, "Skriv vilken dag insatsen ska börja enligt domen."),
        (dom.fran is not None and dom.sista is not None and dom.sista < dom.fran, "Sista dagen ligger före första."),
    )
    return [text for fel, text in krav if fel]


def _domens_beslut(overklagande: Overklagande, dom: Dom, av: Anvandare) -> Beslut:
    """The judgment as a row of the format; an earlier decision in part ends when it begins."""
    vanta_pa_inlasning()
    gammalt = overklagande.beslut
    nyckel = f"D-{gammalt.nyckel}"[:40]
    if Beslut.objects.filter(nyckel=nyckel).exists():
        raise Hindrad([f"Det finns redan ett beslut med nyckeln {nyckel}."])
    rad: Textrad = {
        "beslut_id": nyckel,
        "person_id": gammalt.person.nyckel,
        "insats": gammalt.insats,
        "lagrum": Insats(gammalt.insats).lag.value,
        "utfall": _GER[dom.utfall].value,
        "ansokan": str(gammalt.ansokan or ""),
        "beslutsdatum": str(dom.dag),
        "fran": str(dom.fran),
        "till": str(dom.sista or ""),
        "omfattning": "" if dom.omfattning is None else f"{dom.omfattning:f}",
        "omfattning_enhet": dom.omfattning_enhet,
        "uppfoljning": str(dom.uppfoljning or ""),
    }
    spar = Spar(av, "beslut_enligt_dom", f"beslut:{nyckel}", f"Beslut enligt dom {dom.dag}, mål {dom.malnummer}.")
    registrera(rader={"beslut": [rad, *_ersatt(gammalt, dom)]}, spar=spar)
    return Beslut.objects.get(nyckel=nyckel)


def _ersatt(gammalt: Beslut, dom: Dom) -> list[Textrad]:
    if dom.fran is None or gammalt.utfall == Utfall.AVSLAG or gammalt.fran is None or dom.fran <= gammalt.fran:
        return []
    if gammalt.till is not None and gammalt.till <= dom.fran:
        return []
    return [lagrad_rad("beslut", gammalt.nyckel) | {"till": str(dom.fran - EN_DAG)}]


def _nytt_arende(overklagande: Overklagande, slag: Arendeslag, text: str, av: Anvandare, nu: datetime) -> Arende:
    beslut = overklagande.beslut
    return oppna_arende(
        person=beslut.person,
        insats=Insats(beslut.insats),
        slag=slag,
        sokande=Sokande.SJALV,
        inkom=lokal_dag(nu),
        text=text,
        av=av,
        nu=nu,
        omprovar=beslut,
    )


@contextmanager
def _i_steg(overklagande: Overklagande, steg: Overklagandesteg, av: Anvandare) -> Iterator[Overklagande]:
    """The appeal, locked, if it is where the caller thinks. Hindrad when somebody has been there before."""
    if hinder := hinder_for_ratt(av.roller, Ratt.HANDLAGGA):
        raise Hindrad(hinder)
    with transaction.atomic():
        las = Overklagande.objects.select_for_update(of=("self",)).select_related("beslut__person")
        ett = las.get(pk=overklagande.pk)
        if ett.steg != steg:
            raise Hindrad([f"Överklagandet har redan kommit vidare: {ett.get_steg_display()}."])
        yield ett


def _skriv(overklagande: Overklagande, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"beslut:{overklagande.beslut.nyckel}", text=text)
