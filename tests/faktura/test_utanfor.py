"""What an invoice asks for beside its lines: rounding is explained, all else is a difference, and is credited whole."""

from dataclasses import replace
from decimal import Decimal

import pytest

from demokommun.fakturaxml import Fakturaspec, skriv
from ersattning.fakturalista import rader
from ersattning.fakturamottagning import Inkommen, ta_emot
from ersattning.fakturaregler import Fakturastatus
from ersattning.fakturavisning import fakta
from ersattning.models import Faktura, Fakturafil, Fakturalage, Korning
from tests.faktura.hus import spec
from tests.filer import fabrik
from tests.filer.fabrik import KLOCKAN_NIO, MAJ
from tests.utbetalning.mall import kontering
from utforare.models import Utforare

pytestmark = pytest.mark.django_db
S = Fakturastatus
ATT_BETALA = '<cbc:PayableAmount currencyID="SEK">{}</cbc:PayableAmount>'
AVRUNDNING = '<cbc:PayableRoundingAmount currencyID="SEK">{}</cbc:PayableRoundingAmount>'
FORSKOTT = '<cbc:PrepaidAmount currencyID="SEK">{}</cbc:PrepaidAmount>'


@pytest.fixture
def maj(eken: Utforare) -> Korning:
    """May is settled: 30,75 kr."""
    korning = fabrik.korning(MAJ)
    for ett, antal in zip(eken.enheter.get().verkstalligheter.order_by("nyckel"), ("1", "2"), strict=False):
        fabrik.rad(korning, ett, antal, "10.25", artikel="narvaro", enhet_for_antal="dag")
    return fabrik.faststall(korning)


def in_(text: str) -> None:
    (fil,) = ta_emot(filer=[Inkommen("maj.xml", text.encode())], av=None, nu=KLOCKAN_NIO)
    assert not fil.brister


def med(ett: Fakturaspec, summa: str, mer: str, nytt: str) -> str:
    """The invoice with something more in its totals."""
    text, fore = skriv(ett), ATT_BETALA.format(summa)
    assert fore in text
    return text.replace(fore, mer + ATT_BETALA.format(nytt))


def lage(nummer: str = "1001") -> tuple[str, Decimal]:
    ett = Fakturalage.objects.get(faktura__nummer=nummer)
    return ett.status, ett.differens


def anmarkning(nummer: str = "1001") -> str:
    return " ".join(Fakturalage.objects.get(faktura__nummer=nummer).anmarkningar)


def test_rounding_to_whole_kronor_agrees_and_is_told(maj: Korning, eken: Utforare) -> None:
    in_(med(spec(maj, eken), "30.75", AVRUNDNING.format("0.25"), "31.00"))
    assert (lage(), anmarkning()) == ((S.STAMMER, 0), "")
    assert ("Öresavrundning", "0,25\N{NO-BREAK SPACE}kr, till hela kronor: ingen skillnad") in fakta(
        Faktura.objects.select_related("fil__av", "lage", "utforare").get()
    )


@pytest.mark.parametrize(("oren", "summa"), [("-0.50", "30.25"), ("0.25", "31.00")])
def test_rounding_that_makes_no_whole_kronor_is_a_difference(
    oren: str, summa: str, maj: Korning, eken: Utforare
) -> None:
    """The second time the lines are whole already, and 25 öre more are asked for."""
    ett, fore = spec(maj, eken), "30.75"
    if summa == "31.00":
        ett, fore, summa = replace(ett, rader=[replace(ett.rader[0], antal=Decimal(4))]), "41.00", "41.25"
    in_(med(ett, fore, AVRUNDNING.format(oren), summa))
    assert "inte avrundning till hela kronor" in anmarkning()
    assert lage()[0] == S.AVVIKER


def test_rounding_as_a_line_of_its_own_agrees(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    oren = replace(ett.rader[0], referens="", benamning="Öresutjämning", antal=Decimal(1), pris=Decimal("0.25"))
    in_(skriv(replace(ett, rader=[*ett.rader, oren])))
    assert lage() == (S.STAMMER, 0)
    assert rader(Faktura.objects.get())[-1].rad.provning.skal == ["Öresutjämning: den gör fakturan till hela kronor."]
    in_(skriv(replace(ett, nummer="1002", rader=[*ett.rader, *[replace(oren, pris=Decimal("0.10"))] * 2])))
    assert [egen.rad.provning.status for egen in rader(Faktura.objects.get(nummer="1002"))[-2:]] == [S.SAKNAS] * 2


def test_the_month_as_one_line_in_whole_kronor_agrees_where_the_mall_says_so(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    hel = replace(ett, rader=[replace(ett.rader[0], referens="", antal=Decimal(1), pris=Decimal(31))])
    in_(skriv(hel))
    assert lage() == (S.SAKNAS, 31)
    kontering(artikel="oresutjamning", konto="3740", kontonamn="Öresutjämning")
    in_(skriv(replace(hel, nummer="1002")))
    assert lage() == (S.STAMMER, 0)
    assert lage("1002")[0] != S.STAMMER


@pytest.mark.parametrize(("forskott", "summa"), [("30.75", "0.00"), ("-100.00", "130.75")])
def test_what_is_said_to_be_paid_already_is_a_difference(
    forskott: str, summa: str, maj: Korning, eken: Utforare
) -> None:
    in_(med(spec(maj, eken), "30.75", FORSKOTT.format(forskott), summa))
    assert lage() == (S.AVVIKER, -Decimal(forskott))
    assert "inga förskott" in anmarkning()


def test_a_credit_note_takes_back_what_stood_beside_the_lines_too(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    in_(med(ett, "30.75", FORSKOTT.format("-100.00"), "130.75"))
    in_(med(replace(ett, nummer="K1", avser="1001"), "30.75", FORSKOTT.format("-100.00"), "130.75"))
    assert (lage(), lage("K1")) == ((S.KREDITERAD, 0), (S.STAMMER, 0))
    assert (anmarkning(), anmarkning("K1")) == ("", "")


def test_a_credit_note_that_takes_back_the_lines_alone_differs(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    in_(med(ett, "30.75", FORSKOTT.format("-100.00"), "130.75"))
    in_(skriv(replace(ett, nummer="K1", avser="1001")))
    assert (lage(), lage("K1")) == ((S.KREDITERAD, 0), (S.AVVIKER, 100))
    assert Fakturafil.objects.count() == 2
