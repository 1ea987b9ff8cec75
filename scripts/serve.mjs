// Starts the built worker on workerd, with the bindings of wrangler.toml, without building anything and without questions:
// `scripts/serve --port 8801 --state /dev/shm/one`. Port 0 takes a free one. One line of JSON on stdout says when it answers:
// `{"url":"http://127.0.0.1:8801","pid":123,"state":"/dev/shm/one"}`; SIGTERM ends it. Any number may run side by side, each on its own state.
//
// --release serves the release build; --build DIR and --assets DIR any other one; --var NAME=VALUE adds or replaces a variable.
// --no-migrate leaves the databases as they are.
import { createServer } from "node:net";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { Log, LogLevel, Miniflare } from "miniflare";
import { giveUp, program, say, setQuiet } from "./lib/console.mjs";
import { at, builds, stateDir } from "./lib/paths.mjs";
import { secrets } from "./lib/secrets.mjs";
import { fingerprint } from "./lib/stamps.mjs";
import { claim } from "./lib/running.mjs";
import { within } from "./lib/within.mjs";
import { migrate } from "./migrate.mjs";

/** How long the runtime may take to answer, in seconds. */
const START = 60;
/** How often it is started anew when that fails on a port that we have chosen: somebody else may have taken it meanwhile. */
const STARTS = 3;

/** The worker writes links with the port in them, so it has to be known before the start. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Keeps stdout for the one line that says where the server is. */
class ErrorLog extends Log {
  log(message) {
    process.stderr.write(`${message}\n`);
  }
}

/** The bindings as wrangler reads them from its configuration; remembered, for loading wrangler takes longer than all the rest. */
async function workerOptions(assets) {
  const print = fingerprint(["wrangler.toml", "package-lock.json"]).slice(0, 16);
  const memo = at(".dev", "stamps", `bindings-${print}.json`);
  if (!existsSync(memo)) {
    mkdirSync(at("build", "public"), { recursive: true });
    process.env.WRANGLER_LOG = "none";
    const { unstable_getMiniflareWorkerOptions: read } = await import("wrangler");
    const { workerOptions: options } = read(at("wrangler.toml"));
    for (const name of Object.keys(secrets())) delete options.bindings[name];
    mkdirSync(at(".dev", "stamps"), { recursive: true });
    writeFileSync(memo, JSON.stringify(options));
  }
  const options = JSON.parse(readFileSync(memo, "utf8"));
  options.assets.directory = assets;
  return options;
}

/**
 * Starts the worker and resolves when it answers. `vars` replace those of wrangler.toml; `extra` goes to Miniflare as it is.
 * Answers the Miniflare instance (`dispose()` ends it) and its address.
 */
export async function serve({ port = 0, state = stateDir, release = false, build, assets, vars = {}, migrated = false, extra = {} } = {}) {
  const kind = builds[release ? "release" : "dev"];
  const worker = build ?? kind.worker;
  if (!existsSync(join(worker, "index.js"))) giveUp(`There is no built worker in ${worker}. Build it: make build-dev`);
  if (!migrated) migrate(state);
  const options = await workerOptions(assets ?? kind.assets);
  claim(state);
  const on = (chosen) => ({
    ...options,
    name: "workernet",
    rootPath: worker,
    modulesRoot: worker,
    scriptPath: join(worker, "index.js"),
    modules: true,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    bindings: { ...options.bindings, PUBLIC_PORT: String(chosen), ...secrets(), ...vars },
    host: "127.0.0.1",
    port: chosen,
    defaultPersistRoot: join(state, "v3"),
    unsafeTriggerHandlers: true,
    cf: false,
    log: new ErrorLog(LogLevel.WARN),
    ...extra,
  });
  if (port !== 0) return started(on(port));
  for (let left = STARTS - 1; ; left -= 1) {
    try {
      return await started(on(await freePort()));
    } catch (error) {
      if (left === 0) throw error;
      process.stderr.write(`The runtime did not start, once more: ${error.message}\n`);
    }
  }
}

/** A runtime that answers. One that does not is ended, lest it keep this process. */
async function started(options) {
  const miniflare = new Miniflare(options);
  try {
    const { origin } = await within(START, "the runtime to answer", miniflare.ready);
    return { miniflare, url: origin };
  } catch (error) {
    await within(START, "the runtime to end", miniflare.dispose()).catch(() => {});
    throw error;
  }
}

if (process.argv[1]?.endsWith("/serve.mjs")) {
  await program(async () => {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "8787" },
        state: { type: "string", default: stateDir },
        build: { type: "string" },
        assets: { type: "string" },
        release: { type: "boolean", default: false },
        "no-migrate": { type: "boolean", default: false },
        var: { type: "string", multiple: true, default: [] },
      },
    });
    setQuiet(true);
    const vars = Object.fromEntries(values.var.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    const state = resolve(values.state);
    const { miniflare, url } = await serve({
      port: Number(values.port),
      state,
      release: values.release,
      build: values.build && resolve(values.build),
      assets: values.assets && resolve(values.assets),
      vars,
      migrated: values["no-migrate"],
    });
    process.stdout.write(`${JSON.stringify({ url, pid: process.pid, state })}\n`);
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.once(signal, async () => {
        say("Stopping.");
        await miniflare.dispose();
        process.exit(0);
      });
    }
  });
}
