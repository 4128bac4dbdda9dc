"""What a variant changes, as it is stored (JSON of texts, numbers exact) and as the core takes it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ersattning.kalkyl.antagande import Antagande, Planerat
from ersattning.kalkyl.variant import Prisbyte, Variant
from ersattning.regler import Kanslighet
from utforare.villkor import trappsteg

Val = Mapping[str, Any]

# Terms of an avtal that a variant may change: how each is read. A null turns the rule off.
VILLKOR: dict[str, Callable[[Any], Any]] = {
    "modell": str,
    "franvaro": trappsteg,
    "avslut_dagar": int,
    "avrundning_minuter": int,
    "tak_andel_av_bestallt": Fraction,
    "bomtid_varsel_timmar": Fraction,
    "bomtid_andel": Decimal,
    "bomtid_tak_andel": Fraction,
}
_AV = {"franvaro": (), "avslut_dagar": 0}  # what "off" is where it is not None
PUNKTER = {
    Kanslighet.BOMTID: range(0, 101, 10),
    Kanslighet.BOMPRIS: range(0, 101, 10),
    Kanslighet.UTFORT: range(0, 101, 10),
    Kanslighet.UPPRAKNING: range(11),
}


def variant(val: Val) -> Variant:
    """The variant that `val` describes."""
    return Variant(
        villkor={namn: _villkor(namn, val[namn]) for namn in VILLKOR if namn in val},
        prislista_id=val.get("prislista"),
        prisdag=date.fromisoformat(val["prisdag"]) if "prisdag" in val else None,
        upprakning=Decimal(val.get("upprakning", 0)),
        prisbyten=tuple(Prisbyte(ett["enhet"], ett["niva"], Decimal(ett["belopp"])) for ett in val.get("priser", ())),
        nivaer=val.get("nivaer", {}),
        antagen_utford=_andel(val.get("antagen_utford")),
        antagen_bomtid=_andel(val.get("antagen_bomtid")),
        utfasning=Decimal(val["utfasning"]) if "utfasning" in val else None,
        utfasning_orsaker=frozenset(val.get("utfasning_orsaker", ())),
        aven_individavtal=val.get("individavtal", False),
        planerat=Planerat(Antagande(val["planerat"]), date.fromisoformat(val["idag"])) if "planerat" in val else None,
    )


def _villkor(namn: str, varde: Any) -> Any:
    return _AV.get(namn) if varde is None else VILLKOR[namn](varde)


def _andel(varde: str | None) -> Fraction | None:
    return None if varde is None else Fraction(varde)


def med_punkt(val: Val, kanslighet: Kanslighet, punkt: int) -> dict[str, Any]:
    """`val` with what the sensitivity chart varies set to `punkt` per cent."""
    andel = format((Decimal(punkt) / 100).normalize(), "f")
    falt = {
        Kanslighet.BOMTID: ("antagen_bomtid", andel),
        Kanslighet.BOMPRIS: ("bomtid_andel", andel if punkt else None),
        Kanslighet.UTFORT: ("antagen_utford", andel),
        Kanslighet.UPPRAKNING: ("upprakning", str(punkt)),
    }
    namn, varde = falt[kanslighet]
    return {**val, namn: varde}
