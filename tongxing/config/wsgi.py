"""What granian serves. A URL without a declared permission stops it here (S1)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
application = get_wsgi_application()

from tongxing.accounts.access import refuse_undeclared  # noqa: E402 - needs the apps loaded

refuse_undeclared()
