"""R51 in words: what was decided, why, by whom, and what it rests on."""

from collections.abc import Iterator
from datetime import datetime

from ersattning.forklaring import mal
from ersattning.forklaring.historia import korningarnas_steg
from ersattning.forklaring.typer import Forklaring, Grund, Hande, Led, Observation, Radfakta
from ersattning.models import Ersattningsrad, Justering
from ersattning.regler import OKAR, Artikel, Justeringslage, Justeringsslag
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import MINUS, manad_i_ord, stor_forsta, tidpunkt_i_ord
from utforare.models import Avtal, Verkstallighet

_REGEL = ("R51",)


def forklara_justering(rad: Ersattningsrad, justering: Justering, fakta: Radfakta) -> Forklaring:
    """Why an amount that no rule gives is paid, or taken."""
    return Forklaring(
        rad=fakta,
        led=_ekvation(rad),
        meningar=tuple(_meningar(rad, justering)),
        kedja=tuple(_kedja(rad, justering)),
        historia=_historia(rad, justering),
        observationer=tuple(_observationer(justering)),
    )


def _ekvation(rad: Ersattningsrad) -> tuple[Led, ...]:
    tecken = MINUS if rad.antal < 0 else ""
    antal = Led(f"{tecken}1\xa0st", "plus: till utföraren" if rad.antal > 0 else "minus: från utföraren")
    slut = Led(kronor(rad.belopp), Artikel(rad.artikel).label, tecken="=")
    return antal, Led(kronor(rad.a_pris), "beslutat belopp", mal.regel("R51"), "×"), slut


def _meningar(rad: Ersattningsrad, justering: Justering) -> Iterator[str]:
    yield "Beloppet är bestämt för hand: en person har föreslagit det och en annan har godkänt det."
    if justering.motverkar:
        yield f"Det tar tillbaka justering {justering.motverkar}, med samma belopp och omvänt tecken."
    elif justering.slag in OKAR:
        yield f"Utföraren får {kronor(justering.belopp)} utöver det som räknas fram."
    else:
        yield f"{kronor(-justering.belopp)} dras av från det som räknas fram."
    if rad.avser_manad != rad.korning.manad:
        yield (
            f"Det avser {manad_i_ord(justering.avser)}, som var fastställd, och betalas därför i körningen för"
            f" {manad_i_ord(rad.korning.manad)}."
        )


def _kedja(rad: Ersattningsrad, justering: Justering) -> Iterator[Grund]:
    slag = stor_forsta(Justeringsslag(justering.slag).label)
    yield Grund("Justering", f"{justering}, {slag.lower()}", justering.motiv, mal.justering(justering.pk), _REGEL)
    if justering.motverkar:
        annan = justering.motverkar
        yield Grund("Tar tillbaka", str(annan), annan.motiv, mal.justering(annan.pk), _REGEL)
    yield _vems(rad, justering)
    if justering.avtal_nyckel:
        avtal = Avtal.objects.filter(nyckel=justering.avtal_nyckel).first()
        yield Grund("Avtal", justering.avtal_nyckel, "", mal.avtal(avtal.pk) if avtal else None, ("R2",))
    yield _steg("Föreslagen", justering.foreslagen, justering.foreslagen_av, "Av en person på kommunen.")
    yield _steg("Godkänd", justering.avgjord, justering.avgjord_av, "Av en annan person än den som föreslog.")
    if justering.sokvag:
        text = f"{justering.bilagans_namn}, SHA-256 {justering.sha256[:16]}…"
        till = mal.justeringens_bilaga(justering.pk)
        yield Grund("Bilaga", text, "Sparas som den lämnades in.", till, _REGEL, utat="Finns hos kommunen.")


def _vems(rad: Ersattningsrad, justering: Justering) -> Grund:
    """What it is about: a verkställighet, an enhet, or the utförare as a whole."""
    if justering.verkstallighet_id:
        finns = Verkstallighet.objects.filter(pk=justering.verkstallighet_id).exists()
        till = mal.verkstallighet(justering.verkstallighet_id) if finns else None
        text = f"{justering.verkstallighet_nyckel}, {rad.enhetens_namn}"
        return Grund("Verkställighet", text, "" if finns else "Borttagen efter att justeringen föreslogs.", till)
    if rad.enhet:
        return Grund("Enhet", rad.enhetens_namn, f"{rad.utforare.namn}. Ingen enskild person.")
    return Grund("Utförare", rad.utforare.namn, "Ingen enskild enhet eller person.")


def _steg(vad: str, tidpunkt: datetime | None, vem: Anvandare | None, utat: str) -> Grund:
    namn = (vem.get_full_name() or vem.get_username()) if vem else ""
    return Grund(
        vad, tidpunkt_i_ord(tidpunkt) if tidpunkt else "", f"Av {namn}." if namn else "", None, _REGEL, utat=utat
    )


def _historia(rad: Ersattningsrad, justering: Justering) -> tuple[Hande, ...]:
    alla = [*korningarnas_steg([rad.korning]), Hande(justering.foreslagen, f"{justering} föreslogs")]
    if justering.avgjord:
        alla.append(Hande(justering.avgjord, f"{justering} godkändes"))
    return tuple(sorted(alla, key=lambda ett: str(ett.nar), reverse=True))


def _observationer(justering: Justering) -> Iterator[Observation]:
    for ett in justering.motverkas_av.filter(status=Justeringslage.GODKAND):
        yield Observation("info", f"Justeringen tas tillbaka av {ett}.", mal.justering(ett.pk), f"Visa {ett}")
