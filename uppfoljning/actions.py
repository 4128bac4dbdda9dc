"""What reports leave behind them: an event of their own. Nothing upstream is changed."""

from collections.abc import Sequence
from hashlib import sha256

from ersattning.models import Prognos, Simulering
from grund.handelser import skriv_handelse
from grund.models import Anvandare, Handelse
from grund.text import och
from uppfoljning.tjansteutlatande.innehall import Utlatande
from uppfoljning.tjansteutlatande.underlag import Korningsfakta

GJORT = "gor_tjansteutlatande"


def notera_tjansteutlatande(
    *, utlatande: Utlatande, korningar: Sequence[Korningsfakta], pdf: bytes, av: Anvandare | None
) -> Handelse:
    """Note that the document was made: by whom, from which körningar, and the SHA-256 of its bytes.

    Made anew with the same figures and the same text it has the same bytes, so a copy can be told to be ours.
    """
    byggt_pa = och([f"{korning.manad} omgång {korning.omgang}" for korning in korningar])
    preliminart = "det preliminära " if utlatande.preliminart else ""
    vem = f"{av.get_username()} gjorde {preliminart}" if av else f"Systemet gjorde {preliminart}"
    return skriv_handelse(
        av=av,
        handling=GJORT,
        objekt=f"tjansteutlatande:{utlatande.manad}",
        text=f"{vem}tjänsteutlåtandet {utlatande.huvud.diarienummer} om {utlatande.manad}, byggt på {byggt_pa}.",
        sha256=sha256(pdf).hexdigest(),
        korningar=[{"manad": str(ett.manad), "omgang": ett.omgang, "steg": ett.steg} for ett in korningar],
    )


def notera_simuleringsutlatande(
    *, simulering: Simulering, utlatande: Utlatande, pdf: bytes, av: Anvandare | None
) -> Handelse:
    """The same of a document about a simulering."""
    vem = av.get_username() if av else "Systemet"
    return skriv_handelse(
        av=av,
        handling=GJORT,
        objekt=f"simulering:{simulering.pk}",
        text=f"{vem} gjorde tjänsteutlåtandet {utlatande.huvud.diarienummer} om simuleringen ”{simulering.namn}”.",
        sha256=sha256(pdf).hexdigest(),
        avtryck=simulering.avtryck,
    )


def notera_rapportutlatande(
    *, nyckel: str, om: str, utlatande: Utlatande, pdf: bytes, av: Anvandare | None, urval: str = ""
) -> Handelse:
    """The same of a document about a report, which `nyckel` names; `urval` as it says of itself."""
    vem = av.get_username() if av else "Systemet"
    return skriv_handelse(
        av=av,
        handling=GJORT,
        objekt=f"tjansteutlatande:{nyckel}",
        text=f"{vem} gjorde tjänsteutlåtandet {utlatande.huvud.diarienummer} om {om}.",
        sha256=sha256(pdf).hexdigest(),
        urval=urval,
    )


def notera_prognosutlatande(*, prognos: Prognos, utlatande: Utlatande, pdf: bytes, av: Anvandare | None) -> Handelse:
    """The same of a document about a prognos."""
    vem = av.get_username() if av else "Systemet"
    return skriv_handelse(
        av=av,
        handling=GJORT,
        objekt=f"prognos:{prognos.pk}",
        text=f"{vem} gjorde tjänsteutlåtandet {utlatande.huvud.diarienummer} om ”{prognos.simulering.namn}”.",
        sha256=sha256(pdf).hexdigest(),
        avtryck=prognos.simulering.avtryck,
    )
