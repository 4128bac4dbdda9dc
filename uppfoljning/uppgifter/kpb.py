"""The accounts of a year and the limits of the ordinary, as files."""

from collections.abc import Iterator, Sequence

from beslut.regler import Insats
from grund.datapaket.beskrivning import Radfel, Varden
from grund.datapaket.typer import Belopp, Heltal, Referens, Text, Val
from uppfoljning.models import Bokslutsrad, Ytterfallsgrans
from uppfoljning.rapporter.kpb.regler import VOLYMER, Gransmatt, Grund
from uppfoljning.uppgifter.typ import Falt, Filfel, Period, Uppgiftsslag
from utforare.regler import Regi

_OM_GRUND = (
    "dygn = dygn då insatsen pågår, dagar = dagar med närvaro, timmar = utförda besök, platser = platsmånader,"
    " gemensam = delas på de andra raderna efter deras kostnad, ingen = fördelas inte."
)


def _bokslutsrad(rad: Varden) -> Iterator[Radfel]:
    if rad["fordelas_efter"] in VOLYMER and not rad["insats"]:
        yield "insats", "Skriv vilken insats raden gäller. Den behövs när kostnaden fördelas efter det som är utfört."
    if rad["utforare_id"] and rad["regi"]:
        yield "regi", "Skriv utförare eller regi, inte båda."
    if rad["fordelas_efter"] in VOLYMER and rad["bruttokostnad"] < rad["interna_intakter"] + rad["forsaljning"]:
        yield "bruttokostnad", "Intäkterna är större än kostnaden. Det går inte att fördela en kostnad under noll."


def _samma_manader(rader: Sequence[tuple[int, Varden]]) -> Iterator[Filfel]:
    forsta = rader[0][1]["manader"]
    for nummer, rad in rader:
        if rad["manader"] != forsta:
            yield nummer, "manader", f"Den första raden gäller {forsta} månader. Alla rader ska gälla samma tid."


BOKSLUT = Uppgiftsslag(
    "bokslut",
    "Bokslut för kostnad per brukare",
    "Årets kostnader och intäkter per verksamhet, och hur de ska fördelas på dem som har fått insatserna.",
    Period.AR,
    (
        Falt("verksamhet", "Verksamhet", Text(200), hjalp="Som den heter i redovisningen."),
        Falt("insats", "Insats", Val.av(Insats), kravs=False, hjalp="Insatsens kod, till exempel LSS-9."),
        Falt("utforare_id", "Utförarens id", Referens.i("utforare"), kravs=False, hjalp="Tomt = alla med insatsen."),
        Falt("regi", "Regi", Val.av(Regi), kravs=False, hjalp="egen = kommunens egna utförare. Annars tomt."),
        Falt("bruttokostnad", "Bruttokostnad", Belopp()),
        Falt("interna_intakter", "Interna intäkter", Belopp(), hjalp="0 när det inte finns några."),
        Falt("forsaljning", "Försäljning till andra", Belopp(), hjalp="Till andra kommuner och regioner. 0 = ingen."),
        Falt("fordelas_efter", "Fördelas efter", Val.av(Grund), hjalp=_OM_GRUND),
        Falt("manader", "Månader", Heltal(1, 12), hjalp="12 för hela året, 5 för ett delår till och med maj."),
    ),
    Bokslutsrad,
    ("verksamhet", "insats", "utforare_id", "regi", "fordelas_efter"),
    regler=(_bokslutsrad,),
    kontroll=_samma_manader,
)


def _gransen(rad: Varden) -> Iterator[Radfel]:
    if rad["lagst"] is None and rad["hogst"] is None:
        yield "lagst", "Skriv det lägsta eller det högsta värdet, eller båda."
    elif rad["lagst"] is not None and rad["hogst"] is not None and rad["hogst"] < rad["lagst"]:
        yield "hogst", "Det högsta värdet är lägre än det lägsta."
    if rad["matt"] != Gransmatt.KRONOR and not rad["insats"]:
        yield "insats", "Skriv vilken insats gränsen gäller. Bara en gräns i kronor kan gälla alla insatser."


YTTERFALL = Uppgiftsslag(
    "ytterfall",
    "Gränser för ytterfall",
    "Vad som är ovanligt lite eller mycket för en person under ett bokslut.",
    Period.INGEN,
    (
        Falt("insats", "Insats", Val.av(Insats), kravs=False, hjalp="Tomt = alla insatser tillsammans, i kronor."),
        Falt("matt", "Mått", Val.av(Gransmatt), hjalp="kronor, dygn, dagar eller timmar."),
        Falt("lagst", "Lägst", Belopp(), kravs=False, hjalp="Det som är lägre är ett ytterfall. Tomt = ingen gräns."),
        Falt("hogst", "Högst", Belopp(), kravs=False, hjalp="Det som är högre är ett ytterfall. Tomt = ingen gräns."),
    ),
    Ytterfallsgrans,
    ("insats", "matt"),
    regler=(_gransen,),
)
