"""A claim for arbetsbonus is decided by a named person (KL 6 kap. 38 §): bifall, avslag, or asked to be completed.

Bifall registers the anställning, by the import's own checks; what it pays is R50's to say, when the month is run.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from beslut.tillgang import far_se
from ersattning import intyg as papper
from ersattning.intyg import Intyg
from ersattning.models import Anstallning, Bonusansokan, Bonusansokansteg
from ersattning.regler import Ansokanstatus, Bonusbesked
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import fast
from grund.text import datum_i_ord
from grund.tid import EN_DAG, lokal_dag
from utforare.models import Verkstallighet
from utforare.nycklar import ny_nyckel
from utforare.tillgang import sist_synlig

ANDRAD = "Ansökan har ändrats sedan du öppnade sidan. Läs den igen och gör det sedan en gång till."
_OAVGJORD = (Ansokanstatus.INSKICKAD, Ansokanstatus.KOMPLETTERAS)


def hinder_for_beslut(ansokan: Bonusansokan, av: Anvandare) -> list[str]:
    """Why `av` may not decide the claim."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_BONUS)
    if not far_se(av, ansokan.person):
        hinder.append("Personens uppgifter är skyddade. Någon som får se dem beslutar.")
    if ansokan.status not in _OAVGJORD:
        hinder.append(f"Ansökan är redan {ansokan.get_status_display()}.")
    return hinder


def hinder_for_komplettering(ansokan: Bonusansokan, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not ask the utförare for more: it cannot answer about somebody whom it may no longer see."""
    sedda = Verkstallighet.objects.filter(beslut__person=ansokan.person_id, enhet=ansokan.enhet_id)
    if not sedda.filter(Q(till__isnull=True) | Q(till__gt=sist_synlig(idag))).exists():
        return ["Utföraren får inte längre se personen och kan inte svara. Besluta på det som finns."]
    if ansokan.status == Ansokanstatus.KOMPLETTERAS:
        return ["Komplettering är redan begärd, och utföraren har inte svarat."]
    return hinder_for_beslut(ansokan, av)


def bevilja(
    *, ansokan: Bonusansokan, motiv: str, version: int, av: Anvandare, idag: date, nu: datetime
) -> Bonusansokan:
    """Bifall: the anställning is registered, unless it is there already. Raises Hindrad or EjRegistrerad."""
    with transaction.atomic():
        ansokan = _las(ansokan, version)
        if hinder := hinder_for_beslut(ansokan, av):
            raise Hindrad(hinder)
        finns = befintlig(ansokan)
        nyckel = finns.nyckel if finns else ny_nyckel(Anstallning, "AN", idag)
        _steg(ansokan, Bonusbesked.BIFALL, motiv, av, nu)
        _byt(ansokan, Ansokanstatus.BEVILJAD, anstallning_nyckel=nyckel)
        text = f"{av.get_username()} beviljade ansökan om arbetsbonus: anställning från {datum_i_ord(ansokan.fran)}"
        if finns:
            text = f"{text}, som redan var registrerad ({nyckel})."
            skriv_handelse(av=av, handling="bevilja_bonus", objekt=_objekt(ansokan), text=text)
        else:
            spar = Spar(av, "bevilja_bonus", _objekt(ansokan), f"{text}, registrerad som {nyckel}.")
            registrera(rader={"anstallningar": [_rad(ansokan, nyckel)]}, spar=spar)
    return ansokan


def befintlig(ansokan: Bonusansokan) -> Anstallning | None:
    """The anställning that says what the claim says, if a package has brought it already."""
    lika = Anstallning.objects.filter(
        person=ansokan.person_id,
        fran=ansokan.fran,
        sysselsattningsgrad=ansokan.sysselsattningsgrad,
        anstallningsform=ansokan.anstallningsform,
    )
    return lika.order_by("nyckel").first()


def _rad(ansokan: Bonusansokan, nyckel: str) -> dict[str, str]:
    return {
        "anstallning_id": nyckel,
        "person_id": ansokan.person.nyckel,
        "arbetsgivare": ansokan.arbetsgivare,
        "fran": ansokan.fran.isoformat(),
        "sysselsattningsgrad": fast(ansokan.sysselsattningsgrad, 2),
        "anstallningsform": ansokan.anstallningsform,
    }


def avsla(*, ansokan: Bonusansokan, motiv: str, version: int, av: Anvandare, nu: datetime) -> Bonusansokan:
    """Avslag: the utförare reads why. The same job may be claimed anew, with something that shows more."""
    with transaction.atomic():
        ansokan = _las(ansokan, version)
        if hinder := hinder_for_beslut(ansokan, av):
            raise Hindrad(hinder)
        _steg(ansokan, Bonusbesked.AVSLAG, motiv, av, nu)
        _byt(ansokan, Ansokanstatus.AVSLAGEN)
        text = f"{av.get_username()} avslog ansökan om arbetsbonus."
        skriv_handelse(av=av, handling="avsla_bonus", objekt=_objekt(ansokan), text=text)
    return ansokan


def begar_komplettering(
    *, ansokan: Bonusansokan, motiv: str, version: int, av: Anvandare, nu: datetime
) -> Bonusansokan:
    """Ask the utförare for what is missing."""
    with transaction.atomic():
        ansokan = _las(ansokan, version)
        if hinder := hinder_for_komplettering(ansokan, av, lokal_dag(nu)):
            raise Hindrad(hinder)
        _steg(ansokan, Bonusbesked.KOMPLETTERING, motiv, av, nu)
        _byt(ansokan, Ansokanstatus.KOMPLETTERAS)
        text = f"{av.get_username()} begärde komplettering av ansökan om arbetsbonus."
        skriv_handelse(av=av, handling="begar_bonuskomplettering", objekt=_objekt(ansokan), text=text)
    return ansokan


def komplettera(
    *, ansokan: Bonusansokan, text: str, intyg: Intyg | None, version: int, av: Anvandare, nu: datetime
) -> Bonusansokan:
    """The utförare answers, with another intyg or without. That the claim is its own is the view's to see to."""
    with transaction.atomic():
        ansokan = _las(ansokan, version)
        if ansokan.status != Ansokanstatus.KOMPLETTERAS:
            raise Hindrad([f"Ingen komplettering väntas: ansökan är {ansokan.get_status_display()}."])
        sokvag, sha256 = papper.spara(intyg) if intyg else ("", "")
        _steg(ansokan, Bonusbesked.SVAR, text, av, nu, sokvag=sokvag, sha256=sha256)
        _byt(ansokan, Ansokanstatus.INSKICKAD)
        mening = f"{av.get_username()} kompletterade ansökan om arbetsbonus."
        skriv_handelse(av=av, handling="komplettera_bonusansokan", objekt=_objekt(ansokan), text=mening)
    return ansokan


def _las(ansokan: Bonusansokan, version: int) -> Bonusansokan:
    """The claim as it is now, locked; Hindrad when that is another than what the page showed."""
    nu = Bonusansokan.objects.select_for_update(of=("self",)).select_related("person").get(pk=ansokan.pk)
    if nu.version != version:
        raise Hindrad([ANDRAD])
    return nu


def _byt(ansokan: Bonusansokan, status: Ansokanstatus, *, anstallning_nyckel: str = "") -> None:
    ansokan.status, ansokan.version, ansokan.anstallning_nyckel = status, ansokan.version + 1, anstallning_nyckel
    ansokan.save(update_fields=["status", "version", "anstallning_nyckel"])


def _steg(
    ansokan: Bonusansokan,
    slag: Bonusbesked,
    text: str,
    av: Anvandare,
    nu: datetime,
    *,
    sokvag: str = "",
    sha256: str = "",
) -> None:
    Bonusansokansteg.objects.create(
        ansokan=ansokan, slag=slag, text=text, av=av, tidpunkt=nu, sokvag=sokvag, sha256=sha256
    )


def _objekt(ansokan: Bonusansokan) -> str:
    return f"bonusansokan:{ansokan.pk}"


def hinder_for_slut(anstallning: Anstallning, sista: date | None, sedd_till: date | None, av: Anvandare) -> list[str]:
    """Why its last day may not be set to `sista` (None = it goes on). `sedd_till`: what the page showed."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_BONUS)
    if not far_se(av, anstallning.person):
        hinder.append("Personens uppgifter är skyddade. Någon som får se dem gör det.")
    if anstallning.till != sedd_till:
        hinder.append("Anställningens slut har ändrats sedan du öppnade sidan. Läs det igen.")
    if sista and sista < anstallning.fran:
        hinder.append("Sista dagen ligger före anställningens första dag.")
    return hinder


def registrera_slut(*, anstallning: Anstallning, sista: date | None, sedd_till: date | None, av: Anvandare) -> None:
    """Set the anställning's last day, or that it goes on. Bonus that is settled stays until somebody decides on it."""
    with transaction.atomic():
        anstallning = Anstallning.objects.select_for_update(of=("self",)).get(pk=anstallning.pk)
        if hinder := hinder_for_slut(anstallning, sista, sedd_till, av):
            raise Hindrad(hinder)
        rad = lagrad_rad("anstallningar", anstallning.nyckel) | {"till": sista.isoformat() if sista else ""}
        slut = f"sista dag {datum_i_ord(sista)}" if sista else "den fortsätter"
        spar = Spar(
            av,
            "andra_anstallning",
            f"anstallning:{anstallning.nyckel}",
            f"{av.get_username()} ändrade slutet på anställningen {anstallning.nyckel}: {slut}.",
        )
        registrera(rader={"anstallningar": [rad]}, spar=spar)


def sista_dag(anstallning: Anstallning) -> date | None:
    """The last day of it, as people say it."""
    return anstallning.till - EN_DAG if anstallning.till else None


def stegen(ansokan: Bonusansokan) -> Sequence[Bonusansokansteg]:
    """What has been said of the claim, the first first."""
    return sorted(ansokan.steg.all(), key=lambda ett: (ett.tidpunkt, ett.pk))
