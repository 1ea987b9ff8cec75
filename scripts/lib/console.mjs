// What a person sees while the set-up works: one line a step, with the time it took.
import { spawn } from "node:child_process";
import process from "node:process";

const started = Date.now();
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
let quiet = false;

export const setQuiet = (value) => {
  quiet = value;
};

export function say(line) {
  if (!quiet) process.stderr.write(`${line}\n`);
}

/** Ends the program with a message for a person: what is wrong and which command mends it. */
export function giveUp(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Announces a step, runs it, and says how long it took. */
export async function timed(name, work) {
  const begun = Date.now();
  say(`[${seconds(begun - started).padStart(8)}] ${name} ...`);
  const result = await work();
  say(`[${seconds(Date.now() - started).padStart(8)}] ${name}: done in ${seconds(Date.now() - begun)}`);
  return result;
}

export class CommandFailed extends Error {
  constructor(command, code) {
    super(`${command} ended with ${code}`);
    this.name = "CommandFailed";
    this.code = code;
  }
}

/**
 * Runs a program to its end, its output passed on to stderr (so that a script's own stdout stays clean).
 * `hush` keeps the output back and shows it only when the program fails.
 */
export function run(command, args, { cwd, env, hush = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", hush ? "pipe" : 2, hush ? "pipe" : 2],
    });
    const kept = [];
    child.stdout?.on("data", (chunk) => kept.push(chunk));
    child.stderr?.on("data", (chunk) => kept.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve();
        return;
      }
      if (hush) process.stderr.write(Buffer.concat(kept));
      reject(new CommandFailed([command, ...args].join(" "), code ?? signal));
    });
  });
}

/** Runs `main`, turning whatever it throws into one readable line and a failing exit code. */
export async function program(main) {
  try {
    await main();
  } catch (error) {
    giveUp(error instanceof CommandFailed ? `Failed: ${error.message}` : error.stack);
  }
}
