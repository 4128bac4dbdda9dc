"""Time limits of Förvaltningslagen, counted in days. Pure: "today" is always an argument."""

from datetime import date, timedelta

import holidays

from grund.tid import EN_DAG

OVERKLAGANDETID = timedelta(weeks=3)  # FL 44 §, from the day when the party got the decision
OVERLAMNAS_INOM = timedelta(weeks=1)  # FL 46 § says "skyndsamt"; a week is the norm that JO goes by


def sista_dag_att_overklaga(fick_del: date) -> date:
    """The last day when an appeal is in time. On a Saturday, Sunday or holiday it is the next working day.

    Lag (1930:173) om beräkning av lagstadgad tid 2 §: midsommarafton, julafton and nyårsafton count as holidays.
    """
    return nasta_vardag(fick_del + OVERKLAGANDETID)


def nasta_vardag(dag: date) -> date:
    """`dag`, or the first working day after it."""
    helgdagar = holidays.country_holidays("SE", years=(dag.year, dag.year + 1), categories=("public", "de_facto"))
    while dag.weekday() >= 5 or dag in helgdagar:
        dag += EN_DAG
    return dag


def hinder_for_rattid(fick_del: date | None, inkom: date) -> list[str]:
    """Why an appeal that came in on `inkom` is too late; empty = in time (FL 45 §)."""
    if fick_del is None:
        return []  # the time has not begun: nobody has noted that the party got the decision
    sista = sista_dag_att_overklaga(fick_del)
    if inkom <= sista:
        return []
    return [
        f"Överklagandet kom in {inkom}. Sista dagen var {sista}, tre veckor efter att personen fick del av beslutet."
    ]
