"""What has changed or gone since a row was made, said before anything else on its page."""

from collections.abc import Iterator

from ersattning.forklaring import mal
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.meningar import stammer
from ersattning.forklaring.nulage import las_manadsfakta, las_nulage
from ersattning.forklaring.ord import antal_i_ord, dagar_i_rad
from ersattning.forklaring.syskon import kreditering_av
from ersattning.forklaring.typer import Observation
from ersattning.regler import Artikel, Radtyp
from grund.pengar import kronor
from grund.text import manad_i_ord, och

_ORD = {
    "narvaro": "närvaron",
    "besok": "besöken",
    "verkstalligheter": "verkställigheten",
    "beslut": "beslutet",
    "nivabedomningar": "nivåbedömningen",
    "avtal": "avtalet",
    "priser": "prislistan",
    "tidsband": "tidsbanden",
    "personer": "personens uppgifter",
}


def observationer(u: Radunderlag) -> tuple[Observation, ...]:
    """Taken back, gone, changed, or wrong; nothing when the row rests on what is there today."""
    return (*_tagen_tillbaka(u), *_borta(u), *_andrat(u), *_stammer(u))


def _tagen_tillbaka(u: Radunderlag) -> Iterator[Observation]:
    tillbaka = kreditering_av(u)
    if tillbaka:
        text = f"Raden är tagen tillbaka i körningen {manad_i_ord(tillbaka.korning.manad)}."
        yield Observation("varning", text, mal.rad(tillbaka.pk), "Visa krediteringen")


def _borta(u: Radunderlag) -> Iterator[Observation]:
    """Facts that the row rests on and that have been taken back."""
    if not u.kring.verk_finns:
        yield Observation("varning", "Verkställigheten är borttagen efter körningen. Här står den som den var då.")
    besok = {nyckel for del_ in u.delar for nyckel, _ in del_.besok} - u.kring.nu_besok
    if besok:
        vilka = f"Besöket {min(besok)} är borttaget" if len(besok) == 1 else f"{len(besok)} av besöken är borttagna"
        yield Observation("varning", f"{vilka} efter körningen.")
    if u.rad.artikel in {Artikel.NARVARO, Artikel.FRANVARO} and u.kring.verk_finns:
        dagar = [dag for dag in u.dagar if dag not in u.kring.nu_narvaro]
        if dagar:
            yield Observation("varning", f"Registreringen {dagar_i_rad(dagar)} är borttagen efter körningen.")


def _andrat(u: Radunderlag) -> Iterator[Observation]:
    """Whether what has changed since would give another row, by the core's own calculation."""
    if not u.kring.andringar.alla or u.rad.typ == Radtyp.KREDITERING or kreditering_av(u):
        return
    vad = och(sorted({_ORD[ett.fil] for ett in u.kring.andringar.alla if ett.fil in _ORD}))
    nulage = las_nulage(las_manadsfakta(u.rad.vems.person, u.rad.avser_manad))
    if not vad or nulage.ar_densamma(u.rad):
        return
    ny = nulage.motsvarar(u.rad)
    blir = "Med dagens underlag finns inte raden."
    if ny:
        blir = f"Med dagens underlag blir raden {antal_i_ord(ny.antal, ny.enhet)} och {kronor(ny.belopp)}."
    sedan = "Skillnaden blir en rättelse i nästa körning." if u.rad.korning.ar_fast else "Kör om månaden."
    yield Observation("varning", f"Det här har ändrats sedan raden räknades: {vad}. {blir} {sedan}")


def _stammer(u: Radunderlag) -> Iterator[Observation]:
    if not stammer(u):
        yield Observation("fel", "Beloppet är inte antal × pris × andel. Anmäl det som ett fel i systemet.")
