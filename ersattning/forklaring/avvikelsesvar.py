"""What an avvikelse's code has to say for itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ersattning.forklaring.typer import Besokstid, Grund

BETALAS_INTE = "Dagarna ersätts inte förrän det är rättat."
BETALAS = "Ersättningen påverkas inte. Det betalas tills en person har bestämt vad som är rätt."


@dataclass(frozen=True)
class Svar:
    """What has happened, what it does to the money, what to do, what it rests on, and the visits concerned."""

    hande: list[str]
    pengar: list[str]
    gor: list[str]
    kedja: list[Grund] = field(default_factory=list)
    besok: Iterable[Besokstid] = ()
