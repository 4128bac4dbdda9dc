"""Cases made by hand: one person each, for a walk through the product. They are the same at every scale.

Everything here is allowed by the import; what is wrong with it shall be seen afterwards, as an avvikelse, a finding or
a rättelse. `FALL` is the list to read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from demokommun.fall import akten, bonus, dagen
from demokommun.fall.penna import Fallpenna
from demokommun.filer import Paketskrivare
from demokommun.katalog import Enheter
from demokommun.ram import Ram


@dataclass(frozen=True, slots=True)
class Fall:
    person_id: str
    vad: str
    skriv: Callable[[Fallpenna], None]


_HANDLINGAR: tuple[tuple[str, Callable[[Fallpenna], None]], ...] = (
    ("Överlappande besök: två utförare delar ett beslut och var där samtidigt", dagen.overlappande_besok),
    ("Närvaro i daglig verksamhet efter dödsfall", dagen.narvaro_efter_dodsfall),
    ("Dubbel verkställighet i elva dagar vid flytt mellan två boenden", akten.dubbel_verkstallighet),
    ("Nivå saknas: aldrig bedömd", akten.niva_saknas),
    ("Pris saknas: nivå 6 finns inte i prislistan", akten.pris_saknas),
    ("Besök vid frånvaro: på sjukhus, men ledsagad", dagen.besok_vid_franvaro),
    ("Beslutet gick ut den 9:e men insatsen fortsatte; förlängt i det sena paketet", akten.beslut_forlangt),
    ("Ej verkställt: beslut om daglig verksamhet för fem månader sedan", akten.ej_verkstallt),
    ("Avbrott: verkställigheten slutade för fem månader sedan, beslutet gäller", akten.avbrott),
    ("Verkställt först efter mer än fyra månader", akten.sent_verkstalld),
    ("Individavtal över listpris i bostad: 6 150 mot 2 827 kr/dygn", akten.individavtal_bostad),
    ("Individavtal över listpris i daglig verksamhet: 2 190 mot 1 663 kr/dag", akten.individavtal_dv),
    ("Nivåhöjning 2 → 4 väntar på godkännande; godkänd bakåt i det sena paketet", akten.niva_godkand_i_efterhand),
    ("Nivåhöjning avvisad: den gamla nivån gäller", akten.niva_avvisad),
    ("Nivån räknas från godkännandet, inte från bedömningen (avtalets niva_fran)", akten.niva_fran_godkannande),
    ("Uppföljningen är försenad sedan ett halvår", akten.forsenad_uppfoljning),
    ("Boendestöd: utförd tid över taket, bomtid över 30 %, återbud på minuten 24 timmar före", dagen.tak_och_bomtid),
    ("Lång frånvaro från bostad över tre månader, ned för hela trappan", dagen.lang_franvaro),
    ("Dödsfall i kommunal bostad: 30 dagar betalas efter slutet", akten.dodsfall_i_bostad),
    ("Tidsband: timmen som kommer två gånger, fredag kväll, natt över midnatt, julafton", dagen.tidsband),
    *((f"Arbetsbonus, anställning nummer {nr + 1} förra året", partial(bonus.bonus, nummer=nr)) for nr in range(6)),
    ("Arbetsbonus: andra halvan ryms inte under årstaket 200 000 kr", partial(bonus.bonus, nummer=6)),
    ("Ingen arbetsbonus: praktik räknas inte", bonus.praktik),
    ("Ingen arbetsbonus: anställd först efter 14 månader", bonus.for_sent),
    ("Halv arbetsbonus: anställningen tog slut före sex månader", bonus.slutade),
    ("Skyddade personuppgifter och samordningsnummer", akten.skyddad_samordningsnummer),
    ("Reservnummer i stället för personnummer", akten.reservnummer),
    ("Avtal saknas: ledsagning hos en utförare som bara har avtal om boendestöd", dagen.avtal_saknas),
    ("Två beslut om samma insats samtidigt", akten.overlappande_beslut),
    ("Sen, rättad och borttagen närvaro i det sena paketet", dagen.sen_och_rattad_narvaro),
    ("Månadspris saknas för nivå 2", akten.plats_utan_pris),
    ("Omfattning saknas: beställd tid utan timmar i beslutet", akten.omfattning_saknas),
    ("Besök utan tid: sju minuter avrundas till noll; ett oplanerat besök betalas", dagen.besok_utan_tid),
    ("Avslag på bostad, delvis bifall till ledsagning", akten.avslag_och_delvis),
    ("Flytt mitt i månaden, känd först i det sena paketet: dygnen krediteras", akten.flytt_kand_sent),
    ("Felregistrerad verkställighet, borttagen i det sena paketet", akten.aterkallad_verkstallighet),
    ("Besök registrerat två gånger, det ena borttaget i det sena paketet", dagen.dubbelt_besok_borttaget),
    ("Priset för nivå 5 halvtid skrevs 1 146 i stället för 1 164; rättat i det sena paketet", akten.pris_rattat),
    ("Arbetsbonus: första halvan förfaller den första i den sista månaden", bonus.nyss_anstalld),
)
FALL = tuple(Fall(f"F{nr:02d}", vad, skriv) for nr, (vad, skriv) in enumerate(_HANDLINGAR, 1))


def skriv_fall(ut: Paketskrivare, ram: Ram, enheter: Enheter) -> None:
    bonus.skriv_bonusregel(ut, ram)
    for fall in FALL:
        fall.skriv(Fallpenna(ut, ram, enheter, fall.person_id))
