"""The register of persons as the check of a text needs it, and what the check says."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db import connection

from beslut.models import Person
from grund.models import Anvandare, Handelse
from grund.text import antal_ord
from uppfoljning.dokument.personkontroll import VISAS, Register, blandade_skrifter, personuppgifter

STOPPADES = "stoppa_personuppgift"
FLEST_STOPP = 20  # of one user in a day: beyond that a check is not a check of a text
ETT_DYGN = timedelta(days=1)
FOR_MANGA = (
    "Du har stoppats för många gånger det senaste dygnet. Det går inte att spara förrän i morgon. Ta upp det med"
    " nämndsekreteraren om texten inte innehåller några personuppgifter."
)


# Quick to ask, and another as soon as any name or number is.
_AVTRYCK = """
SELECT count(*), coalesce(sum(hashtextextended(concat_ws(chr(31), fornamn, efternamn, personnummer), 0)::numeric), 0)
  FROM beslut_person
"""


def register() -> Register:
    """All names and numbers, those of protected persons among them. Read again when they have changed."""
    with connection.cursor() as cursor:
        cursor.execute(_AVTRYCK)
        return _register(cursor.fetchone())


@lru_cache(maxsize=1)
def _register(_: tuple[int, Decimal]) -> Register:
    return Register.av(Person.objects.values_list("fornamn", "efternamn", "personnummer").iterator())


def personalens_namn() -> list[str]:
    """Whose names may stand as handläggare or undertecknare, though a person in the register has the same."""
    alla = Anvandare.objects.filter(is_active=True).values_list("first_name", "last_name")
    return [f"{fornamn} {efternamn}" for fornamn, efternamn in alla if fornamn and efternamn]


def granska(texter: Iterable[tuple[str, str]], *, i_huvudet: Iterable[str] = ()) -> list[tuple[str, list[str]]]:
    """What is wrong in the named texts: personal data, or words that hide it. `i_huvudet`: texts that may name staff.

    Nothing that the reader did not type is said, and no more than VISAS findings of them all: else many names could be
    asked about at once, in a text or an attachment with a name on each line.
    """
    kanda, personal = register(), personalens_namn()
    huvud = frozenset(i_huvudet)
    svar: dict[str, list[str]] = {}
    kvar = VISAS
    for namn, text in texter:
        fynd = personuppgifter(text, kanda, undantag=personal if namn in huvud else ())
        fel = [ett.mening for ett in fynd]
        fel += [f"ordet ”{ord_}” blandar bokstäver ur olika alfabet" for ord_ in blandade_skrifter(text)]
        if fel:
            svar.setdefault(namn, []).extend(fel[:kvar])
            kvar -= len(fel[:kvar])
        if not kvar:
            break
    return list(svar.items())


def hinder_for_fler_forsok(vem: Anvandare, nu: datetime) -> list[str]:
    """Why `vem` cannot try again today: a check that is asked too often would tell who is in the register."""
    antal = Handelse.objects.filter(av=vem, handling=STOPPADES, tidpunkt__gt=nu - ETT_DYGN).count()
    return [FOR_MANGA] if antal >= FLEST_STOPP else []


def stoppets_text(antal: int) -> str:
    """What the event says: never the text itself."""
    return f"Personkontrollen stoppade {antal_ord(antal, 'uppgift', 'uppgifter')} i en text."
