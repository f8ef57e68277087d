# The service in a small image: the packages of requirements.lock, no root, no compiler.
# The first stage has one, for the modules that are compiled (tools/compiled_modules.py).
FROM python:3.11-slim AS build
WORKDIR /src
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends gcc libc6-dev
RUN python -m venv /opt/shenjiao
COPY requirements.lock ./
RUN /opt/shenjiao/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY detectors detectors
COPY lexicons lexicons
COPY models models
COPY tools/compiled_modules.py tools/compiled_modules.py
RUN /opt/shenjiao/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.11-slim
COPY --from=build /opt/shenjiao /opt/shenjiao
# The site lexicon outlives the container on a volume; or SHENJIAO_DATABASE_URL names a PostgreSQL database.
RUN mkdir /data && chown 10001:10001 /data
VOLUME /data
# Inside a container loopback reaches nobody, so it starts only when a key was made on its volume:
#   docker run --rm -v shenjiao:/data shenjiao shenjiao keys create --name 管理员 --role admin
# Processes: SHENJIAO_WORKERS.
ENV PATH=/opt/shenjiao/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SHENJIAO_HOST=0.0.0.0 \
    SHENJIAO_PORT=8000 \
    SHENJIAO_DATABASE_URL=sqlite:////data/shenjiao.db
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['SHENJIAO_PORT']}/readyz\")"]
CMD ["shenjiao", "serve"]
