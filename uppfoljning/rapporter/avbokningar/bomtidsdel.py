"""What bomtid costs or would cost. Pure but for addresses."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, manad_i_ord, och, tal
from uppfoljning.rapport.fordelning import FARRE, ar_for_fa
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell, Varde
from uppfoljning.rapporter.avbokningar.gemensamt import hela, minuter, om_utforaren, ordnade, timmar
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import Bomslag, Bomtid


def bomtidsdel(underlag: Underlag, *, offentlig: bool) -> Del:
    """The part. In public the sums of all utförare together."""
    rubrik, bommar = "Bomtid i kronor", underlag.bomtid
    if not bommar:
        return Del("bomtid", rubrik, ("Inget besök i perioden är bomtid.",))
    if offentlig and ar_for_fa(bommar):
        return Del("bomtid", rubrik, (FARRE,))
    return Del(
        "bomtid",
        rubrik,
        tuple(_om_bomtid(underlag, offentlig=offentlig)),
        nyckeltal=tuple(_kronor(underlag, offentlig=offentlig)),
        tabeller=() if offentlig else (_kronortabell(underlag),),
    )


def _om_bomtid(underlag: Underlag, *, offentlig: bool) -> Iterator[str]:
    yield (
        "Ett besök är bomtid när brukaren har avbokat senare än avtalet medger, eller inte alls. Där avtalet inte säger"
        f" något räknas {antal_ord(underlag.varsel, 'timme', 'timmar')}."
    )
    yield (
        "Betald bomtid är vad de fastställda månaderna har gett, med tak och rättelser. Annan bomtid är den planerade"
        " tiden till avtalets timpris: det som ingår i beställd tid är redan betalt, och det andra är vad bomtiden"
        " skulle kosta om den betalades fullt ut."
    )
    namnen = och([manad_i_ord(ett) for ett in underlag.fasta])
    if len(underlag.fasta) < len(underlag.period.manader):
        yield f"Fastställt i perioden: {namnen}." if namnen else "Ingen månad i perioden är fastställd."
    utan = sum(ett.utan_pris for ett in underlag.bomtid)
    if utan and not offentlig:
        yield f"{tal(timmar(utan), 1)} timmar saknar pris och är inte med i beloppen."


def _ej_faststalld(alla: Sequence[Bomtid]) -> list[Bomtid]:
    return [ett for ett in alla if ett.slag is Bomslag.BETALS and not ett.fast]


def _av(alla: Sequence[Bomtid], slag: Bomslag) -> list[Bomtid]:
    return [ett for ett in alla if ett.slag is slag]


def _belopp(alla: Sequence[Bomtid]) -> Decimal:
    return avrunda(sum((ett.kronor for ett in alla), Fraction(0)), 0)


def _kronor(underlag: Underlag, *, offentlig: bool) -> Iterator[Nyckeltal]:
    """The hours and what they cost. In public no kronor when any part rests on few: prices are public, so what is left
    of the hours would tell of it.
    """
    bommar = underlag.bomtid
    adress = "" if offentlig else "#tabell-bomtid_kronor"
    yield Nyckeltal("avbokningar_bomtid_timmar", timmar(minuter(bommar)), Slag.ANTAL, adress=adress)
    utan_pris = [ett for ett in bommar if ett.utan_pris]
    if offentlig and any(map(ar_for_fa, (utan_pris, *(_av(bommar, slag) for slag in Bomslag)))):
        return
    if underlag.fasta and (not offentlig or _av(bommar, Bomslag.BETALS)):
        kronor = sum((ett.kronor for ett in underlag.betalt.values()), Decimal(0))
        yield Nyckeltal("avbokningar_bomtid_betalt", kronor, Slag.KRONOR, adress=adress)
    for nyckel, delar in (
        ("avbokningar_bomtid_ingar", _av(bommar, Bomslag.INGAR)),
        ("avbokningar_bomtid_skulle_kosta", _av(bommar, Bomslag.OBETALD)),
        ("avbokningar_bomtid_beraknat", _ej_faststalld(bommar)),
    ):
        if delar:
            yield Nyckeltal(nyckel, _belopp(delar), Slag.KRONOR, adress=adress)


def _kronortabell(underlag: Underlag) -> Tabell:
    kolumner = (
        Kolumn("Utförare"),
        Kolumn("Avtalets regel", Slag.STYCKE),
        Kolumn("Bomtid, timmar", Slag.ANTAL, summera=True),
        Kolumn("Betald, timmar", Slag.ANTAL, summera=True),
        Kolumn("Betalt, kr", Slag.KRONOR, summera=True),
        Kolumn("Ingår i beställd tid, kr", Slag.KRONOR, summera=True),
        Kolumn("Skulle kosta, kr", Slag.KRONOR, summera=True),
        Kolumn("Beräknat, inte fastställt, kr", Slag.KRONOR, summera=True),
        Kolumn("Utan pris, timmar", Slag.ANTAL, summera=True),
    )
    namnen = dict(ordnade(hela(underlag)))
    med = {ett.avbokning.utforare for ett in underlag.bomtid} | underlag.betalt.keys()
    rader = tuple(
        Rad(_kronorrad(underlag, vem, namn), om_utforaren(underlag, vem)) for vem, namn in namnen.items() if vem in med
    )
    ovriga = sorted(underlag.betalt.keys() - namnen.keys())
    rader += tuple(Rad(_kronorrad(underlag, vem, f"Utförare {vem}")) for vem in ovriga)
    return Tabell(
        "bomtid_kronor",
        "Vad bomtiden kostar eller skulle kosta, per utförare",
        kolumner,
        rader,
        Rad(_kronorrad(underlag, None, "Summa")) if len(rader) > 1 else None,
        noter=("Avtalets regel: det allmänna avtalet på periodens sista dag.",),
    )


def _kronorrad(underlag: Underlag, vem: int | None, namn: str) -> tuple[Varde, ...]:
    """Of one utförare, or (None) of all."""
    bommar = [ett for ett in underlag.bomtid if vem is None or ett.avbokning.utforare == vem]
    betalt = [ett for utforare, ett in underlag.betalt.items() if vem is None or utforare == vem]
    fast = bool(underlag.fasta)
    return (
        namn,
        None if vem is None else underlag.regler.get(vem, "Inget avtal på periodens sista dag."),
        timmar(minuter(bommar)),
        avrunda(Fraction(sum((ett.timmar for ett in betalt), Decimal(0))), 1) if fast else None,
        sum((ett.kronor for ett in betalt), Decimal(0)) if fast else None,
        _belopp(_av(bommar, Bomslag.INGAR)),
        _belopp(_av(bommar, Bomslag.OBETALD)),
        _belopp(_ej_faststalld(bommar)),
        timmar(sum(ett.utan_pris for ett in bommar)),
    )
