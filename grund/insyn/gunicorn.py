"""What gunicorn.conf.py takes from here: its own lines as ours, and web processes that count together."""

import os
from pathlib import Path
from typing import Any

from grund.insyn import logg

logconfig_dict = logg.konfiguration(json=os.environ.get("INSATSKOLLEN_LOGG", "json") == "json", hemligheter=[])


def on_starting(server: Any) -> None:  # noqa: ARG001
    """An empty folder to count in: what an earlier start counted is told already."""
    if mapp := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        Path(mapp).mkdir(mode=0o700, parents=True, exist_ok=True)
        for fil in Path(mapp).glob("*.db"):
            fil.unlink(missing_ok=True)


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001
    """A process that has ended counts no more of what is now, and keeps what it has counted."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415  reads the environment

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
