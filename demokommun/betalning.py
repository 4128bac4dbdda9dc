"""Ekstad's konteringsmall, and April booked and paid. Accounts and codes are made up, and say so."""

from datetime import date
from typing import Final

from beslut.regler import Insats
from ersattning.filer.utbetalning import gor_utbetalningsfiler
from ersattning.kontering import Uppgifter, lagg_till
from ersattning.models import Kontering, Korning
from ersattning.regler import ORESUTJAMNING, Artikel, Status
from ersattning.utbetald import markera_utbetald
from grund import klocka
from grund.models import Anvandare
from grund.tid import Manad
from utforare.models import Utforare
from utforare.regler import Regi

_VERKSAMHET: Final = {
    Insats.BOSTAD_VUXNA: "5132",
    Insats.BOSTAD_BARN: "5133",
    Insats.KORTTIDSVISTELSE: "5134",
    Insats.DAGLIG_VERKSAMHET: "5135",
    Insats.BOENDESTOD: "5211",
    Insats.SYSSELSATTNING: "5212",
    Insats.SARSKILT_BOENDE: "5213",
}
_ANNAT = "5139"
_KOP = ("4634", "Köp av verksamhet (påhittat konto)")
_INTERNT = ("4690", "Internt köp (påhittat konto)")
_INTERN_INTAKT = ("3690", "Intern ersättning (påhittat konto)")
_SKULD = ("2998", "Upplupna kostnader (påhittat konto)")
_BIDRAG = ("4521", "Arbetsbonus (påhittat konto)")
_OREN = ("3740", "Öresutjämning (påhittat konto)")
_HELA_KRONOR = "Vändpunkten Boendestöd AB"  # whose avtal says that its total is evened out


def betala_ut_demons(sista: Manad) -> None:
    """The mall, and the month before the last one marked as utbetald. Once."""
    klara = Anvandare.objects.get(username="klara")
    if not Kontering.objects.exists():
        for uppgifter in _mallen(sista.plus(-23).fran):
            lagg_till(uppgifter=uppgifter, av=klara)
    manad = sista.plus(-1)
    if Korning.objects.filter(manad=manad.fran, status=Status.FASTSTALLD).exists():
        gor_utbetalningsfiler(manad=manad, av=klara)
        markera_utbetald(manad=manad, av=klara, nu=klocka.nu())


def _mallen(fran: date) -> list[Uppgifter]:
    rader = []
    for regi, konto, mot in ((Regi.EGEN, _INTERNT, _INTERN_INTAKT), (Regi.PRIVAT, _KOP, _SKULD)):
        rader.append(_rad(regi, konto, mot, fran, verksamhet=_ANNAT))
        rader += [_rad(regi, konto, mot, fran, insats=insats, verksamhet=kod) for insats, kod in _VERKSAMHET.items()]
        rader.append(
            _rad(
                regi,
                _BIDRAG,
                mot,
                fran,
                insats=Insats.DAGLIG_VERKSAMHET,
                artikel=Artikel.ARBETSBONUS,
                verksamhet="5135",
            )
        )
    avrundas = Utforare.objects.filter(namn=_HELA_KRONOR).first()
    if avrundas:
        rader.append(_rad(Regi.PRIVAT, _OREN, _SKULD, fran, artikel=ORESUTJAMNING, utforare=avrundas))
    return rader


def _rad(
    regi: Regi,
    konto: tuple[str, str],
    mot: tuple[str, str],
    fran: date,
    *,
    insats: str = "",
    artikel: str = "",
    verksamhet: str = "",
    utforare: Utforare | None = None,
) -> Uppgifter:
    return Uppgifter(
        regi=regi,
        utforare=utforare,
        insats=insats,
        artikel=artikel,
        konto=konto[0],
        kontonamn=konto[1],
        ansvar="3100" if verksamhet else "",
        verksamhet=verksamhet,
        objekt="",
        motkonto=mot[0],
        motkontonamn=mot[1],
        motansvar="4100" if regi == Regi.EGEN else "",
        fran=fran,
    )
