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

FROM python:3.11-slim-trixie AS system
# What WeasyPrint loads to set PDF documents.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
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

# For backups, and to put them back: pg_basebackup, pg_receivewal, pg_verifybackup, of the database's own version.
FROM system AS kopia
USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o insatskollen -m 0700 /kopior
USER insatskollen
ENV PG_BIN=/usr/lib/postgresql/17/bin
VOLUME /kopior
CMD ["python", "-m", "sakerhetskopia", "folj", "/kopior"]

# Last, and so what is built when no target is named.
FROM system
