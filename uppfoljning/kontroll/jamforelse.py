"""What has changed since the last time: new, changed, still there, gone. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppfoljning.kontroll.typer import Traff


@dataclass(frozen=True, slots=True)
class Oppet:
    """An open finding as it is stored: its primary key, how it looked, and its first day."""

    pk: int
    avtryck: str
    fran: date | None


@dataclass(frozen=True, slots=True)
class Skillnad:
    """What to store. `andrade` and `stangda` are by primary key."""

    nya: tuple[Traff, ...]
    andrade: tuple[tuple[int, Traff], ...]
    kvar: tuple[int, ...]
    stangda: tuple[int, ...]


def avtryck(traff: Traff) -> str:
    """A fingerprint of what it says: an assessment holds for a finding as it looked."""
    vad = [str(traff.fran), str(traff.till), dict(sorted(traff.uppgifter.items())), sorted(traff.besok)]
    return hashlib.sha256(json.dumps(vad, ensure_ascii=False, default=str).encode()).hexdigest()[:32]


def jamfor(oppna: Mapping[str, Oppet], traffar: Sequence[Traff], *, fran: date | None) -> Skillnad:
    """`oppna` by key against what was found. One that began before `fran` was not looked for, and stays as it is."""
    funna = {ett.nyckel: ett for ett in traffar}
    nya = tuple(ett for nyckel, ett in funna.items() if nyckel not in oppna)
    bada = [(oppna[nyckel], ett) for nyckel, ett in funna.items() if nyckel in oppna]
    borta = [ett for nyckel, ett in oppna.items() if nyckel not in funna]
    return Skillnad(
        nya=nya,
        andrade=tuple((da.pk, nu) for da, nu in bada if da.avtryck != avtryck(nu)),
        kvar=tuple(da.pk for da, nu in bada if da.avtryck == avtryck(nu)),
        stangda=tuple(ett.pk for ett in borta if fran is None or ett.fran is None or ett.fran >= fran),
    )
