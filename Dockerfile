# syntax=docker/dockerfile:1
# The gateway as `npm run serve` runs it. The tag is that of the Node in package.json; whoever runs this for
# others pins its digest as well: node:24.21.0-bookworm-slim@sha256:…
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/lib/check-node.js scripts/lib/
RUN npm ci --ignore-scripts --loglevel=error
COPY . .
RUN npm pack --silent --pack-destination /tmp
# As the lockfile has it, and nothing but what the package asks for.
RUN npm install --prefix /app --ignore-scripts --omit=dev --loglevel=error /tmp/fal-openai-worker-*.tgz

FROM node:24.21.0-bookworm-slim
COPY --from=build /app /app
RUN install -d -o node -g node -m 700 /data
ENV HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/node_modules/.bin/fal-openai-worker"]
