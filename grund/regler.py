"""What a systemförvaltare may not do with a user: rules that answer with reasons, an empty list means yes.

Nobody changes their own access: not to take themselves into what they should not see, nor to lock themselves out. Since
whoever acts keeps the role, there is always a systemförvaltare left.
"""

import unicodedata
from collections.abc import Collection

from grund.behorighet import SER_NAMN, Roll
from grund.personnummer import ser_ut_som_personnummer

_I_NAMN = frozenset(".@+-_")


def hinder_for_namn(namn: str) -> list[str]:
    """Why nobody may be called so: a letter of another alphabet looks like one of ours, and the event log would name
    somebody who is not there. A personnummer would stand in every event of the user's."""
    kanda = all(
        tecken in _I_NAMN or unicodedata.name(tecken, "").startswith(("LATIN SMALL", "LATIN CAPITAL", "DIGIT"))
        for tecken in namn
    )
    if ser_ut_som_personnummer(namn):
        return ["Ett användarnamn får inte vara ett personnummer: det står i händelserna och i adresser."]
    if kanda and unicodedata.normalize("NFKC", namn) == namn:
        return []
    return ["Skriv användarnamnet med bokstäverna a–ö, siffror och . @ + - _"]


def hinder_for_roller(*, sig_sjalv: bool, fore: Collection[str], efter: Collection[str]) -> list[str]:
    """Why the roles may not be changed from `fore` to `efter`."""
    if sig_sjalv and set(fore) != set(efter):
        return ["Du kan inte ändra dina egna roller. Be en annan systemförvaltare."]
    return []


def hinder_for_avstangning(*, sig_sjalv: bool) -> list[str]:
    """Why the user may not be shut out."""
    return ["Du kan inte stänga av dig själv. Be en annan systemförvaltare."] if sig_sjalv else []


def hinder_for_nytt_losenord(*, sig_sjalv: bool) -> list[str]:
    """Why the user may not be given a one-time password."""
    return ["Ditt eget lösenord byter du under Ditt konto."] if sig_sjalv else []


def hinder_for_ny_inloggning(*, sig_sjalv: bool) -> list[str]:
    """Why the user's second factors may not be taken away."""
    return ["Dina egna koder och nycklar byter du under Ditt konto."] if sig_sjalv else []


def hinder_for_skyddade(*, sig_sjalv: bool, roller: Collection[str], ser: bool) -> list[str]:
    """Why the user may not be named as one who sees protected persons (`ser`), or no longer be."""
    hinder = ["Du kan inte ge dig själv det. Be en annan systemförvaltare."] if sig_sjalv else []
    if ser and not SER_NAMN & set(roller):
        namn = sorted(Roll(roll).label for roll in SER_NAMN)
        hinder.append(f"Bara den som möter personer med namn kan få det: {', '.join(namn[:-1])} eller {namn[-1]}.")
    return hinder
