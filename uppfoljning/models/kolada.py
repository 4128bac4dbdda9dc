"""Key figures of Kolada, as they were fetched: what they are called, of which municipalities, and their values."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from grund.giltighet import exakt_falt, giltiga_varden
from uppfoljning.brukarundersokning.regler import Kon
from uppfoljning.kolada.regler import Egetvarde
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig

_KPI = Q(kpi__regex=r"^[NU][0-9]{5}$")
_KPI_FEL = "Nyckeltalets id är N eller U och fem siffror."


class Koladanyckeltal(Uppgiftsrad):
    """A key figure. `eget`: what of ours is counted by the same definition, and `varfor` it is; or nothing."""

    kpi = models.CharField("nyckeltal", max_length=6)
    titel = models.CharField("titel", max_length=300)
    matt = models.CharField("mått", max_length=40)
    eget = models.CharField("eget värde", max_length=30, choices=Egetvarde, blank=True)
    varfor = models.CharField("varför det är samma", max_length=300, blank=True)

    class Meta:
        verbose_name = "nyckeltal i Kolada"
        verbose_name_plural = "nyckeltal i Kolada"
        triggers: ClassVar = [oforanderlig("koladanyckeltal")]
        constraints: ClassVar = [
            models.CheckConstraint(name="koladanyckeltal_kpi", condition=_KPI, violation_error_message=_KPI_FEL),
            giltiga_varden("koladanyckeltal_eget", "eget", Egetvarde, tomt=True),
            models.CheckConstraint(
                name="koladanyckeltal_varfor",
                condition=Q(eget="", varfor="") | ~Q(eget="") & ~Q(varfor=""),
                violation_error_message="Ett eget värde har ett skäl: varför definitionen är densamma.",
            ),
        ]


class Koladakommun(Uppgiftsrad):
    """A municipality or a region, or the whole country (0000)."""

    kommun = models.CharField("kommun", max_length=4)
    namn = models.CharField("namn", max_length=100)

    class Meta:
        verbose_name = "kommun i Kolada"
        verbose_name_plural = "kommuner i Kolada"
        triggers: ClassVar = [oforanderlig("koladakommun")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="koladakommun_kod",
                condition=Q(kommun__regex=r"^[0-9]{4}$"),
                violation_error_message="Kommunkoden har fyra siffror.",
            ),
        ]


class Koladavarde(Uppgiftsrad):
    """A value of a year. None = Kolada has none, and `status` may say why."""

    kpi = models.CharField("nyckeltal", max_length=6)
    kommun = models.CharField("kommun", max_length=4)
    ar = models.IntegerField("år")
    kon = models.CharField("kön", max_length=1, choices=Kon)
    varde = exakt_falt("värde", tomt=True)
    status = models.CharField("status", max_length=20, blank=True)

    class Meta:
        verbose_name = "värde i Kolada"
        verbose_name_plural = "värden i Kolada"
        triggers: ClassVar = [oforanderlig("koladavarde")]
        indexes: ClassVar = [models.Index(fields=["fil", "kpi"], name="koladavarde_kpi")]
        constraints: ClassVar = [
            models.CheckConstraint(name="koladavarde_kpi", condition=_KPI, violation_error_message=_KPI_FEL),
            giltiga_varden("koladavarde_kon", "kon", Kon),
            models.UniqueConstraint(
                fields=["fil", "kpi", "kommun", "ar", "kon"],
                name="koladavarde_en_gang",
                violation_error_message="Värdet står två gånger i filen.",
            ),
        ]
