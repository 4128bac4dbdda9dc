"""Celery tasks that make files. They take ids only, and may run twice with the same end."""

from celery import shared_task

from ersattning.filer import actions
from ersattning.models import Korning
from ersattning.uppgift import AVBROTT, Uppgift
from utforare.models import Utforare


@shared_task(name=actions.UPPGIFT, base=Uppgift)
def skapa_filer(korning_id: int, omgang: int, utforare_id: int | None) -> None:
    """Make one provider's files, or the controller's workbook. Nothing if the month has been calculated anew since."""
    korning = Korning.objects.select_related("faststalld_av").filter(pk=korning_id, omgang=omgang).first()
    if korning is None:
        return
    utforare = Utforare.objects.get(pk=utforare_id) if utforare_id is not None else None
    try:
        actions.skapa_filer(korning=korning, utforare=utforare)
    except AVBROTT:
        raise
    except Exception as fel:
        actions.anteckna_misslyckad(korning=korning, utforare=utforare, fel=fel)
        raise
