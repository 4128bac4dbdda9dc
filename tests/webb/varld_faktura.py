"""What the invoices' pages add to the world of the tests of access: an invoice of Eken's, of a month not settled."""

from datetime import UTC, date, datetime
from decimal import Decimal

from demokommun.fakturaxml import Fakturaspec, Radspec, skriv
from ersattning.fakturamottagning import Inkommen, ta_emot
from ersattning.models import Faktura, Fakturarad
from tests.webb.varld import TILLAGG, Varld, Vems

_SPEC = Fakturaspec(
    nummer="F-1",
    datum=date(2026, 2, 5),
    forfaller=date(2026, 3, 7),
    namn="Eken AB",
    orgnr="5566002373",
    kund="Kommunen",
    fran=date(2026, 1, 1),
    sista=date(2026, 1, 31),
    rader=[Radspec("V-EGEN", "Närvaro", Decimal(20), "DAY", Decimal(1164), date(2026, 1, 1), date(2026, 1, 31))],
)


def _faktura(varld: Varld, vems: Vems) -> dict[str, int]:
    del varld
    if vems is Vems.INGENS:
        return {"faktura": 999_999, "fakturarad": 999_999}
    if not Faktura.objects.exists():
        fil = Inkommen("f-1.xml", skriv(_SPEC).encode())
        ta_emot(filer=[fil], av=None, nu=datetime(2026, 2, 6, 8, tzinfo=UTC))
    return {"faktura": Faktura.objects.get().pk, "fakturarad": Fakturarad.objects.get().pk}


TILLAGG.append(_faktura)
