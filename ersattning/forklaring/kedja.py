"""What a row rests on, link by link: beslut, verkställighet, avtal, level, price, what was carried out."""

from collections.abc import Iterator
from datetime import date

from beslut.models import Beslut, Nivabedomning
from beslut.ord import mangd_i_ord
from beslut.regler import Insats, Utfall
from ersattning.filer.ord import niva_i_ord
from ersattning.forklaring import mal
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import cell_i_ord, dagar_i_rad, galler, minuter_i_ord, narmaste, pris_i_ord
from ersattning.forklaring.trappa import trappa_i_ord
from ersattning.forklaring.typer import Franvarodag, Grund
from ersattning.kalkyl.grunder import ar_betald
from ersattning.kalkyl.typer import Beslut as Karnbeslut
from ersattning.models import Pris
from ersattning.regler import Artikel, Radtyp
from grund.text import antal_ord, datum_i_ord, manad_i_ord, procent, stor_forsta
from utforare.models import Avtal, Verkstallighet
from utforare.regler import Avtalsform, Modell
from utforare.villkor import omfattningsgranser, trappsteg

MODELLREGEL = {
    Modell.DYGN: "R10",
    Modell.NARVARO: "R11",
    Modell.MANAD: "R12",
    Modell.UTFORD_TID: "R20",
    Modell.BESTALLD_TID: "R23",
}


def kedja(u: Radunderlag, franvaro: tuple[Franvarodag, ...]) -> tuple[Grund, ...]:
    """The grounds of an ordinary row, a kreditering or a rättelse, from the decision to the rounding."""
    return tuple(_kedja(u, franvaro))


def _kedja(u: Radunderlag, franvaro: tuple[Franvarodag, ...]) -> Iterator[Grund]:
    yield _beslut(u)
    yield _verkstallighet(u)
    for avtal_id in dict.fromkeys(del_.avtal_id for del_ in u.delar):
        yield _avtal(u, avtal_id)
    yield from _nivaer(u)
    for pris_id in dict.fromkeys(del_.pris_id for del_ in u.delar):
        yield _pris(u, pris_id)
    yield from _utfort(u, franvaro)
    yield from _villkor(u)
    if u.rad.typ in {Radtyp.KREDITERING, Radtyp.RATTELSE}:
        yield _rattelse(u)


def _beslut(u: Radunderlag) -> Grund:
    beslut = u.kring.beslut
    if u.rad.artikel == Artikel.AVSLUT:
        tacker = "Dagarna efter slutet kräver inget beslut; sista dagen täcktes av det här."
        utat = "Sista dagen täcktes av beslutet. Dagarna efter slutet kräver inget beslut."
    elif _tacker(beslut, u.dagar):
        tacker = utat = "Täcker alla dagar på raden."
    else:
        tacker = utat = "Täcker inte längre alla dagar på raden."
    return Grund(
        "Beslut",
        beslutstext(beslut),
        f"{stor_forsta(Insats(beslut.insats).label)}, {lagrum(beslut)}. {tacker}",
        mal.beslut(beslut.pk),
        ("R1",),
        utat=f"Beslut om {Insats(beslut.insats).label}. {utat}",
    )


def _tacker(beslut: Beslut, dagar: tuple[date, ...]) -> bool:
    """R1, by the core, without regard to death."""
    karn = Karnbeslut(beslut.pk, beslut.insats, beslut.utfall != Utfall.AVSLAG, beslut.fran, beslut.till)
    return all(ar_betald(karn, None, dag) for dag in dagar)


def beslutstext(beslut: Beslut) -> str:
    """`Bifall 12 februari 2019, tills vidare från 1 mars 2019`."""
    utfall = stor_forsta(Utfall(beslut.utfall).label)
    return ", ".join(filter(None, [f"{utfall} {datum_i_ord(beslut.beslutsdatum)}", giltigt(beslut.fran, beslut.till)]))


def giltigt(fran: date | None, till: date | None) -> str:
    """`tills vidare från …`, `1 mars 2019–31 mars 2026`."""
    return f"tills vidare {galler(fran, till)}" if fran and till is None else galler(fran, till)


def lagrum(beslut: Beslut) -> str:
    """`LSS 9 § 9`; SoL has no list of its own."""
    return f"LSS 9\xa0§\xa0{beslut.insats.removeprefix('LSS-')}" if beslut.insats.startswith("LSS-") else "SoL"


def _verkstallighet(u: Radunderlag) -> Grund:
    verk, enhet = u.kring.verk, u.rad.enhetens_namn
    if verk is None:
        text = f"{u.rad.verkstallighet_nyckel} finns inte kvar"
        return Grund("Verkställighet", text, f"{enhet}, {u.rad.utforare.namn}.", None, ("R1",))
    delar = [f"{u.rad.verkstallighet_nyckel} hos {u.rad.utforare.namn}"]
    delar += [f"beställd {datum_i_ord(verk.bestalld)}"] if verk.bestalld else []
    delar += [f"omfattning {verk.omfattning}"] if verk.omfattning else []
    return Grund(
        "Verkställighet",
        f"{enhet} {galler(verk.fran, verk.till)}",
        f"{', '.join(delar)}.",
        mal.verkstallighet(verk.pk) if u.kring.verk_finns else None,
        ("R1",),
    )


def avtalstext(avtal: Avtal) -> str:
    """`Ramavtal A-12 från 1 januari 2023`."""
    return f"{stor_forsta(Avtalsform(avtal.avtalsform).label)}, {avtal.nyckel}, {galler(avtal.fran, avtal.till)}"


def _avtal(u: Radunderlag, avtal_id: int) -> Grund:
    avtal = u.kring.avtal.get(avtal_id)
    if avtal is None:
        return Grund("Avtal", "Avtalet finns inte kvar", "", None, ("R2",))
    modell = Modell(avtal.modell)
    individ = " Ett individavtal för personen går före det allmänna." if avtal.person_id else ""
    return Grund(
        "Avtal",
        avtalstext(avtal),
        f"Gäller insatsen hos utföraren {_vilka(u, avtal_id)}. Modell {modell.label}.{individ}",
        mal.avtal(avtal.pk),
        ("R2", MODELLREGEL[modell]),
    )


def _vilka(u: Radunderlag, avtal_id: int) -> str:
    mask = 0
    for del_ in u.delar:
        mask |= del_.dagar if del_.avtal_id == avtal_id else 0
    dagar = u.kring.dagar(mask)
    return "radens alla dagar" if dagar == u.dagar else dagar_i_rad(dagar)


def _nivaer(u: Radunderlag) -> Iterator[Grund]:
    ider = dict.fromkeys(del_.niva_id for del_ in u.delar)
    for niva_id in ider:
        if niva_id is None:
            yield Grund("Nivå", "Ingen godkänd nivå", "Priset beror inte på nivån.", None, ("R3",))
        else:
            yield _niva(u, u.kring.nivaer.get(niva_id))


def _niva(u: Radunderlag, niva: Nivabedomning | None) -> Grund:
    if niva is None:
        text = f"{stor_forsta(niva_i_ord(u.rad.niva))}, bedömningen är borttagen"
        return Grund("Nivå", text, "Bedömningen är borttagen efter körningen.", None, ("R3",))
    bedomd = f"Bedömd av {niva.bedomd_av}. " if niva.bedomd_av else ""
    godkand = f"odkänd{f' av {niva.godkand_av}' if niva.godkand_av else ''} "
    dag = datum_i_ord(niva.godkand) if niva.godkand else ""
    return Grund(
        "Nivå",
        f"{stor_forsta(niva_i_ord(niva.niva))} från {datum_i_ord(niva.fran)}",
        f"{bedomd}G{godkand}{dag}.",
        mal.niva(niva.pk),
        ("R3",),
        utat=f"Godkänd {dag}.",
    )


def _pris(u: Radunderlag, pris_id: int) -> Grund:
    pris = u.kring.priser.get(pris_id)
    if pris is None:
        return Grund("Pris", pris_i_ord(u.rad.a_pris, u.rad.enhet_for_antal), "Priset finns inte kvar.", None, ("R4",))
    return Grund(
        "Pris",
        prisrad_i_ord(pris),
        f"Prislistan {pris.prislista.namn}, gäller {galler(pris.fran, pris.till)}.",
        mal.pris(pris.prislista_id, pris.pk),
        ("R4",),
    )


def prisrad_i_ord(pris: Pris) -> str:
    """`1 962,00 kr per dygn, nivå 3`."""
    cell = cell_i_ord(pris.niva, pris.omfattning, pris.tidsband)
    return ", ".join(filter(None, [pris_i_ord(pris.belopp, pris.enhet), cell]))


def _utfort(u: Radunderlag, franvaro: tuple[Franvarodag, ...]) -> Iterator[Grund]:
    """What was carried out: the days or visits that the row counts."""
    artikel, till = u.rad.artikel, None
    if u.kring.verk_finns:
        till = mal.utfort(u.rad.vems.verkstallighet, u.kring.manad)
    dagar = dagar_i_rad(u.dagar)
    if artikel == Artikel.FRANVARO:
        per_dygn = u.rad.enhet_for_antal == "dygn"
        yield Grund("Frånvaro", dagar, _platser(franvaro), till, ("R10" if per_dygn else "R11",))
        yield from _trappor(u, "dygn" if per_dygn else "dag")
    elif artikel == Artikel.NARVARO:
        yield Grund("Närvaro", dagar, f"Registrerad {antal_ord(len(u.dagar), 'dag', 'dagar')}.", till, ("R11",))
    elif artikel == Artikel.DYGN:
        yield Grund("Dygn", dagar, "Ingen frånvaro är registrerad de dagarna.", till, ("R10",))
    elif artikel in {Artikel.UTFORD_TID, Artikel.BOMTID}:
        antal = len({nyckel for del_ in u.delar for nyckel, _ in del_.besok})
        regel = "R20" if artikel == Artikel.UTFORD_TID else "R22"
        yield Grund("Besök", f"{antal_ord(antal, 'besök', 'besök')} {dagar}", "", till, (regel,))
    elif artikel == Artikel.AVSLUT:
        yield Grund("Dagar efter slut", dagar, "Betalas som närvaro.", till, ("R30",))


def _platser(franvaro: tuple[Franvarodag, ...]) -> str:
    platser = [ett.plats for ett in franvaro]
    if not platser:
        return ""
    if len(platser) == 1:
        return f"Frånvarodag {platser[0]} i följd."
    return f"Frånvarodag {min(platser)}–{max(platser)} i följd."


def _trappor(u: Radunderlag, ordet: str) -> Iterator[Grund]:
    for avtal_id in dict.fromkeys(del_.avtal_id for del_ in u.delar):
        avtal = u.kring.avtal.get(avtal_id)
        if avtal:
            text = stor_forsta(trappa_i_ord(trappsteg(avtal.franvaro), ordet))
            slag = "R10" if ordet == "dygn" else "R11"
            forklaring = "Räknas från den första frånvarodagen i följd, även i tidigare månader."
            yield Grund("Frånvarotrappa", text, forklaring, mal.avtal(avtal.pk), (slag,))


def _villkor(u: Radunderlag) -> Iterator[Grund]:
    """Terms of the avtal that decide a row of time or of a month."""
    avtal = u.kring.avtal.get(u.delar[0].avtal_id)
    artikel, manad = u.rad.artikel, u.kring.manad
    if artikel == Artikel.MANAD:
        text = f"{stor_forsta(manad_i_ord(manad))} har {manad.dagar} dagar"
        yield Grund("Kalendermånad", text, f"{len(u.dagar)} av dem räknas: {dagar_i_rad(u.dagar)}.", None, ("R12",))
    if avtal is None:
        return
    if artikel == Artikel.NARVARO and avtal.omfattning_granser:
        granser = ", ".join(f"{kod} från {minuter_i_ord(m)}" for m, kod in omfattningsgranser(avtal.omfattning_granser))
        yield Grund("Gränser för omfattning", granser, "", mal.avtal(avtal.pk), ("R11",))
    if artikel == Artikel.UTFORD_TID:
        yield from _tidsvillkor(avtal)
    if artikel == Artikel.BOMTID:
        yield from _bomvillkor(avtal)
    if artikel == Artikel.BESTALLD_TID or _har_tak(avtal, artikel):
        yield from _bestallning(u, artikel)


def _har_tak(avtal: Avtal, artikel: str) -> bool:
    tak = {Artikel.UTFORD_TID: avtal.tak_andel_av_bestallt, Artikel.BOMTID: avtal.bomtid_tak_andel}
    return tak.get(Artikel(artikel)) is not None


def _tidsvillkor(avtal: Avtal) -> Iterator[Grund]:
    if avtal.avrundning_minuter and avtal.avrundning_minuter > 1:
        text = f"Till {narmaste(avtal.avrundning_minuter)}"
        yield Grund("Avrundning", text, "Varje besök för sig, halvvägs uppåt.", mal.avtal(avtal.pk), ("R20",))
    if avtal.tak_andel_av_bestallt is not None:
        text = f"Högst {procent(avtal.tak_andel_av_bestallt)} av den beställda tiden"
        yield Grund("Tak", text, "Besöken räknas i den ordning de utfördes.", mal.avtal(avtal.pk), ("R21",))


def _bomvillkor(avtal: Avtal) -> Iterator[Grund]:
    if avtal.bomtid_varsel_timmar is not None and avtal.bomtid_andel:
        varsel = antal_ord(avtal.bomtid_varsel_timmar, "timme", "timmar", 2)
        text = f"{procent(avtal.bomtid_andel)} av priset vid avbokning inom {varsel}"
        yield Grund("Bomtid", text, "De planerade minuterna, utan avrundning.", mal.avtal(avtal.pk), ("R22",))
    if avtal.bomtid_tak_andel is not None:
        text = f"Högst {procent(avtal.bomtid_tak_andel)} av den beställda tiden"
        yield Grund("Tak för bomtid", text, "", mal.avtal(avtal.pk), ("R22", "R21"))


def _bestallning(u: Radunderlag, artikel: str) -> Iterator[Grund]:
    verk, beslut = u.kring.verk, u.kring.beslut
    if verk is None:
        return
    regel = ("R23",) if artikel == Artikel.BESTALLD_TID else ("R23", "R21")
    till = mal.verkstallighet(verk.pk) if u.kring.verk_finns else None
    if verk.bestallt_antal is not None:
        yield Grund("Beställt", bestallning(verk), "Det som verkställigheten beställer.", till, regel)
    elif beslut.omfattning is not None:
        text = mangd_i_ord(beslut.omfattning, beslut.omfattning_enhet)
        yield Grund("Beställt", text, "Beslutets omfattning; verkställigheten anger ingen egen.", till, regel)


def bestallning(verk: Verkstallighet) -> str:
    """`5 timmar per vecka`."""
    return mangd_i_ord(verk.bestallt_antal or 0, verk.bestallt_enhet)


def _rattelse(u: Radunderlag) -> Grund:
    rad = u.rad
    if rad.krediterar:
        text = f"Tar tillbaka en rad i körningen {manad_i_ord(rad.krediterar.korning.manad)}"
        forklaring = "En fastställd rad ändras aldrig. Den tas tillbaka med omvänt tecken."
        return Grund("Kreditering", text, forklaring, mal.rad(rad.krediterar.pk), ("R40",))
    return Grund(
        "Rättelse",
        f"Avser {manad_i_ord(rad.avser_manad)}, i körningen {manad_i_ord(rad.korning.manad)}",
        "Underlaget hade ändrats sedan månaden fastställdes.",
        mal.korning(u.kring.manad),
        ("R40",),
    )
