"""Justeringar (R51): proposed by one person and decided by another, once; undone only by an opposite one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from beslut.tillgang import far_se
from ersattning import intyg as papper
from ersattning.intyg import Intyg
from ersattning.models import Justering
from ersattning.regler import OKAR, Justeringslage, Justeringsslag
from grund.behorighet import Ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import manad_i_ord
from grund.tid import Manad
from utforare.models import Avtal, Enhet, Utforare, Verkstallighet


@dataclass(frozen=True, slots=True)
class Uppgifter:
    """What is proposed. `belopp` in kronor, above zero: the slag says which way it goes.

    `enhet`, `verkstallighet` and `avtal` are None when it is about no such thing.
    """

    utforare: Utforare
    insats: str
    slag: Justeringsslag
    belopp: Decimal
    manad: Manad
    motiv: str
    enhet: Enhet | None = None
    verkstallighet: Verkstallighet | None = None
    avtal: Avtal | None = None

    @property
    def med_tecken(self) -> Decimal:
        """What the utförare gets."""
        return self.belopp if self.slag in OKAR else -self.belopp


def i_ord(justering: Justering) -> str:
    """`Vite −10 000,00 kr för maj 2026`; of what undoes it `Vite tas tillbaka: 10 000,00 kr för maj 2026`."""
    slag = Justeringsslag(justering.slag).label.capitalize()
    vad = f"{slag} tas tillbaka:" if justering.motverkar_id else slag
    return f"{vad} {kronor(justering.belopp)} för {manad_i_ord(justering.avser)}"


# ---- to propose ---------------------------------------------------------------------------------------------------


def foresla(*, uppgifter: Uppgifter, bilaga: Intyg, av: Anvandare, nu: datetime) -> Justering:
    """Propose a justering. Nothing is paid by it until somebody else has approved it. Raises Hindrad."""
    if hinder := hinder_for_ratt(av.roller, Ratt.FORESLA_JUSTERING) + hinder_for_uppgifter(uppgifter):
        raise Hindrad(hinder)
    verk = uppgifter.verkstallighet
    justering = Justering(
        utforare=uppgifter.utforare,
        insats=uppgifter.insats,
        enhet=verk.enhet if verk else uppgifter.enhet,
        verkstallighet=verk,
        verkstallighet_nyckel=verk.nyckel if verk else "",
        person=verk.beslut.person if verk else None,
        beslut=verk.beslut if verk else None,
        avtal_nyckel=uppgifter.avtal.nyckel if uppgifter.avtal else "",
        slag=uppgifter.slag,
        belopp=uppgifter.med_tecken,
        manad=uppgifter.manad.fran,
        motiv=uppgifter.motiv,
    )
    return _spara(justering, bilaga, av, nu)


def hinder_for_uppgifter(vad: Uppgifter) -> list[str]:
    """What does not hang together."""
    hinder = ["Beloppet ska vara större än noll: slaget säger om det är plus eller minus."] if vad.belopp <= 0 else []
    if not vad.motiv.strip():
        hinder.append("Skriv varför justeringen görs.")
    verk, enhet = vad.verkstallighet, vad.enhet
    if verk and verk.enhet.utforare_id != vad.utforare.pk:
        hinder.append(f"{verk.nyckel} är inte hos {vad.utforare.namn}.")
    if verk and verk.beslut.insats != vad.insats:
        hinder.append(f"{verk.nyckel} är {insats_i_ord(verk.beslut.insats)}, inte {insats_i_ord(vad.insats)}.")
    if enhet and enhet.utforare_id != vad.utforare.pk:
        hinder.append(f"{enhet.namn} hör inte till {vad.utforare.namn}.")
    if verk and enhet and verk.enhet_id != enhet.pk:
        hinder.append(f"{verk.nyckel} är inte vid {enhet.namn}.")
    if vad.avtal and (vad.avtal.utforare_id, vad.avtal.insats) != (vad.utforare.pk, vad.insats):
        hinder.append(f"Avtalet {vad.avtal.nyckel} gäller inte {vad.utforare.namn} och {insats_i_ord(vad.insats)}.")
    return hinder


_VAD = (
    *("utforare_id", "insats", "enhet_id", "verkstallighet_id", "verkstallighet_nyckel", "person_id", "beslut_id"),
    *("avtal_nyckel", "slag", "manad"),
)


def ta_tillbaka(*, justering: Justering, motiv: str, bilaga: Intyg | None, av: Anvandare, nu: datetime) -> Justering:
    """Propose the opposite of a godkänd justering: the same slag, whole and with the other sign. Raises Hindrad."""
    if hinder := hinder_for_att_ta_tillbaka(justering, av):
        raise Hindrad(hinder)
    if not motiv.strip():
        raise Hindrad(["Skriv varför justeringen tas tillbaka."])
    motsatt = Justering(
        **{namn: getattr(justering, namn) for namn in _VAD},
        belopp=-justering.belopp,
        motiv=motiv,
        motverkar=justering,
    )
    return _spara(motsatt, bilaga, av, nu)


def hinder_for_att_ta_tillbaka(justering: Justering, av: Anvandare) -> list[str]:
    """Why `av` may not propose its opposite."""
    hinder = hinder_for_ratt(av.roller, Ratt.FORESLA_JUSTERING)
    if justering.status != Justeringslage.GODKAND:
        hinder.append(f"{justering} är {justering.get_status_display()}. Bara en godkänd justering tas tillbaka.")
    if justering.motverkar_id:
        hinder.append(f"{justering} tar själv tillbaka en annan. Föreslå en ny justering i stället.")
    pagar = justering.motverkas_av.filter(status__in=[Justeringslage.FORESLAGEN, Justeringslage.GODKAND]).first()
    if pagar:
        hinder.append(f"{pagar} tar redan tillbaka {justering}: den är {pagar.get_status_display()}.")
    return hinder


def _spara(justering: Justering, bilaga: Intyg | None, av: Anvandare, nu: datetime) -> Justering:
    """Store it with its paper; the paper goes if the row does not come about."""
    if bilaga:
        justering.sokvag, justering.sha256 = papper.spara(bilaga)
        justering.storlek = len(bilaga.innehall)
    justering.foreslagen_av, justering.foreslagen = av, nu
    try:
        with transaction.atomic():
            justering.save()
            _handelse(justering, av, "foresla_justering", "föreslog")
    except IntegrityError as brott:
        if justering.sokvag:
            papper.plats(justering.sokvag).unlink(missing_ok=True)
        raise Hindrad([svenska(brott)]) from brott
    return justering


# ---- to decide ----------------------------------------------------------------------------------------------------


def godkann(*, justering: Justering, av: Anvandare, nu: datetime) -> Justering:
    """Approve it: from now on it is paid by the körning that carries it. Raises Hindrad."""
    with transaction.atomic():
        ett = _las(justering)
        if hinder := hinder_for_avgorande(ett, av):
            raise Hindrad(hinder)
        return _avgor(ett, Justeringslage.GODKAND, av, nu, "", ("godkann_justering", "godkände"))


def neka(*, justering: Justering, svar: str, av: Anvandare, nu: datetime) -> Justering:
    """Refuse it, and say why. Raises Hindrad."""
    with transaction.atomic():
        ett = _las(justering)
        hinder = hinder_for_avgorande(ett, av)
        if not svar.strip():
            hinder.append("Skriv varför justeringen nekas.")
        if hinder:
            raise Hindrad(hinder)
        return _avgor(ett, Justeringslage.NEKAD, av, nu, svar, ("neka_justering", "nekade"))


def aterkalla(*, justering: Justering, av: Anvandare, nu: datetime) -> Justering:
    """Take the own proposal back before anybody has decided. Raises Hindrad."""
    with transaction.atomic():
        ett = _las(justering)
        if hinder := hinder_for_aterkallande(ett, av):
            raise Hindrad(hinder)
        return _avgor(ett, Justeringslage.ATERKALLAD, av, nu, "", ("aterkalla_justering", "återkallade"))


def hinder_for_avgorande(justering: Justering, av: Anvandare) -> list[str]:
    """Why `av` may neither approve nor refuse it: another person does than who proposed it (R51), who may read it."""
    hinder = hinder_for_ratt(av.roller, Ratt.GODKANNA_JUSTERING) + _avgjord(justering)
    if justering.person and not far_se(av, justering.person):
        hinder.append("Personens uppgifter är skyddade. Någon som får se dem, och bilagan, godkänner eller nekar.")
    if av.pk == justering.foreslagen_av_id:
        hinder.append(f"{av.get_username()} har föreslagit {justering} och får varken godkänna eller neka den.")
    return hinder


def hinder_for_aterkallande(justering: Justering, av: Anvandare) -> list[str]:
    """Why `av` may not take it back."""
    hinder = hinder_for_ratt(av.roller, Ratt.FORESLA_JUSTERING) + _avgjord(justering)
    if av.pk != justering.foreslagen_av_id:
        hinder.append("Bara den som har föreslagit justeringen får återkalla den.")
    return hinder


def _avgjord(justering: Justering) -> list[str]:
    if justering.status == Justeringslage.FORESLAGEN:
        return []
    return [f"{justering} är redan {justering.get_status_display()}."]


def _las(justering: Justering) -> Justering:
    return Justering.objects.select_related("person").select_for_update(of=("self",)).get(pk=justering.pk)


def _avgor(
    ett: Justering, lage: Justeringslage, av: Anvandare, nu: datetime, svar: str, ord_: tuple[str, str]
) -> Justering:
    ett.status, ett.avgjord_av, ett.avgjord, ett.svar = lage, av, nu, svar
    ett.save(update_fields=["status", "avgjord_av", "avgjord", "svar"])
    _handelse(ett, av, *ord_)
    return ett


def _handelse(ett: Justering, av: Anvandare, handling: str, gjorde: str) -> None:
    """What was done, without the motive: it may say more than the log's readers should know."""
    tar_bort = f", som tar tillbaka {ett.motverkar}" if ett.motverkar else ""
    vad = f"{Insats(ett.insats).label}, {ett.utforare.namn}"
    text = f"{av.get_username()} {gjorde} {ett}: {i_ord(ett)}, {vad}{tar_bort}."
    skriv_handelse(av=av, handling=handling, objekt=f"justering:{ett.pk}", text=text, belopp=str(ett.belopp))
