"""The avtalssamordnare decides on a nivåbedömning, with a motive and never on one's own; and answers who contests."""

from datetime import date, datetime

from django.db import transaction

from beslut import nivaarenden, nivaovertaganden
from beslut.actions.nivaarende import last_arende, objekt, registrera_niva
from beslut.models import Nivaarende, Nivaprovning
from beslut.models.nivaarende import Arendelage, Provningsslag, Synpunktssvar
from beslut.ord import niva_i_ord
from beslut.regler import Bedomningsstatus
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord

_UTAN_MOTIV = "Skriv en motivering, med några ord."


def godkann(
    *, arende: Nivaarende, fran: date, motiv: str, av: Anvandare, nu: datetime, idag: date, version: int
) -> Nivaarende:
    """Let the level count from `fran`. What that changes in settled months is corrected in the next run (R40)."""
    with transaction.atomic():
        eget = _last_for_provning(arende, av, motiv, version)
        if hinder := nivaarenden.hinder_for_dagen(eget, fran):
            raise Hindrad(hinder)
        text = f"Nivåbedömningen godkändes: {niva_i_ord(eget.niva)} från {datum_i_ord(fran)}."
        godkannande = {"godkand_av": nivaarenden.bedomarnamn(av), "godkand": idag.isoformat()}
        varden = {"status": Bedomningsstatus.GODKAND.value, "fran": fran.isoformat(), **godkannande}
        registrera_niva(eget, av, "godkann_nivabedomning", text, varden)
        return _avgor(eget, Provningsslag.GODKAND, av, nu, motiv, fran)


def avvisa(*, arende: Nivaarende, motiv: str, av: Anvandare, nu: datetime, version: int) -> Nivaarende:
    """Reject it: the level that holds goes on."""
    with transaction.atomic():
        eget = _last_for_provning(arende, av, motiv, version)
        varden = {"status": Bedomningsstatus.AVVISAD.value}
        registrera_niva(eget, av, "avvisa_nivabedomning", "Nivåbedömningen avvisades.", varden)
        return _avgor(eget, Provningsslag.AVVISAD, av, nu, motiv)


def avvisa_aterskickad(*, arende: Nivaarende, motiv: str, av: Anvandare, nu: datetime, version: int) -> Nivaarende:
    """Reject one that was sent back and is left lying, so that a new one can be begun."""
    with transaction.atomic():
        eget = last_arende(arende, version)
        if hinder := nivaovertaganden.hinder_for_avvisning(eget, av) + _hinder_for_motiv(motiv):
            raise Hindrad(hinder)
        varden = {"status": Bedomningsstatus.AVVISAD.value}
        text = "Nivåbedömningen, som hade skickats tillbaka, avvisades."
        registrera_niva(eget, av, "avvisa_nivabedomning", text, varden)
        return _avgor(eget, Provningsslag.AVVISAD, av, nu, motiv)


def skicka_tillbaka(*, arende: Nivaarende, motiv: str, av: Anvandare, nu: datetime, version: int) -> Nivaarende:
    """Send it back to the one who assessed, to be completed."""
    with transaction.atomic():
        eget = _last_for_provning(arende, av, motiv, version)
        text = "Nivåbedömningen skickades tillbaka för komplettering."
        skriv_handelse(av=av, handling="aterskicka_nivabedomning", objekt=objekt(eget), text=text)
        return _avgor(eget, Provningsslag.ATERSKICKAD, av, nu, motiv)


def svara_pa_synpunkt(*, arende: Nivaarende, svar: str, motiv: str, av: Anvandare, nu: datetime) -> Nivaarende:
    """Answer the utförare. A rejected assessment may be taken up again; then it waits for a decision anew."""
    with transaction.atomic():
        eget = last_arende(arende, None)
        hinder = nivaarenden.hinder_for_svar(eget, av) + _hinder_for_motiv(motiv)
        if svar == Synpunktssvar.PROVA_IGEN and eget.lage != Arendelage.AVVISAD:
            hinder.append("Bara en avvisad bedömning kan prövas igen. Annars behövs en ny bedömning.")
        if hinder:
            raise Hindrad(hinder)
        synpunkt = eget.synpunkt
        synpunkt.svar, synpunkt.motiv, synpunkt.svar_av, synpunkt.svarad = svar, motiv.strip(), av, nu
        synpunkt.save()
        text = f"Utförarens synpunkt besvarades: {Synpunktssvar(svar).label}."
        skriv_handelse(av=av, handling="svara_pa_synpunkt", objekt=objekt(eget), text=text)
        if svar == Synpunktssvar.PROVA_IGEN:
            _ta_upp_igen(eget, av)
    return eget


def _ta_upp_igen(arende: Nivaarende, av: Anvandare) -> None:
    registrera_niva(arende, av, "prova_nivabedomning_igen", "Nivåbedömningen prövas igen.", {})
    arende.lage, arende.version = Arendelage.INSKICKAD, arende.version + 1
    arende.save(update_fields=["lage", "version"])


def _last_for_provning(arende: Nivaarende, av: Anvandare, motiv: str, version: int) -> Nivaarende:
    """Locked. Who comes second is told who was first, rather than that something has changed."""
    eget = last_arende(arende, None)
    if hinder := nivaarenden.hinder_for_provning(eget, av) + _hinder_for_motiv(motiv):
        raise Hindrad(hinder)
    return last_arende(eget, version)


def _hinder_for_motiv(motiv: str) -> list[str]:
    return [_UTAN_MOTIV] if len(motiv.strip()) < nivaarenden.MOTIV_MINST else []


def _avgor(
    arende: Nivaarende, slag: Provningsslag, av: Anvandare, nu: datetime, motiv: str, fran: date | None = None
) -> Nivaarende:
    Nivaprovning.objects.create(
        arende=arende, slag=slag, av=av, bedomare=arende.bedomare, tidpunkt=nu, motiv=motiv.strip(), fran=fran
    )
    arende.lage, arende.version = Arendelage(slag.value), arende.version + 1
    arende.save(update_fields=["lage", "version"])
    return arende
