"""When a beslut is to be followed up or reconsidered, how late that is, and which days a trend tells of. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from grund.text import manad_i_ord, stor_forsta
from grund.tid import EN_DAG, Manad, lagg_till_manader
from uppfoljning.kvartal import Kvartal

OMPROVNING_FORE = timedelta(days=30)  # an omprövning is to be done so long before the decision ends
KOMMANDE = timedelta(days=90)  # how far ahead omprövningar are looked for
FOLJS_UPP_INOM = timedelta(days=30)
PERIODER = {"kvartal": 8, "manad": 12}  # of a trend, the last one included

# Upper limits in days, and what the class is called.
SENHETER = (
    (30, "högst 30 dagar"),
    (90, "31–90 dagar"),
    (180, "91–180 dagar"),
    (None, "mer än 180 dagar"),
)


class Steg(models.TextChoices):
    """How close the points of a trend lie."""

    KVARTAL = "kvartal", "kvartal"
    MANAD = "manad", "månad"


@dataclass(frozen=True, slots=True)
class Punkt:
    """A day that a trend tells of: `namn` in a table, `kort` in a picture."""

    dag: date
    namn: str
    kort: str


def senhet(senast: date, dag: date) -> str:
    """How late a follow-up is that was to be made by `senast`, in classes; `dag` lies after it."""
    sena = (dag - senast).days
    return next(namn for hogst, namn in SENHETER if hogst is None or sena <= hogst)


def omprovas_senast(till: date) -> date:
    """The day by which a decision with the exclusive end `till` is to have been reconsidered."""
    return till - OMPROVNING_FORE


def ett_ar_fore(dag: date) -> date:
    """The last day that has its twelve months behind it on `dag`."""
    fore = lagg_till_manader(dag, -12)
    return fore + EN_DAG if lagg_till_manader(fore + EN_DAG, 12) <= dag else fore


def avslutat_kvartal(dag: date) -> Kvartal:
    """The last quarter that is over when `dag` is: the quarter of `dag` if that is its last day."""
    kvartal = Kvartal.av(dag)
    return kvartal if kvartal.sista == dag else kvartal.plus(-1)


def punkter(dag: date, steg: Steg) -> tuple[Punkt, ...]:
    """The ends of periods before `dag`, and `dag` itself last."""
    antal = PERIODER[steg]
    if steg is Steg.KVARTAL:
        slut = [_kvartal(Kvartal.av(dag).plus(-ett)) for ett in range(antal - 1, 0, -1)]
        sist = _kvartal(Kvartal.av(dag))
    else:
        slut = [_manad(Manad.av(dag).plus(-ett)) for ett in range(antal - 1, 0, -1)]
        sist = _manad(Manad.av(dag))
    if sist.dag != dag:
        sist = Punkt(dag, f"{stor_forsta(sist.namn)}, till och med {dag}", sist.kort)
    return (*slut, sist)


def _kvartal(kvartal: Kvartal) -> Punkt:
    return Punkt(kvartal.sista, stor_forsta(kvartal.i_ord), f"K{kvartal.nummer} {kvartal.ar % 100}")


def _manad(manad: Manad) -> Punkt:
    return Punkt(manad.till - EN_DAG, stor_forsta(manad_i_ord(manad)), f"{manad.nummer:02}/{manad.ar % 100}")
