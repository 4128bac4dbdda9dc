"""How whole invoices stand: the gravest of their lines, and what stands beside the lines."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from ersattning.fakturaregler import ATT_HANTERA, Fakturastatus
from ersattning.models import Faktura, Fakturalage, Radprovning
from grund.pengar import kronor

_ORESAVRUNDNING = Decimal("0.50")
_S = Fakturastatus


def satt_lagen(fakturor: Iterable[int]) -> None:
    """Store how these invoices stand now. What a person is done with stays so unless it stands otherwise."""
    alla = list(Faktura.objects.filter(pk__in=set(fakturor)).order_by("pk"))
    rader: dict[int, list[Radprovning]] = defaultdict(list)
    for provning in Radprovning.objects.filter(rad__faktura__in=alla).select_related("rad"):
        rader[provning.rad.faktura_id].append(provning)
    fore = {ett.faktura_id: ett for ett in Fakturalage.objects.filter(faktura__in=alla)}
    lagen = [_lage(faktura, rader[faktura.pk], fore.get(faktura.pk)) for faktura in alla]
    Fakturalage.objects.bulk_create(
        lagen,
        update_conflicts=True,
        unique_fields=["faktura"],
        update_fields=["status", "differens", "anmarkningar", "avslutad"],
    )


def _lage(faktura: Faktura, rader: list[Radprovning], fore: Fakturalage | None) -> Fakturalage:
    statusar = {_S(ett.status) for ett in rader}
    allt_krediterat = statusar == {_S.KREDITERAD}
    utanfor = Decimal(0) if allt_krediterat else _utanfor_raderna(faktura)
    status = next((ett for ett in _S if ett in statusar), _S.SAKNAS)
    if utanfor and status in {_S.STAMMER, _S.KREDITERAD, _S.VANTAR}:
        status = _S.AVVIKER
    differens = sum((ett.differens for ett in rader), utanfor)
    oforandrat = fore is not None and (fore.status, fore.differens) == (status, differens)
    return Fakturalage(
        faktura=faktura,
        status=status,
        differens=differens,
        anmarkningar=[] if allt_krediterat else list(_anmarkningar(faktura)),
        avslutad=bool(fore and fore.avslutad and oforandrat and status in ATT_HANTERA),
    )


def _utanfor_raderna(faktura: Faktura) -> Decimal:
    """What the invoice asks for beside its lines. Rounding to whole kronor is no difference."""
    avrundning = faktura.avrundning if abs(faktura.avrundning) > _ORESAVRUNDNING else Decimal(0)
    utanfor: Decimal = faktura.moms + faktura.tillagg - faktura.avdrag + avrundning
    return faktura.tecken * utanfor


def _anmarkningar(faktura: Faktura) -> Iterable[str]:
    if faktura.moms:
        yield f"Fakturan har moms, {kronor(faktura.moms)}. Social omsorg är undantagen, och underlaget har ingen."
    if faktura.tillagg:
        yield f"Fakturan har ett tillägg utanför raderna, {kronor(faktura.tillagg)}. Underlaget har inget sådant."
    if faktura.avdrag:
        yield f"Fakturan har ett avdrag utanför raderna, {kronor(faktura.avdrag)}. Underlaget har inget sådant."
    if abs(faktura.avrundning) > _ORESAVRUNDNING:
        yield f"Fakturan avrundas med {kronor(faktura.avrundning)}. Öresavrundning är högst 50 öre."
