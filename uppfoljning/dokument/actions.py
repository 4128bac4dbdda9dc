"""The way that documents are written: each save a version, with what it says looked through first."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.text import antal_ord
from uppfoljning.dokument import personregister, serie
from uppfoljning.dokument.filer import Pdf
from uppfoljning.dokument.frysning import som_fryst, texter_i
from uppfoljning.dokument.innehall import Infogat, Innehall, Mall
from uppfoljning.dokument.koder import Dokumentstatus
from uppfoljning.dokument.queries import Last, las_version, mall_ur
from uppfoljning.dokument.regler import hinder_for_ny_mall
from uppfoljning.dokument.texter import HUVUD, RAPPORTEN, faltnamn, med_placering, typade, utan_placering
from uppfoljning.models import (
    Dokument,
    Dokumentbilaga,
    Dokumentsiffror,
    Dokumentversion,
    Mallversion,
)
from uppfoljning.rapport.innehall import Rapport

ANNAN_VERSION = "Någon annan har sparat dokumentet sedan du öppnade det. Öppna det igen."
ETT_OGONBLICK = timedelta(minutes=5)
LAST = {
    Dokumentstatus.VANTAR: "Dokumentet väntar på kontrasignering och kan inte ändras.",
    Dokumentstatus.SIGNERAT: "Dokumentet är signerat och kan inte ändras. Revidera det först.",
}


class Personuppgift(Hindrad):
    """There is personal data in what was typed. `fel`: sentences by field."""

    def __init__(self, fel: dict[str, list[str]], namn: dict[str, str]) -> None:
        super().__init__([f"{namn[falt]}, {mening}." for falt, meningar in fel.items() for mening in meningar])
        self.fel = fel


def skapa_dokument(*, mallversion: Mallversion, innehall: Innehall, av: Anvandare, nu: datetime) -> Dokument:
    """A new draft; the one there is when the same has just been made. Raises Hindrad, Personuppgift."""
    with transaction.atomic():
        Anvandare.objects.select_for_update().get(pk=av.pk)  # a second click waits for the first
        if fore := _nyss_skapat(mallversion, innehall, av, nu):
            return fore
        dokument = Dokument.objects.create(titel=innehall.titel, diarienummer=innehall.diarienummer, andrat=nu)
        _spara(dokument, mallversion, innehall, "Skapade dokumentet", av, nu)
    return dokument


def _nyss_skapat(mallversion: Mallversion, innehall: Innehall, av: Anvandare, nu: datetime) -> Dokument | None:
    """The same empty draft, made by the same user a moment ago."""
    likadana = Dokumentversion.objects.filter(
        av=av, version=1, mallversion=mallversion, innehall=serie.skriv(innehall), tidpunkt__gt=nu - ETT_OGONBLICK
    )
    fore = likadana.filter(dokument__version=1).select_related("dokument").first()
    return fore.dokument if fore else None


def spara(
    *, dokument: Dokument, sedd: int, innehall: Innehall, av: Anvandare, nu: datetime, vad: str = "Ändrade texten"
) -> Dokumentversion:
    """A new version. Raises Hindrad when somebody else has saved since `sedd`, Personuppgift."""
    with transaction.atomic():
        last = lasta(dokument, sedd)
        if serie.skriv(innehall) == last.rad.innehall:
            raise Hindrad(["Ingenting är ändrat."])
        return _spara(last.rad.dokument, last.rad.mallversion, innehall, vad, av, nu)


def hinder_for_andring(dokument: Dokument) -> list[str]:
    """Why the document cannot be changed."""
    return [LAST[Dokumentstatus(dokument.status)]] if dokument.status in LAST else []


def lasta(dokument: Dokument, sedd: int) -> Last:
    """The latest version, with the document locked so that nobody else writes one. Raises Hindrad."""
    rad = Dokument.objects.select_for_update().get(pk=dokument.pk)
    if hinder := hinder_for_andring(rad):
        raise Hindrad(hinder)
    if rad.version != sedd:
        raise Hindrad([ANNAN_VERSION])
    last = las_version(rad)
    last.rad.dokument = rad
    return last


def _spara(
    dokument: Dokument, mallversion: Mallversion, innehall: Innehall, vad: str, av: Anvandare, nu: datetime
) -> Dokumentversion:
    kontrollera(innehall, mall_ur(mallversion))
    ny = Dokumentversion.objects.create(
        dokument=dokument,
        version=dokument.version + 1,
        mallversion=mallversion,
        innehall=serie.skriv(innehall),
        vad=vad,
        av=av,
        tidpunkt=nu,
    )
    dokument.version, dokument.andrat = ny.version, nu
    dokument.titel, dokument.diarienummer = innehall.titel, innehall.diarienummer
    dokument.save(update_fields=["version", "andrat", "titel", "diarienummer"])
    notera(
        dokument=dokument,
        handling="spara_dokument",
        text=f"sparade version {ny.version}: {vad.lower()}",
        av=av,
        sha256=serie.avtryck(ny.innehall),
    )
    return ny


def kontrollera(innehall: Innehall, mall: Mall) -> None:
    """Raise Personuppgift if there is personal data in what was typed."""
    if fel := personregister.granska(typade(innehall), i_huvudet=HUVUD):
        raise Personuppgift(dict(fel), {falt: faltnamn(falt, mall) for falt, _ in fel})


def kontrollera_rapport(rapport: Rapport) -> None:
    """Raise Personuppgift if there is personal data in what a report says: some of it is typed elsewhere."""
    texter = [(RAPPORTEN, "\n\n".join(texter_i(som_fryst(rapport))))]
    if fel := personregister.granska(texter, i_huvudet=HUVUD):
        meningar = [f"i rapportens text, {mening}" for _, alla in fel for mening in alla]
        raise Personuppgift({RAPPORTEN: meningar}, {RAPPORTEN: "Siffrorna"})


def notera_stopp(*, dokument: Dokument | None, antal: int, av: Anvandare) -> Handelse:
    """Note that the check has stopped something: how much, never what."""
    return skriv_handelse(
        av=av,
        handling=personregister.STOPPADES,
        objekt=f"dokument:{dokument.pk if dokument else 'nytt'}",
        text=f"{personregister.stoppets_text(antal)} Den sparades inte.",
    )


def infoga_siffror(
    *,
    dokument: Dokument,
    rapportnyckel: str,
    urval: str,
    rapport: Rapport,
    delar: tuple[str, ...],
    rubrik: str,
    av: Anvandare,
    nu: datetime,
) -> Dokumentversion:
    """Put a report's figures, as they are now, last under the heading. `rapport` must be what is public. Hindrad."""
    with transaction.atomic():
        last = lasta(dokument, _senaste(dokument))
        if hinder := _redan_dar(last, som_fryst(rapport), delar):
            raise Hindrad(hinder)
        nr = max((ett.nr for ett in last.innehall.infogade), default=0) + 1
        siffror = _frys(last.rad.dokument, rapportnyckel, urval, rapport, av, nu)
        nytt = replace(last.innehall, infogade=(*last.innehall.infogade, Infogat(nr, siffror.pk, delar)))
        vad = f"Lade in siffror ur ”{rapport.rubrik}”"
        return _spara(last.rad.dokument, last.rad.mallversion, med_placering(nytt, rubrik, nr), vad, av, nu)


def _redan_dar(last: Last, rapport: Rapport, delar: tuple[str, ...]) -> list[str]:
    """The same figures twice would be a second click, or a mistake."""
    lika = (ett.nr for ett in last.innehall.infogade if ett.delar == delar and last.rapporter[ett.siffror] == rapport)
    return [f"Samma siffror finns redan i dokumentet, som Siffror {nr}." for nr in lika][:1]


def _senaste(dokument: Dokument) -> int:
    """What is added, and overwrites nothing, is added to whatever is latest."""
    return Dokument.objects.values_list("version", flat=True).get(pk=dokument.pk)


def _frys(
    dokument: Dokument, rapportnyckel: str, urval: str, rapport: Rapport, av: Anvandare, nu: datetime
) -> Dokumentsiffror:
    kontrollera_rapport(rapport)
    text = serie.skriv(som_fryst(rapport))
    serie.las(text, Rapport)  # what cannot be read again is not stored
    ny = Dokumentsiffror.objects.create(
        dokument=dokument,
        rapport=rapportnyckel,
        urval=urval,
        innehall=text,
        sha256=serie.avtryck(text),
        last=nu,
        av=av,
    )
    vad = f"läste siffrorna ur ”{rapport.rubrik}”"
    notera(dokument=dokument, handling="las_siffror", text=vad, av=av, sha256=ny.sha256)
    return ny


def byt_siffror(
    *, dokument: Dokument, sedd: int, nr: int, rapport: Rapport, visat: str, av: Anvandare, nu: datetime
) -> Dokumentversion:
    """Read the figures anew. `visat`: the SHA-256 of those that were shown before the choice. Raises Hindrad."""
    if serie.avtryck(serie.skriv(som_fryst(rapport))) != visat:
        raise Hindrad(["Siffrorna har ändrats igen sedan sidan visades. Se vad som är nytt innan du byter."])
    with transaction.atomic():
        last = lasta(dokument, sedd)
        gammalt = _infogat(last, nr)
        fore = last.siffror[gammalt.siffror]
        siffror = _frys(last.rad.dokument, fore.rapport, fore.urval, rapport, av, nu)
        infogade = tuple(replace(ett, siffror=siffror.pk) if ett.nr == nr else ett for ett in last.innehall.infogade)
        vad = f"Läste om siffrorna ur ”{rapport.rubrik}”"
        nytt = replace(last.innehall, infogade=infogade)
        return _spara(last.rad.dokument, last.rad.mallversion, nytt, vad, av, nu)


def ta_bort_siffror(*, dokument: Dokument, sedd: int, nr: int, av: Anvandare, nu: datetime) -> Dokumentversion:
    """Take the figures out of the document; earlier versions keep them. Raises Hindrad."""
    with transaction.atomic():
        last = lasta(dokument, sedd)
        rubrik = last.rapporter[_infogat(last, nr).siffror].rubrik
        kvar = tuple(ett for ett in last.innehall.infogade if ett.nr != nr)
        nytt = utan_placering(replace(last.innehall, infogade=kvar), nr)
        return _spara(last.rad.dokument, last.rad.mallversion, nytt, f"Tog bort siffror ur ”{rubrik}”", av, nu)


def _infogat(last: Last, nr: int) -> Infogat:
    for ett in last.innehall.infogade:
        if ett.nr == nr:
            return ett
    raise Hindrad(["Siffrorna finns inte längre i dokumentet."])


def lagg_till_bilaga(*, dokument: Dokument, titel: str, fil: Pdf, av: Anvandare, nu: datetime) -> Dokumentversion:
    """Add an attachment, last. Raises Hindrad, Personuppgift (its title, or its text)."""
    texter = [("titel", titel), *((f"sida {nr}", text) for nr, text in enumerate(fil.texter, 1))]
    texter.append(("det som inte syns på sidorna, som bokmärken", fil.dolt))
    fel: dict[str, list[str]] = {}
    for var, meningar in personregister.granska(texter):
        fel.setdefault("titel" if var == "titel" else "fil", []).extend(f"{var}, {ett}" for ett in meningar)
    if fel:
        raise Personuppgift(fel, {"titel": "Titel", "fil": "Bilaga"})
    with transaction.atomic():
        last = lasta(dokument, _senaste(dokument))
        lika = [ett for ett in last.bilagor.values() if ett.sha256 == fil.sha256]
        if lika:
            raise Hindrad([f"Samma fil finns redan i dokumentet, som ”{lika[0].titel}”."])
        bilaga = Dokumentbilaga.objects.create(
            dokument=last.rad.dokument,
            titel=titel,
            pdf=fil.innehall,
            sha256=fil.sha256,
            sidor=fil.sidor,
            bildsidor=fil.bildsidor,
            av=av,
            tidpunkt=nu,
        )
        nytt = replace(last.innehall, bilagor=(*last.innehall.bilagor, bilaga.pk))
        sedda = (
            f", {antal_ord(fil.bildsidor, 'sida', 'sidor')} med bilder eller utan läsbar text granskade"
            if fil.bildsidor
            else ""
        )
        vad = f"Lade till bilagan ”{titel}”{sedda}"
        return _spara(last.rad.dokument, last.rad.mallversion, nytt, vad, av, nu)


def ta_bort_bilaga(*, dokument: Dokument, sedd: int, bilaga: int, av: Anvandare, nu: datetime) -> Dokumentversion:
    """Take an attachment out of the document; earlier versions keep it. Raises Hindrad."""
    with transaction.atomic():
        last = lasta(dokument, sedd)
        if bilaga not in last.innehall.bilagor:
            raise Hindrad(["Bilagan finns inte längre i dokumentet."])
        nytt = replace(last.innehall, bilagor=tuple(ett for ett in last.innehall.bilagor if ett != bilaga))
        vad = f"Tog bort bilagan ”{last.bilagor[bilaga].titel}”"
        return _spara(last.rad.dokument, last.rad.mallversion, nytt, vad, av, nu)


def byt_mall(*, dokument: Dokument, sedd: int, mallversion: Mallversion, av: Anvandare, nu: datetime) -> None:
    """Go over to another version of a mall. Raises Hindrad when text would be lost."""
    with transaction.atomic():
        last = lasta(dokument, sedd)
        if hinder := hinder_for_ny_mall(last.innehall, mall_ur(mallversion)):
            raise Hindrad(hinder)
        vad = f"Bytte till mallen ”{mallversion.mall.namn}”, version {mallversion.version}"
        _spara(last.rad.dokument, mallversion, last.innehall, vad, av, nu)


def notera(*, dokument: Dokument, handling: str, text: str, av: Anvandare, **data: str) -> None:
    """The event of something done with the document."""
    skriv_handelse(
        av=av,
        handling=handling,
        objekt=f"dokument:{dokument.pk}",
        text=f"{av.get_username()} {text} ({dokument.diarienummer}).",
        **data,
    )
