"""All settings. Every one that the environment sets is in .env.example."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from tongxing.config import env

BASE = Path(__file__).resolve().parents[2]
DATA = env.folder("TONGXING_DATA", BASE / "var")
PACK = env.folder("TONGXING_PACK", BASE / "content" / "beihai")
KEYS = env.folder("TONGXING_KEYS", DATA / "keys.json")
# `tongxing demo` leaves this file; without it no one-click sign-in exists and no key is ever made up.
DEMO = (DATA / "demo.json").is_file()
DEBUG = env.boolean("TONGXING_DEBUG", False)
ALLOWED_HOSTS = env.text("TONGXING_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = env.boolean("TONGXING_HTTPS", False)


def _secret_key() -> str:
    """From the environment; a demo makes its own and keeps it in the data folder."""
    given = env.text("TONGXING_SECRET_KEY", "")
    if given:
        return given
    path = DATA / "secret.key"
    if not path.is_file():
        if not DEMO and DATA.exists() and any(DATA.glob("*.sqlite3")):
            raise ImproperlyConfigured("TONGXING_SECRET_KEY is missing: a real city needs its own (see .env.example)")
        DATA.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "tongxing.accounts",
    "tongxing.journal",
    "tongxing.jobs",
    "tongxing.organisation",
    "tongxing.registry",
    "tongxing.outbox",
    "tongxing.residents",
    "tongxing.policy",
    "tongxing.payments",
    "tongxing.provision",
    "tongxing.casework",
    "tongxing.documents",
    "tongxing.exchange",
    "tongxing.lists",
    "tongxing.programme",
    "tongxing.moves",
    "tongxing.applications",
    "tongxing.duplicates",
    "tongxing.plan",
    "tongxing.releases",
    "tongxing.evaluation",
    "tongxing.ui",
    "tongxing.portal",
    "tongxing.desk",
    "tongxing.public",
    "tongxing.config",
]
MIDDLEWARE = [
    "tongxing.config.headers.SafeHeaders",
    "tongxing.config.static.CompressedStatic",
    "django.middleware.gzip.GZipMiddleware",  # pads by chance, and our cookies stay on the site: no BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tongxing.config.aids.Pinyin",
    "tongxing.config.aids.Aloud",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tongxing.accounts.access.ActorMiddleware",
    "tongxing.registry.places.NamedMiddleware",
    "tongxing.signing.sessions.LiveSession",  # signs out whoever's actor has no post any more
    "tongxing.residents.access.ResidentMiddleware",
]
ROOT_URLCONF = "tongxing.config.urls"
WSGI_APPLICATION = "tongxing.config.wsgi.application"
DATABASES = {"default": env.database("TONGXING_DATABASE", DATA)}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
NIGHT_AT = env.clock("TONGXING_NIGHT_AT", "02:00")  # None: no night begins by itself
AFTER_NIGHT = [  # verbs of upper features, called with `run` and `by` in this order
    "tongxing.duplicates.actions.find_pairs",
    "tongxing.programme.tasks.keep_register",
    "tongxing.plan.actions.count_run",
    "tongxing.applications.tasks.forget",
    "tongxing.residents.tasks.come_of_age",
]
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "public:sign-in"
CONFIRM_URL = "public:confirm"  # where a view marked @fresh asks once more who it is
RESIDENT_LOGIN_URL, RESIDENT_CONFIRM_URL = "portal:enter", "portal:confirm"
CHILD_CONSENT_URL = "portal:child"  # what a change for a child under 14 leads to first (S28)
# Who carries the texts, the first one first; of these only simulated ones exist so far (outbox/providers.py).
SMS_PROVIDERS = env.text("TONGXING_SMS", "simulated_a,simulated_b").split(",")
SITE = env.text("TONGXING_SITE", "").rstrip("/")  # what stands before a path in a text, e.g. https://host
# Of allauth only the second factors are used: its pages are not mounted, and accounts.actions.throttle slows guessing.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "tongxing.accounts.sealing.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tongxing.accounts.local_words.NotOfLocalWords"},
]
# Level 3 of the national scheme wants what ASVS forbids: three kinds of characters, a new password every 90 days.
PROFILE = env.one_of("TONGXING_PROFILE", ("", "dengbao-3"))
PASSWORD_DAYS = 90 if PROFILE == "dengbao-3" else None
if PROFILE == "dengbao-3":
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "tongxing.accounts.local_words.ThreeKinds"})
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tongxing.ui.display.context",
                "tongxing.config.aids.context",
                "tongxing.desk.frame.context",
                "tongxing.portal.frame.context",
            ],
            "builtins": ["tongxing.ui.templatetags.look"],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tongxing.public.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
