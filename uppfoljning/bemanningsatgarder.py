"""A new version of the key from levels to staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from beslut.models.instrument import Instrumentomrade
from beslut.ord import insats_i_ord
from grund.behorighet import Ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from uppfoljning.models import Bemanningsniva, Bemanningsnyckel
from uppfoljning.rapporter.behov_mot_bemanning.regler import Nivabehov


@dataclass(frozen=True, slots=True)
class Nyckelforslag:
    """A version to register; its fields are those of Bemanningsnyckel."""

    insats: str
    fran: date
    heltid: Decimal
    natt_timmar: Decimal
    jour_andel: Decimal
    natt_omrade: str
    jour_fran: int
    vaken_fran: int
    ojamn_kvot: Decimal
    motiv: str
    nivaer: Sequence[Nivabehov]


def hinder_for_nyckel(forslag: Nyckelforslag) -> list[str]:
    """Why the version cannot be registered; empty = it can."""
    namnen = [ett.niva for ett in forslag.nivaer]
    hinder = [f"Nivån {niva} står två gånger." for niva in sorted({ett for ett in namnen if namnen.count(ett) > 1})]
    if not namnen:
        hinder.append("En nyckel har minst en nivå.")
    if forslag.natt_omrade and not 1 <= forslag.jour_fran <= forslag.vaken_fran <= 4:
        hinder.append("Ange svaren 1–4 för sovande jour och vaken natt. Vaken natt börjar tidigast där jouren gör det.")
    if not forslag.natt_omrade and (forslag.jour_fran or forslag.vaken_fran):
        hinder.append("Ange vilket område svaren gäller, eller lämna svaren tomma.")
    if forslag.natt_omrade and not _finns(forslag.insats, forslag.natt_omrade):
        hinder.append(f"Inget instrument för insatsen har området {forslag.natt_omrade}.")
    return hinder


def _finns(insats: str, omrade: str) -> bool:
    return Instrumentomrade.objects.filter(kod=omrade, instrument__insatser__contains=[insats]).exists()


def registrera_bemanningsnyckel(*, forslag: Nyckelforslag, av: Anvandare | None, nu: datetime) -> Bemanningsnyckel:
    """A new version; those before it stand. Raises Hindrad. `av` None = a command on the server."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_UPPFOLJNING) if av else []
    if hinder := hinder or hinder_for_nyckel(forslag):
        raise Hindrad(hinder)
    falt = {namn: getattr(forslag, namn) for namn in Nyckelforslag.__slots__ if namn != "nivaer"}
    try:
        with transaction.atomic():
            rader = Bemanningsnyckel.objects.filter(insats=forslag.insats)
            version = rader.aggregate(senast=Max("version", default=0))["senast"] + 1
            if _ar_lika(rader.order_by("-version").first(), forslag):
                raise Hindrad([f"Version {version - 1} säger redan detsamma. Ändra något, eller behåll den."])
            ett = Bemanningsnyckel.objects.create(**falt, version=version, registrerad=nu, registrerad_av=av)
            Bemanningsniva.objects.bulk_create(_rad(ett, plats, niva) for plats, niva in enumerate(forslag.nivaer))
            text = f"{insats_i_ord(forslag.insats)}, version {version}, gäller från {datum_i_ord(forslag.fran)}."
            skriv_handelse(
                av=av, handling="registrera_bemanningsnyckel", objekt=f"bemanningsnyckel:{ett.pk}", text=text
            )
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott
    return ett


def _ar_lika(senast: Bemanningsnyckel | None, forslag: Nyckelforslag) -> bool:
    """Whether the latest version says what is sent: a form that is sent twice makes one version."""
    if senast is None:
        return False
    sags = all(getattr(senast, namn) == getattr(forslag, namn) for namn in Nyckelforslag.__slots__ if namn != "nivaer")
    return sags and [ett.som_behov() for ett in senast.nivaer.all()] == list(forslag.nivaer)


def _rad(nyckel: Bemanningsnyckel, ordning: int, ett: Nivabehov) -> Bemanningsniva:
    return Bemanningsniva(
        nyckel=nyckel,
        ordning=ordning,
        niva=ett.niva,
        dag=ett.dag,
        kvall=ett.kvall,
        natt=ett.natt,
        nattform=ett.nattform,
        boendeformer=list(ett.boendeformer),
    )
