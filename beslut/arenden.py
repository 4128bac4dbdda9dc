"""Reads ärenden, and says what may be done with them: the same reasons on the page and in the refusal."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from beslut import delegation, omprovning, provning
from beslut.koder import Andringsgrund, Arendeslag, Arendestatus, Avsnitt, Forslagsstatus
from beslut.models import Arende, Beslut, Delegation, Forslag, Utredningstext
from beslut.provning import Anmarkning, Gallande, Lage, Utkast
from beslut.regler import Insats, Omfattningsenhet, Utfall
from grund.behorighet import Ratt, Roll, hinder_for_ratt
from grund.models import Anvandare
from grund.tid import EN_DAG

PAGAR = (Arendestatus.UTREDS, Arendestatus.FORESLAGET)


def sista_dag(till: date | None) -> date | None:
    """The last day before an exclusive end."""
    return till - EN_DAG if till else None


def texter(arende: Arende) -> dict[str, Utredningstext]:
    """The latest version of each part of the utredning that is written."""
    alla = Utredningstext.objects.filter(arende=arende).select_related("av").order_by("avsnitt", "version")
    return {text.avsnitt: text for text in alla}


def versioner(arende: Arende, avsnitt: str) -> QuerySet[Utredningstext]:
    """Every version of a part, the latest first."""
    return arende.texter.filter(avsnitt=avsnitt).select_related("av").order_by("-version")


def hinder_for_att_skriva(arende: Arende) -> list[str]:
    """Why the utredning and the draft cannot be changed now."""
    if arende.status == Arendestatus.UTREDS:
        return []
    if arende.status == Arendestatus.FORESLAGET:
        return ["Förslaget väntar på underskrift. Det kan ändras först när det har återlämnats."]
    return [f"Ärendet är {arende.get_status_display()} och kan inte ändras."]


def utkast(arende: Arende, forslag: Forslag | None) -> Utkast:
    """The draft as the rules read it."""
    if forslag is None:
        return Utkast(Insats(arende.insats), ansokan=arende.inkom)
    return Utkast(
        Insats(arende.insats),
        Utfall(forslag.utfall) if forslag.utfall else None,
        arende.inkom,
        forslag.fran,
        forslag.sista,
        forslag.omfattning,
        Omfattningsenhet(forslag.omfattning_enhet) if forslag.omfattning_enhet else None,
        forslag.uppfoljning,
        forslag.motivering,
        forslag.forbehall,
        forslag.forbehall_text,
    )


def lage(arende: Arende) -> Lage:
    """What is known of the person and the ärende. The decision that is reconsidered is not one of the others."""
    gallande = Beslut.objects.filter(person=arende.person_id, fran__isnull=False).exclude(utfall=Utfall.AVSLAG)
    return Lage(
        arende.person.personkrets,
        arende.person.avliden,
        tuple(
            Gallande(ett.nyckel, Insats(ett.insats), ett.fran, sista_dag(ett.till))
            for ett in gallande.exclude(pk=arende.omprovar_id or 0).order_by("fran", "nyckel")
            if ett.fran
        ),
        arende.kommuniceringar.exists(),
    )


def forslagets_hinder(
    arende: Arende, nytt: Utkast, grund: str, idag: date, bekraftat: Iterable[str]
) -> list[Anmarkning]:
    """What stops the draft from being proposed or signed on the day."""
    stopp = provning.hinder(nytt, lage(arende), idag, frozenset(bekraftat))
    return [*stopp, *andringens_hinder(arende, nytt, grund, idag)]


def andringens_hinder(arende: Arende, nytt: Utkast, grund: str, idag: date) -> list[Anmarkning]:
    """What FL 37 § says of a new decision in place of the one that is reconsidered."""
    gammalt = arende.omprovar
    if arende.slag != Arendeslag.OMPROVNING or gammalt is None or nytt.utfall is None:
        return []
    fore = innehall(gammalt)
    if nytt.fran and fore.fran and nytt.fran <= fore.fran:
        text = "Det nya beslutet måste börja efter det beslut som omprövas."
        return [Anmarkning("fore_omprovat", "fran", text, hindrar=True)]
    efter = omprovning.Innehall(nytt.utfall, nytt.fran, nytt.sista, nytt.omfattning, nytt.enhet or "")
    skal = omprovning.hinder_for_andring(
        fore, efter, Andringsgrund(grund) if grund else None, forbehall=forbehall_i(gammalt), idag=idag
    )
    return [Anmarkning("andringsgrund", "grund", text, hindrar=True) for text in skal]


def innehall(beslut: Beslut) -> omprovning.Innehall:
    """What the decision gives, as the rules of omprövning read it."""
    return omprovning.Innehall(
        Utfall(beslut.utfall), beslut.fran, sista_dag(beslut.till), beslut.omfattning, beslut.omfattning_enhet
    )


def forbehall_i(beslut: Beslut) -> str:
    """What the decision reserves; empty = nothing, also for one that another system has made."""
    forslag = Forslag.objects.filter(beslut=beslut, forbehall=True).first()
    return forslag.forbehall_text if forslag else ""


def gallande_delegation(dag: date) -> QuerySet[Delegation]:
    """The rows that hold on the day, by insats."""
    return Delegation.objects.filter(period__contains=dag).order_by("insats", "roll", "utfall", "pk")


def regel(rad: Delegation) -> delegation.Delegationsregel:
    """A row as the rules read it."""
    return delegation.Delegationsregel(
        Roll(rad.roll),
        Insats(rad.insats),
        Utfall(rad.utfall) if rad.utfall else None,
        rad.hogst_omfattning,
        Omfattningsenhet(rad.enhet) if rad.enhet else None,
        rad.hogst_kostnad,
        rad.fyra_ogon,
    )


def hinder_for_att_underteckna(forslag: Forslag, vem: Anvandare, dag: date) -> list[str]:
    """Why `vem` may not sign the proposal on the day; empty = they may."""
    if hinder := hinder_for_ratt(vem.roller, Ratt.HANDLAGGA):
        return hinder
    if forslag.status != Forslagsstatus.FORESLAGET:
        return ["Det finns inget förslag som väntar på underskrift."]
    return delegationens_hinder(forslag, vem, [regel(rad) for rad in gallande_delegation(dag)])


def delegationens_hinder(forslag: Forslag, vem: Anvandare, regler: Sequence[delegation.Delegationsregel]) -> list[str]:
    """What the delegation says of `vem` and the proposal. `regler`: read once for a list of proposals."""
    fraga = delegation.Fraga(
        Insats(forslag.arende.insats),
        Utfall(forslag.utfall),
        forslag.omfattning,
        forslag.omfattning_enhet,
        forslag.kostnad,
    )
    return delegation.hinder_for_att_underteckna(
        fraga, regler, vem.roller, eget_forslag=forslag.foreslaget_av_id == vem.pk
    )


def att_underteckna(vem: Anvandare, dag: date) -> list[Forslag]:
    """The proposals that wait and that `vem` may sign, the oldest first."""
    vantar = Forslag.objects.filter(status=Forslagsstatus.FORESLAGET).order_by("foreslaget")
    regler = [regel(rad) for rad in gallande_delegation(dag)]
    alla = vantar.select_related("arende__person", "arende__handlaggare", "foreslaget_av")
    return [ett for ett in alla if not delegationens_hinder(ett, vem, regler)]


def arendelista(*, handlaggare: Anvandare | None, pagar: bool) -> QuerySet[Arende]:
    """Ärenden for the list, the oldest that go on first, or the latest that are done. `handlaggare` None = all."""
    status = Q(status__in=PAGAR) if pagar else ~Q(status__in=PAGAR)
    alla = Arende.objects.filter(status).select_related("person", "handlaggare", "forslag__beslut")
    if handlaggare:
        alla = alla.filter(handlaggare=handlaggare)
    return alla.order_by("inkom" if pagar else "-inkom", "pk")


def personens_beslut(person_id: int) -> QuerySet[Beslut]:
    """The person's decisions with what is ours about them, the latest first."""
    return (
        Beslut.objects.filter(person=person_id)
        .select_related("forslag__arende", "delgivning", "dom")
        .prefetch_related("overklaganden", Prefetch("omprovningar", Arende.objects.filter(status__in=PAGAR)))
        .order_by("-beslutsdatum", "-pk")
    )


def oskrivna(skrivna: Iterable[str]) -> list[Avsnitt]:
    """The parts of the utredning with nothing in them."""
    return [avsnitt for avsnitt in Avsnitt if avsnitt not in set(skrivna)]
