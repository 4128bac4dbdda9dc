"""What a variant changes and what each way of paying rewards, in words for pages, workbooks and documents."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ersattning.filer.ord import niva_i_ord
from ersattning.kalkyl.simulering import UTFASNING
from ersattning.regler import Artikel, Prisenhet
from grund.pengar import kronor
from grund.text import HART, antal_ord, datum_i_ord, och, procent, skillnad, tal
from utforare.regler import Modell, Slutorsak

MODELLORD = {
    Modell.DYGN: "dygn",
    Modell.NARVARO: "närvaro",
    Modell.MANAD: "ett pris per månad (kapitering)",
    Modell.UTFORD_TID: "utförd tid",
    Modell.BESTALLD_TID: "beställd tid",
}
_MODELL_FOR = {
    Artikel.DYGN: Modell.DYGN,
    Artikel.NARVARO: Modell.NARVARO,
    Artikel.MANAD: Modell.MANAD,
    Artikel.UTFORD_TID: Modell.UTFORD_TID,
    Artikel.BESTALLD_TID: Modell.BESTALLD_TID,
}
BRISTORD = {
    "niva_saknas": "godkänd nivå saknas",
    "pris_saknas": "pris saknas i prislistan",
    "omfattning_saknas": "beställd tid saknas",
    "avtal_saknas": "avtal saknas",
}


class Incitament(NamedTuple):
    """A way of paying, what it rewards, and what the nämnd must keep an eye on."""

    namn: str
    lonar: str
    bevaka: str


INCITAMENT = {
    Modell.UTFORD_TID: Incitament(
        "Utförd tid",
        "Lönar att besöken blir av och blir långa. Utföraren bär hela risken när brukaren avbokar.",
        "Tid som registreras i efterhand, och utfört över beställt.",
    ),
    Modell.BESTALLD_TID: Incitament(
        "Beställd tid",
        "Ger utföraren en trygg intäkt. Lönar inte att besöken blir av: nämnden betalar också för timmar som uteblir.",
        "Utförandegraden, och beslut som är större än behovet.",
    ),
    Modell.MANAD: Incitament(
        "Kapitering",
        "Samma summa oavsett besök. Lönar brukare med små behov, och stöd som behövs allt mindre.",
        "Att den som har stora behov får sin tid, och att utförd tid ändå följs upp.",
    ),
    Modell.NARVARO: Incitament(
        "Närvaro",
        "Lönar att brukaren kommer. Frånvaro kostar utföraren, om trappan inte betalar den.",
        "Närvaro som registreras utan att någon har varit där.",
    ),
    Modell.DYGN: Incitament(
        "Dygn",
        "Lönar att platsen är belagd. Frånvarotrappan avgör vem som betalar en tom plats.",
        "Långvarig frånvaro, och nivåer som inte omprövas.",
    ),
}
BOMTID = Incitament(
    "Bomtid",
    "Delar risken för sena återbud. Ju högre andel av priset, desto mindre lönar det att förebygga återbud.",
    "Hur mycket som registreras som bomtid, och av vem.",
)
UTFASAT = Incitament(
    "Bonus för utfasat stöd",
    "Lönar att stödet gör sig självt överflödigt.",
    "Att stödet inte avslutas för tidigt och brukaren kommer tillbaka.",
)


def artikel_i_ord(artikel: str) -> str:
    """`utförd tid`; the bonus for phased-out support has a name of its own."""
    return "bonus för utfasat stöd" if artikel == UTFASNING else str(Artikel(artikel).label)


def incitament(artiklar: Sequence[str]) -> list[Incitament]:
    """What the ways of paying reward that these artiklar come of, in the order above."""
    modeller = {_MODELL_FOR[Artikel(ett)] for ett in artiklar if ett in _MODELL_FOR}
    svar = [text for modell, text in INCITAMENT.items() if modell in modeller]
    return [*svar, *[BOMTID] * (Artikel.BOMTID in artiklar), *[UTFASAT] * (UTFASNING in artiklar)]


def i_ord(val: Mapping[str, Any], listor: Mapping[int, str]) -> list[str]:
    """What the variant changes, a phrase each. `listor`: names of price lists."""
    return [*_priser(val, listor), *_villkor(val), *_antaget(val)] or ["Inget ändras"]


def _priser(val: Mapping[str, Any], listor: Mapping[int, str]) -> Iterator[str]:
    if "modell" in val:
        yield f"Betalar {MODELLORD[Modell(val['modell'])]}"
    if "prislista" in val:
        yield f"Prislistan {listor.get(val['prislista'], 'är borttagen')}"
    if "prisdag" in val:
        yield f"Priserna som gäller {datum_i_ord(date.fromisoformat(val['prisdag']))}"
    if "upprakning" in val:
        yield f"Priserna uppräknade med {_tal(val['upprakning'])} procent"
    for ett in val.get("priser", ()):
        vems = f" för {niva_i_ord(ett['niva'])}" if ett["niva"] else ""
        yield f"{kronor(Decimal(ett['belopp']))} per {Prisenhet(ett['enhet']).label}{vems}"
    if val.get("nivaer"):
        yield f"Alla på {och([f'{niva_i_ord(fran)} blir {niva_i_ord(till)}' for fran, till in val['nivaer'].items()])}"


_VILLKOR = {
    "franvaro": ("Frånvarotrappa {}", "Frånvaro betalas inte"),
    "avslut_dagar": ("{} dagar efter avslut", "Inga dagar efter avslut"),
    "avrundning_minuter": ("Besök avrundas till {} minuter", "Besök avrundas inte"),
    "tak_andel_av_bestallt": ("Högst {} av beställd tid", "Inget tak för utförd tid"),
    "bomtid_varsel_timmar": ("Bomtid vid återbud senare än {} timmar före", "Ingen bomtid"),
    "bomtid_andel": ("Bomtid betalas med {} av priset", "Ingen bomtid"),
    "bomtid_tak_andel": ("Bomtid högst {} av beställd tid", "Inget tak för bomtid"),
}


def _villkor(val: Mapping[str, Any]) -> Iterator[str]:
    sagt = set()
    for namn, (mall, av) in _VILLKOR.items():
        if namn in val:
            varde = val[namn]
            text = av if varde is None else mall.format(_varde(namn, varde))
            if text not in sagt:
                sagt.add(text)
                yield text


def _varde(namn: str, varde: str) -> str:
    if "andel" in namn:
        return procent(Decimal(varde))
    return varde if namn == "franvaro" else _tal(varde)


def _antaget(val: Mapping[str, Any]) -> Iterator[str]:
    if "antagen_utford" in val:
        yield f"Antar att {procent(Decimal(val['antagen_utford']))} av beställd tid utförs"
    if "antagen_bomtid" in val:
        yield f"Antar bomtid på {procent(Decimal(val['antagen_bomtid']))} av beställd tid"
    if "utfasning" in val:
        orsaker = och([Slutorsak(ett).label for ett in val.get("utfasning_orsaker", ())], "eller")
        yield f"Bonus på {kronor(Decimal(val['utfasning']), 0)} när stödet slutar ({orsaker})"
    if val.get("individavtal"):
        yield "Gäller också individavtalen"


def _tal(varde: Any) -> str:
    return tal(Decimal(str(varde)), 4, minst=0)


def brist_i_ord(kod: str, antal: int) -> str:
    """`pris saknas i prislistan 12 gånger`."""
    return f"{BRISTORD[kod]} {antal_ord(antal, 'gång', 'gånger')}"


def vinnare_i_ord(varianter: Sequence[str], utforare: Sequence[tuple[str, Sequence[Decimal]]]) -> list[str]:
    """For each variant, who gets more and who less. `utforare`: name, and the difference of each variant."""
    svar = []
    for plats, namn in enumerate(varianter):
        mot = sorted(((skillnader[plats], vem) for vem, skillnader in utforare), reverse=True)
        mer, mindre = [ett for ett in mot if ett[0] > 0], [ett for ett in reversed(mot) if ett[0] < 0]
        delar = [*_del("får mer", mer), *_del("får mindre", mindre)] or ["ingen skillnad för någon utförare"]
        svar.append(f"{namn}: {och(delar)}.")
    return svar


def _del(vad: str, alla: Sequence[tuple[Decimal, str]]) -> list[str]:
    """`3 får mer, mest Eken AB med +100 kr`."""
    if not alla:
        return []
    belopp, vem = alla[0]
    return [f"{len(alla)} {vad}{', mest' if len(alla) > 1 else ':'} {vem} ({skillnad(belopp)}{HART}kr)"]
