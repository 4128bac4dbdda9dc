"""What the web asks of the database lives in its transaction, so that a pool may give the next one another connection.

docs/skala.md has the list of what does not, and who runs it.
"""

import re
from pathlib import Path

from django.conf import settings

ROT = Path(settings.BASE_DIR)
APPAR = ("config", "grund", "beslut", "utforare", "ersattning", "uppfoljning")
# What outlives a transaction, in our own SQL.
SESSION = re.compile(
    r"""pg_(?:try_)?advisory_(?:lock|unlock)(?:_shared|_all)?\b
      | (?:["';])\ *SET\ (?!LOCAL|TRANSACTION|CONSTRAINTS)(?:SESSION\ )?[a-z_]+\ *(?:=|TO)
      | set_config\([^)]*,\ *false\)
      | \b(?:LISTEN|UNLISTEN)\ [a-z]
      | \bPREPARE\ [a-z]
      | WITH\ HOLD""",
    re.VERBOSE,
)
# Run by a command with a straight connection, never by the web.
RAKT = {
    "ersattning/vakt.py": {"pg_try_advisory_lock", "pg_advisory_unlock_all"},  # ensam_om: kor_manad waits over many
    "grund/management/commands/migrate.py": {"SET lock_timeout =", "SET statement_timeout ="},
}


def _kod() -> dict[str, str]:
    filer = (fil for app in APPAR for fil in (ROT / app).rglob("*.py") if "migrations" not in fil.parts)
    return {str(fil.relative_to(ROT)): fil.read_text(encoding="utf-8") for fil in filer}


def test_nothing_but_what_goes_straight_leaves_anything_in_the_connection() -> None:
    funna = {namn: {re.sub(r"^[\"'\s;]+", "", ett) for ett in SESSION.findall(text)} for namn, text in _kod().items()}
    assert {namn: vad for namn, vad in funna.items() if vad} == RAKT


def test_every_temporary_table_goes_with_its_transaction() -> None:
    kvar = {namn for namn, text in _kod().items() if re.search(r"CREATE TEMP TABLE (?!.*ON COMMIT DROP)", text)}
    assert kvar == {"uppfoljning/kontroll/sokning.py"}  # takes it away itself before its transaction ends


def test_the_web_starts_a_korning_with_a_lock_of_its_transaction() -> None:
    text = (ROT / "ersattning/vakt.py").read_text(encoding="utf-8")
    starta = text[text.index("def starta(") : text.index("def _pagar(")]
    assert "transaction.atomic()" in starta
    assert "pg_try_advisory_xact_lock" in starta
    assert "ensam_om" not in starta
