"""The clock's intervals, when the computer's clock is put right."""

from datetime import datetime

from celery.schedules import schedstate, schedule


class Takt(schedule):
    """So many seconds apart. Celery's own waits, when the clock is put back an hour, for that hour to pass again."""

    def is_due(self, last_run_at: datetime) -> schedstate:
        if last_run_at > self.now():
            return schedstate(is_due=True, next=self.seconds)
        return super().is_due(last_run_at)
