"""When a document may be signed: the reasons on the page and in the refusal are the same. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from grund.text import datum_i_ord
from uppfoljning.dokument.innehall import Innehall, Mall, Rubrik
from uppfoljning.dokument.koder import Rubrikslag
from uppfoljning.dokument.text import Texttabell, antal_rader, block, siffernummer
from uppfoljning.tjansteutlatande.regler import hinder_for_rapportens_datum

FLEST_KOLUMNER, FLEST_RADER = 10, 200
UTAN_SAMMANFATTNING = 8  # lines: a longer document has a summary


@dataclass(frozen=True, slots=True)
class Frysta:
    """Figures of the document: which report, of which day, and when they were read."""

    rubrik: str
    per: date
    last: date


def hinder_for_signering(
    innehall: Innehall, mall: Mall, frysta: Mapping[int, Frysta], fynd: list[str], idag: date
) -> list[str]:
    """Why the document cannot be signed; empty = it can. `frysta` by number, `fynd`: personal data that was found."""
    return [
        *_tomma(innehall, mall),
        *_om_forslagen(innehall, mall),
        *_om_sammanfattningen(innehall, mall, bool(frysta)),
        *_om_siffrorna(innehall, mall, frysta, idag),
        *_om_tabellerna(innehall, mall),
        *(f"Personuppgift: {ett}." for ett in fynd),
    ]


def _tomma(innehall: Innehall, mall: Mall) -> Iterator[str]:
    fyllda = {
        Rubrikslag.FORSLAG: bool(innehall.forslag),
        Rubrikslag.BILAGOR: bool(innehall.bilagor),
        Rubrikslag.SKICKAS: bool(innehall.skickas_till),
        Rubrikslag.UNDERSKRIFTER: bool(innehall.handlaggare),
    }
    for rubrik in mall.rubriker:
        fylld = fyllda.get(rubrik.slag, True)
        if rubrik in mall.fritexter:
            fylld = bool(innehall.text(rubrik.nyckel).strip())
        if rubrik.obligatorisk and not fylld:
            yield f"Det saknas innehåll under ”{rubrik.rubrik}”."


def _om_forslagen(innehall: Innehall, mall: Mall) -> Iterator[str]:
    """Each is a sentence of its own that can be carried out, unless the mall begins the sentence."""
    for nr, forslag in enumerate(innehall.forslag, 1):
        if not mall.inledning and forslag.lower().startswith("att "):
            yield f"Förslag {nr} börjar med att. Skriv en självständig mening."
        elif not mall.inledning and forslag[:1].islower():
            yield f"Förslag {nr} börjar inte med stor bokstav. Skriv en självständig mening."
        if not forslag.endswith("."):
            yield f"Förslag {nr} slutar inte med punkt."


def _om_sammanfattningen(innehall: Innehall, mall: Mall, har_siffror: bool) -> Iterator[str]:
    sammanfattningen = next((ett for ett in mall.rubriker if ett.slag == Rubrikslag.SAMMANFATTNING), None)
    if sammanfattningen is None:
        return
    text = innehall.text(sammanfattningen.nyckel)
    if (
        not text.strip()
        and not sammanfattningen.obligatorisk
        and (har_siffror or langd(innehall, mall) > UTAN_SAMMANFATTNING)
    ):
        yield f"Dokumentet är längre än åtta rader. Skriv en text under ”{sammanfattningen.rubrik}”."
    for nr, forslag in enumerate(innehall.forslag, 1):
        if forslag.rstrip(".").casefold() in text.casefold():
            yield f"Sammanfattningen innehåller förslag {nr}. Den ska vara neutral."


def langd(innehall: Innehall, mall: Mall) -> int:
    """About how many lines the text has, the summary not counted."""
    egna = [ett for ett in mall.fritexter if ett.slag == Rubrikslag.TEXT]
    return sum(antal_rader(innehall.text(ett.nyckel)) for ett in egna)


def _om_siffrorna(innehall: Innehall, mall: Mall, frysta: Mapping[int, Frysta], idag: date) -> Iterator[str]:
    yield from hinder_for_placering(innehall, mall)
    for ett in frysta.values():
        yield from hinder_for_rapportens_datum(innehall.datum, per=ett.per, idag=idag)
        if innehall.datum < ett.last:
            yield (
                f"Siffrorna ur ”{ett.rubrik}” lästes den {datum_i_ord(ett.last)}. Dokumentet kan inte ha ett tidigare"
                " datum."
            )


def hinder_for_placering(innehall: Innehall, mall: Mall) -> list[str]:
    """What is wrong with where the figures stand."""
    placerade = Counter(nr for _, nr in placeringar(innehall, mall))
    finns = sorted(ett.nr for ett in innehall.infogade)
    saknas = [nr for nr in placerade if nr not in finns]
    dubbla = [nr for nr, antal in placerade.items() if antal > 1]
    losa = [nr for nr in finns if nr not in placerade]
    return [
        *(f"Raden [Siffror {nr}] finns i texten men dokumentet har inga sådana siffror." for nr in saknas),
        *(f"Siffror {nr} står på flera ställen i texten." for nr in dubbla),
        *(f"Siffror {nr} saknar plats. Skriv raden [Siffror {nr}] där de ska stå, eller ta bort dem." for nr in losa),
    ]


def placeringar(innehall: Innehall, mall: Mall) -> list[tuple[Rubrik, int]]:
    """Under which headings figures are placed."""
    return [(rubrik, nr) for rubrik in mall.fritexter for nr in siffernummer(innehall.text(rubrik.nyckel))]


def _om_tabellerna(innehall: Innehall, mall: Mall) -> Iterator[str]:
    for rubrik in mall.fritexter:
        for ett in block(innehall.text(rubrik.nyckel)):
            if isinstance(ett, Texttabell):
                yield from _om_tabellen(ett, f"Tabellen på rad {ett.rad} under ”{rubrik.rubrik}”")


def _om_tabellen(tabell: Texttabell, vilken: str) -> Iterator[str]:
    """It has a caption, and it fits: a page is not wider, and what is longer is an attachment."""
    if not tabell.rubrik:
        yield f"{vilken} har ingen rubrik. Skriv raden ”Tabell: …” före den."
    if len(tabell.kolumner) > FLEST_KOLUMNER:
        yield f"{vilken} har fler än {FLEST_KOLUMNER} kolumner. De får inte plats på sidan."
    if len(tabell.rader) > FLEST_RADER:
        yield f"{vilken} har fler än {FLEST_RADER} rader. Lägg den som bilaga."


def hinder_for_ny_mall(innehall: Innehall, mall: Mall) -> list[str]:
    """Why the document cannot go over to `mall`: no text may be lost."""
    nycklar = {ett.nyckel for ett in mall.fritexter}
    borta = [nyckel for nyckel, text in innehall.texter if text.strip() and nyckel not in nycklar]
    svar = [f"Mallen har ingen rubrik för texten under ”{nyckel}”. Flytta texten först." for nyckel in borta]
    fyllda = (
        (Rubrikslag.FORSLAG, innehall.forslag),
        (Rubrikslag.UNDERLAG, innehall.underlag),
        (Rubrikslag.BILAGOR, innehall.bilagor),
        (Rubrikslag.SKICKAS, innehall.skickas_till),
    )
    svar += [f"Mallen har ingen rubrik för {slag.label}." for slag, har in fyllda if har and not mall.har(slag)]
    return svar


def hinder_for_mall(mall: Mall) -> list[str]:
    """Why `mall` cannot be used: a document has a proposal, some text and somebody who signs, each in one place."""
    slagen = Counter(ett.slag for ett in mall.rubriker)
    svar = [
        f"Mallen saknar en rubrik för {slag.label}."
        for slag in (Rubrikslag.FORSLAG, Rubrikslag.TEXT, Rubrikslag.UNDERSKRIFTER)
        if not slagen[slag]
    ]
    flera = [slag for slag, antal in slagen.items() if antal > 1 and slag != Rubrikslag.TEXT]
    svar += [f"Mallen har flera rubriker för {Rubrikslag(slag).label}. Den kan bara ha en." for slag in flera]
    if len({ett.nyckel for ett in mall.rubriker}) < len(mall.rubriker):
        svar.append("Två rubriker heter likadant.")
    return svar
