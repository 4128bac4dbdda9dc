"""What is done and looked at when the database has been put back to an earlier time (docs/nar_det_brinner.md)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from redis import Redis
from redis.exceptions import RedisError

from ersattning.models import Korning, Simulering
from ersattning.regler import Simuleringslage, Status
from grund.handelser import skriv_handelse
from grund.models import Handelse
from grund.text import antal_ord
from uppfoljning.models import Arsfil

HANDLING, OBJEKT = "aterstalld", "sakerhetskopia:alla"
_SUMMOR = """
    SELECT to_char(k.manad, 'YYYY-MM'), coalesce(sum(s.rader), 0),
           coalesce(sum(s.ordinarie + s.rattelser + s.bonus + s.justeringar), 0),
           (SELECT count(*) FROM ersattning_ersattningsrad r WHERE r.korning_id = k.id),
           (SELECT coalesce(sum(r.belopp), 0) FROM ersattning_ersattningsrad r WHERE r.korning_id = k.id)
      FROM ersattning_korning k LEFT JOIN ersattning_manadssumma s
        ON s.korning_id = k.id AND s.utforare_id IS NULL AND s.insats = ''
     WHERE k.status IN ('faststalld', 'utbetald') GROUP BY k.id ORDER BY 1
"""


@dataclass
class Utfall:
    """What was found. `fel` empty = what came back is what was there."""

    manader: dict[str, Decimal]
    fel: list[str] = field(default_factory=list)
    avbrutet: list[str] = field(default_factory=list)
    forlorade: int = 0
    sessioner: int = 0


@transaction.atomic
def efter_aterstallning(*, uppgifter: dict[str, Any], nu: datetime) -> Utfall:
    """End all sessions, empty the queue, and hold what came back against what was noted when it was copied."""
    utfall = granska(uppgifter)
    utfall.sessioner, _ = Session.objects.all().delete()
    if fel := _tom_kon():
        utfall.fel.append(fel)
    skriv_handelse(
        av=None,
        handling=HANDLING,
        objekt=OBJEKT,
        text=f"Databasen och filerna lades tillbaka som de var {_nar(uppgifter, nu)}.",
        kopia=uppgifter["bas"],
        till=uppgifter["till"],
        forlorade_handelser=utfall.forlorade,
        fel=utfall.fel,
    )
    return utfall


def granska(uppgifter: dict[str, Any]) -> Utfall:
    """What came back, held against `uppgifter`: what was noted of settled months, events and files."""
    summor = _summor()
    utfall = Utfall({manad: belopp for manad, (_, belopp, _, _) in summor.items()})
    for manad, (rader, belopp, i_rader, i_belopp) in summor.items():
        if (rader, belopp) != (i_rader, i_belopp):
            utfall.fel.append(f"{manad}: raderna är {i_rader} och {i_belopp} kr, men ska vara {rader} och {belopp} kr.")
    for manad, (rader, belopp) in uppgifter["faststallda"].items():
        fick = summor.get(manad)
        if fick is None or (fick[0], fick[1]) != (rader, Decimal(belopp)):
            fick_text = f"{fick[0]} rader och {fick[1]} kr" if fick else "inte fastställd"
            utfall.fel.append(f"{manad} var {rader} rader och {belopp} kr när kopian togs, men är nu {fick_text}.")
    utfall.fel += [f"Filen {sokvag} saknas, och finns inte i kopian." for sokvag in uppgifter["saknade_filer"]]
    utfall.avbrutet = _avbrutet()
    sista = Handelse.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    utfall.forlorade = max(uppgifter["handelse"] - sista, 0)
    return utfall


def _summor() -> dict[str, tuple[int, Decimal, int, Decimal]]:
    """Of each settled month: rows and kronor as they were summed then, and as the rows are now."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMMOR)
        return {manad: (int(a), b, int(c), d) for manad, a, b, c, d in cursor.fetchall()}


def _avbrutet() -> list[str]:
    """What was under way, and how it comes to its end."""
    igen = "Klockan skickar det som är kvar när arbetarna startas"
    return [
        *(
            f"{korning} höll på att beräknas. {igen}; annars kör månaden igen."
            for korning in Korning.objects.filter(status=Status.BERAKNAS).order_by("manad")
        ),
        *(
            f"Simuleringen {simulering} räknades. {igen}."
            for simulering in Simulering.objects.filter(status=Simuleringslage.RAKNAS)
        ),
        *([f"{antal_ord(n, 'rapportfil', 'rapportfiler')} var beställda. {igen}."] if (n := _vantande()) else []),
    ]


def _vantande() -> int:
    return Arsfil.objects.filter(klar=None, fel="").count()


def _tom_kon() -> str:
    """What waits there is of a time that is no more. Says what stood in the way; empty = nothing did."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=5) as ko:
            for nyckel in ko.scan_iter(count=1000):  # FLUSHDB is not for the system's own user (drift/valkey)
                ko.unlink(nyckel)
    except RedisError:
        return "Kön (Valkey) svarar inte och tömdes inte. Starta den, och kör det här steget igen (efter)."
    return ""


def _nar(uppgifter: dict[str, Any], nu: datetime) -> str:
    till = datetime.fromisoformat(uppgifter["till"] or uppgifter["sista"])
    return f"{till.astimezone(nu.tzinfo):%Y-%m-%d %H:%M:%S}"
