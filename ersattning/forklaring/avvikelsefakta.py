"""Reads what an explanation of an avvikelse needs: the facts as the körning saw them, and what has changed since."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beslut.models import Beslut
from ersattning.forklaring.da import Andringar, andringar, da, satt_tillbaka, som_det_var
from ersattning.forklaring.lasning import avtal_pa_dag
from ersattning.forklaring.nulage import Manadsfakta, las_manadsfakta
from ersattning.models import Avvikelse, Ersattningsrad
from ersattning.regler import Artikel
from grund.tid import EN_DAG, Manad
from utforare.models import Avtal, Besok, Verkstallighet


@dataclass(frozen=True)
class Avvikelseunderlag:
    """An avvikelse, its verkställighet and beslut (None = gone without a trace), its visit, and the month's rows."""

    avvikelse: Avvikelse
    verk: Verkstallighet | None
    verk_finns: bool
    beslut: Beslut | None
    besok: Besok | None
    andringar: Andringar
    rader: tuple[Ersattningsrad, ...]

    @property
    def manad(self) -> Manad:
        """The month that it is about."""
        return Manad.av(self.avvikelse.manad)

    @property
    def sista(self) -> date:
        """Its last day, included."""
        return self.avvikelse.till - EN_DAG

    @property
    def insats(self) -> str:
        """The insats, from the beslut."""
        return self.beslut.insats if self.beslut else ""

    @cached_property
    def avtal(self) -> Avtal | None:
        """The avtal of its first day (R2)."""
        a = self.avvikelse
        return avtal_pa_dag(a.utforare_id, self.insats, a.person_id, a.fran)

    @cached_property
    def manadsfakta(self) -> Manadsfakta:
        """The person's month of today, in the core's own terms."""
        return las_manadsfakta(self.avvikelse.person_id, self.avvikelse.manad)


def las_avvikelse(pk: int) -> Avvikelse | None:
    """The avvikelse with what it points at."""
    return Avvikelse.objects.select_related("korning", "utforare", "person").filter(pk=pk).first()


def las_avvikelseunderlag(a: Avvikelse) -> Avvikelseunderlag:
    """All that an explanation needs whatever the code is; what only some need is read by them."""
    manad = Manad.av(a.manad)
    vems = {"person": [a.person_id], "utforare": [a.utforare_id]}
    sedan = andringar(a.korning.andring_nr, vems, manad)
    verk_finns = Verkstallighet.objects.filter(pk=a.verkstallighet_id).exists()
    verk = da(
        Verkstallighet.objects.select_related("enhet__utforare", "beslut"),
        sedan.fore("verkstalligheter"),
        [a.verkstallighet_id],
    ).get(a.verkstallighet_id)
    return Avvikelseunderlag(
        avvikelse=a,
        verk=verk,
        verk_finns=verk_finns,
        beslut=_beslut(verk, sedan),
        besok=_besok(a, sedan),
        andringar=sedan,
        rader=_rader(a),
    )


def _beslut(verk: Verkstallighet | None, sedan: Andringar) -> Beslut | None:
    if verk is None:
        return None
    nu = {verk.beslut_id: verk.beslut}
    return satt_tillbaka(Beslut, nu, sedan.fore("beslut"), {verk.beslut_id})[verk.beslut_id]


def _besok(a: Avvikelse, sedan: Andringar) -> Besok | None:
    if not a.besok_nyckel:
        return None
    for gammalt in sedan.fore("besok").values():
        if gammalt["nyckel"] == a.besok_nyckel:
            return som_det_var(Besok, gammalt)
    return Besok.objects.filter(nyckel=a.besok_nyckel).first()


def _rader(a: Avvikelse) -> tuple[Ersattningsrad, ...]:
    """What the same körning paid for the verkställighet and month."""
    urval = Ersattningsrad.objects.filter(
        korning=a.korning, person=a.person_id, avser_manad=a.manad, verkstallighet_nyckel=a.verkstallighet_nyckel
    )
    return tuple(urval.exclude(artikel=Artikel.ARBETSBONUS).order_by("fran", "artikel", "pk"))
