"""What jobs, tasks and services are called on the page."""

JOBB = {
    "se-efter": "Se efter körningar från webben",
    "rakna-rapporter": "Räkna rapporterna",
    "sand-borttappade-rapporter": "Skicka om borttappade rapporter",
    "forsegla-loggen": "Försegla loggen",
    "kontrollera-loggen": "Kontrollera loggen",
    "stada": "Städa bort det förbrukade",
    "natt": "Leta efter fel i data",
}
UPPGIFTER = {
    "ersattning.tasks.rakna_del": "Räkna en del av en månad",
    "ersattning.tasks.avsluta_korning": "Avsluta en körning",
    "ersattning.tasks.se_efter": "Se efter körningar från webben",
    "ersattning.simulering.tasks.simulera_del": "Räkna en del av en simulering",
    "ersattning.simulering.tasks.avsluta_simulering": "Avsluta en simulering",
    "ersattning.filer.skapa_filer": "Göra filer",
    "uppfoljning.tasks.rakna_rapporter": "Räkna rapporterna",
    "uppfoljning.tasks.rakna_rapport": "Räkna en rapport",
    "uppfoljning.tasks.gor_arsfil": "Göra en fil i årets rapporter",
    "uppfoljning.tasks.sand_borttappade": "Skicka om borttappade rapporter",
    "uppfoljning.tasks.natt": "Leta efter fel i data",
    "grund.tasks.stada": "Städa bort det förbrukade",
    "grund.tasks.forsegla_loggen": "Försegla loggen",
    "grund.tasks.kontrollera_loggen": "Kontrollera loggen",
}
TJANSTER = {
    "databas": "Databasen",
    "schema": "Databasens utformning",
    "vaggar": "Databasens väggar",
    "ko": "Kön",
    "disk": "Disken",
    "arbetare": "Arbetarna",
    "klocka": "Klockan",
}


def jobb_i_ord(nyckel: str) -> str:
    """The clock's job, by its name in the schedule."""
    return JOBB.get(nyckel) or nyckel.replace("-", " ").capitalize()


def uppgift_i_ord(namn: str) -> str:
    """The task, by Celery's name of it."""
    return UPPGIFTER.get(namn) or namn.rpartition(".")[2].replace("_", " ").capitalize()
