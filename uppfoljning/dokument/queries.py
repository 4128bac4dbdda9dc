"""Reads documents: a version as content, what it refers to, and what a reader may see."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from grund.tid import lokal_dag
from uppfoljning.dokument import serie
from uppfoljning.dokument.innehall import Innehall, Mall
from uppfoljning.dokument.koder import Dokumentstatus, Utgavestatus
from uppfoljning.dokument.regler import Frysta
from uppfoljning.dokument.satt import Bilaga, Delar, Fryst, Satt, Signatur, satt
from uppfoljning.models import (
    Dokument,
    Dokumentbilaga,
    Dokumentmall,
    Dokumentsiffror,
    Dokumentutgava,
    Dokumentversion,
    Mallversion,
)
from uppfoljning.rapport.innehall import Rapport


class Skadad(ValueError):  # noqa: N818  a stored thing is not what was stored
    """What is kept does not have its SHA-256: it is not shown, and somebody must be told."""


def hel(innehall: bytes, sha256: str, vad: str) -> bytes:
    """`innehall`, when it is what was stored. Raises Skadad."""
    if hashlib.sha256(innehall).hexdigest() != sha256:
        msg = f"{vad} är inte som när den sparades. Kontrollsumman (SHA-256) då var {sha256}."
        raise Skadad(msg)
    return innehall


@dataclass(frozen=True, slots=True)
class Last:
    """A version of a document with all that it refers to."""

    rad: Dokumentversion
    innehall: Innehall
    mall: Mall
    logotyp: bytes
    siffror: Mapping[int, Dokumentsiffror]
    rapporter: Mapping[int, Rapport]
    bilagor: Mapping[int, Dokumentbilaga]

    def delar(self) -> Delar:
        """As the setting of it takes them."""
        frysta = {pk: Fryst(self.rapporter[pk], ett.last) for pk, ett in self.siffror.items()}
        bilagor = tuple(Bilaga(ett.titel, ett.sidor) for ett in (self.bilagor[pk] for pk in self.innehall.bilagor))
        return Delar(frysta, bilagor)

    def satt(self, signaturer: tuple[Signatur, ...] = ()) -> Satt:
        """The document, ready to be set."""
        return satt(self.innehall, self.mall, self.delar(), signaturer)

    def frysta(self) -> dict[int, Frysta]:
        """The figures, by the number they have in the text."""
        return {
            ett.nr: Frysta(
                self.rapporter[ett.siffror].rubrik,
                self.rapporter[ett.siffror].per,
                lokal_dag(self.siffror[ett.siffror].last),
            )
            for ett in self.innehall.infogade
        }


def rapport_ur(siffror: Dokumentsiffror) -> Rapport:
    """The figures as they were read. Skadad: they are not what was stored."""
    if serie.avtryck(siffror.innehall) != siffror.sha256:
        msg = f"Siffrorna i dokumentet är inte de som sparades. Kontrollsumman (SHA-256) då var {siffror.sha256}."
        raise Skadad(msg)
    return serie.las(siffror.innehall, Rapport)


def mall_ur(version: Mallversion) -> Mall:
    """What the mall says."""
    return serie.las(version.innehall, Mall)


def las_version(dokument: Dokument, version: int | None = None) -> Last:
    """A version, the latest if none is named. Dokumentversion.DoesNotExist."""
    rad = dokument.versioner.select_related("mallversion__mall", "av").get(version=version or dokument.version)
    innehall = serie.las(rad.innehall, Innehall)
    siffror = Dokumentsiffror.objects.in_bulk([ett.siffror for ett in innehall.infogade])
    return Last(
        rad,
        innehall,
        mall_ur(rad.mallversion),
        bytes(rad.mallversion.logotyp),
        siffror,
        {pk: rapport_ur(ett) for pk, ett in siffror.items()},
        Dokumentbilaga.objects.defer("pdf").in_bulk(innehall.bilagor),
    )


def klara(dokument: Dokument) -> QuerySet[Dokumentutgava]:
    """The signed editions, the latest first, without their bytes."""
    utgavor = dokument.utgavor.filter(status=Utgavestatus.KLAR).defer("pdf").order_by("-nummer")
    return utgavor.select_related("signerat_av", "kontrasignerat_av", "version")


def alla_dokument() -> QuerySet[Dokument]:
    """All documents, the latest changed first, for those who write them."""
    egna = {"visad_titel": F("titel"), "visat_nummer": F("diarienummer"), "visad_status": F("status")}
    return Dokument.objects.annotate(**egna).order_by("-andrat", "-pk")


def synliga_dokument(*, vantande: bool) -> QuerySet[Dokument]:
    """Signed documents, as they were signed last; with `vantande` also those that wait for a second signature."""
    klar = Dokumentutgava.objects.filter(dokument=OuterRef("pk"), status=Utgavestatus.KLAR).order_by("-nummer")
    vantar = Q(status=Dokumentstatus.VANTAR) if vantande else Q(pk__in=[])

    def visat(eget: str, signerat: Any) -> Case:
        return Case(When(vantar, then=F(eget)), default=signerat)

    alla = Dokument.objects.annotate(
        visad_titel=visat("titel", Subquery(klar.values("titel")[:1])),
        visat_nummer=visat("diarienummer", Subquery(klar.values("diarienummer")[:1])),
        visad_status=visat("status", Value(Dokumentstatus.SIGNERAT.value)),
    )
    return alla.filter(Exists(klar) | vantar).order_by("-andrat", "-pk")


def utkastens_versioner() -> QuerySet[Dokumentversion]:
    """The latest version of each draft, the latest changed first, without its text."""
    utkast = Dokumentversion.objects.filter(dokument__status=Dokumentstatus.UTKAST, version=F("dokument__version"))
    rader = utkast.select_related("dokument", "mallversion").defer("innehall", "mallversion__logotyp")
    return rader.order_by("-dokument__andrat", "-dokument_id")


def senaste_mallar() -> list[Mallversion]:
    """The latest version of each mall, by name."""
    alla = Mallversion.objects.select_related("mall", "av").order_by("mall__namn", "mall_id", "-version")
    return list(alla.distinct("mall__namn", "mall_id"))


def senaste_av(mall: Dokumentmall) -> Mallversion:
    """The mall's latest version."""
    return mall.versioner.select_related("mall", "av").latest("version")


def hor_till_utgava(bilaga: Dokumentbilaga) -> bool:
    """Whether it belongs to an edition that has been signed: then those who may read that may read it too."""
    utgavor = bilaga.dokument.utgavor.filter(status=Utgavestatus.KLAR).select_related("version")
    return any(bilaga.pk in serie.las(ett.version.innehall, Innehall).bilagor for ett in utgavor)
