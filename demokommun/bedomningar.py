"""What Klara has made of the demo's avvikelser: all of the first month, and most of the second."""

from datetime import datetime

from ersattning.bedomningar import bedom
from ersattning.models import Avvikelse, Avvikelsebedomning, Korning
from ersattning.regler import Avvikelsekod, Bedomning
from grund.models import Anvandare

_SAGT = {
    Avvikelsekod.VERKSTALLD_UTAN_BESLUT: (
        Bedomning.ATGARDAS,
        "Handläggarna är tillfrågade om nya beslut.",
    ),
    Avvikelsekod.VERKSTALLD_EFTER_DODSFALL: (Bedomning.ATGARDAS, "Enheten ombedd att ta tillbaka dagarna."),
    Avvikelsekod.AVTAL_SAKNAS: (Bedomning.ATGARDAS, "Eva ser över om avtalet ska förlängas."),
    Avvikelsekod.OMFATTNING_SAKNAS: (Bedomning.ATGARDAS, "Handläggaren fyller i beställda timmar."),
    Avvikelsekod.NIVA_SAKNAS: (Bedomning.ATGARDAS, "Nivåbedömning är beställd."),
    Avvikelsekod.PRIS_SAKNAS: (Bedomning.ATGARDAS, "Eva kontrollerar om prislistan ska kompletteras."),
    Avvikelsekod.BESOK_UTAN_TID: (Bedomning.GODTAS, "Tiderna stämmer enligt utföraren. Inget att ersätta."),
    Avvikelsekod.OVER_BESTALLD_TID: (Bedomning.GODTAS, "Taket ska gälla. Utföraren är informerad."),
    Avvikelsekod.OVERLAPPANDE_BESOK: (Bedomning.GODTAS, "Dubbelbemanning enligt beställningen, båda är rätt."),
    Avvikelsekod.BESOK_VID_FRANVARO: (Bedomning.ATGARDAS, "Boendet kontrollerar frånvaron."),
    Avvikelsekod.DUBBEL_VERKSTALLIGHET: (Bedomning.ATGARDAS, "Frågat båda enheterna om flyttdagen."),
    Avvikelsekod.BONUS_ARSTAK: (Bedomning.GODTAS, "Taket stämmer. Utföraren är informerad."),
}
_KVAR = {Avvikelsekod.BESOK_VID_FRANVARO, Avvikelsekod.PRIS_SAKNAS, Avvikelsekod.OVERLAPPANDE_BESOK}


def bedom_demons(nu: datetime) -> None:
    """Note it, once. Of the latest month some kinds are left for whoever tries."""
    if Avvikelsebedomning.objects.exists():
        return
    klara = Anvandare.objects.get(username="klara")
    korningar = list(Korning.objects.order_by("manad"))
    for korning in korningar:
        for kod, (bedomning, anteckning) in _SAGT.items():
            urval = Avvikelse.objects.filter(korning=korning, ny=True, kod=kod).order_by("pk")
            pks = list(urval.values_list("pk", flat=True))
            if pks and not (korning == korningar[-1] and kod in _KVAR):
                bedom(avvikelser=pks, bedomning=bedomning, anteckning=anteckning, av=klara, nu=nu)
