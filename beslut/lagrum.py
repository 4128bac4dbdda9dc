"""The paragraph that a decision rests on, in words. It follows from the insats and the day; nobody chooses it."""

from datetime import date

from beslut.regler import Insats, Lag

NYA_SOL = date(2025, 7, 1)  # socialtjänstlagen (2025:400) in force; earlier decisions rest on the one of 2001


def lagrum_i_ord(insats: str, dag: date) -> str:
    """`9 § 10 LSS`, `11 kap. 1 § socialtjänstlagen (2025:400)`: for a decision of `dag`."""
    kod = Insats(insats)
    if kod.lag == Lag.LSS:
        return f"9 § {kod.value.removeprefix('LSS-')} LSS"
    return "11 kap. 1 § socialtjänstlagen (2025:400)" if dag >= NYA_SOL else "4 kap. 1 § socialtjänstlagen (2001:453)"
