# Two stages: what builds stays behind. The image holds Node, the build, and the packages that load at run time.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY build.mjs node-version.mjs ./
COPY migrations migrations
COPY adapters adapters
COPY src src
# Half of the packages is never read: what maps and describes their code, and the source of SQLite, of which they bring the build.
RUN node build.mjs && rm -rf node_modules/esbuild node_modules/@esbuild node_modules/.bin node_modules/better-sqlite3/deps \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' \) -delete \
  && mkdir dist/compiled && chown node:node dist/compiled
# What V8 compiles is kept in the image, for a container writes nothing beside the program: a command starts in half the time.
COPY warm.mjs ./
USER node
RUN node warm.mjs && chmod -R a+rX dist/compiled

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATABASE_URL=sqlite:/data/rounds.db PORT=3000
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY package.json LICENSE /app/
RUN mkdir /data && chown node:node /data && ln -s /app/dist/cli.js /usr/local/bin/rounds
USER node
# Commands write beside where they run: `docker compose exec rounds rounds backup backup.db` lands on the volume.
WORKDIR /data
VOLUME /data
EXPOSE 3000
# Not /readyz: a full disk or a revoked token is not helped by starting again.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that it hears the signals of `docker stop`.
CMD ["node", "--max-semi-space-size=2", "/app/dist/main.js"]
