// Who is serving from a state folder: its SQLite files have one owner at a time.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const note = (state) => join(state, "server.pid");

/** Notes that this process serves from `state`. A note of a process that is gone counts for nothing. */
export function claim(state) {
  mkdirSync(state, { recursive: true });
  writeFileSync(note(state), String(process.pid));
}

/** The process that serves from `state`, if one does. */
export function runningOn(state) {
  if (!existsSync(note(state))) return undefined;
  const pid = Number(readFileSync(note(state), "utf8"));
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
