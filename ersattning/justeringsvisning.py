"""Justeringar as pages tell of them: what one does to its month, and what a month says of those that concern it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse

from beslut.ord import insats_i_ord
from ersattning import bonus, queries
from ersattning.justeringsrader import inte_med_i_ord, vantande
from ersattning.kalkyl.justering import betalas_i
from ersattning.models import Ersattningsrad, Justering, Korning, Manadssumma
from ersattning.regler import Justeringslage, Justeringsslag, Status
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, manad_i_ord, stor_forsta, tidpunkt_i_ord
from grund.tid import Manad
from utforare.models import Avtal, Utforare, Verkstallighet


class Meddelande(NamedTuple):
    """A message (templates/komponenter/meddelande.html)."""

    slag: str
    text: str
    adress: str
    lanktext: str = "Visa justeringarna"


@dataclass(frozen=True)
class Effekt:
    """What a justering does: which month's körning pays it, what the utförare gets there before and after, and what
    there is to know. `fore` None = the month is not calculated, so nobody knows."""

    manad: Manad
    fore: Decimal | None
    belopp: Decimal
    meningar: Sequence[str]
    klar: bool = False

    @property
    def efter(self) -> Decimal | None:
        """With it."""
        return None if self.fore is None else self.fore + self.belopp

    @property
    def varna(self) -> bool:
        """Whether somebody must do something for it to be paid in that month."""
        return bool(self.meningar) and not self.klar


def effekt(utforare: Utforare, belopp: Decimal, avser: Manad) -> Effekt:
    """What one that is proposed, or not a row yet, would do."""
    manad = betalas_i(avser, queries.senast_faststallda())
    korning = queries.hamta_korning(manad)
    fore = _summa(korning, utforare) if korning and korning.status != Status.BERAKNAS else None
    return Effekt(manad, fore, belopp, [*_annan_manad(avser, manad), *_kors(korning, manad)])


def justeringens_effekt(justering: Justering) -> Effekt:
    """The same of one that is stored; one that is a row already says which."""
    rad = rad_for(justering)
    if rad is None:
        return effekt(justering.utforare, justering.belopp, justering.avser)
    manad = Manad.av(rad.korning.manad)
    fore = _summa(rad.korning, justering.utforare) - justering.belopp
    lage = rad.korning.get_status_display()
    mening = f"Justeringen är en rad i körningen för {manad_i_ord(manad)}, som är {lage}."
    return Effekt(manad, fore, justering.belopp, [*_annan_manad(justering.avser, manad), mening], klar=True)


def rad_for(justering: Justering) -> Ersattningsrad | None:
    """The row that pays it."""
    return Ersattningsrad.objects.filter(justering=justering).select_related("korning").first()


def _summa(korning: Korning, utforare: Utforare) -> Decimal:
    summa = Manadssumma.objects.filter(korning=korning, utforare=utforare).first()
    return summa.summa if summa else Decimal(0)


def _annan_manad(avser: Manad, manad: Manad) -> list[str]:
    if avser == manad:
        return []
    return [f"{stor_forsta(manad_i_ord(avser))} är fastställd. Beloppet hör dit men betalas med {manad_i_ord(manad)}."]


def _kors(korning: Korning | None, manad: Manad) -> list[str]:
    namn = stor_forsta(manad_i_ord(manad))
    if korning is None:
        return [f"{namn} är inte körd än. När den körs kommer justeringen med om den är godkänd."]
    annars = f"annars betalas den med {manad_i_ord(manad.plus(1))}"
    return [f"{namn} är redan {korning.get_status_display()}. Månaden måste räknas om för att få med den, {annars}."]


def om_manaden(korning: Korning) -> list[Meddelande]:
    """What the month's pages say: godkända and återkrav that are not in it, and proposed that nobody has decided on."""
    lista = reverse("ersattning:justeringar")
    godkanda, vantar = vantande(korning)
    svar = [Meddelande("varning", text, f"{lista}?status=godkand") for text in inte_med_i_ord(korning, godkanda)]
    if vantar:
        antal = antal_ord(len(vantar), "föreslagen justering", "föreslagna justeringar")
        summa = kronor(sum((ett.belopp for ett in vantar), Decimal(0)))
        text = f"{antal} på {summa} väntar på att godkännas och är inte med."
        svar.append(Meddelande("info", text, f"{lista}?status=foreslagen"))
    aterkrav = reverse("ersattning:aterkrav")
    return svar + [Meddelande("varning", ett, aterkrav, "Visa återkraven") for ett in bonus.inte_med(korning)]


Par = tuple[str, str] | tuple[str, str, str]


def fakta(justering: Justering, vem: Anvandare) -> list[Par]:
    """What is proposed, and what has become of it."""
    par: list[Par] = [
        ("Slag", stor_forsta(Justeringsslag(justering.slag).label)),
        ("Belopp", kronor(justering.belopp)),
        ("Avser", stor_forsta(manad_i_ord(justering.avser))),
        ("Utförare", justering.utforare.namn, reverse("utforare:utforare", args=[justering.utforare_id])),
        ("Insats", insats_i_ord(justering.insats)),
        ("Gäller", *_galler(justering, vem)),
        *_avtalet(justering),
        ("Föreslagen", f"{tidpunkt_i_ord(justering.foreslagen)} av {_namn(justering.foreslagen_av)}"),
        *_avgjord(justering),
    ]
    return [*par, *_motverkar(justering), *_raden(justering, vem)]


def _galler(justering: Justering, vem: Anvandare) -> tuple[str] | tuple[str, str]:
    if justering.verkstallighet_id:
        text = f"Verkställighet {justering.verkstallighet_nyckel}"
        finns = Verkstallighet.objects.filter(pk=justering.verkstallighet_id).exists()
        if finns and har_ratt(vem.roller, Ratt.SE_UNDERLAG):
            return text, reverse("utforare:verkstallighet", args=[justering.verkstallighet_id])
        return (text,)
    return (f"Enheten {justering.enhet.namn}",) if justering.enhet else ("Hela utföraren",)


def _avtalet(justering: Justering) -> list[Par]:
    if not justering.avtal_nyckel:
        return []
    avtal = Avtal.objects.filter(nyckel=justering.avtal_nyckel).first()
    if avtal is None:
        return [("Avtal", justering.avtal_nyckel)]
    return [("Avtal", avtal.nyckel, reverse("utforare:avtal", args=[avtal.pk]))]


def _avgjord(justering: Justering) -> list[Par]:
    if not justering.avgjord:
        return []
    par: list[Par] = [
        (
            stor_forsta(Justeringslage(justering.status).label),
            f"{tidpunkt_i_ord(justering.avgjord)} av {_namn(justering.avgjord_av)}",
        )
    ]
    return [*par, ("Varför", justering.svar)] if justering.svar else par


def _motverkar(justering: Justering) -> list[Par]:
    galler = justering.motverkas_av.exclude(status__in=[Justeringslage.NEKAD, Justeringslage.ATERKALLAD])
    par: list[Par] = [("Tar tillbaka", *_lank(justering.motverkar))] if justering.motverkar else []
    return [*par, *(("Tas tillbaka av", *_lank(ett)) for ett in galler)]


def _lank(ett: Justering) -> tuple[str, str]:
    return f"{ett}, {ett.get_status_display()}", reverse("ersattning:justering", args=[ett.pk])


def _raden(justering: Justering, vem: Anvandare) -> list[Par]:
    rad = rad_for(justering)
    if rad is None or not har_ratt(vem.roller, Ratt.SE_ERSATTNING):
        return []
    text = f"Rad {rad.pk} i {manad_i_ord(rad.korning.manad)}"
    return [("Ersättningsrad", text, reverse("ersattning:forklara", args=[rad.pk]))]


def _namn(vem: Anvandare | None) -> str:
    return (vem.get_full_name() or vem.get_username()) if vem else ""
