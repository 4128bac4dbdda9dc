"""Each avvikelse in a sentence that says what has happened and what it means for the pay."""

from decimal import Decimal

from ersattning.regler import Avvikelsekod
from grund.pengar import kronor
from grund.text import antal_ord

_OUTRETT = "Ersättningen är oförändrad tills det är utrett."
_MENINGAR = {
    Avvikelsekod.VERKSTALLD_UTAN_BESLUT: "Insatsen har verkställts utan gällande beslut. Dagarna ersätts inte.",
    Avvikelsekod.VERKSTALLD_EFTER_DODSFALL: "Insatsen är verkställd efter att personen avlidit. Dagarna ersätts inte.",
    Avvikelsekod.AVTAL_SAKNAS: "Det finns inget avtal om insatsen för dagarna, så de ersätts inte.",
    Avvikelsekod.OMFATTNING_SAKNAS: "Det finns ingen beställd tid för dagarna, så de ersätts inte.",
    Avvikelsekod.NIVA_SAKNAS: "Priset beror på nivån, men en godkänd nivå saknas. Tiden ersätts inte.",
    Avvikelsekod.PRIS_SAKNAS: "Prislistan har inget pris som passar. Det som saknar pris ersätts inte.",
    Avvikelsekod.BESOK_UTAN_TID: "Besöket blev noll minuter efter avrundning och ersätts inte.",
    Avvikelsekod.OVER_BESTALLD_TID: "Besöket gick över den beställda tiden. {minuter} ersätts inte.",
    Avvikelsekod.OVERLAPPANDE_BESOK: f"Besöket överlappar ett annat besök hos samma person. {_OUTRETT}",
    Avvikelsekod.BESOK_VID_FRANVARO: f"Besöket gjordes när personen var frånvarande från sitt boende. {_OUTRETT}",
    Avvikelsekod.DUBBEL_VERKSTALLIGHET: f"Personen har samma insats verkställd på två håll. {_OUTRETT}",
    Avvikelsekod.BONUS_ARSTAK: "Arbetsbonusen på {kronor} ryms inte under årets tak och betalas inte.",
}


def mening(kod: str, varde: str) -> str:
    """What the avvikelse means, for the one who is paid. `varde` as printed in avvikelser.csv."""
    minuter = antal_ord(int(varde), "minut", "minuter") if kod == Avvikelsekod.OVER_BESTALLD_TID else ""
    belopp = kronor(Decimal(varde)) if kod == Avvikelsekod.BONUS_ARSTAK else ""
    return _MENINGAR[Avvikelsekod(kod)].format(minuter=minuter, kronor=belopp)
