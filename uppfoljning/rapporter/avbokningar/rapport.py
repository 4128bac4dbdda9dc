"""The report: visits that were not made, what they cost, and who does not take up the support.

Pure but for the addresses of rows. In public: all utförare, one month, and sums over groups of five persons or more.
"""

from collections.abc import Iterator, Sequence

from grund.text import antal_ord
from uppfoljning.rapport.innehall import Del, Lasare, Rapport
from uppfoljning.rapporter.avbokningar.bomtidsdel import bomtidsdel
from uppfoljning.rapporter.avbokningar.kontinuitet import kontinuitet
from uppfoljning.rapporter.avbokningar.laget import laget
from uppfoljning.rapporter.avbokningar.personer import personlista, tar_inte_emot
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.utforarna import utforarna
from uppfoljning.rapporter.perioden import INTE_OFFENTLIG

_EKONOMI = (
    "Bomtid är ett planerat besök som personen har avbokat för sent eller uteblivit från. Vad den kostar beror på"
    " avtalet: den betalas som bomtid, ingår i den beställda tiden eller betalas inte alls."
)


def rapport(underlag: Underlag, lasare: Lasare, *, grans: int, utforare: str) -> Rapport:
    """The report. `grans`: from what share of missed visits, in percent, somebody does not take up the support."""
    offentlig, period = lasare.offentlig, underlag.period
    if offentlig and not period.ar_en_manad:
        delar = [Del("laget", "Läget", (INTE_OFFENTLIG,))]
    else:
        delar = [laget(underlag, offentlig=offentlig), utforarna(underlag, offentlig=offentlig)]
        delar.append(bomtidsdel(underlag, offentlig=offentlig))
    if not offentlig:
        delar += [kontinuitet(underlag), tar_inte_emot(underlag, lasare, grans), personlista(underlag)]
    return Rapport(
        rubrik=f"Avbokningar i boendestöd, {period.i_ord}",
        per=period.sista_dagen,
        urval=(
            ("Period", period.i_ord),
            ("Utförare", utforare or "Alla"),
            *(() if offentlig else (("Tar inte emot, minst", f"{grans} %"),)),
            ("Varsel där avtalet inte säger", antal_ord(underlag.varsel, "timme", "timmar")),
        ),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av avbokningar i boendestöd.",),
        ekonomi=(_EKONOMI, *_ekonomi(delar)),
        personer=frozenset() if offentlig else frozenset(ett.person for ett in underlag.upptag),
    )


def _ekonomi(delar: Sequence[Del]) -> Iterator[str]:
    """What the figures say of money, as sentences."""
    meningar = {
        "avbokningar_bomtid_betalt": "Betald bomtid kostade {} kronor i de fastställda månaderna.",
        "avbokningar_bomtid_ingar": "Bomtid för {} kronor ingick i beställd tid.",
        "avbokningar_bomtid_skulle_kosta": "Den bomtid som inte betalas skulle ha kostat {} kronor.",
    }
    for ett in (tal_ for del_ in delar for tal_ in del_.nyckeltal):
        if ett.nyckel in meningar:
            yield meningar[ett.nyckel].format(ett.text)
