"""The report: how each measure stands, what is late, and what has happened since the nämnd was told last. Pure.

It tells of the verksamhet and holds no data of persons, so it is the same in public.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, datum_i_ord, och, stor_forsta
from uppfoljning.handlingsplansregler import Atgardsstatus
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.handlingsplan.lage import Atgardslage, Mote, Planlage

_I_ORD = {
    Atgardsstatus.EJ_PABORJAD: ("ej påbörjad", "ej påbörjade"),
    Atgardsstatus.PAGAR: ("som pågår", "som pågår"),
    Atgardsstatus.KLAR: ("klar", "klara"),
    Atgardsstatus.AVBRUTEN: ("avbruten", "avbrutna"),
}
_EKONOMI = "Redovisningen i sig medför inga kostnader."


def rapport(lage: Planlage) -> Rapport:
    """The report of a plan."""
    delar = [_laget(lage), *_uppgifterna(lage)] if lage.finns else [_fanns_inte(lage)]
    titel = lage.titel.replace("{", "{{").replace("}", "}}")  # proposals are templates
    return Rapport(
        rubrik=f"Uppföljning av handlingsplanen {lage.titel}",
        per=lage.dag,
        urval=(("Handlingsplan", lage.titel), ("Läget den", datum_i_ord(lage.dag))),
        delar=tuple(delar),
        forslag=(f"{{namnd}} godkänner uppföljningen av handlingsplanen {titel}.",),
        ekonomi=(_EKONOMI,),
    )


def utan_plan(dag: date) -> Rapport:
    """There is none to tell of."""
    del_ = Del("laget", "Läget", ("Ingen handlingsplan är upplagd.",))
    return Rapport("Handlingsplan", dag, (), (del_,), ("{namnd} lägger informationen till handlingarna.",), (_EKONOMI,))


def _fanns_inte(lage: Planlage) -> Del:
    return Del("laget", "Läget", (f"Planen var inte upplagd {datum_i_ord(lage.dag)}. Välj en senare dag.",))


def _uppgifterna(lage: Planlage) -> list[Del]:
    return [_sedan_forra(lage), *(_atgarden(ett, lage.dag) for ett in lage.atgarder)]


def _laget(lage: Planlage) -> Del:
    antal = [(status, lage.med_status(status)) for status in Atgardsstatus]
    tabeller = [_atgardstabell(lage), *([_sena(lage)] if lage.sena else [])]
    bild = Bild(
        "Åtgärderna efter status",
        tuple(stor_forsta(status.label) for status, _ in antal),
        (Serie("Åtgärder", tuple(ett for _, ett in antal)),),
        "antal åtgärder",
        "atgarder",
        liggande=True,
    )
    return Del(
        "laget",
        "Läget",
        tuple(_meningar(lage)),
        tuple(_nyckeltal(lage)),
        bild if lage.atgarder else None,
        tuple(tabeller),
    )


def _meningar(lage: Planlage) -> Iterator[str]:
    yield f"Nämnden beslutade handlingsplanen {datum_i_ord(lage.beslutad)} ({lage.diarienummer}). {lage.bakgrund}"
    if lage.atgarder:
        delar = [f"{antal} {_I_ORD[ett][antal > 1]}" for ett in Atgardsstatus if (antal := lage.med_status(ett))]
        alla = antal_ord(len(lage.atgarder), "åtgärd", "åtgärder")
        yield f"Den {datum_i_ord(lage.dag)} hade planen {alla}: {och(delar)}."
    if sena := len(lage.sena):
        yield f"{antal_ord(sena, 'åtgärd skulle ha varit klar', 'åtgärder skulle ha varit klara')} men är det inte."
    yield (
        "Räknat på det som var noterat den dagen. En uppföljning som har noterats senare är inte med, så läget en viss"
        " dag blir alltid detsamma."
    )


def _nyckeltal(lage: Planlage) -> Iterator[Nyckeltal]:
    alla = len(lage.atgarder)
    yield Nyckeltal("handlingsplan_atgarder", alla, adress="#tabell-atgarder")
    if alla:
        klara = lage.med_status(Atgardsstatus.KLAR)
        yield Nyckeltal("handlingsplan_klara", Decimal(klara) / alla, Slag.ANDEL, (klara, alla), "#tabell-atgarder")
    yield Nyckeltal("handlingsplan_forsenade", len(lage.sena), adress="#tabell-sena" if lage.sena else "")
    yield Nyckeltal("handlingsplan_uppfoljningar", len(_nya(lage)), adress="#sedan")


def _atgardstabell(lage: Planlage) -> Tabell:
    kolumner = (Kolumn("Åtgärd"), Kolumn("Ansvarig"), Kolumn("Status"), Kolumn("Klar senast", Slag.DATUM))
    rader = tuple(
        Rad((ett.namn, ett.ansvarig, status_i_ord(ett, lage.dag), ett.klar_senast), f"#atgard-{ett.nummer}")
        for ett in lage.atgarder
    )
    return Tabell("atgarder", "Åtgärderna", kolumner, rader, tom="Planen har inga åtgärder än.")


def status_i_ord(ett: Atgardslage, dag: date) -> str:
    """`Pågår, 34 dagar sen`."""
    sena = ett.dagar_sen(dag)
    if sena:
        return f"{stor_forsta(ett.status.label)}, {antal_ord(sena, 'dag', 'dagar')} sen"
    if ett.borjar_sent(dag):
        return f"{stor_forsta(ett.status.label)}, skulle ha börjat {datum_i_ord(ett.start)}"
    return stor_forsta(ett.status.label)


def _sena(lage: Planlage) -> Tabell:
    kolumner = (
        Kolumn("Åtgärd"),
        Kolumn("Senaste uppföljningen", Slag.STYCKE),
        Kolumn("Klar senast", Slag.DATUM),
        Kolumn("Dagar sen", Slag.HELTAL),
    )
    rader = tuple(
        Rad(
            (ett.namn, ett.moten[-1].text if ett.moten else "", ett.klar_senast, ett.dagar_sen(lage.dag)),
            f"#atgard-{ett.nummer}",
        )
        for ett in lage.sena
    )
    return Tabell("sena", "Åtgärder som är sena", kolumner, rader)


def _nya(lage: Planlage) -> list[tuple[Atgardslage, Mote]]:
    """What meetings have found since the nämnd was told last, in the order of the meetings."""
    alla = [(ett, mote) for ett in lage.atgarder for mote in ett.moten if mote.sedan_forra]
    return sorted(alla, key=lambda par: (par[1].dag, par[0].nummer))


def _sedan_forra(lage: Planlage) -> Del:
    kolumner = (Kolumn("Åtgärd"), Kolumn("Vad som kom fram", Slag.STYCKE), Kolumn("Status"), Kolumn("Möte", Slag.DATUM))
    rader = tuple(
        Rad((ett.namn, mote.text, _andrat(mote), mote.dag), f"#atgard-{ett.nummer}") for ett, mote in _nya(lage)
    )
    tabell = Tabell("sedan", "Uppföljningar vid möten", kolumner, rader, tom="Ingen uppföljning är noterad.")
    return Del("sedan", _sedan_rubrik(lage), tuple(_sedan_meningar(lage)), tabeller=(tabell,))


def _sedan_rubrik(lage: Planlage) -> str:
    return "Sedan förra redovisningen" if lage.forra else "Sedan planen beslutades"


def _sedan_meningar(lage: Planlage) -> Iterator[str]:
    if lage.forra:
        yield (
            f"Nämnden fick den förra redovisningen {datum_i_ord(lage.forra.sammantrade)} ({lage.forra.diarienummer})."
            f" Den visade läget den {datum_i_ord(lage.forra.per)}."
        )
    if nya := [ett.namn for ett in lage.atgarder if ett.ny]:
        yield f"Nya åtgärder sedan dess: {och(nya)}."


def _andrat(mote: Mote) -> str:
    """`Ej påbörjad → pågår`, or the status when it is the same."""
    if mote.fore is mote.status:
        return stor_forsta(mote.status.label)
    return f"{stor_forsta(mote.fore.label)} → {mote.status.label}"


def _atgarden(ett: Atgardslage, dag: date) -> Del:
    stycken = [
        f"Behov: {ett.behov}",
        f"Åtgärd: {ett.atgard}",
        f"Ansvarig: {ett.ansvarig}. {_tider(ett)} Status: {status_i_ord(ett, dag)}.",
        *(f"{stor_forsta(datum_i_ord(mote.dag))}, {mote.status.label}: {mote.text}" for mote in ett.moten),
    ]
    return Del(f"atgard-{ett.nummer}", ett.namn, tuple(stycken))


def _tider(ett: Atgardslage) -> str:
    andrad = f", från början {datum_i_ord(ett.forst_klar_senast)}" if ett.klar_senast != ett.forst_klar_senast else ""
    return f"Börjar senast {datum_i_ord(ett.start)}, klar senast {datum_i_ord(ett.klar_senast)}{andrad}."
