"""When somebody has an insats, as SQL: of a verkställighet `v`, its beslut `b` and its person `p`."""

from beslut.regler import Insats
from utforare.frist import FRISTMANADER, MELLAN_PERIODER

# The first day that it is not there: the day after the person died at the latest. Korttidsvistelse comes in stays, and
# between two of them one still has it: until the clock of an avbrott would be seen (utforare.frist), while the beslut
# holds.
SLUT = f"""
    least(CASE WHEN b.insats = '{Insats.KORTTIDSVISTELSE.value}' AND v.till IS NOT NULL
               THEN greatest(v.till, least(b.till,
                    (v.till + interval '{FRISTMANADER} months')::date - {MELLAN_PERIODER}))
               ELSE v.till END, p.avliden + 1)
"""


def pagar(dag: str) -> str:
    """The condition that it is there on the day that the parameter `dag` names."""
    return f"v.fran <= %({dag})s AND coalesce({SLUT}, 'infinity') > %({dag})s"
