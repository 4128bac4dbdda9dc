"""The codes of what is ours beyond the import format: ärenden, drafts, appeals and follow-ups."""

from django.db import models


class Sokande(models.TextChoices):
    """Who asks for the insats (LSS 8 §): the person, or somebody who may ask for them."""

    SJALV = "sjalv", "personen själv"
    VARDNADSHAVARE = "vardnadshavare", "vårdnadshavare"
    FORMYNDARE = "formyndare", "förmyndare"
    GOD_MAN = "god_man", "god man"
    FORVALTARE = "forvaltare", "förvaltare"
    FRAMTIDSFULLMAKT = "framtidsfullmakt", "framtidsfullmaktshavare"


class Arendeslag(models.TextChoices):
    """What began the ärende."""

    ANSOKAN = "ansokan", "ansökan"
    OMPROVNING = "omprovning", "omprövning"
    OVERKLAGAT = "overklagat", "ändring efter överklagande"
    ATERFORVISAD = "aterforvisad", "återförvisad av domstol"


class Arendestatus(models.TextChoices):
    """How far the ärende has come."""

    UTREDS = "utreds", "utreds"
    FORESLAGET = "foreslaget", "väntar på beslut"
    BESLUTAT = "beslutat", "beslutat"
    AVSLUTAT = "avslutat", "avslutat utan beslut"


class Avslutsskal(models.TextChoices):
    """Why an ärende ended without a decision."""

    ATERTAGEN = "atertagen", "ansökan är återtagen"
    AVLIDEN = "avliden", "personen är avliden"
    FLYTTAT = "flyttat", "personen har flyttat till en annan kommun"
    ANNAT = "annat", "annat skäl"


class Avsnitt(models.TextChoices):
    """The parts of a utredning: what is asked for, the livsområden of ICF and IBIC, and the assessment."""

    BAKGRUND = "bakgrund", "Bakgrund och vad som söks"
    LARANDE = "d1", "Lärande och att tillämpa kunskap"
    UPPGIFTER = "d2", "Allmänna uppgifter och krav"
    KOMMUNIKATION = "d3", "Kommunikation"
    FORFLYTTNING = "d4", "Förflyttning"
    VARD = "d5", "Personlig vård"
    HEMLIV = "d6", "Hemliv"
    RELATIONER = "d7", "Mellanmänskliga interaktioner och relationer"
    ARBETE = "d8", "Utbildning, arbete, sysselsättning och ekonomiskt liv"
    SAMHALLE = "d9", "Samhällsgemenskap, socialt och medborgerligt liv"
    TRYGGHET = "trygghet", "Känsla av trygghet"
    NARSTAENDE = "narstaende", "Personligt stöd från närstående"
    BEDOMNING = "bedomning", "Bedömning"


class Kommuniceringssatt(models.TextChoices):
    """How the party was given the material of the utredning (FL 25 §)."""

    BREV = "brev", "brev"
    MOTE = "mote", "möte"
    TELEFON = "telefon", "telefon"
    DIGITALT = "digitalt", "säker digital post"
    OBEHOVLIGT = "obehovligt", "behövs uppenbart inte"


class Forslagsstatus(models.TextChoices):
    """How far a draft of a decision has come."""

    UTKAST = "utkast", "utkast"
    FORESLAGET = "foreslaget", "väntar på underskrift"
    UNDERTECKNAT = "undertecknat", "undertecknat"


class Andringsgrund(models.TextChoices):
    """What lets a decision that holds be replaced by another one (FL 37 §)."""

    NY_TID = "ny_tid", "tiden går ut, det nya beslutet tar vid dagen efter"
    FORDEL = "fordel", "ändringen är till personens fördel"
    EGEN_BEGARAN = "egen_begaran", "personen har själv begärt ändringen"
    FORBEHALL = "forbehall", "beslutet har ett förbehåll om återkallelse (37 § andra stycket 1)"
    SAKERHET = "sakerhet", "tvingande säkerhetsskäl (37 § andra stycket 2)"
    ORIKTIGT = "oriktigt", "personen har lämnat oriktiga eller vilseledande uppgifter (37 § andra stycket 3)"


class Delgivningssatt(models.TextChoices):
    """How the party got the decision."""

    BREV = "brev", "vanligt brev"
    MOTTAGNINGSBEVIS = "mottagningsbevis", "brev med mottagningsbevis"
    OVERLAMNAT = "overlamnat", "överlämnat personligen"
    DIGITALT = "digitalt", "säker digital post"


class Uppfoljningssatt(models.TextChoices):
    """How the follow-up was made."""

    HEMBESOK = "hembesok", "hembesök"
    HOS_UTFORAREN = "hos_utforaren", "besök hos utföraren"
    MOTE = "mote", "möte"
    TELEFON = "telefon", "telefon"


class Uppfoljningsresultat(models.TextChoices):
    """What the follow-up came to. It never changes the decision by itself."""

    FORTSATT = "fortsatt", "stödet fungerar och kan fortsätta som det är"
    ANDRAT = "andrat", "behovet har ändrats, beslutet bör omprövas"
    UPPHORT = "upphort", "behovet finns inte kvar, beslutet bör omprövas"


class Overklagandesteg(models.TextChoices):
    """How far an appeal has come (FL 38–39, 45–46 §§)."""

    INKOMMET = "inkommet", "ska rättidsprövas"
    I_TID = "i_tid", "ska omprövas av nämnden"
    AVVISAT = "avvisat", "avvisat, kom in för sent"
    ANDRAT = "andrat", "nämnden ändrar beslutet"
    OMPROVAT = "omprovat", "ska lämnas till domstolen"
    OVERLAMNAT = "overlamnat", "hos domstolen"
    AVGJORT = "avgjort", "avgjort av domstolen"


class Domsutfall(models.TextChoices):
    """What the court came to."""

    BIFALL = "bifall", "bifall"
    DELVIS = "delvis", "delvis bifall"
    AVSLAG = "avslag", "avslag"
    ATERFORVISAD = "aterforvisad", "återförvisat till nämnden"
    AVSKRIVET = "avskrivet", "avskrivet"
