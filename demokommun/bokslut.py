"""Ekstad's accounts, made so that they go with what its utförare have carried out, and what its plans rest on.

Nobody has published such accounts: what a unit costs is about what ersättningen is, a little more or less at each
utförare.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from beslut.regler import Insats
from grund.models import Anvandare
from grund.pengar import avrunda
from grund.tid import Manad
from uppfoljning.rapporter.kpb.queries import las_volymer
from uppfoljning.rapporter.kpb.regler import Grund
from uppfoljning.rapporter.kpb.siffror import i_enheter
from uppfoljning.rapporter.kpb.underlag import HELA_ARET, Bokslut
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.kpb import BOKSLUT, YTTERFALL
from uppfoljning.uppgifter.queries import gallande
from uppfoljning.uppgifter.typ import Uppgiftsslag
from utforare.models import Utforare
from utforare.regler import Regi

# What each insats is spread by, and kronor for one.
ENHETER: dict[Insats, tuple[Grund, int]] = {
    Insats.PERSONLIG_ASSISTANS: (Grund.PLATSER, 72_400),
    Insats.LEDSAGARSERVICE: (Grund.TIMMAR, 438),
    Insats.KONTAKTPERSON: (Grund.PLATSER, 2_080),
    Insats.AVLOSARSERVICE: (Grund.TIMMAR, 441),
    Insats.KORTTIDSVISTELSE: (Grund.DYGN, 2_310),
    Insats.BOSTAD_BARN: (Grund.DYGN, 4_120),
    Insats.BOSTAD_VUXNA: (Grund.DYGN, 2_790),
    Insats.DAGLIG_VERKSAMHET: (Grund.DAGAR, 812),
    Insats.BOENDESTOD: (Grund.TIMMAR, 447),
    Insats.SYSSELSATTNING: (Grund.DAGAR, 604),
    Insats.SARSKILT_BOENDE: (Grund.DYGN, 2_205),
    Insats.LEDSAGNING: (Grund.TIMMAR, 440),
    Insats.AVLOSNING: (Grund.TIMMAR, 440),
}
_UPPRAKNING = Fraction(103, 100)  # from one year to the next
_INTERNT, _SALT = Fraction(12, 1000), Fraction(21, 1000)  # of the net cost of the municipality's own
_RUBRIK = "verksamhet;insats;utforare_id;regi;bruttokostnad;interna_intakter;forsaljning;fordelas_efter;manader"
_GRANSER = """insats;matt;lagst;hogst
;kronor;1000;2500000
LSS-9;dygn;;366
LSS-10;dagar;20;252
SOL-BOSTOD;timmar;5;500
"""


def lagg_upp_bokslut(sista: Manad) -> None:
    """The whole year before, and this year's months. Once."""
    if gallande(BOKSLUT.nyckel, f"{sista.ar - 1}"):
        return
    las(BOKSLUT, f"{sista.ar - 1}", _csv(sista.ar - 1, HELA_ARET), f"Bokslut {sista.ar - 1}", date(sista.ar, 2, 16))
    las(BOKSLUT, f"{sista.ar}", _csv(sista.ar, sista.nummer), f"Delårsbokslut {sista}", sista.till)
    las(YTTERFALL, "", _GRANSER, "Controllern", date(sista.ar, 2, 16))


def las(slag: Uppgiftsslag, period: str, text: str, kalla: str, dag: date) -> None:
    """Take in a file of Ekstad's, on a morning by the controller."""
    las_in_uppgifter(
        slag=slag,
        period=period,
        innehall=text.encode(),
        filnamn=f"{slag.nyckel}{period and f'-{period}'}.csv",
        kalla=kalla,
        av=Anvandare.objects.get(username="klara"),
        nu=datetime(dag.year, dag.month, dag.day, 8, 30, tzinfo=UTC),
    )


def _csv(ar: int, manader: int) -> str:
    bokslut = Bokslut(ar, manader, (), "")
    rader = [f"{rad};{manader}" for rad in (*_volymrader(bokslut), *_ovriga(manader))]
    return "\n".join([_RUBRIK, *rader, ""])


def _volymrader(bokslut: Bokslut) -> Iterator[str]:
    """One for all that is the municipality's own of an insats, and one for each private utförare."""
    volymer = las_volymer({grund for grund, _ in ENHETER.values()}, bokslut.fran, bokslut.till)
    utforare = Utforare.objects.in_bulk()
    for insats, (grund, pris) in ENHETER.items():
        per: dict[str, int] = defaultdict(int)
        for plats, antal in volymer[grund].items():
            if plats.insats == insats:
                egen = utforare[plats.utforare].regi == Regi.EGEN
                per["" if egen else utforare[plats.utforare].nyckel] += antal
        for nyckel, antal in sorted(per.items()):
            if antal:
                netto = i_enheter(antal, grund, bokslut) * _pris(pris, nyckel, bokslut)
                yield _rad(insats, nyckel, netto, grund)


def _pris(pris: int, nyckel: str, bokslut: Bokslut) -> Fraction:
    """A little more or less at each utförare."""
    avvikelse = Fraction(sum(map(ord, nyckel)) % 9 - 4, 100)
    helt = Fraction(pris) * (1 + avvikelse)
    return helt if bokslut.helt else helt * _UPPRAKNING


def _rad(insats: Insats, nyckel: str, netto: Fraction, grund: Grund) -> str:
    internt, salt = (Fraction(0), Fraction(0)) if nyckel else (netto * _INTERNT, netto * _SALT)
    belopp = ";".join(str(avrunda(ett)) for ett in (netto + internt + salt, internt, salt))
    vem = f"{nyckel};" if nyckel else f";{Regi.EGEN}"
    namn = f"{insats.label.capitalize()}, {'köpt' if nyckel else 'egen regi'}"
    return f"{namn};{insats.value};{vem};{belopp};{grund.value}"


def _ovriga(manader: int) -> Iterator[str]:
    """What is shared, and what is nobody's."""
    for namn, per_manad, grund in (
        ("Ledning och administration", Decimal("1843210.07"), Grund.GEMENSAM),
        ("Lokaler som inte används", Decimal("96500.50"), Grund.INGEN),
        ("Anhörigstöd", Decimal("61204.00"), Grund.INGEN),
    ):
        yield f"{namn};;;;{per_manad * manader};0;0;{grund.value}"
