"""All settings, read from `COMMUNITY_…` environment variables (README, "Settings").

Embedded mode (no variables at all) needs no service: SQLite, in-memory live layer, worker in the
same process. Setting COMMUNITY_DATABASE_URL and COMMUNITY_REDIS_URL makes it production.
"""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from community.environment import Environment
from community.live import broker_options, caches, channel_layers
from community.logs import log_settings
from community.policy import CMS_CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY  # noqa: F401 — settings too
from community.secrets import local_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
TESTING = "pytest" in sys.modules

# --- Where it runs ---------------------------------------------------------------------------------
DATA_DIR = env.folder("COMMUNITY_DATA_DIR", default=BASE_DIR / "var")
PRODUCTION = env.yes_or_no("COMMUNITY_PRODUCTION", default=False)
DEBUG = env.yes_or_no("COMMUNITY_DEBUG", default=False)
BASE_URL = env.str("COMMUNITY_BASE_URL", default="http://localhost:8000").rstrip("/")
REDIS_URL = env.redis("COMMUNITY_REDIS_URL")

SECRET_KEY = env.str("COMMUNITY_SECRET_KEY", default="")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("COMMUNITY_SECRET_KEY is not set; give it at least 50 random characters.")
    SECRET_KEY = local_secret(DATA_DIR / "secret_key")

ALLOWED_HOSTS = env.list("COMMUNITY_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

# --- What it is made of -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "daphne",
    "community.portal",
    "community.pages",
    "community.privacy",
    "polls",
    "finance.fees",
    "finance.pots",
    "finance.bank",
    "finance.providers",
    "finance.ledger",
    "groups.todos",
    "groups.moderation",
    "groups.agreements",
    "groups.topics",
    "groups.conversations",
    "groups.counter",
    "groups.duty",
    "groups.albums",
    "groups.events",
    "groups.subgroups",
    "groups.people",
    "notifications",
    "theme",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "channels",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "wagtail.contrib.forms",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "community.logs.number_requests",
    "django.middleware.security.SecurityMiddleware",
    "theme.middleware.gzip_text",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "groups.people.middleware.member_language",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "community.pages.middleware.editors_only",
    "django.contrib.messages.middleware.MessageMiddleware",
    "groups.people.acting.acting_holds",
    # Before the lock, which keeps what was sent and does it after the proof: that must have passed here first.
    "groups.people.second_factor.second_factor_required",
    "groups.people.idle.idle_lock",
    "groups.agreements.gate.acceptance_required",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    # After all that asks who is logged in: within it a page may be made for the member who is helped.
    "groups.people.looking_along.look_along",
    "django_htmx.middleware.HtmxMiddleware",
    "theme.middleware.private_answers",
    "theme.middleware.words_for_wrong_methods",
]

ROOT_URLCONF = "community.urls"
ASGI_APPLICATION = "community.asgi.application"
WSGI_APPLICATION = "community.wsgi.application"
AUTH_USER_MODEL = "people.Member"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "theme" / "templates"],  # before allauth's own, which we dress
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "theme.context.theme",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

FORM_RENDERER = "theme.forms.HouseRenderer"

# --- Data -------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("COMMUNITY_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'paraplu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Without WAL *and* IMMEDIATE, parallel read-then-write transactions fail four times out of five.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;",
    }
    # A file and not memory, so that tests with real parallel connections see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES, CHANNEL_LAYERS = caches(REDIS_URL), channel_layers(REDIS_URL)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- Background work --------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page does not wait for a broker that is away: the sweep finds the work in the database.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "notifications.tasks.sweep", "schedule": 5.0},
    "sweep-due": {"task": "notifications.tasks.sweep_due", "schedule": 20.0},
}

# --- Sign-in ----------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "groups.subgroups.entrance.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "groups.subgroups.signup.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# Another address works once it is confirmed; that, a new password, passkey or second step is told by mail.
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # else the host name stands before every subject
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"apply": "20/h/ip,3/d/key", "answer_invitation": "30/h/ip"}  # beside allauth's own
# Off in embedded mode, so that whoever tries the product is not stopped at the door.
REQUIRE_MFA = env.bool("COMMUNITY_REQUIRE_MFA", default=PRODUCTION)
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole_number("COMMUNITY_TRUSTED_PROXIES", default=0)
GUARDIAN_AUTO_PREFETCH = True
GUARDIAN_MONKEY_PATCH_USER, ANONYMOUS_USER_NAME = False, None

# --- Language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [
    BASE_DIR / app / "locale" for app in ("community", "polls", "finance", "groups", "notifications", "theme")
]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("COMMUNITY_STATIC_ROOT", default=DATA_DIR / "static", writable=False)
MEDIA_ROOT = env.folder("COMMUNITY_MEDIA_ROOT", default=DATA_DIR / "media")
MEDIA_URL = "/never-served/"  # files are only reached through views that ask who is looking
STORAGES = {
    "default": {"BACKEND": "theme.storage.RoomStorage"},
    # The same folder; the address leads to the view that asks who is looking.
    "pictures": {"BACKEND": "theme.storage.RoomStorage", "OPTIONS": {"base_url": "/pictures/"}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- What members may upload (megabytes by kind of file, pixels of one picture) ---------------------------
UPLOAD_MEGABYTES = {
    "image": env.whole_number("COMMUNITY_UPLOAD_IMAGE_MB", default=20),
    "video": env.whole_number("COMMUNITY_UPLOAD_VIDEO_MB", default=100),
    "audio": env.whole_number("COMMUNITY_UPLOAD_SOUND_MB", default=20),
    "file": env.whole_number("COMMUNITY_UPLOAD_FILE_MB", default=25),
}
UPLOAD_REQUEST_MEGABYTES = env.whole_number("COMMUNITY_UPLOAD_REQUEST_MB", default=150)
UPLOAD_PIXELS = env.whole_number("COMMUNITY_UPLOAD_PIXELS", default=40_000_000)
CLAMD = env.str("COMMUNITY_CLAMD", default="")  # "host:port" or the path of clamd's socket
ACCEL_PREFIX = env.str("COMMUNITY_ACCEL_PREFIX", default="")  # "/protected" when nginx hands out the files
FILE_UPLOAD_HANDLERS = [
    "theme.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Conversations: limits against flooding -----------------------------------------------------------
POSTS_PER_MINUTE = env.whole_number("COMMUNITY_POSTS_PER_MINUTE", default=10)
POSTS_PER_DAY = env.whole_number("COMMUNITY_POSTS_PER_DAY", default=300)
POSTS_PER_DAY_NEW = env.whole_number("COMMUNITY_POSTS_PER_DAY_NEW", default=50)
NEW_MEMBER_DAYS = env.whole_number("COMMUNITY_NEW_MEMBER_DAYS", default=7)
# Within so many days a question is answered, unless the group promises something else.
ANSWER_DAYS = env.whole_number("COMMUNITY_ANSWER_DAYS", default=5)

# --- Back-ups ---------------------------------------------------------------------------------------
BACKUP_FOLDER = Path(env.str("COMMUNITY_BACKUP_FOLDER", default=str(DATA_DIR / "backups")))
BACKUP_KEY = env.str("COMMUNITY_BACKUP_KEY", default="")
if not (BACKUP_KEY or PRODUCTION):
    BACKUP_KEY = local_secret(DATA_DIR / "backup_key")

# --- Mail -------------------------------------------------------------------------------------------
MAIL_FOLDER = DATA_DIR / "mail"
if mail_server := env.mail("COMMUNITY_MAIL_URL"):
    vars().update(mail_server)
else:
    EMAIL_BACKEND = "notifications.mail_folder.FolderBackend"
DEFAULT_FROM_EMAIL = env.str("COMMUNITY_MAIL_FROM", default="Paraplu <paraplu@localhost>")
EMAIL_TIMEOUT = 10
CONTACT_ADDRESS = env.str("COMMUNITY_CONTACT_ADDRESS", default="paraplu@localhost")
# Mail that cannot be delivered comes back to name+<which mail>@domain, or is reported by the provider with the secret.
BOUNCE_ADDRESS = env.str("COMMUNITY_BOUNCE_ADDRESS", default="")
BOUNCE_SECRET = env.str("COMMUNITY_BOUNCE_SECRET", default="")
# Mail to name+…@domain of this address is answered into discussions by `manage.py receive_mail`; empty: no such mail.
REPLY_ADDRESS = env.str("COMMUNITY_REPLY_ADDRESS", default="")
# The name under which our own mail server writes Authentication-Results; then a sender must pass DMARC.
MAIL_AUTHENTICATED_BY = env.str("COMMUNITY_MAIL_AUTHENTICATED_BY", default="")
# Paying online with the association's own key at Mollie; without one everything else works.
MOLLIE_KEY = env.mollie_key("COMMUNITY_MOLLIE_KEY", live=PRODUCTION)
MOLLIE_URL = env.str("COMMUNITY_MOLLIE_URL", default="https://api.mollie.com").rstrip("/")
# Where Mollie reports: it refuses addresses it cannot reach, and then our own rounds find out.
MOLLIE_WEBHOOKS = env.str(
    "COMMUNITY_MOLLIE_WEBHOOKS", default=BASE_URL if PRODUCTION and BASE_URL.startswith("https://") else ""
).rstrip("/")
# When it is quiet for members who chose no hours of their own.
QUIET_FROM = env.str("COMMUNITY_QUIET_FROM", default="22:00")
QUIET_UNTIL = env.str("COMMUNITY_QUIET_UNTIL", default="07:00")
# The push services of the browsers; the server posts to no other host.
PUSH_HOSTS = env.list(
    "COMMUNITY_PUSH_HOSTS",
    default=["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"],
)

# --- Safety -----------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.yes_or_no("COMMUNITY_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PRIVACY_CONTACT = env.str("COMMUNITY_PRIVACY_CONTACT", default="")
SECURITY_CONTACT = env.str("COMMUNITY_SECURITY_CONTACT", default="security@localhost")
HOSTING = env.str("COMMUNITY_HOSTING", default="") or _("Your data is on the server of the association.")

# --- Wagtail ----------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Paraplu"
WAGTAIL_PAGE_MODEL = "wagtailcore.Page"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # a document is saved, never opened inside our own origin
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv", "ics", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_RENDITION_STORAGE = "pictures"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}}

# --- Log --------------------------------------------------------------------------------------------
LOGGING = log_settings(as_json=PRODUCTION)

if TESTING:
    QUIET_FROM = QUIET_UNTIL = "00:00"  # a test about something else must not depend on the hour it runs
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
