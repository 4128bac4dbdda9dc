"""Settings, from the environment.

Those marked * are secret. Each may instead be read from a file, which the same name with _FILE added names.

DATABASE_URL *    postgresql://…   (also over a Unix socket: postgresql://user@/name?host=/folder)
DATABASE_PASSWORD * its password, when the address has none
DATABASE_OWNER_URL *, DATABASE_OWNER_PASSWORD *  the same database as the one that owns its tables; only what migrates
                  is given it (ADR 0040)
REDIS_URL *       redis://… or unix:///path/to.sock
REDIS_PASSWORD *  its password, when the address has none
SECRET_KEY *      required outside development
INSATSKOLLEN_PGBOUNCER  `ja` when DATABASE_URL leads to a PgBouncer that pools by transaction (docs/skala.md)
INSATSKOLLEN_DATA folder for the files that the system makes (default .insatskollen)
INSATSKOLLEN_LAGE `utveckling` serves static files where they lie, adds the demo and makes up a key
INSATSKOLLEN_DEBUG `1`, in development, shows Django's own pages of what went wrong instead of ours
INSATSKOLLEN_PERSONER_PER_DEL  how many persons' month a worker takes at a time (default 2000)
ALLOWED_HOSTS     comma-separated, outside development
INSATSKOLLEN_KOMMUN  the municipality's name, as documents print it
INSATSKOLLEN_KOMMUNKOD  its code of four digits, as statistics and Kolada know it
INSATSKOLLEN_TILLGANGLIGHET  an e-mail address for whoever meets an obstacle (tillgänglighetsredogörelsen)
INSATSKOLLEN_FORVALTNING, INSATSKOLLEN_NAMND  who writes to whom in a tjänsteutlåtande
INSATSKOLLEN_DOMSTOL     the court that decisions are appealed to
INSATSKOLLEN_ARKIV_FORE_GALLRING  `ja`: no akt is removed before it lies, as it is, in a verified archive package
INSATSKOLLEN_LAMNAR_OVER_AKTER  organisationsnummer, with commas, of private utförare whose contract hands their akter
                  over to the nämnd: what they wrote here then follows the nämnd's akt (LSS 23 c §)
INSATSKOLLEN_DATASKYDDSOMBUD  how one reaches the dataskyddsombud, on one line
INSATSKOLLEN_POSTADRESS  where an appeal is sent, on one line
INSATSKOLLEN_IDAG    a day (AAAA-MM-DD) that the pages take for today; only in development, for made-up data
INSATSKOLLEN_DAGAR_EFTER_AVSLUT  how many days a utförare sees a person after the verkställighet has ended
INSATSKOLLEN_UTEBLIVET_PROCENT  from what share of missed visits or days a person stands under "tar inte emot sitt stöd"
INSATSKOLLEN_LASDAG  how many working days after its end a month is locked for the utförare (default 5)
INSATSKOLLEN_VAPEN   an SVG file with the municipality's arms, for the same; empty = none
INSATSKOLLEN_KRAV_MFA  `ja` or `nej`: must everybody have a second factor? Default `ja`, but `nej` in development
INSATSKOLLEN_INAKTIV_MINUTER  how long a session may rest before it ends (default 30)
INSATSKOLLEN_ARBETSDAG_TIMMAR how long a session may last in all (default 10)
INSATSKOLLEN_PROXYER how many reverse proxies of ours stand in front (default 1; in development 0)
INSATSKOLLEN_LOGG    `json` (default outside development) or `text`: how log lines are written
INSATSKOLLEN_INSYN_TOKEN  whoever says it may read /matvarden/ and the details of /halsa/redo/ (…_FILE: a file with it)
INSATSKOLLEN_LANGSAM_FRAGA_MS, …_SIDA_MS, …_UPPGIFT_MS  from when a question, page or task is noted as slow
INSATSKOLLEN_DISK_MINST_MB  how much must be free where files are made (default 1024)
INSATSKOLLEN_LARM_MANAD, …_EXPORT  working days before a month not run, and a file not fetched, are alarms (7, 3)
SECRET_KEY_FALLBACKS * older keys, with spaces, that second factors may still be locked with
INSATSKOLLEN_OIDC_…  the municipality's own login; see config/inloggning/idp.py (…_HEMLIGHET *)
INSATSKOLLEN_TUNGA_PER_MINUT how many reports, PDFs, workbooks and uploads a user may ask for in a minute (default 60)
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.contrib.messages.constants import ERROR, INFO, SUCCESS, WARNING
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from config.hemligheter import hemlig, med_losenord, utan_filer
from config.inloggning.idp import Idp
from config.takt import Takt
from grund.behorighet import Roll
from grund.insyn import logg

BASE_DIR = Path(__file__).resolve().parent.parent
UTVECKLING = os.environ.get("INSATSKOLLEN_LAGE") == "utveckling"
DATA_DIR = Path(os.environ.get("INSATSKOLLEN_DATA", BASE_DIR / ".insatskollen"))
FILER_DIR = DATA_DIR / "filer"
INTYG_DIR = DATA_DIR / "intyg"  # what utförare hand in; never served as static files
KOMMUN = os.environ.get("INSATSKOLLEN_KOMMUN", "Ekstads kommun" if UTVECKLING else "Kommunen")
KOMMUNKOD = os.environ.get("INSATSKOLLEN_KOMMUNKOD", "9990" if UTVECKLING else "")  # 9990: no municipality has it
FORVALTNING = os.environ.get("INSATSKOLLEN_FORVALTNING", "Socialförvaltningen")
NAMND = os.environ.get("INSATSKOLLEN_NAMND", "Socialnämnden")
DOMSTOL = os.environ.get("INSATSKOLLEN_DOMSTOL", "förvaltningsrätten")
POSTADRESS = os.environ.get("INSATSKOLLEN_POSTADRESS", "Box 1, 123 45 Ekstad" if UTVECKLING else "")
ARKIV_FORE_GALLRING = os.environ.get("INSATSKOLLEN_ARKIV_FORE_GALLRING", "nej") == "ja"
LAMNAR_OVER_AKTER = frozenset(
    nummer.replace("-", "").strip() for nummer in os.environ.get("INSATSKOLLEN_LAMNAR_OVER_AKTER", "").split(",")
) - {""}
DATASKYDDSOMBUD = os.environ.get("INSATSKOLLEN_DATASKYDDSOMBUD", "dataskyddsombud@ekstad.example" if UTVECKLING else "")
TILLGANGLIGHET = os.environ.get("INSATSKOLLEN_TILLGANGLIGHET", "tillganglighet@ekstad.example" if UTVECKLING else "")
VAPEN = os.environ.get("INSATSKOLLEN_VAPEN", str(BASE_DIR / "static/dokument/vapen.svg") if UTVECKLING else "")
IDAG = (
    date.fromisoformat(os.environ["INSATSKOLLEN_IDAG"]) if UTVECKLING and os.environ.get("INSATSKOLLEN_IDAG") else None
)
DAGAR_EFTER_AVSLUT = int(os.environ.get("INSATSKOLLEN_DAGAR_EFTER_AVSLUT", "60"))
LASDAG = int(os.environ.get("INSATSKOLLEN_LASDAG", "5"))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a month of närvaro without scripts: 100 persons with a field a day

UTEBLIVET_PROCENT = int(os.environ.get("INSATSKOLLEN_UTEBLIVET_PROCENT", "50"))
UTEBLIVET_VECKOR, UTEBLIVET_MINST = 8, 4  # how far back that is looked at, and how many times at least


def _hemlig(namn: str) -> str:
    try:
        return hemlig(os.environ, namn)
    except ValueError as fel:
        raise ImproperlyConfigured(str(fel)) from fel


def _secret_key() -> str:
    if key := _hemlig("SECRET_KEY"):
        return key
    if UTVECKLING:
        return "endast-for-utveckling-och-test-aldrig-i-drift"
    msg = "SECRET_KEY saknas. Sätt SECRET_KEY_FILE till en fil (eller INSATSKOLLEN_LAGE=utveckling när du utvecklar)."
    raise ImproperlyConfigured(msg)


def _idp() -> Idp | None:
    """The municipality's own login. What does not hold stops the start, and not the first who signs in."""
    try:
        return Idp.ur(utan_filer(os.environ, "INSATSKOLLEN_OIDC_HEMLIGHET"), kanda_roller=Roll.values)
    except ValueError as fel:
        raise ImproperlyConfigured(str(fel)) from fel


def _databasadress(namn: str) -> str:
    """`<namn>_URL` with `<namn>_PASSWORD` in it; empty when there is no address."""
    url, losenord = _hemlig(f"{namn}_URL"), _hemlig(f"{namn}_PASSWORD")
    if url and losenord and conninfo_to_dict(url).get("password"):
        msg = f"{namn}_URL har redan ett lösenord. Ta bort det därifrån, eller sätt inte {namn}_PASSWORD."
        raise ImproperlyConfigured(msg)
    return make_conninfo(url, password=losenord) if url and losenord else url


def _database(url: str, *, pool: bool, pgbouncer: bool) -> dict[str, Any]:
    part = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": part.pop("dbname", "insatskollen"),
        "USER": part.pop("user", ""),
        "PASSWORD": part.pop("password", ""),
        "HOST": part.pop("host", ""),
        "PORT": str(part.pop("port", "")),
        "OPTIONS": {**part, **({"pool": {"min_size": 1, "max_size": 8}} if pool and not pgbouncer else {})},
        "DISABLE_SERVER_SIDE_CURSORS": pgbouncer,  # the next fetch may reach another connection than the cursor's
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": pool,  # after a restart of the database none of the pool's old lines is handed out
    }


def _approll(url: str, agarens: str) -> tuple[str, str]:
    """The application's user and password, as the owner is to make them: only where there are two users."""
    appens, agarens_del = conninfo_to_dict(url), conninfo_to_dict(agarens or url)
    if not agarens or appens.get("user", "") in {"", agarens_del.get("user", "")}:
        return "", ""
    return str(appens["user"]), str(appens.get("password", ""))


def _redis() -> str:
    try:
        return med_losenord(_hemlig("REDIS_URL") or "redis://localhost:6379/0", _hemlig("REDIS_PASSWORD"), "REDIS")
    except ValueError as fel:
        raise ImproperlyConfigured(str(fel)) from fel


def _broker(url: str) -> str:
    """Celery spells a Redis socket in its own way."""
    return url.replace("unix://", "redis+socket://", 1) if url.startswith("unix://") else url


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = _hemlig("SECRET_KEY_FALLBACKS").split()
DEBUG = UTVECKLING and os.environ.get("INSATSKOLLEN_DEBUG") == "1"  # our own pages of faults, there as here
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",  # its templates, which ours override
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "grund",
    "beslut",
    "utforare",
    "ersattning",
    "uppfoljning",
]
if UTVECKLING:
    INSTALLED_APPS.append("demokommun")  # the made-up municipality and the measurements

MIDDLEWARE = [
    "grund.insyn.begaran.Insyn",  # outermost: names, measures and logs all that is asked
    "config.huvuden.Huvuden",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.tecken.Tecken",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.inloggning.vakt.Sessionsvakt",
    "config.radskydd.Radskydd",
    "config.mangd.Mangd",
    "config.tillgang.Personskydd",
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms: one template for every form
LOGIN_URL = "logga_in"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "logga_in"
# Signing in: django-allauth does it, config/inloggning makes it ours (docs/adr/0019-inloggning.md).
AUTHENTICATION_BACKENDS = ["config.inloggning.backend.Losenord"]
INAKTIV_MINUTER = int(os.environ.get("INSATSKOLLEN_INAKTIV_MINUTER", "30"))
ARBETSDAG_TIMMAR = int(os.environ.get("INSATSKOLLEN_ARBETSDAG_TIMMAR", "10"))
KRAV_MFA = os.environ.get("INSATSKOLLEN_KRAV_MFA", "nej" if UTVECKLING else "ja") != "nej"
IDP = _idp()
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("INSATSKOLLEN_PROXYER", "0" if UTVECKLING else "1"))
ACCOUNT_ADAPTER = "config.inloggning.adapter.Kontoadapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, always
# A whole municipality may come from one address; a name is known to whoever tries it.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/15m/key", "reauthenticate": "10/m/user"}
MFA_ADAPTER = "config.inloggning.adapter.Mfaadapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Insatskollen"
MFA_TOTP_TOLERANCE = 1  # clocks may differ by half a minute
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = UTVECKLING
SOCIALACCOUNT_ADAPTER = "config.inloggning.adapter.Idpadapter"
SOCIALACCOUNT_PROVIDERS = IDP.leverantorer if IDP else {}

SESSION_COOKIE_AGE = ARBETSDAG_TIMMAR * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # ends with the browser, as the session
if not UTVECKLING:  # a browser takes a name with __Host- from this very host only, over TLS, and for all of its pages
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-insatskollen", "__Host-csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what is said may name a person: no cookie
DJANGO_TABLES2_TEMPLATE = "komponenter/tabell.html"
MESSAGE_TAGS = {INFO: "info", SUCCESS: "klart", WARNING: "varning", ERROR: "fel"}

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.meny.sidans_ram",
            ],
        },
    }
]

# The web process pools its connections, or leaves that to PgBouncer; worker processes and commands hold one each.
_URL = _databasadress("DATABASE") or "postgresql:///insatskollen"
_AGARENS_URL = _databasadress("DATABASE_OWNER")
DATABASES = {
    "default": _database(
        _AGARENS_URL or _URL,
        pool=bool(os.environ.get("INSATSKOLLEN_WEBB")),
        pgbouncer=os.environ.get("INSATSKOLLEN_PGBOUNCER") == "ja",
    )
}
# The role that the application works as, which the owner makes (grund.databas.roller); empty: the owner does it all.
DATABASROLL, DATABASROLL_LOSENORD = _approll(_URL, _AGARENS_URL)
# What apps say of their tables' row-level security: a later one may say more of what is upstream of it.
RADSKYDD = ["utforare.radskydd.REGLER", "ersattning.radskydd.REGLER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "grund.Anvandare"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page has anything to do with them
STATIC_ROOT = None if UTVECKLING else BASE_DIR / "statiska"  # in development they are served where they lie
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = UTVECKLING
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.statiska.FkuiFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if UTVECKLING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"  # names with a hash, so that they may be kept
    },
}

# What operations see (grund/insyn, docs/adr/0046-insyn.md).
INSYN_TOKEN = _hemlig("INSATSKOLLEN_INSYN_TOKEN")
INSYN_SPARA = True  # keep failed tasks, the clock's jobs and what is slow; tests turn it off
INSYN_SPARA_I_TRANSAKTION = False  # only tests have a transaction around everything
LANGSAM_FRAGA = int(os.environ.get("INSATSKOLLEN_LANGSAM_FRAGA_MS", "200")) / 1000
LANGSAM_SIDA = int(os.environ.get("INSATSKOLLEN_LANGSAM_SIDA_MS", "1000")) / 1000
LANGSAM_UPPGIFT = int(os.environ.get("INSATSKOLLEN_LANGSAM_UPPGIFT_MS", "60000")) / 1000
DISK_MINST_MB = int(os.environ.get("INSATSKOLLEN_DISK_MINST_MB", "1024"))
LARM_MANAD = int(os.environ.get("INSATSKOLLEN_LARM_MANAD", "7"))
LARM_EXPORT = int(os.environ.get("INSATSKOLLEN_LARM_EXPORT", "3"))
LOGGING = logg.konfiguration(
    json=os.environ.get("INSATSKOLLEN_LOGG", "text" if UTVECKLING else "json") == "json",
    hemligheter=[
        "" if UTVECKLING else SECRET_KEY,
        *SECRET_KEY_FALLBACKS,
        INSYN_TOKEN,
        str(DATABASES["default"]["PASSWORD"]),
        DATABASROLL_LOSENORD,
        _hemlig("REDIS_PASSWORD"),
        _hemlig("INSATSKOLLEN_OIDC_HEMLIGHET"),
    ],
)
logg.satt_upp()

DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a month's invoices at a time
STORSTA_INSKICK = 100 * 1024**2  # bytes of one request, files and all; each kind of file has a limit of its own
TUNGA_PER_MINUT = int(os.environ.get("INSATSKOLLEN_TUNGA_PER_MINUT", "60"))  # 0 = no limit (config/mangd.py)

REDIS_URL = _redis()
# What all web processes must know together: how many times somebody has tried to sign in, and which codes are used.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "insatskollen",
    }
}
CELERY_BROKER_URL = _broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True  # what a task did stands in the database, never in the broker
CELERY_TASK_ACKS_LATE = True  # a task whose worker dies comes back
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = TIME_ZONE
# Reports take minutes, a part of a körning seconds. With a queue of their own no report stands before a körning. A
# worker that is not told which queue it has takes both. An exchange each, or both would get every task.
CELERY_TASK_DEFAULT_QUEUE, RAPPORTKO = "celery", "rapporter"
CELERY_TASK_QUEUES = {ko: {"exchange": ko, "routing_key": ko} for ko in (CELERY_TASK_DEFAULT_QUEUE, RAPPORTKO)}
CELERY_TASK_ROUTES = {
    f"uppfoljning.tasks.{namn}": {"queue": RAPPORTKO} for namn in ("gor_arsfil", "natt", "rakna_rapport")
}
# A körning that was started from the web has nobody at a terminal to see it through; what is used up is cleared away.
CELERY_BEAT_SCHEDULE = {
    "se-efter": {"task": "ersattning.tasks.se_efter", "schedule": Takt(10.0), "options": {"expires": 10.0}},
    "rakna-rapporter": {"task": "uppfoljning.tasks.rakna_rapporter", "schedule": crontab(hour=3, minute=20)},
    "sand-borttappade-rapporter": {
        "task": "uppfoljning.tasks.sand_borttappade",
        "schedule": Takt(60.0),
        "options": {"expires": 60.0},
    },
    "forsegla-loggen": {"task": "grund.tasks.forsegla_loggen", "schedule": Takt(12.0), "options": {"expires": 12.0}},
    "kontrollera-loggen": {"task": "grund.tasks.kontrollera_loggen", "schedule": crontab(hour=2, minute=50)},
    "stada": {"task": "grund.tasks.stada", "schedule": Takt(3600.0), "options": {"expires": 3600.0}},
    "natt": {"task": "uppfoljning.tasks.natt", "schedule": crontab(hour=3, minute=10), "options": {"expires": 21600.0}},
}
# The logs that are sealed in one chain (ADR 0041).
FORSEGLADE_LOGGAR = ["grund.kedja.loggar.HANDELSER", "beslut.lasningslogg.LASNINGAR"]
# Where what is upstream of the prices asks for them (ADR 0008).
PRISKALLA = "ersattning.priskalla.celler"
OMFATTNINGSKALLA = "ersattning.prislistor.omfattningar"
# What is told, after it is stored, of the event of a registration; empty = nothing.
EFTER_REGISTRERING = "uppfoljning.kontroll.efterat.registrerat"
# Small enough to share out evenly and to redo cheaply, large enough for set-based queries.
PERSONER_PER_DEL = int(os.environ.get("INSATSKOLLEN_PERSONER_PER_DEL", "2000"))

# Nothing inline, nothing from elsewhere, and of one's own only the kinds that there are. `data:` is for the check mark
# that FKUI draws with a mask. No require-trusted-types-for: htmx puts the text that it fetches into the page, so a
# policy that let it do so would let everything (docs/angrepp.md).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "script-src-attr": [NONE],
        "style-src": [SELF],
        "style-src-attr": [NONE],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *([IDP.ursprung] if IDP else [])],  # a browser asks also where a form is sent on to
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not UTVECKLING
SECURE_SSL_REDIRECT = not UTVECKLING
SECURE_REDIRECT_EXEMPT = [r"^halsa/", r"^matvarden/$"]  # asked from inside, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if UTVECKLING else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not UTVECKLING
SECURE_HSTS_PRELOAD = not UTVECKLING
