"""Entry point for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from grund.minne import lat_sidor_vara_i_fred

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from grund.databas.start import varna  # noqa: E402  it needs what has just been set up

varna()
lat_sidor_vara_i_fred()
