"""Akter from years ago: some are due to be removed, and one for each reason why an akt stays. Once.

They ended long before the months that are run, so nothing of those changes.
"""

from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from beslut.actions.overklagande import registrera_overklagande
from beslut.models import Beslut, Person
from demokommun.personnummer import luhn
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from uppfoljning.gallring.atgarder import satt_stopp
from uppfoljning.gallring.koder import Stoppslag
from utforare.actions.uppehall import anmal_uppehall
from utforare.models import Verkstallighet
from utforare.regler import Uppehallsorsak

_ETTA = "GA01"
# Key, birth date (a day over 60: a samordningsnummer), name, last day, insats, protected.
_AKTER = (
    ("GA01", "19610203", "Gerd", "Wallin", "2018-06-30", "LSS-10", "nej"),
    ("GA02", "19730917", "Rolf", "Nyström", "2019-03-31", "LSS-10", "nej"),
    ("GA03", "19880711", "Ulrika", "Sjögren", "2019-11-15", "LSS-10", "nej"),
    ("GA04", "19550422", "Bengt", "Åberg", "2020-02-29", "LSS-10", "nej"),
    ("GA05", "19910808", "Sanna", "Lindholm", "2020-10-31", "LSS-10", "nej"),
    ("GA06", "19800130", "Inga", "Friberg", "2020-12-31", "LSS-10", "ja"),
    ("GA07", "19670305", "Torsten", "Hägg", "2019-05-31", "LSS-10", "nej"),
    ("GA08", "19840685", "Amina", "Rask", "2020-01-31", "LSS-10", "nej"),
    ("GA09", "19990212", "Elin", "Bruun", "2017-08-31", "LSS-8", "nej"),
    ("GA10", "19760621", "Lars", "Ekstrand", "2019-09-30", "LSS-10", "nej"),
    ("GA11", "19690816", "Maj", "Tornberg", "2020-04-30", "LSS-10", "nej"),
)
_OVERKLAGAD, _BEGARD = "GA10", "GA11"
_UPPEHALL = ("GA07", "GA03")  # of whom the utförare has written something of its own


def lagg_upp_gallring(idag: date) -> None:
    """Read in the old akter, give two of them something that keeps them, and two a text of the utförare's own."""
    if Person.objects.filter(nyckel=_ETTA).exists():
        return
    with TemporaryDirectory() as mapp:
        las_in(_paket(Path(mapp)), av=None)
    maria = Anvandare.objects.get(username="maria")
    registrera_overklagande(
        beslut=Beslut.objects.get(nyckel=f"B{_OVERKLAGAD}"),
        inkom=date(2019, 9, 2),
        klagande="personen själv",
        text="Vill ha insatsen kvar.",
        av=maria,
        idag=idag,
    )
    for nyckel in _UPPEHALL:
        anmal_uppehall(
            verk=Verkstallighet.objects.get(nyckel=f"V{nyckel}"),
            fran=date(2019, 4, 1),
            sista=date(2019, 4, 26),
            orsak=Uppehallsorsak.SJUKHUS,
            text="Opereras, och vill komma tillbaka till samma grupp.",
            av=maria,
            nu=datetime(2019, 4, 2, 10, tzinfo=STOCKHOLM),
        )
    satt_stopp(
        person=Person.objects.get(nyckel=_BEGARD),
        slag=Stoppslag.UTLAMNANDE,
        anteckning="Begäran kom in i maj.",
        av=maria,
        nu=datetime.combine(idag, time(10), STOCKHOLM),
    )


def _paket(mapp: Path) -> Path:
    privata_forst = ("-enhet__utforare__regi", "nyckel")
    enhet = Verkstallighet.objects.filter(beslut__insats="LSS-10").order_by(*privata_forst)[0].enhet.nyckel
    filer = {
        "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n",
        "beslut": "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet\n",
        "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak\n",
    }
    for plats, (nyckel, fodd, fornamn, efternamn, sista, insats, skyddad) in enumerate(_AKTER):
        siffror = f"{fodd}{980 + plats}"
        filer["personer"] += f"{nyckel};{siffror}{luhn(siffror[2:])};{fornamn};{efternamn};1;{skyddad};\n"
        fran = f"{int(sista[:4]) - 2}-01-01"
        filer["beslut"] += f"B{nyckel};{nyckel};{insats};LSS;bifall;{fran};{fran};{sista};;\n"
        omfattning = "heltid" if insats == "LSS-10" else ""
        filer["verkstalligheter"] += f"V{nyckel};B{nyckel};{enhet};{fran};{omfattning};{fran};{sista};beslut_upphor\n"
    for namn, text in filer.items():
        (mapp / f"{namn}.csv").write_text(text, encoding="utf-8")
    return mapp
