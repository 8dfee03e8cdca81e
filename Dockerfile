# The site and its workers: one image, several commands (compose.yaml). The tests run on the same Python.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
# For `manage.py backup` and `restore`; of the version of the server or newer.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-15=15.* \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home timeline
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py gunicorn.conf.py ./
COPY static static
COPY templates templates
COPY timeline timeline
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TIMELINE_DATA=/data TIMELINE_LOG=json
# Neither value is in the image: names of static files are made, and nothing is signed.
RUN TIMELINE_HOSTS=build TIMELINE_SECRET_KEY=build python manage.py collectstatic --noinput --verbosity 0
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "timeline.wsgi", "--bind", "0.0.0.0:8000"]
