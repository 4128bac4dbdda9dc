"""Signing a document: locked, set as PDF for good, given back, or opened for a new edition."""

from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from grund.behorighet import Roll
from grund.fel import svenska
from grund.hinder import Hindrad
from grund.models import Anvandare
from uppfoljning.dokument import pdf, personregister
from uppfoljning.dokument.actions import Personuppgift, hinder_for_andring, lasta, notera
from uppfoljning.dokument.frysning import texter_i
from uppfoljning.dokument.koder import Dokumentstatus, Utgavestatus
from uppfoljning.dokument.queries import Last, las_version
from uppfoljning.dokument.regler import hinder_for_signering
from uppfoljning.dokument.satt import Signatur
from uppfoljning.dokument.texter import HUVUD, RAPPORTEN, faltnamn, mallens, typade
from uppfoljning.models import Dokument, Dokumentutgava


def signeringens_hinder(last: Last, idag: date) -> list[str]:
    """Why this version cannot be signed. Looks for personal data anew: somebody may have been added since."""
    if hinder := hinder_for_andring(last.rad.dokument):
        return hinder
    texter = [
        *typade(last.innehall),
        *((ett.titel, ett.titel) for ett in last.bilagor.values()),
        *mallens(last.mall),
        *((RAPPORTEN, "\n\n".join(texter_i(ett))) for ett in last.rapporter.values()),
    ]
    fynd = [
        f"{faltnamn(falt, last.mall)}, {mening}"
        for falt, meningar in personregister.granska(texter, i_huvudet=HUVUD)
        for mening in meningar
    ]
    return hinder_for_signering(last.innehall, last.mall, last.frysta(), fynd, idag)


def signera(*, dokument: Dokument, sedd: int, av: Anvandare, idag: date, nu: datetime) -> Dokumentutgava:
    """Sign the latest version: it is locked, and set as PDF unless a chef must sign too. Raises Hindrad."""
    with transaction.atomic():
        last = lasta(dokument, sedd)
        if hinder := signeringens_hinder(last, idag):
            raise Hindrad(hinder)
        rad = last.rad.dokument
        utgava = Dokumentutgava(
            dokument=rad,
            nummer=rad.utgavor.count() + 1,
            version=last.rad,
            titel=last.innehall.titel,
            diarienummer=last.innehall.diarienummer,
            status=Utgavestatus.VANTAR,
            signerat=nu,
            signerat_av=av,
            kontrasigneras=last.mall.kontrasigneras,
        )
        if not utgava.kontrasigneras:
            _gor_klar(utgava, last)
        utgava.save(force_insert=True)
        vantar = utgava.kontrasigneras
        _satt_status(rad, Dokumentstatus.VANTAR if vantar else Dokumentstatus.SIGNERAT, nu)
        text = f"signerade version {last.rad.version}, som väntar på kontrasignering" if vantar else _klar(utgava)
        notera(dokument=rad, handling="signera_dokument", text=text, av=av, sha256=utgava.sha256)
    return utgava


def hinder_for_kontrasignering(utgava: Dokumentutgava | None, av: Anvandare, sedd: int | None = None) -> list[str]:
    """Why `av` cannot countersign. `sedd`: the number of the edition that was shown."""
    if hinder := hinder_for_svar(utgava, sedd):
        return hinder
    assert utgava  # noqa: S101  hinder_for_svar has seen to it
    if utgava.signerat_av_id == av.pk:
        return ["Den som har signerat dokumentet kan inte kontrasignera det."]
    return []


def hinder_for_svar(utgava: Dokumentutgava | None, sedd: int | None = None) -> list[str]:
    """Why nobody can countersign it, or give it back."""
    if utgava is None or utgava.status != Utgavestatus.VANTAR:
        return ["Dokumentet väntar inte på kontrasignering."]
    if sedd is not None and utgava.nummer != sedd:
        return ["Dokumentet har ändrats och signerats på nytt sedan du öppnade det. Läs det igen."]
    return []


def vantande(dokument: Dokument) -> Dokumentutgava | None:
    """The edition that waits for a chef."""
    return dokument.utgavor.filter(status=Utgavestatus.VANTAR).select_related("signerat_av", "version").first()


def kontrasignera(*, dokument: Dokument, sedd: int, av: Anvandare, nu: datetime) -> Dokumentutgava:
    """Sign the edition `sedd` as the second: the document is set as PDF and stays as it is. Raises Hindrad."""
    try:
        with transaction.atomic():
            rad = Dokument.objects.select_for_update().get(pk=dokument.pk)
            utgava = vantande(rad)
            if hinder := hinder_for_kontrasignering(utgava, av, sedd):
                raise Hindrad(hinder)
            assert utgava  # noqa: S101  hinder_for_kontrasignering has seen to it
            utgava.kontrasignerat, utgava.kontrasignerat_av = nu, av
            _gor_klar(utgava, las_version(rad, utgava.version.version))
            utgava.save()
            _satt_status(rad, Dokumentstatus.SIGNERAT, nu)
            notera(
                dokument=rad,
                handling="kontrasignera_dokument",
                text=_klar(utgava, "kontrasignerade"),
                av=av,
                sha256=utgava.sha256,
            )
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott
    return utgava


def aterlamna(*, dokument: Dokument, sedd: int, svar: str, av: Anvandare, nu: datetime) -> None:
    """Give the edition `sedd` back unsigned, with what must be changed. Raises Hindrad."""
    with transaction.atomic():
        rad = Dokument.objects.select_for_update().get(pk=dokument.pk)
        utgava = vantande(rad)
        if hinder := hinder_for_svar(utgava, sedd):
            raise Hindrad(hinder)
        assert utgava  # noqa: S101  hinder_for_svar has seen to it
        if fel := personregister.granska([("svar", svar)]):
            raise Personuppgift(dict(fel), {"svar": "Varför"})
        utgava.status, utgava.svar = Utgavestatus.ATERLAMNAD, svar
        utgava.save()
        _satt_status(rad, Dokumentstatus.UTKAST, nu)
        notera(
            dokument=rad,
            handling="aterlamna_dokument",
            text=f"lämnade tillbaka version {utgava.version.version}: {svar}",
            av=av,
        )


def revidera(*, dokument: Dokument, av: Anvandare, nu: datetime) -> None:
    """Open a signed document for a new edition. The earlier stays as it was. Raises Hindrad."""
    with transaction.atomic():
        rad = Dokument.objects.select_for_update().get(pk=dokument.pk)
        if rad.status != Dokumentstatus.SIGNERAT:
            raise Hindrad(["Bara ett signerat dokument kan revideras."])
        _satt_status(rad, Dokumentstatus.UTKAST, nu)
        notera(dokument=rad, handling="revidera_dokument", text="öppnade dokumentet för en ny utgåva", av=av)


def _gor_klar(utgava: Dokumentutgava, last: Last) -> None:
    fil = pdf.gor(last.satt(signaturer(utgava)), last.logotyp)
    utgava.pdf, utgava.sha256, utgava.status = fil, sha256(fil).hexdigest(), Utgavestatus.KLAR


def signaturer(utgava: Dokumentutgava) -> tuple[Signatur, ...]:
    """Who has signed the edition, in order."""
    svar = [Signatur(_namn(utgava.signerat_av), _titel(utgava.signerat_av), utgava.signerat)]
    if utgava.kontrasignerat and utgava.kontrasignerat_av:
        andra = utgava.kontrasignerat_av
        svar.append(Signatur(_namn(andra), _titel(andra), utgava.kontrasignerat))
    return tuple(svar)


def _klar(utgava: Dokumentutgava, vad: str = "signerade") -> str:
    return f"{vad} version {utgava.version.version} som utgåva {utgava.nummer}"


def _namn(vem: Anvandare) -> str:
    return vem.get_full_name() or vem.get_username()


def _titel(vem: Anvandare) -> str:
    return Roll(vem.roller[0]).label if vem.roller else ""


def _satt_status(dokument: Dokument, status: Dokumentstatus, nu: datetime) -> None:
    dokument.status, dokument.andrat = status, nu
    dokument.save(update_fields=["status", "andrat"])
