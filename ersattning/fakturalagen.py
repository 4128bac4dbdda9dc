"""How whole invoices stand: the gravest of their lines, and what stands beside the lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ersattning.faktura.oren import ar_oresutjamning
from ersattning.fakturaregler import ATT_HANTERA, Fakturastatus
from ersattning.models import Faktura, Fakturalage, Radprovning
from grund.pengar import kronor

_S = Fakturastatus


def satt_lagen(fakturor: Iterable[int]) -> None:
    """Store how these invoices stand now. What a person is done with stays so unless it stands otherwise."""
    alla = list(Faktura.objects.filter(pk__in=set(fakturor)).order_by("pk"))
    krediterade = Faktura.objects.filter(rader__krediterad_av__rad__faktura__in=alla)
    med_krediterade = {ett.pk: ett for ett in [*krediterade, *alla]}
    rader = _provningar(med_krediterade)
    notor = {pk: _ensam_kreditnota(rader[pk]) for pk in med_krediterade}
    buret: dict[int, Decimal] = defaultdict(Decimal)
    for pk, nota in notor.items():
        if nota is not None:
            buret[nota] += _utanfor_raderna(med_krediterade[pk])
    fore = {ett.faktura_id: ett for ett in Fakturalage.objects.filter(faktura__in=alla)}
    Fakturalage.objects.bulk_create(
        [
            _lage(ett, rader[ett.pk], fore.get(ett.pk), _Utanfor(notor[ett.pk] is not None, buret.get(ett.pk)))
            for ett in alla
        ],
        update_conflicts=True,
        unique_fields=["faktura"],
        update_fields=["status", "differens", "anmarkningar", "avslutad"],
    )


def _provningar(fakturor: Iterable[int]) -> dict[int, list[Radprovning]]:
    """How the lines of these invoices stand."""
    rader: dict[int, list[Radprovning]] = defaultdict(list)
    alla = Radprovning.objects.filter(rad__faktura__in=fakturor).select_related("rad__krediterad_av__rad")
    for provning in alla:
        rader[provning.rad.faktura_id].append(provning)
    return rader


def _ensam_kreditnota(rader: list[Radprovning]) -> int | None:
    """The one credit note that takes back every line of an invoice, and so what stood beside the lines too."""
    if not all(ett.status == _S.KREDITERAD for ett in rader):
        return None
    notor = {ett.rad.krediterad_av.rad.faktura_id for ett in rader}
    return notor.pop() if len(notor) == 1 else None


@dataclass(frozen=True, slots=True)
class _Utanfor:
    """What becomes of that which stands beside the lines.

    `borta`: a credit note bears it. `buret`: what this credit note bears of the invoices that it takes back.
    """

    borta: bool
    buret: Decimal | None


def _lage(faktura: Faktura, rader: list[Radprovning], fore: Fakturalage | None, hur: _Utanfor) -> Fakturalage:
    statusar = {_S(ett.status) for ett in rader}
    utanfor = Decimal(0) if hur.borta else _utanfor_raderna(faktura) + (hur.buret or 0)
    status = next((ett for ett in _S if ett in statusar), _S.SAKNAS)
    if utanfor and status in {_S.STAMMER, _S.KREDITERAD, _S.VANTAR}:
        status = _S.AVVIKER
    differens = sum((ett.differens for ett in rader), utanfor)
    oforandrat = fore is not None and (fore.status, fore.differens) == (status, differens)
    reglerat = hur.borta or (hur.buret is not None and not utanfor)
    return Fakturalage(
        faktura=faktura,
        status=status,
        differens=differens,
        anmarkningar=[] if reglerat else list(_anmarkningar(faktura)),
        avslutad=bool(fore and fore.avslutad and oforandrat and status in ATT_HANTERA),
    )


def _utanfor_raderna(faktura: Faktura) -> Decimal:
    """What the invoice asks for beside its lines. Rounding to whole kronor is no difference."""
    utanfor: Decimal = faktura.att_betala - faktura.radsumma
    if ar_oresutjamning(faktura.avrundning, faktura.att_betala):
        utanfor -= faktura.avrundning
    return faktura.tecken * utanfor


def _forskott(faktura: Faktura) -> Decimal:
    """What the invoice says is paid already (BR-CO-16)."""
    utan = faktura.radsumma - faktura.avdrag + faktura.tillagg + faktura.moms + faktura.avrundning
    return Decimal(utan - faktura.att_betala)


def _anmarkningar(faktura: Faktura) -> Iterable[str]:
    if faktura.moms:
        yield f"Fakturan har moms, {kronor(faktura.moms)}. Social omsorg är undantagen, och underlaget har ingen."
    if faktura.tillagg:
        yield f"Fakturan har ett tillägg utanför raderna, {kronor(faktura.tillagg)}. Underlaget har inget sådant."
    if faktura.avdrag:
        yield f"Fakturan har ett avdrag utanför raderna, {kronor(faktura.avdrag)}. Underlaget har inget sådant."
    if forskott := _forskott(faktura):
        yield f"Fakturan räknar av {kronor(forskott)} som redan betalt. Underlaget har inga förskott."
    if faktura.avrundning and not ar_oresutjamning(faktura.avrundning, faktura.att_betala):
        yield f"Fakturan avrundas med {kronor(faktura.avrundning)}, och det är inte avrundning till hela kronor."
