"""A name for a person in one report, that nobody can turn back, and that is another in the next report.

The system's secret key is in it, so it cannot be found by trying every person; and so is which accounts it is made of,
so that rows of two years cannot be laid beside each other.
"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

_TECKEN = 10


def pseudonymer(personer: Iterable[int], om: str) -> dict[int, str]:
    """A name of its own for each, in the report about `om`."""
    langd = _TECKEN
    alla = sorted(set(personer))
    hela = {pk: salted_hmac(f"kpb:{om}", str(pk), algorithm="sha256").hexdigest().upper() for pk in alla}
    while len({text[:langd] for text in hela.values()}) < len(alla):
        langd += 1
    return {pk: text[:langd] for pk, text in hela.items()}
