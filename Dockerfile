# The image of the real deployment; see docker-compose.yml. For development nothing of this is needed: use ./dev.

FROM node:22-slim AS fkui
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-trixie AS paket
WORKDIR /app
COPY requirements.txt pyproject.toml ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
# One lock file holds everything. What only development needs (a database, Node …) is taken out again.
RUN /venv/bin/python -c "import re, tomllib; \
    utveckling = tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev']; \
    print(*(re.match(r'[\w.-]+', krav)[0] for krav in utveckling), sep='\n')" > utveckling.txt \
    && /venv/bin/pip uninstall --yes --quiet -r utveckling.txt pip

FROM python:3.11-slim-trixie
# What WeasyPrint loads to set PDF documents; and pg_basebackup, pg_receivewal of the database's own version, for backups.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin insatskollen \
    && install -d -o insatskollen -m 0700 /data
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    INSATSKOLLEN_DATA=/data \
    XDG_CACHE_HOME=/tmp/cache
COPY --from=paket /venv /venv
WORKDIR /app
COPY . .
COPY --from=fkui /app/node_modules ./node_modules
RUN python -m compileall -q . /venv/lib \
    && SECRET_KEY=bara-for-bygget python manage.py collectstatic --noinput
USER insatskollen
VOLUME /data
EXPOSE 8000
CMD ["gunicorn"]
