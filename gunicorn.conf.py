"""How gunicorn serves the web. It reads this file by itself, from the folder that it is started in.

The whole is for pages of some tens of milliseconds and a few (a report that is made anew, a PDF) of seconds, behind a
reverse proxy that takes in the whole request and the whole answer, so that a slow client holds nothing here.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  gunicorn adds it later
from grund.insyn.gunicorn import child_exit, logconfig_dict, on_starting

__all__ = ["child_exit", "logconfig_dict", "on_starting"]

wsgi_app = "config.wsgi"
bind = os.environ.get("INSATSKOLLEN_LYSSNA", "127.0.0.1:8000")

# A page waits for the database for about half of its time: threads use that, processes use the cores. Each process has
# at most 8 connections (config/settings.py), so more than 8 threads would only wait for one another.
worker_class = "gthread"
workers = int(os.environ.get("INSATSKOLLEN_WEBBPROCESSER", "3"))
threads = 4

# A worker that has not told of itself in so long is killed. With threads it tells also while a page is being made, so
# this finds one that hangs and not one that works; what may take how long is the proxy's to say (drift/proxy).
timeout = 60
# After TERM or HUP what is being answered may take so long. Compose and systemd wait a little longer than this.
graceful_timeout = 60

# The proxy opens a connection for each request, so that none is half-way when an instance ends.
keepalive = 0

# Memory that a large workbook has taken is given back at the latest then; not by all the workers at once.
max_requests = 5_000
max_requests_jitter = 1_000

# Code is loaded by each worker and not by their parent, so that HUP starts workers with new code.
preload_app = False

# Only whom we trust may say that the client came by HTTPS. In a network of its own with the proxy that is everybody
# there (compose); on a host it is the proxy on the same machine. Django reads X-Forwarded-Proto too; the proxy sets it.
forwarded_allow_ips = os.environ.get("INSATSKOLLEN_PROXYADRESSER", "127.0.0.1,::1")
forwarder_headers = ""  # no header of the request may say where the application lies
header_map = "drop"  # X_Forwarded_For is not X-Forwarded-For

limit_request_line = 8190  # a list with all of its filters is in the address
limit_request_fields = 60
limit_request_field_size = 16_380  # the cookies of others under the same name

worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112  what each worker tells by
control_socket_disable = True  # signals are enough, and there is no home folder to put it in
# The proxy's log has every request. What gunicorn would log of them is the same once more.
accesslog = None
errorlog = "-"
