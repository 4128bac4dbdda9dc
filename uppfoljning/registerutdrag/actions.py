"""An extract is decided on, and its files are made and noted."""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from beslut.models import Person
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord
from uppfoljning.models import Registerutdrag
from uppfoljning.registerutdrag.grunder import hinder_for_begarande
from uppfoljning.registerutdrag.innehall import Undantag
from uppfoljning.registerutdrag.kandidater import avtryck, kandidater

NYTT = (
    "Det har kommit till eller ändrats text om personen sedan texterna lästes igenom. Gå igenom dem igen, så att inget"
    " lämnas ut oläst."
)


@transaction.atomic
def besluta_utdrag(
    *,
    person: Person,
    begart: date,
    begarande: str,
    kontroll: str,
    skal: str,
    undantag: Undantag,
    sett: str,
    av: Anvandare,
    nu: datetime,
    idag: date,
) -> Registerutdrag:
    """Note who asks, why, and what is not given out. `sett`: avtryck of the texts as they were read.

    Raises Hindrad when the one who asks cannot get it, or when there is a text that has not been read.
    """
    hinder = hinder_for_begarande(begarande, avliden=person.avliden is not None)
    if begart > idag:
        hinder.append("Begäran kan inte ha kommit in efter i dag.")
    alla = kandidater(person.pk)
    if avtryck(alla) != sett or not set(undantag) <= {ett.nyckel for ett in alla}:
        hinder.append(NYTT)
    if hinder:
        raise Hindrad(hinder)
    utdrag = Registerutdrag.objects.create(
        person=person,
        begart=begart,
        begarande=begarande,
        kontroll=kontroll,
        skal=skal,
        undantag=dict(undantag),
        avtryck=sett,
        av=av,
        tidpunkt=nu,
    )
    skriv_handelse(
        av=av,
        handling="besluta_registerutdrag",
        objekt=f"registerutdrag:{utdrag.pk}",
        text=f"Registerutdrag {utdrag} för {person.nyckel}; {_undantaget(len(undantag))}.",
        person=person.nyckel,
        begarande=begarande,
    )
    return utdrag


def _undantaget(antal: int) -> str:
    return f"{antal_ord(antal, 'uppgift', 'uppgifter')} lämnas inte ut" if antal else "ingenting är undantaget"


def hinder_for_filer(utdrag: Registerutdrag) -> list[str]:
    """Why the extract's files cannot be made any more. Empty = they can."""
    return [] if avtryck(kandidater(utdrag.person_id)) == utdrag.avtryck else [NYTT]


def notera_fil(*, utdrag: Registerutdrag, slag: str, innehall: bytes | str, av: Anvandare) -> None:
    """Note that a file of the extract was made and fetched. `innehall`: its bytes, or their SHA-256."""
    summa = innehall if isinstance(innehall, str) else sha256(innehall).hexdigest()
    skriv_handelse(
        av=av,
        handling="hamta_registerutdrag",
        objekt=f"registerutdrag:{utdrag.pk}",
        text=f"Registerutdrag {utdrag} hämtades som {slag}.",
        sha256=summa,
    )
