"""Entry point for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from grund.minne import lat_sidor_vara_i_fred

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
lat_sidor_vara_i_fred()
