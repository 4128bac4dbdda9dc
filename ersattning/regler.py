"""Codes of what it costs (docs/datapaket.md, docs/ersattning.md)."""

from django.db import models

from beslut.regler import Insats

REGELVERSION = 1  # of docs/ersattning.md as the code in kalkyl/ carries it out; raised when a rule changes


class Prisenhet(models.TextChoices):
    """What a price is for one of."""

    DYGN = "dygn", "dygn"
    DAG = "dag", "dag"
    TIMME = "timme", "timme"
    MANAD = "manad", "månad"


class Anstallningsform(models.TextChoices):
    """Form of employment, for arbetsbonus (R50)."""

    TILLSVIDARE = "tillsvidare", "tillsvidare"
    VISSTID = "visstid", "visstid"
    LONEBIDRAG = "lonebidrag", "lönebidrag"
    PRAKTIK = "praktik", "praktik"


class Status(models.TextChoices):
    """State of a körning (R40). `beraknas` while the workers are at it."""

    BERAKNAS = "beraknas", "beräknas"
    BERAKNAD = "beraknad", "beräknad"
    GRANSKAD = "granskad", "granskad"
    FASTSTALLD = "faststalld", "fastställd"
    UTBETALD = "utbetald", "utbetald"


FAST = (Status.FASTSTALLD, Status.UTBETALD)  # settled: nothing of it ever changes again


class Radtyp(models.TextChoices):
    """Why a row is there (R40, R50, R51)."""

    ORDINARIE = "ordinarie", "ordinarie"
    KREDITERING = "kreditering", "kreditering"
    RATTELSE = "rattelse", "rättelse"
    BONUS = "bonus", "bonus"
    JUSTERING = "justering", "justering"


class Artikel(models.TextChoices):
    """What a row pays for."""

    DYGN = "dygn", "dygn"
    NARVARO = "narvaro", "närvaro"
    FRANVARO = "franvaro", "frånvaro"
    MANAD = "manad", "månad"
    AVSLUT = "avslut", "dagar efter avslut"
    UTFORD_TID = "utford_tid", "utförd tid"
    BOMTID = "bomtid", "bomtid"
    BESTALLD_TID = "bestalld_tid", "beställd tid"
    ARBETSBONUS = "arbetsbonus", "arbetsbonus"
    TILLAGG = "tillagg", "tillägg"
    ENGANG = "engang", "engångsersättning"
    AVDRAG = "avdrag", "avdrag"
    VITE = "vite", "vite"


# Of rows that do not come out of a person's month, but of a decision: a bonus, what is taken back of one, a justering.
# R40 leaves them be.
UTAN_BERAKNING = (Artikel.ARBETSBONUS, Artikel.TILLAGG, Artikel.ENGANG, Artikel.AVDRAG, Artikel.VITE)


ORESUTJAMNING = "oresutjamning"  # an artikel of the konteringsmall only: what makes a total whole kronor


class Radenhet(models.TextChoices):
    """Unit of a row's antal."""

    DYGN = "dygn", "dygn"
    DAG = "dag", "dag"
    TIMME = "timme", "timme"
    MANAD = "manad", "månad"
    STYCK = "styck", "styck"


class Avvikelsekod(models.TextChoices):
    """What a person must look at (R6)."""

    VERKSTALLD_UTAN_BESLUT = "verkstalld_utan_beslut", "Verkställs utan gällande beslut"
    VERKSTALLD_EFTER_DODSFALL = "verkstalld_efter_dodsfall", "Verkställs efter dödsfall"
    AVTAL_SAKNAS = "avtal_saknas", "Avtal saknas"
    OMFATTNING_SAKNAS = "omfattning_saknas", "Beställd omfattning saknas"
    NIVA_SAKNAS = "niva_saknas", "Godkänd nivå saknas"
    PRIS_SAKNAS = "pris_saknas", "Pris saknas"
    BESOK_UTAN_TID = "besok_utan_tid", "Besöket blev noll minuter"
    OVER_BESTALLD_TID = "over_bestalld_tid", "Utfört över beställd tid"
    OVERLAPPANDE_BESOK = "overlappande_besok", "Överlappande besök"
    BESOK_VID_FRANVARO = "besok_vid_franvaro", "Besök under frånvaro"
    DUBBEL_VERKSTALLIGHET = "dubbel_verkstallighet", "Dubbel verkställighet"
    BONUS_ARSTAK = "bonus_arstak", "Bonus över årstaket"


class Bedomning(models.TextChoices):
    """What a person has made of an avvikelse."""

    ATGARDAS = "atgardas", "åtgärdas"
    GODTAS = "godtas", "godtas som den är"
    RATTAD = "rattad", "rättad i källan"


class Bonusdel(models.TextChoices):
    """Which of the bonus' payments (R50)."""

    START = "start", "vid anställningens start"
    REST = "rest", "efter kvalificeringstiden"


class Ansokanstatus(models.TextChoices):
    """State of a utförare's claim for arbetsbonus."""

    INSKICKAD = "inskickad", "inskickad"
    KOMPLETTERAS = "kompletteras", "ska kompletteras"
    BEVILJAD = "beviljad", "beviljad"
    AVSLAGEN = "avslagen", "avslagen"


class Justeringsslag(models.TextChoices):
    """What a justering is (R51): the artikel of its row. The first two pay the utförare, the others take from it."""

    TILLAGG = "tillagg", "tillägg enligt överenskommelse"
    ENGANG = "engang", "engångsersättning"
    AVDRAG = "avdrag", "avdrag"
    VITE = "vite", "vite"


OKAR = (Justeringsslag.TILLAGG, Justeringsslag.ENGANG)


class Justeringslage(models.TextChoices):
    """State of a justering (R51). Only what is föreslagen may become something else."""

    FORESLAGEN = "foreslagen", "föreslagen"
    GODKAND = "godkand", "godkänd"
    NEKAD = "nekad", "nekad"
    ATERKALLAD = "aterkallad", "återkallad"


class Bonusbesked(models.TextChoices):
    """A step of a claim: what the municipality said, or what the utförare answered."""

    KOMPLETTERING = "komplettering", "begärde komplettering"
    SVAR = "svar", "kompletterade"
    BIFALL = "bifall", "beviljade"
    AVSLAG = "avslag", "avslog"


class Aterkravsbeslut(models.TextChoices):
    """What a person has decided of a bonus that is paid, when the work ended or the person came back."""

    ATERKRAV = "aterkrav", "återkräv"
    LAT_STA = "lat_sta", "låt stå"


class Simuleringslage(models.TextChoices):
    """State of a simulering."""

    UTKAST = "utkast", "utkast"
    RAKNAS = "raknas", "räknas"
    KLAR = "klar", "klar"
    AVBRUTEN = "avbruten", "avbruten"
    MISSLYCKAD = "misslyckad", "misslyckad"


class Kanslighet(models.TextChoices):
    """What a sensitivity chart varies, point by point."""

    BOMTID = "bomtid", "bomtid som andel av beställd tid"
    BOMPRIS = "bompris", "andel av priset som bomtid betalas med"
    UTFORT = "utfort", "utförd tid som andel av beställd tid"
    UPPRAKNING = "upprakning", "uppräkning av priserna"


class Prognoskalla(models.TextChoices):
    """Where a month of a prognos comes from."""

    UTFALL = "utfall", "utfall"
    KORNING = "korning", "körning som inte är fastställd"
    RAKNAD = "raknad", "räknad på det som är registrerat, aldrig körd"
    PROGNOS = "prognos", "prognos"


# In which order small insatser fill a group in public (ADR 0016): those that seldom stand on their own come first.
# Fixed, so that the order tells nothing of a month; and the same everywhere, so that no two documents differ in it.
FYLLNADSORDNING = (
    Insats.KORTTIDSTILLSYN,
    Insats.KONTAKTPERSON_SOL,
    Insats.AVLOSNING,
    Insats.LEDSAGNING,
    Insats.AVLOSARSERVICE,
    Insats.LEDSAGARSERVICE,
    Insats.KONTAKTPERSON,
    Insats.BOSTAD_BARN,
    Insats.SARSKILT_BOENDE,
    Insats.KORTTIDSVISTELSE,
    Insats.PERSONLIG_ASSISTANS,
    Insats.SYSSELSATTNING,
    Insats.BOENDESTOD,
    Insats.BOSTAD_VUXNA,
    Insats.DAGLIG_VERKSAMHET,
)
