"""What may be done with a decision that holds (FL 37 §). Pure; the form shows the same reasons as the refusal.

A gynnande beslut may be changed to the person's detriment only where it reserves the right, for compelling reasons of
safety, or when the party gave wrong information. A time-limited one ends by itself, and a new one takes its place.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beslut.koder import Andringsgrund
from beslut.regler import Utfall
from grund.text import datum_i_ord
from grund.tid import EN_DAG

_NACKDEL_FAR = {Andringsgrund.EGEN_BEGARAN, Andringsgrund.FORBEHALL, Andringsgrund.SAKERHET, Andringsgrund.ORIKTIGT}


@dataclass(frozen=True, slots=True)
class Innehall:
    """What a decision gives: from `fran` to `sista`, both included; `sista` None = until further notice."""

    utfall: Utfall
    fran: date | None
    sista: date | None
    omfattning: Decimal | None = None
    enhet: str = ""


@dataclass(frozen=True, slots=True)
class Mojlighet:
    """A way to go on, whether it is open for this decision, and why or why not."""

    grund: Andringsgrund
    oppen: bool
    text: str


def mojligheter(beslut: Innehall, *, forbehall: str, idag: date) -> list[Mojlighet]:
    """What can be done with the decision. `forbehall`: what it reserves; empty = nothing."""
    forbehallstext = (
        f"Beslutet förbehåller nämnden rätten att återkalla det: ”{forbehall}”"
        if forbehall
        else "Beslutet har inget förbehåll om återkallelse, så den vägen är stängd."
    )
    return [
        Mojlighet(Andringsgrund.NY_TID, beslut.sista is not None, _tidens_slut(beslut.sista, idag)),
        Mojlighet(Andringsgrund.FORDEL, oppen=True, text="Personen kan få mer, eller få det längre."),
        Mojlighet(Andringsgrund.EGEN_BEGARAN, oppen=True, text="Personen kan själv begära mindre, eller avstå."),
        Mojlighet(Andringsgrund.FORBEHALL, bool(forbehall), forbehallstext),
        Mojlighet(Andringsgrund.SAKERHET, oppen=True, text="Bara om det är tvingande, till exempel fara för liv."),
        Mojlighet(Andringsgrund.ORIKTIGT, oppen=True, text="Bara om personen lämnade fel uppgifter som spelade roll."),
    ]


def _tidens_slut(sista: date | None, idag: date) -> str:
    if sista is None:
        return "Beslutet gäller tills vidare och går inte ut av sig självt."
    nar = f"gick ut {datum_i_ord(sista)}" if sista < idag else f"går ut {datum_i_ord(sista)}"
    return f"Beslutet {nar}. Ett nytt kan gälla från {datum_i_ord(sista + EN_DAG)}, med den omfattning som då behövs."


def till_nackdel(gammalt: Innehall, nytt: Innehall) -> list[str]:
    """In what the new decision is worse for the person than the old one; empty = in nothing.

    Counted over the days when both would hold. What cannot be compared (other units) is taken for worse.
    """
    if not _rubbar(gammalt, nytt):
        return []
    if nytt.utfall is Utfall.AVSLAG:
        return ["Insatsen upphör."]
    samre = []
    if _slutar_fore(nytt.sista, gammalt.sista):
        samre.append("Beslutet slutar tidigare.")
    if gammalt.omfattning is not None and nytt.omfattning is not None:
        if nytt.enhet != gammalt.enhet:
            samre.append("Omfattningen har en annan enhet och går inte att jämföra.")
        elif nytt.omfattning < gammalt.omfattning:
            samre.append("Omfattningen blir mindre.")
    elif nytt.omfattning != gammalt.omfattning:
        samre.append("Omfattningen står bara i det ena beslutet och går inte att jämföra.")
    return samre


def hinder_for_andring(
    gammalt: Innehall, nytt: Innehall, grund: Andringsgrund | None, *, forbehall: str, idag: date
) -> list[str]:
    """Why `nytt` may not take the place of `gammalt` on this ground; empty = it may."""
    if grund is None:
        return ["Välj vilken grund som låter beslutet ändras."]
    val = next(ett for ett in mojligheter(gammalt, forbehall=forbehall, idag=idag) if ett.grund is grund)
    if not val.oppen:
        return [val.text]
    if grund is Andringsgrund.NY_TID and _rubbar(gammalt, nytt):
        return [f"{val.text} Det nya beslutet får inte börja gälla tidigare."]
    samre = till_nackdel(gammalt, nytt)
    if samre and grund not in _NACKDEL_FAR:
        skal = " ".join(samre)
        return [f"{skal} Ett gynnande beslut får inte ändras till personens nackdel på den grunden (37 § FL)."]
    return []


def _rubbar(gammalt: Innehall, nytt: Innehall) -> bool:
    """Whether the new decision begins while the old one holds."""
    return nytt.fran is not None and (gammalt.sista is None or nytt.fran <= gammalt.sista)


def _slutar_fore(ena: date | None, andra: date | None) -> bool:
    return ena is not None and (andra is None or ena < andra)
