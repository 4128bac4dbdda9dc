"""A list of gallring that is carried out, with nobody left in it, and a stop of each person's akt."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from beslut.models import Person
from grund.behorighet import Roll
from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.gallring import atgarder
from uppfoljning.gallring.koder import Listlage
from uppfoljning.models import Gallringslista, Gallringsstopp

NU = datetime(2026, 5, 5, 8, tzinfo=UTC)


def gallring(varld: Varld, vems: Vems) -> dict[str, int]:
    """The list is everybody's, the stop each person's."""
    if vems is Vems.INGENS:
        return {"gallringslista": 999_999, "gallringsstopp": 999_999}
    lista = Gallringslista.objects.first() or _lista(varld)
    person = Person.objects.get(nyckel=f"P-{vems.upper()}")
    stopp, _ny = Gallringsstopp.objects.get_or_create(
        person=person, slag="provning", satt=NU, satt_av=varld.anvandare[Roll.HANDLAGGARE]
    )
    return {"gallringslista": lista.pk, "gallringsstopp": stopp.pk}


def _lista(varld: Varld) -> Gallringslista:
    nora, gustav = varld.anvandare[Roll.NAMNDSEKRETERARE], varld.anvandare[Roll.GRUPPCHEF]
    lista = Gallringslista.objects.create(
        dag=date(2026, 5, 5), antal=0, avtryck="0" * 64, foreslagen=NU, foreslagen_av=nora
    )
    lista.lage, lista.avgjord, lista.avgjord_av, lista.genomford = Listlage.GENOMFORD, NU, gustav, NU
    lista.protokoll = atgarder.protokollets(lista, [], NU)
    lista.sha256 = sha256(json.dumps(lista.protokoll).encode()).hexdigest()
    lista.save()
    return lista


TILLAGG.append(gallring)
