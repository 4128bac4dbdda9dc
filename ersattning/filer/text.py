"""Headings and names of the files."""

from django.conf import settings
from django.utils.text import slugify

from ersattning.filer.innehall import Specifikation
from ersattning.models import Korning
from ersattning.models.fil import Filslag
from grund.text import manad_i_ord
from grund.tid import Manad, lokal_dag
from utforare.models import Utforare

PRELIMINAR = "Preliminär – inte fastställd"
_LANGSTA_NAMN = 60
_UTBETALNING = {
    Filslag.BOKFORINGSORDER_SIE: ("bokforingsorder", "si"),
    Filslag.BOKFORINGSORDER_CSV: ("bokforingsorder", "csv"),
    Filslag.FAKTUROR_CSV: ("forvantade-fakturor", "csv"),
    Filslag.FAKTURARADER_CSV: ("forvantade-fakturor-rader", "csv"),
    Filslag.FAKTUROR_SIE: ("forvantade-fakturor", "si"),
}


def kommun() -> str:
    """The municipality's name, from the settings."""
    return str(getattr(settings, "KOMMUN", "Kommunen"))


def statustext(korning: Korning) -> str:
    """`Fastställd 2026-06-08 av Gunnel Ask`, or that it is not."""
    if not (korning.ar_fast and korning.faststalld and korning.faststalld_av):
        return PRELIMINAR
    namn = korning.faststalld_av.get_full_name() or korning.faststalld_av.get_username()
    return f"Fastställd {lokal_dag(korning.faststalld)} av {namn}"


def spec_titel(spec: Specifikation) -> str:
    """The title of a specification: `Ersättningsspecifikation maj 2026, Namn`."""
    titel = f"Ersättningsspecifikation {manad_i_ord(spec.manad)}, {spec.mottagare.namn}"
    return f"{titel} (preliminär)" if spec.preliminar else titel


def filnamn(korning: Korning, slag: Filslag, utforare: Utforare | None) -> str:
    """Where the file is kept below FILER_DIR. The provider's number tells two of the same name apart."""
    manad = str(Manad.av(korning.manad))
    mapp = manad if korning.ar_fast else f"{manad}/preliminar"
    if slag in _UTBETALNING:
        namn, andelse = _UTBETALNING[slag]
        return f"{mapp}/{namn}-{manad}.{andelse}"
    if utforare is None:
        return f"{mapp}/ersattning-{manad}.xlsx"
    namn = slugify(utforare.namn)[:_LANGSTA_NAMN].strip("-")
    andelse = "pdf" if slag == Filslag.SPECIFIKATION_PDF else "xlsx"
    vad = "underlag" if slag == Filslag.UNDERLAG_XLSX else "ersattningsspecifikation"
    return f"{mapp}/{'-'.join(filter(None, [vad, manad, namn, str(utforare.pk)]))}.{andelse}"
