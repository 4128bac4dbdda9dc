"""Roles and what each may do. Access is closed by default; a rule answers with reasons, an empty list means yes."""

from enum import StrEnum

from django.db import models


class Roll(models.TextChoices):
    """Whom a user acts as. A user may hold several."""

    HANDLAGGARE = "handlaggare", "handläggare"
    GRUPPCHEF = "gruppchef", "gruppchef"
    AVTALSSAMORDNARE = "avtalssamordnare", "avtalssamordnare"
    UTFORARE = "utforare", "utförare"
    CONTROLLER = "controller", "controller"
    NAMNDSEKRETERARE = "namndsekreterare", "nämndsekreterare"
    REVISOR = "revisor", "revisor"
    SYSTEMFORVALTARE = "systemforvaltare", "systemförvaltare"


class Ratt(StrEnum):
    """A thing that someone may be allowed to do."""

    HANDLAGGA = "handlägga personers ärenden"
    FORDELA = "fördela ärenden mellan handläggare"
    SKOTA_DELEGATION = "ändra vem som får fatta beslut"
    BEDOMA_NIVA = "göra en nivåbedömning"
    KASTA_NIVA = "kasta en nivåbedömning som någon annan har påbörjat"
    PROVA_NIVA = "pröva en nivåbedömning"
    RAPPORTERA = "rapportera för en enhet"
    SE_UNDERLAG = "se beslut, nivåer och vad som har utförts, utan namn"
    SE_AVTAL = "se avtal och priser"
    SKOTA_AVTAL = "lägga upp avtal och priser"
    SE_BONUS = "se ansökningar om arbetsbonus och vad bonusen ger"
    PROVA_BONUS = "besluta om arbetsbonus och återkrav"
    SE_ERSATTNING = "se ersättningen och vad den bygger på"
    KORA_MANAD = "köra en månad"
    GRANSKA_MANAD = "granska en månad"
    FASTSTALLA_MANAD = "fastställa en månad"
    BETALA_MANAD = "göra utbetalningsunderlag och markera en månad som utbetald"
    SE_JUSTERINGAR = "se tillägg, avdrag och viten som är bestämda för hand"
    FORESLA_JUSTERING = "föreslå en justering"
    GODKANNA_JUSTERING = "godkänna eller neka en justering"
    SKOTA_KONTERING = "ändra konteringsmallen"
    SE_SIMULERINGAR = "se vad andra villkor skulle kosta"
    SIMULERA = "räkna ut vad andra villkor skulle kosta"
    SE_PROGNOS = "se budget och prognos"
    GORA_PROGNOS = "göra prognoser och lägga in budget"
    SE_RAPPORTER = "se rapporter"
    SKOTA_UPPFOLJNING = "lägga in uppgifter som rapporterna behöver, och anteckna vad de leder till"
    SKOTA_HANDLINGSPLAN = "lägga upp handlingsplaner och följa upp deras åtgärder"
    LAMNA_STATISTIK = "göra och lämna statistik med personnummer till Socialstyrelsen"
    GORA_TJANSTEUTLATANDE = "göra ett tjänsteutlåtande"
    BEDOMA_FYND = "anteckna vad som görs åt ett fynd"
    SE_SIGNALER = "se det som är värt att titta på"
    BEDOMA_SIGNALER = "anteckna vad en signal har lett till"
    SKOTA_GRANSER = "ändra gränserna för fynd och signaler"
    KONTRASIGNERA_DOKUMENT = "kontrasignera ett dokument till nämnden"
    SKOTA_DOKUMENTMALLAR = "ändra mallarna för nämndens dokument"
    SE_HANDELSER = "se vem som har gjort vad"
    SE_LASNINGAR = "se vem som har öppnat en persons uppgifter"
    KONTROLLERA_LASNINGAR = "kontrollera vem som har öppnat personers uppgifter"
    SE_GALLRING = "se vad som ska gallras och vad som har gallrats"
    FORESLA_GALLRING = "föreslå vilka akter som ska gallras"
    BESLUTA_GALLRING = "besluta om gallring"
    FORVALTA_ANVANDARE = "förvalta användare"
    SKOTA_DRIFTEN = "se hur systemet mår och kvittera det som har gått fel"


RATTER: dict[Ratt, frozenset[Roll]] = {
    Ratt.HANDLAGGA: frozenset({Roll.HANDLAGGARE, Roll.GRUPPCHEF}),
    Ratt.FORDELA: frozenset({Roll.GRUPPCHEF}),
    Ratt.SKOTA_DELEGATION: frozenset({Roll.GRUPPCHEF}),
    Ratt.BEDOMA_NIVA: frozenset({Roll.HANDLAGGARE, Roll.GRUPPCHEF, Roll.UTFORARE}),
    Ratt.KASTA_NIVA: frozenset({Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE}),
    Ratt.PROVA_NIVA: frozenset({Roll.AVTALSSAMORDNARE}),
    Ratt.RAPPORTERA: frozenset({Roll.UTFORARE}),
    Ratt.SE_UNDERLAG: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.REVISOR}),
    Ratt.SE_AVTAL: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.REVISOR}),
    Ratt.SKOTA_AVTAL: frozenset({Roll.CONTROLLER, Roll.AVTALSSAMORDNARE}),
    Ratt.SE_BONUS: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.REVISOR}),
    Ratt.PROVA_BONUS: frozenset({Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE}),
    Ratt.SE_ERSATTNING: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.REVISOR}),
    Ratt.KORA_MANAD: frozenset({Roll.CONTROLLER}),
    Ratt.GRANSKA_MANAD: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.FASTSTALLA_MANAD: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.BETALA_MANAD: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.SE_JUSTERINGAR: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.REVISOR}),
    Ratt.FORESLA_JUSTERING: frozenset({Roll.CONTROLLER, Roll.AVTALSSAMORDNARE}),
    Ratt.GODKANNA_JUSTERING: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.SKOTA_KONTERING: frozenset({Roll.CONTROLLER}),
    Ratt.SE_SIMULERINGAR: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.REVISOR}),
    Ratt.SIMULERA: frozenset({Roll.CONTROLLER, Roll.AVTALSSAMORDNARE}),
    Ratt.SE_PROGNOS: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.NAMNDSEKRETERARE, Roll.REVISOR}),
    Ratt.GORA_PROGNOS: frozenset({Roll.CONTROLLER}),
    Ratt.SE_RAPPORTER: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.NAMNDSEKRETERARE, Roll.REVISOR}),
    Ratt.SKOTA_UPPFOLJNING: frozenset({Roll.CONTROLLER, Roll.AVTALSSAMORDNARE}),
    Ratt.SKOTA_HANDLINGSPLAN: frozenset({Roll.CONTROLLER, Roll.AVTALSSAMORDNARE, Roll.GRUPPCHEF}),
    Ratt.LAMNA_STATISTIK: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.GORA_TJANSTEUTLATANDE: frozenset({Roll.CONTROLLER, Roll.NAMNDSEKRETERARE}),
    Ratt.BEDOMA_FYND: frozenset({Roll.HANDLAGGARE, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.CONTROLLER}),
    Ratt.SE_SIGNALER: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.REVISOR}),
    Ratt.BEDOMA_SIGNALER: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF}),
    Ratt.SKOTA_GRANSER: frozenset({Roll.CONTROLLER}),
    Ratt.KONTRASIGNERA_DOKUMENT: frozenset({Roll.GRUPPCHEF}),
    Ratt.SKOTA_DOKUMENTMALLAR: frozenset({Roll.NAMNDSEKRETERARE}),
    Ratt.SE_HANDELSER: frozenset({Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.NAMNDSEKRETERARE, Roll.REVISOR}),
    Ratt.SE_LASNINGAR: frozenset({Roll.GRUPPCHEF, Roll.REVISOR}),
    Ratt.KONTROLLERA_LASNINGAR: frozenset({Roll.GRUPPCHEF}),
    Ratt.SE_GALLRING: frozenset({Roll.NAMNDSEKRETERARE, Roll.GRUPPCHEF, Roll.REVISOR, Roll.SYSTEMFORVALTARE}),
    Ratt.FORESLA_GALLRING: frozenset({Roll.NAMNDSEKRETERARE}),
    Ratt.BESLUTA_GALLRING: frozenset({Roll.GRUPPCHEF}),
    Ratt.FORVALTA_ANVANDARE: frozenset({Roll.SYSTEMFORVALTARE}),
    Ratt.SKOTA_DRIFTEN: frozenset({Roll.SYSTEMFORVALTARE}),
}


# Those whose pages show persons by name, and so may be named to see the protected among them.
SER_NAMN = frozenset({Roll.HANDLAGGARE, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.UTFORARE})


def har_ratt(roller: list[str], ratt: Ratt) -> bool:
    """Whether someone with `roller` may do `ratt`."""
    return not hinder_for_ratt(roller, ratt)


def hinder_for_ratt(roller: list[str], ratt: Ratt) -> list[str]:
    """Why someone with `roller` may not do `ratt`; empty when allowed."""
    if RATTER[ratt] & {Roll(roll) for roll in roller}:
        return []
    krav = " eller ".join(sorted(Roll(roll).label for roll in RATTER[ratt]))
    return [f"Rollen {krav} krävs för att {ratt}."]
