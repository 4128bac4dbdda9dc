"""Which files there are, and which holds."""

from django.db.models import QuerySet

from uppfoljning.models import Uppgiftsfil


def gallande(slag: str, period: str = "") -> Uppgiftsfil | None:
    """The file of the kind that holds for the period; None when there is none."""
    return Uppgiftsfil.objects.filter(slag=slag, period=period).order_by("-version").first()


def gallande_per_period(slag: str) -> dict[str, Uppgiftsfil]:
    """The file that holds, of each period that there is one for, in the order of periods."""
    alla = Uppgiftsfil.objects.filter(slag=slag).order_by("period", "version")
    return {fil.period: fil for fil in alla}


def filer(slag: str = "") -> QuerySet[Uppgiftsfil]:
    """All that has been taken in, newest first."""
    alla = Uppgiftsfil.objects.select_related("inlast_av").order_by("-inlast", "-pk")
    return alla.filter(slag=slag) if slag else alla
