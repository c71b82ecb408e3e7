# Attaché in a container: dependencies by hash in a build stage, a small non-root image to run.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
RUN python3 -m venv /opt/attache
WORKDIR /src
COPY requirements.lock ./
RUN /opt/attache/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /opt/attache/bin/pip install --no-cache-dir --no-deps .

FROM ${BASE}
# The venv's python is a link to the base image's, so both stages share one base.
COPY --from=build /opt/attache /opt/attache
RUN groupadd --gid 10001 attache \
 && useradd --uid 10001 --gid attache --no-create-home --home-dir /data --shell /usr/sbin/nologin attache \
 && install --directory --owner attache --group attache /data
ENV PATH=/opt/attache/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ATTACHE_STORE_URL=sqlite:////data/attache.sqlite \
    ATTACHE_WEB_PORT=8080
# By number, so that a cluster can tell that it is not root.
USER 10001
WORKDIR /data
VOLUME /data
# SIGTERM drains within 10 seconds; containers are given as long by default.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import sys, urllib.request as r; sys.exit(r.urlopen('http://127.0.0.1:8080/health', timeout=4).status != 200)"]
ENTRYPOINT ["attache"]
CMD ["run"]
