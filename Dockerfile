# The first stage installs the packages; pip and, should a package need compiling, its build tools stay there.
FROM python:3.13-slim-bookworm AS packages
# bot or postgres: see docs/dependencies.md.
ARG REQUIREMENTS=bot
COPY requirements/${REQUIREMENTS}.txt /packages.txt
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check --require-hashes -r /packages.txt

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app bot && install --directory --owner bot --group bot /app/var
COPY --from=packages /venv /venv
WORKDIR /app
COPY bot bot
COPY data data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
# The database; everything else in the image may be read-only.
VOLUME /app/var
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
