"""What has been made of an avvikelse, as its page shows it."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from ersattning.bedomningar import ar_som_da, historia
from ersattning.models import Avvikelse, Avvikelsebedomning
from ersattning.regler import Bedomning
from ersattning.tables import bedomningsmarke
from ersattning.visning import namn
from grund.text import tidpunkt_i_ord


class Bedomt(NamedTuple):
    """An assessment: the word in its frame, when and by whom, the note, and what to know of it today."""

    marke: SafeString
    nar: str
    av: str
    anteckning: str
    not_: str


def bedomt(pk: int) -> dict[str, object]:
    """The context of the page's part about assessments, the latest first."""
    avvikelse = Avvikelse.objects.select_related("korning").get(pk=pk)
    return {"bedomt": [_ett(ett, avvikelse, nummer == 0) for nummer, ett in enumerate(historia(avvikelse))]}


def _ett(ett: Avvikelsebedomning, avvikelse: Avvikelse, senast: bool) -> Bedomt:
    kvar = senast and ett.bedomning == Bedomning.RATTAD and ett.nar < avvikelse.korning.startad
    not_ = "Månaden har räknats om sedan dess, och avvikelsen finns kvar." if kvar else ""
    if not ar_som_da(ett, avvikelse):
        not_ = "Avvikelsen har ändrats sedan dess: den gällde andra dagar eller minuter."
    return Bedomt(
        bedomningsmarke(ett.bedomning, bedomd=not kvar), tidpunkt_i_ord(ett.nar), namn(ett.av), ett.anteckning, not_
    )
