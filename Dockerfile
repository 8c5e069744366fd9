# Layerwright as an image: docs/guide/deploy.md. Debian or a relative with Node 20.19 or newer.
ARG BASE=node:24-bookworm-slim
# Where the built app comes from: the stage "build", or an image that has it in /app.
ARG APP=build

FROM ${BASE} AS build
# For better-sqlite3, where it has no prebuilt binary.
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY package.json package-lock.json ./
# The secret is optional: an .npmrc for a registry of your own. Headers that Node came with are not downloaded.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    prefix=$(node -p "path.dirname(path.dirname(process.execPath))") \
 && if [ -e "$prefix/include/node/node_api.h" ]; then export npm_config_nodedir="$prefix"; fi \
 && npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npx prisma generate \
 && NEXT_OUTPUT=standalone NEXT_TELEMETRY_DISABLED=1 npx next build \
 && node bin/image-files.js /app

FROM ${APP} AS app

FROM ${BASE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates git openssh-client \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
 && groupadd --gid 10001 layerwright \
 && useradd --uid 10001 --gid layerwright --home-dir /data --no-create-home layerwright \
 && install -d -o layerwright -g layerwright -m 0700 /data
COPY --from=app /app /app
WORKDIR /app
ENV LAYERWRIGHT_DATA=/data \
    LAYERWRIGHT_HOST=0.0.0.0 \
    NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1
USER layerwright
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=10s --start-period=2m CMD ["node", "bin/image-health.js"]
CMD ["node", "bin/image-start.js"]
