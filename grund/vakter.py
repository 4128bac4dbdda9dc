"""Guards in the database that look at a whole statement's rows at once (house rule 3)."""

import pgtrigger


def satsvakt(namn: str, operation: pgtrigger.Operation, func: str, **tabeller: str) -> pgtrigger.Trigger:
    """An AFTER … FOR EACH STATEMENT trigger. `tabeller`: names in `func` for the statement's `new` and `old` rows."""
    return pgtrigger.Trigger(
        name=namn,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tabeller),  # type: ignore[no-untyped-call]  # its own __init__ has no types
        func=func,
    )
