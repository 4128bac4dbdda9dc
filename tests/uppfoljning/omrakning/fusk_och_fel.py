"""Report 13 counted anew: every figure and cell, by plain loops over the signals as they are stored."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.uppfoljning.omrakning.datakvalitet import dagen, kvar, oppna, rorelser, summa
from tests.uppfoljning.omrakning.fynden import per
from uppfoljning.kontroll.register import REGLER
from utforare.models import Enhet

UTFALL = {"inget_fel": "Inget fel hittat", "rattat": "Rättat", "vidare": "Lämnat vidare", "": ""}


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, Any]:
    """Key figures by key, and tables as lists of their cells, by key."""
    manad, dag = dagen(urval, idag)
    rader = oppna("signal", dag)
    hos = dict(Enhet.objects.values_list("pk", "utforare__namn"))
    for rad in rader:
        rad["hos"] = hos.get(rad["enhet_id"], "")
    return {
        "signaler_oppna": len(rader),
        "signaler_att_titta_pa": kvar(rader),
        "signaler_nya": rorelser("signal", manad, dag)[0],
        "signaler_besok": sum(len(rad["besok"]) for rad in rader),
        "signaler_belopp": summa(rader) or Decimal(0),
        "slag": sorted(
            (
                REGLER[regel].namn,
                len(dess),
                kvar(dess),
                *(sum(rad["utfall"] == utfall for rad in dess) for utfall in ("inget_fel", "rattat", "vidare")),
                summa(dess),
            )
            for regel, dess in per(rader, lambda rad: rad["regel"]).items()
        ),
        "utforare": sorted(
            (namn or "Ingen enhet", len(dess), kvar(dess), summa(dess))
            for namn, dess in per(rader, lambda rad: rad["hos"]).items()
        ),
        "signaler": sorted(
            (
                rad["objekt_nyckel"],
                REGLER[rad["regel"]].namn,
                rad["hos"],
                len(rad["besok"]),
                rad["belopp"],
                rad["upptackt"],
                UTFALL[rad["utfall"]],
            )
            for rad in rader
        ),
    }
