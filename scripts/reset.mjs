// `make reset`: the next `make dev` starts with empty databases, new secrets and new demo logins. Built files and tools stay.
import { rmSync } from "node:fs";
import { giveUp, say } from "./lib/console.mjs";
import { at, stateDir } from "./lib/paths.mjs";
import { runningOn } from "./lib/running.mjs";

const pid = runningOn(stateDir);
if (pid) giveUp(`The server is running (process ${pid}). Stop it first.`);
for (const path of [stateDir, at(".dev", "demo.json"), at(".dev.vars")]) rmSync(path, { recursive: true, force: true });
say("Local state, secrets and demo logins are gone.");
