"""The audit trail: what people read afterwards. Called by actions, in the transaction of what they did."""

from typing import Any

from grund.models import Anvandare, Handelse


def skriv_handelse(*, av: Anvandare | None, handling: str, objekt: str, text: str, **data: Any) -> Handelse:
    """Note that `av` (None = the system) did `handling` with `objekt`; `text` is a Swedish sentence."""
    return Handelse.objects.create(av=av, handling=handling, objekt=objekt, text=text, data=data)
