"""Reads decisions and assessments for the pages that show them."""

from beslut.models import Beslut, Nivabedomning
from beslut.regler import Bedomningsstatus, Insats, Omfattningsenhet, Utfall
from grund.historik import FRAN, TILL, Falt, Historierad, antal, dag, historik, kod

BESLUT_FALT = {
    "insats": Falt("insats", kod(Insats)),
    "utfall": Falt("utfall", kod(Utfall)),
    "beslutsdatum": Falt("beslutsdatum", dag),
    "fran": FRAN,
    "till": TILL,
    "omfattning": Falt("omfattning", antal),
    "omfattning_enhet": Falt("omfattningens enhet", kod(Omfattningsenhet)),
    "uppfoljning": Falt("följs upp senast", dag),
    "ansokan": Falt("ansökan inkom", dag),
}
NIVA_FALT = {
    "insats": Falt("insats", kod(Insats)),
    "niva": Falt("nivå"),
    "fran": FRAN,
    "status": Falt("status", kod(Bedomningsstatus)),
    "bedomd_av": Falt("bedömd av"),
    "godkand_av": Falt("godkänd av"),
    "godkand": Falt("godkänd", dag),
}


def beslut_om_samma(beslut: Beslut) -> list[Beslut]:
    """Every decision on the insats for the person, the latest first; `beslut` is one of them."""
    alla = Beslut.objects.filter(person=beslut.person_id, insats=beslut.insats)
    return list(alla.order_by("-beslutsdatum", "-pk"))


def nivabedomningar(person_id: int, insats: str) -> list[Nivabedomning]:
    """Every assessment of the person in the insats, the one that counts from the latest day first."""
    alla = Nivabedomning.objects.filter(person=person_id, insats=insats)
    return list(alla.order_by("-fran", "-godkand", "-nyckel"))


def andrar_nivan(bedomning: Nivabedomning, alla: list[Nivabedomning]) -> bool:
    """Whether it is godkänd and the first, or gave another level than the one before it (R3).

    `alla`: every assessment of the person in the insats, the latest first. Of several from a day the last has held.
    """
    godkanda = [ett for ett in alla if ett.status == Bedomningsstatus.GODKAND]
    holl = [next(ett for ett in godkanda if ett.fran == dag) for dag in dict.fromkeys(ett.fran for ett in godkanda)]
    if bedomning not in holl:
        return False
    fore = holl[holl.index(bedomning) + 1 :]
    return not fore or fore[0].niva != bedomning.niva


def beslutets_historik(beslut: Beslut) -> list[Historierad]:
    """What imports have changed in the decision."""
    return historik("beslut", beslut, beslut.nyckel, BESLUT_FALT)


def bedomningens_historik(bedomning: Nivabedomning) -> list[Historierad]:
    """What imports have changed in the assessment."""
    return historik("nivabedomningar", bedomning, bedomning.nyckel, NIVA_FALT)
