"""From a beslut to a verkställighet: orders to utförare, offers to the person, why it takes time, and reports of ends.

These are facts of ours, outside the import format. The verkställighet that an order leads to is a row of the format
(grund.datapaket.registrering).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from beslut.models import Beslut
from beslut.regler import Omfattningsenhet
from grund.giltighet import KODPUNKTER, TAS_ALDRIG_BORT, exakt_falt, giltiga_varden
from grund.models import Anvandare
from utforare.bestallningsregler import Bestallningsstatus, Drojsmalskod, Erbjudandesvar, Slutstatus
from utforare.models.utforare import Enhet
from utforare.models.utfort import Verkstallighet
from utforare.regler import Slutorsak

_S = Bestallningsstatus


def _vem(namn: str, *, tomt: bool = False) -> "models.ForeignKey[Anvandare, Anvandare]":
    return models.ForeignKey(Anvandare, models.PROTECT, null=tomt, related_name="+", verbose_name=namn)


class Bestallning(models.Model):
    """An order of a beslut's insats from an enhet. `antal` None = as decided. `start` is the day that is agreed.

    skickad → accepterad | avböjd | återkallad; accepterad → påbörjad | återkallad.
    """

    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="bestallningar")
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="bestallningar")
    omfattning = models.CharField("omfattning", max_length=40, blank=True, db_collation=KODPUNKTER)
    antal = exakt_falt("antal", tomt=True)
    antal_enhet = models.CharField("enhet", max_length=12, choices=Omfattningsenhet, blank=True)
    onskad_start = models.DateField("önskad start")
    meddelande = models.TextField("meddelande", blank=True)
    status = models.CharField("läge", max_length=10, choices=Bestallningsstatus, default=_S.SKICKAD)
    skickad = models.DateTimeField("skickad")
    skickad_av = _vem("skickad av")
    besvarad = models.DateTimeField("besvarad", null=True)
    besvarad_av = _vem("besvarad av", tomt=True)
    start = models.DateField("start", null=True)
    plats = models.CharField("plats", max_length=100, blank=True)
    orsak = models.TextField("varför den avböjdes eller återkallades", blank=True)
    avslutad = models.DateTimeField("påbörjad eller återkallad", null=True)
    avslutad_av = _vem("påbörjad eller återkallad av", tomt=True)
    verkstallighet = models.OneToOneField(Verkstallighet, models.PROTECT, null=True, related_name="bestallning")

    class Meta:
        verbose_name = "beställning"
        verbose_name_plural = "beställningar"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        indexes: ClassVar = [
            models.Index(fields=["enhet", "status"], name="bestallning_enhet"),
            models.Index(fields=["-skickad"], name="bestallning_skickad"),
        ]
        constraints: ClassVar = [
            giltiga_varden("bestallning_status", "status", Bestallningsstatus),
            giltiga_varden("bestallning_antal_enhet", "antal_enhet", Omfattningsenhet, tomt=True),
            models.CheckConstraint(
                name="bestallning_antal_helt",
                condition=Q(antal__isnull=True, antal_enhet="") | Q(antal__gt=0) & ~Q(antal_enhet=""),
                violation_error_message="Antal och enhet anges tillsammans, och antalet är större än 0.",
            ),
            models.CheckConstraint(
                name="bestallning_svar_helt",
                condition=Q(status__in=[_S.SKICKAD, _S.ATERKALLAD])
                | Q(besvarad__isnull=False, besvarad_av__isnull=False),
                violation_error_message="Ett svar på en beställning säger vem som svarade och när.",
            ),
            models.CheckConstraint(
                name="bestallning_start_vid_accept",
                condition=~Q(status__in=[_S.ACCEPTERAD, _S.PABORJAD]) | Q(start__isnull=False),
                violation_error_message="En accepterad beställning har en startdag.",
            ),
            models.CheckConstraint(
                name="bestallning_orsak",
                condition=~Q(status__in=[_S.AVBOJD, _S.ATERKALLAD]) | ~Q(orsak=""),
                violation_error_message="En beställning som avböjs eller återkallas har en orsak.",
            ),
            models.CheckConstraint(
                name="bestallning_paborjad_har_verkstallighet",
                condition=Q(status=_S.PABORJAD, verkstallighet__isnull=False)
                | ~Q(status=_S.PABORJAD) & Q(verkstallighet__isnull=True),
                violation_error_message="En påbörjad beställning har en verkställighet, och bara den.",
            ),
            models.CheckConstraint(
                name="bestallning_avslut_helt",
                condition=~Q(status__in=[_S.ATERKALLAD, _S.PABORJAD])
                | Q(avslutad__isnull=False, avslutad_av__isnull=False),
                violation_error_message="En beställning som påbörjas eller återkallas säger av vem och när.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"BE-{self.pk}"


class Erbjudande(models.Model):
    """What the person has been offered, and the answer. A declined offer does not stop the clock (LSS 28 f §)."""

    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="erbjudanden")
    bestallning = models.ForeignKey(Bestallning, models.PROTECT, null=True, related_name="erbjudanden")
    datum = models.DateField("erbjudet")
    vad = models.CharField("vad som erbjöds", max_length=300)
    registrerat_av = _vem("registrerat av")
    svar = models.CharField("svar", max_length=3, choices=Erbjudandesvar, blank=True)
    svarsdatum = models.DateField("svarade", null=True)
    skal = models.TextField("skäl till svaret", blank=True)
    svar_registrerat_av = _vem("svaret registrerat av", tomt=True)

    class Meta:
        verbose_name = "erbjudande"
        verbose_name_plural = "erbjudanden"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("erbjudande_svar", "svar", Erbjudandesvar, tomt=True),
            models.CheckConstraint(
                name="erbjudande_svar_helt",
                condition=Q(svar="", svarsdatum__isnull=True, svar_registrerat_av__isnull=True)
                | ~Q(svar="") & Q(svarsdatum__isnull=False, svar_registrerat_av__isnull=False),
                violation_error_message="Ett svar på ett erbjudande har en dag, och säger vem som registrerade det.",
            ),
            models.CheckConstraint(
                name="erbjudande_svar_efter",
                condition=Q(svarsdatum__isnull=True) | Q(svarsdatum__gte=F("datum")),
                violation_error_message="Svaret kan inte komma före erbjudandet.",
            ),
            models.CheckConstraint(
                name="erbjudande_nej_har_skal",
                condition=~Q(svar=Erbjudandesvar.NEJ) | ~Q(skal=""),
                violation_error_message="Skriv varför personen tackade nej.",
            ),
        ]

    def __str__(self) -> str:
        return self.vad


class Drojsmal(models.Model):
    """Why a beslut is not carried out, as it was on a day; the latest counts. An individrapport to IVO asks for it."""

    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="drojsmal")
    kod = models.CharField("orsak", max_length=14, choices=Drojsmalskod)
    text = models.TextField("skälen i korthet")
    andra_insatser = models.TextField("andra insatser under tiden", blank=True)
    konsekvens = models.TextField("vad dröjsmålet betyder för personen", blank=True)
    skriven = models.DateTimeField("skriven")
    skriven_av = _vem("skriven av")

    class Meta:
        verbose_name = "orsak till dröjsmål"
        verbose_name_plural = "orsaker till dröjsmål"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("drojsmal_kod", "kod", Drojsmalskod),
            models.CheckConstraint(
                name="drojsmal_text",
                condition=~Q(text=""),
                violation_error_message="Skriv skälen i korthet.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kod_display()


class Slutanmalan(models.Model):
    """A utförare reports that a verkställighet has ended; a handläggare confirms, and then it has."""

    verkstallighet = models.ForeignKey(Verkstallighet, models.PROTECT, related_name="slutanmalningar")
    sista_dag = models.DateField("sista dag")
    orsak = models.CharField("slutorsak", max_length=13, choices=Slutorsak)
    text = models.TextField("vad som har hänt", blank=True)
    status = models.CharField("läge", max_length=9, choices=Slutstatus, default=Slutstatus.ANMALD)
    anmald = models.DateTimeField("anmäld")
    anmald_av = _vem("anmäld av")
    provad = models.DateTimeField("prövad", null=True)
    provad_av = _vem("prövad av", tomt=True)
    svar = models.TextField("svar", blank=True)

    class Meta:
        verbose_name = "slutanmälan"
        verbose_name_plural = "slutanmälningar"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("slutanmalan_status", "status", Slutstatus),
            giltiga_varden("slutanmalan_orsak", "orsak", Slutorsak),
            models.UniqueConstraint(
                fields=["verkstallighet"],
                condition=Q(status=Slutstatus.ANMALD),
                name="slutanmalan_en_i_taget",
                violation_error_message="Slutet är redan anmält och väntar på handläggaren.",
            ),
            models.CheckConstraint(
                name="slutanmalan_provad_helt",
                condition=Q(status=Slutstatus.ANMALD, provad__isnull=True) | Q(provad__isnull=False),
                violation_error_message="En prövad slutanmälan säger när den prövades.",
            ),
            models.CheckConstraint(
                name="slutanmalan_avvisad_har_svar",
                condition=~Q(status=Slutstatus.AVVISAD) | ~Q(svar=""),
                violation_error_message="Den som avvisar en slutanmälan skriver varför.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verkstallighet_id} {self.sista_dag}"
