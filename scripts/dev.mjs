// `make dev` after the set-up: builds what has changed, migrates, seeds once, then serves under `wrangler dev`, which builds again
// whenever a source file changes. Runs on the pinned Node.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter } from "node:path";
import process from "node:process";
import { buildWorker } from "./build.mjs";
import { giveUp, program, say, timed } from "./lib/console.mjs";
import { at, bin, stateDir } from "./lib/paths.mjs";
import { claim, runningOn } from "./lib/running.mjs";
import { printLogins, seed } from "./demo.mjs";
import { migrate } from "./migrate.mjs";

const port = Number(process.env.PORT ?? 8787);

function portIsFree() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

function wrangler() {
  const args = ["dev", "--port", port, "--ip", "127.0.0.1", "--inspector-port", "0", "--persist-to", stateDir, "--test-scheduled", "--var", `PUBLIC_PORT:${port}`];
  const child = spawn(bin("node"), [at("node_modules/wrangler/bin/wrangler.js"), ...args.map(String), "--show-interactive-dev-session=false"], {
    cwd: at(),
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      // The build command of wrangler.toml says `node` and means the pinned one.
      PATH: `${at("node_modules/.bin")}${delimiter}${process.env.PATH}`,
      WRANGLER_SEND_METRICS: "false",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 0));
}

async function whenAnswering() {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`, { redirect: "manual", signal: AbortSignal.timeout(5000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Local cron triggers do not ring by themselves: what the platform does every five minutes is asked for here, so that promises, reminders
 * and mails to be tried again do not stand still. While the worker is being built again nobody answers, and the next time does. */
function keepSweeping() {
  const sweep = () => fetch(`http://127.0.0.1:${port}/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*`).catch(() => undefined);
  setInterval(sweep, 5 * 60_000);
  sweep();
}

await program(async () => {
  const pid = runningOn(stateDir);
  if (pid) giveUp(`The server is already running (process ${pid}).`);
  if (!(await portIsFree())) giveUp(`Port ${port} is taken. Choose another: make dev PORT=8788`);
  await buildWorker();
  await timed("migrations", async () => migrate());
  const seeded = existsSync(at("tests/src/bin/seed.rs"));
  if (seeded) await seed({ port });
  claim(stateDir);
  wrangler();
  await timed("first answer", whenAnswering);
  keepSweeping();
  if (seeded) printLogins(port);
  say(`Serving at http://localhost:${port} (stop with Ctrl+C; state is in ${stateDir})`);
});
