"""What the clock is to do, from the settings."""

from datetime import timedelta
from typing import Any, NamedTuple

from celery.schedules import crontab, schedule
from django.conf import settings


class Post(NamedTuple):
    """`nyckel`: its name in the schedule; `uppgift`: Celery's name of the task."""

    nyckel: str
    uppgift: str
    schema: Any

    @property
    def mellan(self) -> timedelta | None:
        """How often it goes; None = at a time of the day."""
        if isinstance(self.schema, crontab):
            return None
        if isinstance(self.schema, schedule):
            mellan: timedelta = self.schema.run_every  # type: ignore[attr-defined]  # celery-types has forgotten it
            return mellan
        return self.schema if isinstance(self.schema, timedelta) else timedelta(seconds=float(self.schema))


def poster() -> list[Post]:
    """In the order of the settings."""
    alla: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    return [Post(nyckel, ett["task"], ett["schedule"]) for nyckel, ett in alla.items()]


def klockans() -> frozenset[str]:
    """Tasks that the clock sends: how they went the last time is kept (Jobb)."""
    return frozenset(ett.uppgift for ett in poster())


def standigt() -> frozenset[str]:
    """Those that go several times an hour: that they went well is no news."""
    return frozenset(ett.uppgift for ett in poster() if ett.mellan and ett.mellan < timedelta(hours=1))
