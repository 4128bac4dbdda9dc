"""What the days of a document must agree with. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from grund.text import datum_i_ord, manad_i_ord
from uppfoljning.tjansteutlatande.underlag import Korningsfakta

# Nobody plans further: a day beyond it is a slip of the pen.
LANGST_FRAM = timedelta(days=366)


def hinder_for_datum(datum: date, *, korningar: Sequence[Korningsfakta], idag: date) -> list[str]:
    """Why a document may not be dated `datum`: it cannot know what came later. Its own month's körning is the first."""
    if datum < korningar[0].manad.fran:
        return [f"Utlåtandet kan inte vara äldre än månaden {korningar[0].manad}."]
    if datum > idag + LANGST_FRAM:
        return ["Utlåtandets datum ligger mer än ett år framåt. Kontrollera årtalet."]
    return list(_senare_korningar(datum, korningar))


def hinder_for_simuleringens_datum(datum: date, *, raknad: date, idag: date, vad: str = "Simuleringen") -> list[str]:
    """Why a document about a simulering (or `vad`) that was calculated on `raknad` may not be dated `datum`."""
    if datum < raknad:
        return [f"{vad} räknades den {datum_i_ord(raknad)}. Utlåtandet kan inte ha ett tidigare datum."]
    if datum > idag + LANGST_FRAM:
        return ["Utlåtandets datum ligger mer än ett år framåt. Kontrollera årtalet."]
    return []


def _senare_korningar(datum: date, korningar: Sequence[Korningsfakta]) -> Iterator[str]:
    for korning in korningar:
        if datum < korning.steg_dag:
            yield (
                f"Utlåtandet bygger på körningen av {manad_i_ord(korning.manad)}, som blev {korning.steg} den"
                f" {datum_i_ord(korning.steg_dag)}. Det kan inte ha ett tidigare datum."
            )


def hinder_for_sammantrade(dag: date, *, datum: date) -> list[str]:
    """Why a document dated `datum` may not be for a meeting on `dag`."""
    if dag < datum:
        return ["Sammanträdet kan inte vara före utlåtandets datum."]
    if dag - datum > LANGST_FRAM:
        return ["Sammanträdet ligger mer än ett år efter utlåtandets datum. Kontrollera årtalet."]
    return []
