# One service, as it runs. SERVICE is the name of its package: gateway, users or messaging; or operator, the command line.
FROM node:24-bookworm-slim AS base
WORKDIR /app

# Only what names the packages, so that a change of sources fetches none of them again.
FROM base AS manifests
COPY . .
# By way of what packages need for their tests, npm would bring the whole repository.
RUN find libs services -mindepth 2 ! -name package.json -delete \
 && npm pkg delete devDependencies --workspaces

FROM base AS build
ARG SERVICE
COPY --from=manifests /app .
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-update-notifier --workspace "@natter/${SERVICE:?must say what to build}"
COPY libs libs
COPY services services
# What npm has not linked is not needed. (Node runs TypeScript only outside of node_modules, where the links lead.)
RUN for folder in libs/* services/*; do [ -e "node_modules/@natter/${folder#*/}" ] || rm -r "$folder"; done

FROM base
ARG SERVICE
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Natter: $SERVICE" \
      org.opencontainers.image.description="Self-hosted chat backend: an acknowledged message is stored once, in order, for ever" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
ENV NODE_ENV=production HOST=0.0.0.0 ADMIN_HOST=0.0.0.0 ADMIN_PORT=8081
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/libs libs
COPY --from=build /app/services services
# The user "node", by number: so Kubernetes can tell that it is not root.
USER 1000:1000
WORKDIR /app/node_modules/@natter/$SERVICE
# HTTP of the gateway; health and metrics of all.
EXPOSE 8000 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --start-interval=1s \
  CMD ["node", "-e", "require('node:http').get(`http://127.0.0.1:${process.env.ADMIN_PORT}/readyz`, (answer) => { process.exitCode = answer.statusCode === 200 ? 0 : 1; answer.pipe(process.stdout) })"]
CMD ["node", "src/main.ts"]
