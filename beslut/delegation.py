"""Who may sign a decision: the nämnd's delegation as rows, asked by a pure function (KL 6 kap. 37–40 §§).

A row gives a role the right to decide on an insats within limits. What no row covers is decided by the nämnd itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from beslut.ord import insats_i_mening
from beslut.regler import Insats, Omfattningsenhet, Utfall
from grund.behorighet import Roll
from grund.text import och, tal

_BARA_CHEF = {Insats.PERSONLIG_ASSISTANS}  # of greater weight: never by a handläggare
ROLLER = (Roll.HANDLAGGARE, Roll.GRUPPCHEF)


@dataclass(frozen=True, slots=True)
class Delegationsregel:
    """`roll` may decide on `insats`. `utfall` None = whatever it is; a limit None = no limit."""

    roll: Roll
    insats: Insats
    utfall: Utfall | None = None
    hogst_omfattning: Decimal | None = None
    enhet: Omfattningsenhet | None = None
    hogst_kostnad: Decimal | None = None
    fyra_ogon: bool = False


@dataclass(frozen=True, slots=True)
class Fraga:
    """A decision to be signed. `kostnad`: kronor a month, if somebody has worked it out."""

    insats: Insats
    utfall: Utfall
    omfattning: Decimal | None = None
    enhet: str = ""
    kostnad: Decimal | None = None


def hinder_for_att_underteckna(
    vad: Fraga, regler: Sequence[Delegationsregel], roller: Sequence[str], *, eget_forslag: bool
) -> list[str]:
    """Why someone with `roller` may not sign; empty = they may. `regler`: those that hold on the day."""
    mina = [regel for regel in regler if regel.roll in roller]
    svar = [_hinder(vad, regel, eget_forslag=eget_forslag) for regel in mina if regel.insats is vad.insats]
    if any(not hinder for hinder in svar):
        return []
    vem = _vem_far(vad, regler)
    return [*dict.fromkeys(skal for hinder in svar for skal in hinder), vem]


def _hinder(vad: Fraga, regel: Delegationsregel, *, eget_forslag: bool) -> list[str]:
    """Why this row does not cover it."""
    if regel.utfall is not None and regel.utfall is not vad.utfall:
        return [f"Din delegation gäller bara {regel.utfall.label}."]
    if regel.hogst_omfattning is not None and regel.enhet and not _inom_omfattning(vad, regel):
        return [f"Din delegation gäller högst {tal(regel.hogst_omfattning, 2, minst=0)} {regel.enhet.label}."]
    if regel.hogst_kostnad is not None and (vad.kostnad is None or vad.kostnad > regel.hogst_kostnad):
        utan = " Skriv vad beslutet kostar per månad." if vad.kostnad is None else ""
        return [f"Din delegation gäller högst {tal(regel.hogst_kostnad)} kr per månad.{utan}"]
    if regel.fyra_ogon and eget_forslag:
        return ["Du har själv lämnat förslaget. Någon annan ska underteckna (fyra ögon)."]
    return []


def _inom_omfattning(vad: Fraga, regel: Delegationsregel) -> bool:
    if vad.utfall is Utfall.AVSLAG:
        return True  # nothing is given, so there is nothing to limit
    if vad.omfattning is None or regel.hogst_omfattning is None or vad.enhet != regel.enhet:
        return False
    return vad.omfattning <= regel.hogst_omfattning


def _vem_far(vad: Fraga, regler: Sequence[Delegationsregel]) -> str:
    tacker = {
        regel.roll for regel in regler if regel.insats is vad.insats and not _hinder(vad, regel, eget_forslag=False)
    }
    roller = [roll.label for roll in ROLLER if roll in tacker]
    insats = insats_i_mening(vad.insats)
    if not roller:
        return f"Ingen har delegation för det här beslutet om {insats}. Nämnden beslutar, eller delegationen ändras."
    return f"Enligt delegationen beslutar {och(roller, 'eller')} om {insats}."


def hinder_for_regel(regel: Delegationsregel) -> list[str]:
    """Why the row may not stand in the delegation; empty = it may."""
    hinder = []
    if regel.insats in _BARA_CHEF and regel.roll is not Roll.GRUPPCHEF:
        hinder.append("Bara gruppchef kan få delegation för personlig assistans.")
    if (regel.hogst_omfattning is None) is not (regel.enhet is None):
        hinder.append("Skriv gränsen för omfattning med både tal och enhet.")
    return hinder


def grundforslag() -> list[Delegationsregel]:
    """A delegation to begin from: handläggare decide what is common, gruppchef what is dear or goes against."""
    chef = [Delegationsregel(Roll.GRUPPCHEF, insats) for insats in Insats]
    vanliga = [Delegationsregel(Roll.HANDLAGGARE, insats, utfall) for insats in _VANLIGA for utfall in _GER]
    nekande = [Delegationsregel(Roll.HANDLAGGARE, insats, Utfall.AVSLAG, fyra_ogon=True) for insats in _VANLIGA]
    return [*chef, *vanliga, *nekande]


_GER = (Utfall.BIFALL, Utfall.DELVIS)
_VANLIGA = (
    Insats.LEDSAGARSERVICE,
    Insats.KONTAKTPERSON,
    Insats.AVLOSARSERVICE,
    Insats.KORTTIDSTILLSYN,
    Insats.DAGLIG_VERKSAMHET,
    Insats.BOENDESTOD,
    Insats.SYSSELSATTNING,
    Insats.LEDSAGNING,
    Insats.AVLOSNING,
    Insats.KONTAKTPERSON_SOL,
)
