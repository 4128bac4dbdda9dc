"""What a report answered, kept for the day: made at night, made again while that is quick, and as old as it says.

It lies in Valkey, which may forget it or be away: then it is made again. What is kept is known by what made it, so
that nothing that an earlier version of the code counted is ever shown.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.cache import caches
from django.db.models import Max, Model
from redis.exceptions import RedisError

from grund.models import Handelse
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.packning import packa
from uppfoljning.rapport.typ import Rapporttyp

SNABB = timedelta(milliseconds=300)  # what a person does not wait for: made anew as soon as anything has happened
_APPAR = ("grund", "beslut", "utforare", "ersattning", "uppfoljning")
KVAR = timedelta(hours=36)
_I_MINNET = (
    8  # reports that a process remembers: to read thousands of rows out of Valkey takes longer than to show them
)
_logg = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Svar:
    """A report, when it was made, how long it took, and the last event that it can have seen."""

    rapport: Rapport
    raknad: datetime
    tid: timedelta
    handelse: int

    @property
    def andrat_sedan(self) -> bool:
        """Whether anything at all has happened since."""
        return self.handelse != _sista_handelse()


def hamta(typ: Rapporttyp, form: forms.Form, idag: date, lasare: Lasare, nu: datetime) -> Svar:
    """The report for a valid `form`. One that is slow to make may be from earlier today; `raknad` says when."""
    svar = _sparat(_nyckel(typ, form, idag, lasare))
    if svar is not None and (svar.tid > SNABB or not svar.andrat_sedan):
        return svar
    return rakna(typ, form, idag, lasare, nu)


def rakna(typ: Rapporttyp, form: forms.Form, idag: date, lasare: Lasare, nu: datetime) -> Svar:
    """Make it now, and keep it."""
    handelse, start = _sista_handelse(), monotonic()  # before: what happens meanwhile has not been counted
    rapport = packa(typ.gor(form, idag, lasare))
    svar = Svar(rapport, nu, timedelta(seconds=monotonic() - start), handelse)
    _spara(_nyckel(typ, form, idag, lasare), svar)
    return svar


@dataclass(frozen=True, slots=True)
class _Huvud:
    """What is kept of an answer beside the report, and where that lies: it is never written over, only left."""

    plats: str
    raknad: datetime
    tid: timedelta
    handelse: int


def _sparat(nyckel: str) -> Svar | None:
    """What is kept. A report does not need Valkey: without it nothing is."""
    try:
        huvud: _Huvud | None = caches["default"].get(nyckel)
        return Svar(_rapport(huvud.plats), huvud.raknad, huvud.tid, huvud.handelse) if huvud else None
    except RedisError:
        _logg.warning("Valkey svarar inte. Rapporten räknas på nytt.")
    except LookupError:
        _logg.info("Rapporten finns inte kvar i Valkey. Den räknas på nytt.")
    return None


@lru_cache(maxsize=_I_MINNET)
def _rapport(plats: str) -> Rapport:
    """The report that lies there. LookupError: it is gone."""
    rapport: Rapport | None = caches["default"].get(plats)
    if rapport is None:
        raise LookupError(plats)
    return rapport


def _spara(nyckel: str, svar: Svar) -> None:
    plats = f"{nyckel}:{uuid4().hex}"
    huvud = _Huvud(plats, svar.raknad, svar.tid, svar.handelse)
    try:
        caches["default"].set(plats, svar.rapport, KVAR.total_seconds())  # first: the other tells where it is
        caches["default"].set(nyckel, huvud, KVAR.total_seconds())
    except RedisError:
        _logg.warning("Valkey svarar inte. Rapporten sparas inte.")


def rakna_forvalda(typ: Rapporttyp, idag: date, nu: datetime) -> None:
    """Make what most people will ask for: the report as it opens, for each kind of reader."""
    form = typ.urval({}, idag)
    if not form.is_valid():
        return
    for lasare in (Lasare(offentlig=True), Lasare(offentlig=False), Lasare(offentlig=False, handlagger=True)):
        rakna(typ, form, idag, lasare, nu)


def _sista_handelse() -> int:
    """Everything that is written leaves an event (house rule 1)."""
    return Handelse.objects.aggregate(sista=Max("pk"))["sista"] or 0


def _nyckel(typ: Rapporttyp, form: forms.Form, idag: date, lasare: Lasare) -> str:
    urval = sorted((namn, _som_text(varde)) for namn, varde in form.cleaned_data.items())
    om = repr((typ.nyckel, urval, idag.isoformat(), lasare.offentlig, lasare.handlagger, _koden()))
    return f"rapport:{typ.nyckel}:{sha256(om.encode()).hexdigest()}"


def _som_text(varde: object) -> str:
    return str(varde.pk if isinstance(varde, Model) else varde)


@cache
def _koden() -> str:
    """The code that makes reports, in short: every app that a figure can come from."""
    rot = Path(settings.BASE_DIR)
    filer = [fil for app in _APPAR for fil in rot.glob(f"{app}/**/*.py")]
    summa = sha256()
    for fil in sorted(filer):
        summa.update(fil.read_bytes())
    return summa.hexdigest()


def glom() -> None:
    """Forget all that is kept: a person in it may have been removed since. Without Valkey nothing is kept."""
    cache_ = caches["default"]
    _rapport.cache_clear()
    try:
        klient = cache_._cache.get_client(None, write=True)  # type: ignore[attr-defined]
        for nyckel in klient.scan_iter(f"{cache_.make_key('rapport:')}*"):
            klient.delete(nyckel)
    except RedisError:
        _logg.warning("Valkey svarar inte. Det som är sparat glöms inom ett dygn.")
