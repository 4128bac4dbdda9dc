"""What a prognos assumes, in words: for its page, its workbook and the nämnd's document."""

from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date
from decimal import Decimal

from beslut.ord import insats_i_ord
from ersattning.kalkyl.antagande import Antagande
from ersattning.models import Prognos, Simuleringsbrist
from ersattning.prognos.berakning import KRONOR, NUMMER
from ersattning.prognos.queries import andelsmanader
from ersattning.prognos.rader import andelar_av
from ersattning.prognos.resultat import infloden
from ersattning.simulering.ord import BRISTORD
from grund.text import HART, antal_ord, datum_i_ord, manad_i_ord, svensk_ordning, tal


def antaganden(prognos: Prognos, *, offentligt: bool = False) -> Iterator[str]:
    """Each in a sentence. `offentligt`: of a Resultat that is."""
    yield (
        "Alla som har en verkställighet används som planerat: närvaro de arbetsdagar som brukar gälla, beställd tid,"
        " och de nivåer och priser som är kända för varje månad."
    )
    yield _andelarna(prognos)
    yield (
        f"Beslut som slutar efter {datum_i_ord(prognos.idag)} förlängs på samma villkor, om inget annat tar vid."
        + ("" if offentligt else " Hur det blir om inget förlängs står bredvid.")
    )
    yield "Beställningar som inte har börjat räknas från den dag som är överenskommen, annars den önskade."
    yield "Vistelser som bokas en i taget kommer igen som de senaste tolv veckorna, så länge beslutet gäller."
    yield "Kända uppehåll räknas som frånvaro. Ett uppehåll utan slut antas pågå hela tiden."
    for ett in infloden(prognos):
        personer = antal_ord(ett.personer, "ny person", "nya personer")
        yield (
            f"Antaget inflöde: {personer} i månaden i {insats_i_ord(ett.insats)} från {manad_i_ord(ett.fran)},"
            " till medelkostnaden för dem som finns."
        )
    if not prognos.inflode:
        yield "Inga nya personer utöver dem som är beslutade och beställda."
    if offentligt:
        yield (
            "Rättelser av tidigare månader, arbetsbonus och justeringar ingår varken i prognosen eller i utfallet."
            " Vad kända starter, slut, priser och nivåer gör var för sig visas inte. Allt det kan avse färre än fem"
            " personer."
        )
    else:
        yield "Rättelser av tidigare månader, arbetsbonus och justeringar ingår inte i prognosen, men i utfallet."


def _andelarna(prognos: Prognos) -> str:
    if not prognos.manader_bakat:
        return "Allt blir som planerat: ingen andel dras av för frånvaro."
    manader = sorted(andelsmanader(prognos))
    return (
        "Av det som planeras blir lika stor andel som det blev i genomsnitt"
        f" {manad_i_ord(manader[0])} till {manad_i_ord(manader[-1])}, insats för insats."
    )


def andelar(prognos: Prognos, insatser: Container[str]) -> list[tuple[str, str]]:
    """Each of the insatser with its share of the kronor."""
    egna = {insats: slag[KRONOR] for insats, slag in andelar_av(prognos).items() if KRONOR in slag}
    alla = [(insats_i_ord(insats), andel) for insats, andel in egna.items() if insats in insatser]
    return [(namn, procent(andel)) for namn, andel in sorted(alla, key=lambda ett: svensk_ordning(ett[0]))]


def procent(andel: Decimal) -> str:
    """`95,4 %`."""
    return f"{tal(andel * 100, 1)}{HART}%"


def brister(prognos: Prognos) -> list[str]:
    """What cannot be priced in the months to come, by insats."""
    rader = Simuleringsbrist.objects.filter(
        variant__simulering=prognos.pk,
        variant__nummer=NUMMER[Antagande.FORLANGT],
        manad__gte=prognos.prognos_fran.fran,
    )
    per: dict[tuple[str, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for insats, kod, manad, antal in rader.values_list("insats", "kod", "manad", "antal"):
        per[insats, kod][manad] += antal
    return [
        f"{insats_i_ord(insats)}: {BRISTORD[kod]}, som mest {antal_ord(max(alla.values()), 'gång', 'gånger')}"
        f" i en månad, från {manad_i_ord(min(alla))}"
        for (insats, kod), alla in sorted(per.items())
    ]
