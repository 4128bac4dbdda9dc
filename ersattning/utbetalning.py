"""From a fastställd month to what is paid: the verifikat that it gives, what is missing, and who may take the steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.filer import lager
from ersattning.models import Ersattningsrad, Fil, Kontering, Korning
from ersattning.models.fil import UTBETALNINGSFILER, Filslag
from ersattning.regler import ORESUTJAMNING, Artikel, Radtyp, Status
from ersattning.verifikat import Mallrad, Post, Saknad, Strang, Summa, Verifikat, kontera
from grund.behorighet import Ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.text import liten_forsta, manad_i_ord, svensk_ordning
from grund.tid import Manad
from utforare.models import Utforare
from utforare.regler import Regi


@dataclass(frozen=True)
class Utbetalning:
    """A month's verifikat in Swedish order of the utförare, by what the mall says on `dag`, and what it lacks."""

    korning: Korning
    dag: date
    verifikat: Sequence[Verifikat]
    saknas: Sequence[Saknad]
    utforare: Mapping[int, Utforare]
    konton: Mapping[str, str]

    def i_regi(self, regi: Regi) -> list[Verifikat]:
        """Those of municipal, or of private, utförare."""
        return [ett for ett in self.verifikat if self.utforare[ett.utforare].regi == regi]

    @property
    def konteringar(self) -> list[int]:
        """The rows of the mall that are used."""
        return sorted({post.rad.pk for ett in self.verifikat for post in ett.poster})


def las(korning: Korning, *, for_gott: bool = False) -> Utbetalning:
    """Read and kontera the month, by the mall that it is booked by already, else by what holds on the day of booking.

    `for_gott`: hold the mall's rows, so that nobody changes them meanwhile.
    """
    manad = Manad.av(korning.manad)
    brukade = Kontering.objects.filter(bruk__korning=korning)
    rader = brukade if brukade.exists() else Kontering.objects.filter(period__contains=manad.sista)
    rader = rader.order_by("pk")
    mall = list(rader.select_for_update(of=("self",)) if for_gott else rader)
    summor = _summor(korning)
    alla = Utforare.objects.in_bulk({ett.utforare for ett in summor})
    summor.sort(key=lambda ett: _ordning(ett, alla[ett.utforare]))
    verifikat, saknas = kontera(summor, [mallrad(ett) for ett in mall], {pk: ett.regi for pk, ett in alla.items()})
    konton = {ett.konto: ett.kontonamn for ett in mall} | {ett.motkonto: ett.motkontonamn for ett in mall}
    return Utbetalning(korning, manad.sista, verifikat, saknas, alla, konton)


def mallrad(ett: Kontering) -> Mallrad:
    """The stored row as the pure functions take it."""
    return Mallrad(
        pk=ett.pk,
        regi=ett.regi,
        utforare=ett.utforare_id,
        insats=ett.insats,
        artikel=ett.artikel,
        strang=Strang(ett.konto, ett.ansvar, ett.verksamhet, ett.objekt),
        mot=Strang(ett.motkonto, ett.motansvar),
    )


def _summor(korning: Korning) -> list[Summa]:
    grupp = ("utforare_id", "avser_manad", "insats", "artikel", "typ")
    rader = Ersattningsrad.objects.filter(korning=korning).order_by().values(*grupp)
    return [Summa(*rad) for rad in rader.annotate(n=Count("pk"), summa=Sum("belopp")).values_list(*grupp, "n", "summa")]


def _ordning(summa: Summa, utforare: Utforare) -> tuple[object, ...]:
    """By the utförare's name in Swedish order, then as insatser, artiklar and kinds of rows are listed."""
    plats = (Insats.values.index(summa.insats), Artikel.values.index(summa.artikel))
    return (*svensk_ordning(utforare.namn), utforare.nyckel, *plats, summa.avser, Radtyp.values.index(summa.typ))


def post_i_ord(post: Post) -> str:
    """`Daglig verksamhet, närvaro, kreditering april 2026`."""
    summa = post.summa
    if summa.artikel == ORESUTJAMNING:
        return "Öresutjämning"
    text = f"{insats_i_ord(summa.insats)}, {Artikel(summa.artikel).label}"
    if summa.typ in {Radtyp.KREDITERING, Radtyp.RATTELSE}:
        text += f", {Radtyp(summa.typ).label} {manad_i_ord(summa.avser)}"
    return text


def saknad_i_ord(ett: Saknad) -> str:
    """`Daglig verksamhet (LSS), artikeln närvaro, i privat regi`."""
    return f"{insats_i_ord(ett.insats)}, artikeln {Artikel(ett.artikel).label}, i {Regi(ett.regi).label}"


def _saknas(ett: Saknad) -> str:
    return f"Kontering saknas för {liten_forsta(saknad_i_ord(ett))}. Lägg till en rad i konteringsmallen."


def filer(korning: Korning) -> list[Fil]:
    """The month's files for payment and bookkeeping, in the order in which they are listed; empty until made."""
    gjorda = Fil.objects.filter(korning=korning, slag__in=UTBETALNINGSFILER)
    return sorted(gjorda, key=lambda fil: UTBETALNINGSFILER.index(Filslag(fil.slag)))


def hinder_for_filer(korning: Korning, av: Anvandare) -> list[str]:
    """Why `av` may not make the month's files for payment, as far as roles and state go."""
    hinder = hinder_for_ratt(av.roller, Ratt.BETALA_MANAD)
    if not korning.ar_fast:
        hinder.append(f"{korning} är {korning.get_status_display()}. Bara en fastställd månad betalas ut.")
    return hinder


def hinder_for_kontering(underlag: Utbetalning) -> list[str]:
    """What the konteringsmall lacks, and that there is nothing to pay."""
    if not underlag.verifikat and not underlag.saknas:
        return [f"{underlag.korning} har inga rader, så det finns inget att betala ut."]
    return [_saknas(ett) for ett in underlag.saknas]


def hinder_for_utbetald(korning: Korning, av: Anvandare) -> list[str]:
    """Why `av` may not mark the month as utbetald: four eyes here too (ADR 0027)."""
    if korning.status == Status.UTBETALD:
        return [f"{korning} är redan markerad som utbetald."]
    hinder = hinder_for_filer(korning, av)
    if korning.ar_fast and av.pk == korning.faststalld_av_id:
        hinder.append(f"{av.get_username()} har fastställt {korning} och får inte markera den som utbetald.")
    return hinder or _hinder_for_gjorda(korning)


def _hinder_for_gjorda(korning: Korning) -> list[str]:
    gjorda = filer(korning)
    if not gjorda and Ersattningsrad.objects.filter(korning=korning).exists():
        return [f"Utbetalningsunderlaget för {korning} är inte gjort än."]
    return [fel for fil in gjorda if (fel := lager.fel_pa_fil(fil))]


def summan(verifikat: Sequence[Verifikat]) -> Decimal:
    """What they come to in all, to be paid."""
    return sum((ett.att_betala for ett in verifikat), Decimal(0))
