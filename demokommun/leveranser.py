"""Ekstad's statistics to Socialstyrelsen: last years' delivered, some months delivered, and drafts with differences."""

from datetime import date, datetime, time, timedelta

from beslut.models import Person
from beslut.regler import Insats
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.models import Anvandare
from grund.tid import EN_DAG, STOCKHOLM, Manad
from uppfoljning.leveranser.atgarder import gor_leverans, hinder_for_lamnande, lagg_in_grundlayouter, lamna
from uppfoljning.leveranser.regler import BOENDEN, Boendeform, Leveransslag, dagen
from uppfoljning.models import Leverans
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.statistikenheter import STATISTIKENHETER
from utforare.models import Verkstallighet

_ANNAN_KOMMUN = "9991"  # a code that no municipality has
_MANADER = 2  # of SoL that have been delivered
_RATTADE = 3  # persons whose personkrets was wrong in the file


def lagg_upp(idag: date) -> None:
    """Once. Nothing of what is paid follows from it."""
    if Leverans.objects.exists():
        return
    klara = Anvandare.objects.get(username="klara")
    lagg_in_grundlayouter(av=klara, nu=_da(idag.replace(month=1, day=9)))
    _bostader(klara, idag)
    for ar in (idag.year - 2, idag.year - 1):
        _lamna(Leveransslag.LSS, dagen(Leveransslag.LSS, ar, 1), date(ar, 10, 21), klara, f"LSS-{ar}-0417")
    for steg in range(_MANADER + 1, 1, -1):
        manad = Manad.av(idag).plus(-steg)
        for slag in (Leveransslag.SOL_PAGAENDE, Leveransslag.SOL_FORANDRADE):
            _lamna(slag, manad.till - EN_DAG, manad.till + timedelta(days=8), klara, f"SOL-{manad}")
    _ratta_i_efterhand()
    forra = Manad.av(idag).plus(-1).till - EN_DAG
    for slag, dag in (
        (Leveransslag.LSS, dagen(Leveransslag.LSS, idag.year - 1, 1)),
        (Leveransslag.SOL_PAGAENDE, forra),
        (Leveransslag.SOL_FORANDRADE, forra),
    ):
        gor_leverans(slag=slag, dag=dag, av=klara, idag=idag, nu=_da(idag))


def _da(dag: date) -> datetime:
    return datetime.combine(dag, time(9, 30), STOCKHOLM)


def _lamna(slag: Leveransslag, dag: date, lamnad: date, klara: Anvandare, kvittens: str) -> None:
    """As it would have been made then, from what is known now. What would have stopped it stays a draft."""
    ett = gor_leverans(slag=slag, dag=dag, av=klara, idag=lamnad, nu=_da(lamnad))
    if not hinder_for_lamnande(ett):
        lamna(
            leverans=ett,
            lamnad=lamnad,
            kvittens=kvittens,
            varningar_lasta=True,
            av=klara,
            idag=lamnad,
            nu=_da(lamnad),
        )


def _bostader(klara: Anvandare, idag: date) -> None:
    """Every home: some of the children's are familjehem, the last of the grown-ups' lies in another kommun."""
    verk = Verkstallighet.objects.filter(beslut__insats__in=BOENDEN)
    enheter: dict[str, set[str]] = {}
    for nyckel, insats in verk.order_by("enhet__nyckel").values_list("enhet__nyckel", "beslut__insats"):
        enheter.setdefault(nyckel, set()).add(insats)
    rader = ["enhet_id;boendeform;kommun"]
    for nummer, (nyckel, insatser) in enumerate(enheter.items()):
        barn = insatser == {Insats.BOSTAD_BARN}
        form = Boendeform.FAMILJEHEM if barn and nummer % 2 else Boendeform.BOSTAD
        rader.append(f"{nyckel};{form};{_ANNAN_KOMMUN if nummer == len(enheter) - 1 else ''}")
    if enheter:
        las_in_uppgifter(
            slag=STATISTIKENHETER,
            period="",
            innehall="\n".join(rader).encode(),
            filnamn="statistikenheter.csv",
            kalla="Enhetsregistret i Ekstad",
            av=klara,
            nu=_da(idag.replace(month=1, day=9)),
        )


def _ratta_i_efterhand() -> None:
    """Some persons' personkrets is put right after the file was delivered, as handläggare do."""
    maria = Anvandare.objects.get(username="maria")
    personer = Person.objects.filter(
        skyddad=False, avliden=None, personkrets__in=(1, 2), beslut__insats=Insats.DAGLIG_VERKSAMHET
    )
    for nyckel, krets in personer.order_by("nyckel").distinct().values_list("nyckel", "personkrets")[:_RATTADE]:
        rad = {**lagrad_rad("personer", nyckel), "personkrets": "2" if krets == 1 else "1"}
        text = "Personkretsen var fel registrerad."
        registrera(rader={"personer": [rad]}, spar=Spar(maria, "andra_person", f"person:{nyckel}", text))
