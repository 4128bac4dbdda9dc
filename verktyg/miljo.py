"""Where things lie, and the error a person reads."""

import os
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
MANAGE = ROT / "manage.py"
IDAG = "idag"  # a file in the data folder: the day that its made-up data is about, which the system takes for today
ANNAN_MAPP = "Ange en egen mapp med INSATSKOLLEN_DATA=<mapp>."


class VerktygsFel(Exception):
    """Ends `./dev` with exit code 1; the text is Swedish and says what to do."""


class Avbruten(BaseException):
    """SIGTERM or SIGHUP to `./dev`. Not an Exception: nothing on the way may swallow it."""

    def __init__(self, signalnummer: int) -> None:
        super().__init__(signalnummer)
        self.kod = 128 + signalnummer


def datamapp() -> Path:
    """INSATSKOLLEN_DATA, made if it is missing. Everything that outlives a run lies in it."""
    mapp = Path(os.environ.get("INSATSKOLLEN_DATA") or ROT / ".insatskollen").absolute()
    try:
        mapp.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fel:
        raise VerktygsFel(f"Datamappen {mapp} kan inte skapas: {fel.strerror}. {ANNAN_MAPP}") from fel
    if not os.access(mapp, os.W_OK | os.X_OK):
        raise VerktygsFel(f"Datamappen {mapp} går inte att skriva i. {ANNAN_MAPP}")
    return mapp


def for_django(data: Path, adresser: dict[str, str]) -> dict[str, str]:
    """The environment that every Django process of this run gets."""
    miljo = {**os.environ, **adresser, "INSATSKOLLEN_DATA": str(data)}
    miljo.setdefault("INSATSKOLLEN_LAGE", "utveckling")
    if (dag := data / IDAG).exists():
        miljo.setdefault("INSATSKOLLEN_IDAG", dag.read_text())
    miljo.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not os.access(Path.home(), os.W_OK):  # fontconfig and npm complain on every run without a place for their caches
        miljo.setdefault("XDG_CACHE_HOME", str(data / "cache"))
    return miljo
