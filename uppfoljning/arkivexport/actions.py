"""A package is made and noted; that it has been verified is noted; and whose akter lie in a verified one."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from beslut.models import Person
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from uppfoljning.arkivexport import akt
from uppfoljning.arkivexport.filer import hinder_for_mapp
from uppfoljning.arkivexport.kontroll import brister, summa
from uppfoljning.arkivexport.paket import SUMMOR, Paket, skriv_paket
from uppfoljning.models import Arkivakt, Arkivexport


def exportera(
    *,
    personer: Collection[int],
    mapp: Path,
    andamal: str,
    av: Anvandare | None,
    nu: datetime,
    vid_akt: Callable[[], object] = lambda: None,
) -> Arkivexport:
    """Write the akter of the persons (primary keys) to `mapp`, as of one moment, and note it.

    Raises Hindrad when the folder is not empty, or when there are no persons. If noting it fails the folder stands,
    whole, but is known to nobody: it may be removed.
    """
    hinder = hinder_for_mapp(mapp)
    if not personer:
        hinder.append("Det finns inga personer att exportera.")
    if not andamal.strip():
        hinder.append("Skriv varför exporten görs.")
    if hinder:
        raise Hindrad(hinder)
    inuti = connection.in_atomic_block  # a test; its own transaction sees one moment anyhow
    with transaction.atomic():
        if not inuti:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        paket = skriv_paket(mapp, _personer(personer), andamal=andamal, nu=nu, vid_akt=vid_akt)
    return _notera(paket, andamal, av, nu)


@transaction.atomic
def notera_kontroll(*, mapp: Path, av: Anvandare | None, nu: datetime) -> Arkivexport | None:
    """Verify the package, and note that it is whole. None when it is whole but was not made here. Raises Hindrad."""
    if fel := brister(mapp):
        raise Hindrad(fel)
    export = Arkivexport.objects.select_for_update(of=("self",)).filter(sha256=summa(mapp / SUMMOR)).first()
    if export is None or export.kontrollerad is not None:
        return export
    export.kontrollerad, export.kontrollerad_av = nu, av
    export.save(update_fields=["kontrollerad", "kontrollerad_av"])
    skriv_handelse(
        av=av,
        handling="kontrollera_arkiv",
        objekt=f"arkivexport:{export.pk}",
        text=f"Arkivexport {export} kontrollerades och är hel.",
        sha256=export.sha256,
    )
    return export


def saknar_kontrollerad_export(personer: Collection[int]) -> list[int]:
    """Those of the persons whose akt, as it is now, does not lie in a package that has been verified.

    Compared by the SHA-256 of the akt's XML, so a row that has come since counts as lacking. Reads each akt once.
    """
    kanda: dict[int, set[str]] = {}
    for person, sha in Arkivakt.objects.filter(person__in=personer, export__kontrollerad__isnull=False).values_list(
        "person_id", "sha256"
    ):
        kanda.setdefault(person, set()).add(sha)
    return [
        person.pk
        for person in _personer(personer)
        if person.pk not in kanda or akt.avtryck(person) not in kanda[person.pk]
    ]


def hinder_for_gallring(personer: Collection[int]) -> list[str]:
    """Why the persons' akter may not be removed, as the municipality has decided (ARKIV_FORE_GALLRING). Empty = they
    may."""
    return hinder_utan_arkiv(personer) if settings.ARKIV_FORE_GALLRING else []


def hinder_utan_arkiv(personer: Collection[int]) -> list[str]:
    """Why the persons' akter may not be removed where the archive is to have them first. Empty = they may."""
    saknas = saknar_kontrollerad_export(personer)
    if not saknas:
        return []
    nycklar = Person.objects.filter(pk__in=saknas).order_by("nyckel").values_list("nyckel", flat=True)
    return [f"{nyckel}: akten som den är nu finns inte i en kontrollerad arkivexport." for nyckel in nycklar]


def _personer(personer: Collection[int]) -> Iterator[Person]:
    return Person.objects.filter(pk__in=personer).order_by("pk").iterator(chunk_size=500)


@transaction.atomic
def _notera(paket: Paket, andamal: str, av: Anvandare | None, nu: datetime) -> Arkivexport:
    export = Arkivexport.objects.create(
        andamal=andamal,
        sha256=paket.sha256,
        antal_filer=len(paket.filer) + 1,
        antal_rader=paket.rader.total(),
        skapad=nu,
        skapad_av=av,
    )
    Arkivakt.objects.bulk_create(
        (Arkivakt(export=export, person_id=person, sha256=sha) for person, sha in paket.akter.items()), batch_size=1000
    )
    skriv_handelse(
        av=av,
        handling="exportera_arkiv",
        objekt=f"arkivexport:{export.pk}",
        text=f"Arkivexport {export} gjordes: {len(paket.akter)} akter, {export.antal_rader} rader.",
        sha256=export.sha256,
    )
    return export
