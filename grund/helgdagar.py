"""Swedish public holidays and working days. Pure; the calendar is a library's."""

from datetime import date
from functools import cache

import holidays

from grund.tid import EN_DAG, Manad


@cache
def _ar(ar: int) -> dict[date, str]:
    # midsommarafton, julafton and nyårsafton are no public holidays, but nobody is expected at work on them
    return dict(holidays.country_holidays("SE", years=ar, language="sv", categories=("public", "de_facto")))


def helgdag(dag: date) -> str:
    """The holiday's name, such as `Kristi himmelsfärdsdag`; empty on other days, Saturdays and Sundays among them."""
    return _ar(dag.year).get(dag, "")


def ar_arbetsdag(dag: date) -> bool:
    """Monday to Friday, and no holiday."""
    return dag.weekday() < 5 and not helgdag(dag)


def arbetsdag_efter(manad: Manad, nummer: int) -> date:
    """The `nummer`-th working day after the month has ended, counted from 1."""
    dag, kvar = manad.till - EN_DAG, nummer
    while kvar:
        dag += EN_DAG
        kvar -= ar_arbetsdag(dag)
    return dag
