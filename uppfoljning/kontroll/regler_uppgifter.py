"""Rules that read what other reports keep: who made the visits (report 4), and what was delivered (report 10)."""

from hashlib import sha256

from grund.behorighet import Roll
from grund.text import antal_ord
from uppfoljning.kontroll.koder import Objekt, Omrade
from uppfoljning.kontroll.typer import Fraga, Pengar, Regel, Traff
from uppfoljning.leveranser.skillnad import Skiljer, alla_som_skiljer_sig

# A code is the utförare's own, so it is one of theirs. Of one person's visits besok_overlappar tells already. Two who
# made both visits are one finding. `slutar` lets the join begin from the few that start before an earlier one ended.
_PERSONAL = """
WITH filer AS (
    SELECT DISTINCT ON (period) id FROM uppfoljning_uppgiftsfil WHERE slag = 'besokspersonal'
     ORDER BY period, version DESC
), utforda AS (
    SELECT DISTINCT k.id, k.nyckel, k.person, k.enhet_id, k.dag, k.utford_start, k.utford_slut, x.personal,
           e.utforare_id
      FROM {besok} k JOIN utforare_enhet e ON e.id = k.enhet_id
      JOIN uppfoljning_besokspersonal x ON x.besok_id = k.nyckel JOIN filer f ON f.id = x.fil_id
     WHERE k.utford_start IS NOT NULL
), ordnade AS (
    SELECT u.*, max(u.utford_slut) OVER fore AS slutar
      FROM utforda u
    WINDOW fore AS (PARTITION BY u.utforare_id, u.personal ORDER BY u.utford_start, u.utford_slut, u.nyckel
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), par AS (
    SELECT y.id, y.nyckel, y.person, y.enhet_id, y.dag, x.nyckel AS forsta,
           string_agg(y.personal, ' och ' ORDER BY y.personal) AS personal,
           (extract(epoch FROM least(x.utford_slut, y.utford_slut) - y.utford_start) / 60)::int AS minuter
      FROM ordnade y JOIN ordnade x ON x.utforare_id = y.utforare_id AND x.personal = y.personal
       AND x.person <> y.person
       AND (x.utford_start, x.utford_slut, x.nyckel) < (y.utford_start, y.utford_slut, y.nyckel)
       AND x.utford_slut > y.utford_start
     WHERE y.utford_start < y.slutar
     GROUP BY y.id, y.nyckel, y.person, y.enhet_id, y.dag, y.utford_start, y.utford_slut, x.nyckel, x.utford_slut
)
SELECT least(nyckel, forsta) || '+' || greatest(nyckel, forsta), nyckel, id, person, enhet_id, dag, dag + 1,
       jsonb_build_object('andra', nyckel, 'forsta', forsta, 'dag', dag, 'personal', personal, 'minuter', minuter),
       ARRAY[nyckel, forsta]::text[]
  FROM par
"""


def _statistiken(fraga: Fraga) -> list[Traff]:
    """What would differ if the last delivery of each kind were made again today."""
    del fraga
    return [_traff(ett) for ett in alla_som_skiljer_sig() if ett.antal]


def _traff(ett: Skiljer) -> Traff:
    """`avtryck`: of which rows and columns differ, so that other differences of the same number are looked at anew."""
    lev = ett.leverans
    hur = repr([(rad.nyckel, rad.hur.value, [str(andrat) for andrat in rad.andrat]) for rad in ett.skillnad.rader])
    return Traff(
        nyckel=f"{lev.slag}:{lev.dag}:{lev.omgang}",
        objekt_nyckel=str(lev),
        objekt_id=lev.pk,
        person=None,
        enhet=None,
        fran=None,
        till=None,
        uppgifter={
            "leverans": str(lev),
            "antal": ett.antal,
            "rader": antal_ord(ett.antal, "rad", "rader"),
            "avtryck": sha256(hur.encode()).hexdigest()[:16],
        },
    )


REGLER_UPPGIFTER = (
    Regel(
        "statistik_skiljer",
        "Statistiken är en annan än den som lämnades",
        "Den senast lämnade filen av varje slag till Socialstyrelsen, om den skulle se annorlunda ut om den gjordes i"
        " dag för samma dag.",
        "Fel i statistiken ger fel kostnadsutjämning.",
        "Läs vad som skiljer. Är det lämnade fel: rätta hos Socialstyrelsen, eller lämna på nytt.",
        Roll.CONTROLLER,
        Objekt.LEVERANS,
        "{leverans}: {rader} skulle vara annorlunda i dag.",
        _statistiken,
        per_person=False,
    ),
)
SIGNALER_UPPGIFTER = (
    Regel(
        "samma_personal",
        "Samma personal hos två personer samtidigt",
        "Två utförda besök hos olika personer som pågår samtidigt, med samma kod för personal hos utföraren.",
        "Ett besök kan vara gemensamt, och en kod kan vara delad. Tiden kan också vara registrerad två gånger.",
        "Fråga utföraren hur besöken gjordes, och jämför med schemat.",
        Roll.CONTROLLER,
        Objekt.BESOK,
        "Besök {andra} {dag} började innan {forsta} var slut, med personal {personal}. De delar {minuter} minuter.",
        _PERSONAL,
        omrade=Omrade.SIGNAL,
        pengar=Pengar.SENARE,
        per_person=False,
        i_fonster=True,
    ),
)
