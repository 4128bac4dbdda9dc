"""Two simuleringar beside each other: every variant of both, and where their questions differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import django_tables2 as tables

from beslut.ord import insats_i_ord
from ersattning.simulering.diagram import Staplar, staplar
from ersattning.simulering.resultat import Resultat
from ersattning.simulering.tables import period_i_ord
from grund.tabeller import Skillnadskolumn, Tabell, Talkolumn
from grund.text import och


class Jamforelsetabell(Tabell):
    """All variants, against what is in the first."""

    simulering = tables.Column("Simulering")
    variant = tables.Column("Variant")
    kronor = Talkolumn("Kostnad kr")
    mot = Skillnadskolumn("Mot den första kr")
    per_personmanad = Talkolumn("Kr per person och månad")

    class Meta(Tabell.Meta):
        caption = "Varianterna i båda simuleringarna"
        caption_dold = True
        kort = True
        huvud = "kronor"
        orderable = False


@dataclass(frozen=True, slots=True)
class Jamforelse:
    """Both, as a table and a picture. `olikheter`: in what the questions differ, so that sums are not misread."""

    en: Resultat
    annan: Resultat
    tabell: Jamforelsetabell
    staplar: Staplar
    olikheter: Sequence[str]


def jamfor_tva(en: Resultat, annan: Resultat) -> Jamforelse:
    """The two beside each other."""
    nu = en.varianter[0].kronor
    rader = [
        {
            "simulering": f"{nummer}. {ett.simulering.namn}",
            "variant": variant.namn,
            "kronor": variant.kronor,
            "mot": variant.kronor - nu,
            "per_personmanad": variant.per_personmanad,
        }
        for nummer, ett in enumerate((en, annan), 1)
        for variant in ett.varianter
    ]
    bild = [
        (f"{nummer}. {variant.namn}", variant.kronor)
        for nummer, ett in enumerate((en, annan), 1)
        for variant in ett.varianter
    ]
    return Jamforelse(en, annan, Jamforelsetabell(rader), staplar(bild), _olikheter(en, annan))


def _olikheter(en: Resultat, annan: Resultat) -> list[str]:
    svar = []
    a, b = en.simulering, annan.simulering
    if (a.fran, a.till) != (b.fran, b.till):
        svar.append(f"De gäller olika månader: {period_i_ord(a)} och {period_i_ord(b)}.")
    if a.insats != b.insats:
        namn = [insats_i_ord(ett.insats) if ett.insats else "alla insatser" for ett in (a, b)]
        svar.append(f"De gäller olika insatser: {och(namn)}.")
    if set(a.utforare.values_list("pk", flat=True)) != set(b.utforare.values_list("pk", flat=True)):
        svar.append("De gäller olika utförare.")
    if not svar and a.andring_nr != b.andring_nr:
        svar.append("De är räknade vid olika tillfällen, och underlaget har ändrats däremellan.")
    return svar
