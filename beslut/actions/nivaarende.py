"""The one who assesses: begins, saves as a draft, sends in. The utförare who contests.

The order of locks is: the ärende, then the import's (registrera).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from beslut import instrument, nivaarenden
from beslut.models import Nivaarende, Nivabedomning, Nivasvar, Nivasynpunkt, Person
from beslut.models.nivaarende import Arendelage
from beslut.nivapoang import SVAR
from beslut.ord import niva_i_ord
from beslut.regler import Bedomningsstatus
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare

_HUNNIT = "Bedömningen har ändrats sedan du öppnade den. Titta på den igen. Inget är sparat."


@dataclass(frozen=True, slots=True)
class Svar:
    """An answer and its reason, as filled in."""

    svar: int | None
    skal: str = ""


def borja_bedomning(*, person: Person, insats: str, av: Anvandare, nu: datetime, idag: date) -> Nivaarende:
    """A draft with the instrument of today. Hindrad with the reasons why there can be none."""
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if hinder := nivaarenden.hinder_for_ny(person, insats, av, idag):
            raise Hindrad(hinder)
        valt = instrument.pa_dag(insats, idag)
        assert valt is not None  # noqa: S101  hinder_for_ny has looked
        nytt = Nivaarende.objects.create(person=person, insats=insats, instrument=valt, bedomare=av, skapad=nu)
        Nivasvar.objects.bulk_create(Nivasvar(arende=nytt, omrade=omrade) for omrade in valt.omraden.all())
        _notera(av, "borja_nivabedomning", nytt, "En nivåbedömning påbörjades.")
    return nytt


def spara_bedomning(
    *,
    arende: Nivaarende,
    svar: Mapping[str, Svar],
    onskad_fran: date | None,
    sammanfattning: str,
    av: Anvandare,
    version: int,
) -> Nivaarende:
    """Save the answers (by the area's kod) as they are so far. Hindrad when someone has changed it meanwhile."""
    with transaction.atomic():
        eget = last_arende(arende, version)
        if hinder := nivaarenden.hinder_for_andring(eget, av):
            raise Hindrad(hinder)
        rader = list(eget.svar.select_related("omrade"))
        for rad in rader:
            nytt = svar.get(rad.omrade.kod, Svar(None))
            if nytt.svar is not None and nytt.svar not in SVAR:
                raise Hindrad([f"{nytt.svar} är inget svar. Välj 0–4, 8 eller 9."])
            rad.svar, rad.skal = nytt.svar, nytt.skal.strip()
        Nivasvar.objects.bulk_update(rader, ["svar", "skal"])
        eget.onskad_fran, eget.sammanfattning = onskad_fran, sammanfattning.strip()
        eget.version += 1
        try:
            eget.save(update_fields=["onskad_fran", "sammanfattning", "version"])
        except IntegrityError as fel:
            raise Hindrad([svenska(fel)]) from fel
        _notera(av, "spara_nivabedomning", eget, "Utkastet till nivåbedömning sparades.")
    return eget


def skicka_in(*, arende: Nivaarende, av: Anvandare, nu: datetime, idag: date, version: int) -> Nivaarende:
    """Send it to the avtalssamordnare: it becomes a row of nivabedomningar that does not count for pay yet."""
    with transaction.atomic():
        eget = last_arende(arende, version)
        if hinder := nivaarenden.hinder_for_inskick(eget, av, idag):
            raise Hindrad(hinder)
        poang = nivaarenden.poang(eget)
        eget.summa, eget.niva, eget.inskickad = poang.summa, poang.niva, nu
        eget.lage, eget.version = Arendelage.INSKICKAD, eget.version + 1
        text = f"Nivåbedömningen skickades in: {niva_i_ord(eget.niva)}."
        registrera_niva(eget, av, "skicka_in_nivabedomning", text, {"bedomd_av": nivaarenden.bedomarnamn(av)})
        eget.save()
    return eget


def kasta_utkast(*, arende: Nivaarende, av: Anvandare, version: int) -> None:
    """Throw away a draft that was never sent in."""
    with transaction.atomic():
        eget = last_arende(arende, version)
        hinder = nivaarenden.hinder_for_andring(eget, av)
        if eget.lage != Arendelage.UTKAST:
            hinder.append("Bara ett utkast som aldrig har skickats in kan kastas.")
        if hinder:
            raise Hindrad(hinder)
        _notera(av, "kasta_nivabedomning", eget, "Utkastet till nivåbedömning kastades.")
        eget.svar.all().delete()
        eget.delete()


def lamna_synpunkt(*, arende: Nivaarende, text: str, av: Anvandare, nu: datetime) -> Nivasynpunkt:
    """The utförare contests the decision, once. Hindrad when it may not be."""
    with transaction.atomic():
        eget = last_arende(arende, None)
        if hinder := nivaarenden.hinder_for_synpunkt(eget, av):
            raise Hindrad(hinder)
        if len(text.strip()) < nivaarenden.MOTIV_MINST:
            raise Hindrad(["Skriv vad du invänder mot, med några ord."])
        ny = Nivasynpunkt.objects.create(arende=eget, av=av, tidpunkt=nu, text=text.strip())
        _notera(av, "synpunkt_pa_nivabedomning", eget, "Utföraren begärde omprövning av nivåbedömningen.")
    return ny


def last_arende(arende: Nivaarende, version: int | None) -> Nivaarende:
    """The ärende as it is now, locked. Hindrad when it is gone, or not of the `version` that was seen."""
    urval = Nivaarende.objects.select_for_update(of=("self",)).select_related("person", "instrument", "bedomare")
    delar = ("svar__omrade", "instrument__omraden", "instrument__granser")
    eget = urval.prefetch_related(*delar).filter(pk=arende.pk).first()
    if eget is None:
        raise Hindrad(["Bedömningen finns inte längre."])
    if version is not None and version != eget.version:
        raise Hindrad([_HUNNIT])
    return eget


def registrera_niva(arende: Nivaarende, av: Anvandare, handling: str, text: str, varden: Mapping[str, str]) -> None:
    """Store the row of nivabedomningar that the ärende leads to, the way of the import, with its event."""
    nyckel = f"NB-{arende.skapad.year}-{arende.pk:06d}"
    rad = _lagrad(nyckel) | {
        "nivabedomning_id": nyckel,
        "person_id": arende.person.nyckel,
        "insats": arende.insats,
        "niva": arende.niva,
        "fran": arende.onskad_fran.isoformat() if arende.onskad_fran else "",
        "status": Bedomningsstatus.INSKICKAD.value,
        "godkand_av": "",
        "godkand": "",
        **varden,
    }
    spar = Spar(av, handling, objekt(arende), text)
    if registrera(rader={"nivabedomningar": [rad]}, spar=spar) is None:
        skriv_handelse(av=av, handling=handling, objekt=objekt(arende), text=text)
    arende.bedomning = Nivabedomning.objects.get(nyckel=nyckel)


def _lagrad(nyckel: str) -> dict[str, str]:
    """The row as it is stored; none the first time, or when an import has taken it back."""
    try:
        return lagrad_rad("nivabedomningar", nyckel)
    except KeyError:
        return {}


def objekt(arende: Nivaarende) -> str:
    """What the events of the ärende are about."""
    return f"nivaarende:{arende.pk}"


def _notera(av: Anvandare, handling: str, arende: Nivaarende, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=objekt(arende), text=text)
