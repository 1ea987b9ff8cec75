// `make test`: every stage in order, each with its time, a summary, and a last line `N passed, N failed`. `scripts/test check` runs the
// quick stages, `scripts/test edge browser` those that are named.
//
// A suite on workerd or in the browser is a folder `tests/<stage>` of `*.test.mjs` files, run by Node's own test runner, one file after
// the other; its files start the built worker by `serve` of scripts/serve.mjs, on free ports and states of their own.
//
// A stage has an end: one that is not through by its limit is stopped with everything it started, and has failed.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import process from "node:process";
import { buildWorker } from "./build.mjs";
import { giveUp, program } from "./lib/console.mjs";
import { at, bin } from "./lib/paths.mjs";
import { tool } from "./lib/tools.mjs";

const QUICK = ["format", "lint", "wasm", "native", "types", "worker", "browsers"];

/** How a suite says how many tests passed and failed: cargo's lines and the summary of Node's test runner. */
const COUNTS = [
  { pattern: /^test result: \w+\. (\d+) passed; (\d+) failed/gm, passed: 1, failed: 2 },
  { pattern: /^ℹ pass (\d+)$/gm, passed: 1 },
  { pattern: /^ℹ fail (\d+)$/gm, failed: 1 },
];

function count(output, succeeded) {
  const sum = { passed: 0, failed: 0 };
  for (const { pattern, passed, failed } of COUNTS) {
    for (const found of output.matchAll(pattern)) {
      if (passed) sum.passed += Number(found[passed]);
      if (failed) sum.failed += Number(found[failed]);
    }
  }
  if (sum.passed + sum.failed === 0) sum[succeeded ? "passed" : "failed"] = 1;
  // A suite that breaks off without saying which test failed has failed all the same.
  if (!succeeded && sum.failed === 0) sum.failed = 1;
  return sum;
}

/** How a suite names a test that failed and says why: a panic, and an entry of the list at the end of Node's test runner. */
const FAULTS = [/^thread '(?<name>[^']+)'.*panicked at .*\n(?<why>.*)/gm, /^✖ (?<name>.+) \([\d.]+ms\)\n(?<why>(?: {2}(?! +at ).*\n)+)/gm];

/** The faults of a stage in a line each: who reads the last lines of a log alone shall know what to mend. */
function faults(output) {
  const found = FAULTS.flatMap((pattern) => [...output.matchAll(pattern)]).map(({ groups }) => `${groups.name}: ${groups.why.trim().replaceAll(/\s+/g, " ")}`);
  const last = output.trim().split("\n").slice(-1);
  return [...new Set(found.length > 0 ? found : last)].slice(0, 40).map((line) => line.slice(0, 300));
}

/** How long a stage may take, in minutes; the longest, that in Chromium, takes three quarters of an hour on two cores. */
const LIMIT = 60;

/** Stops a stage and whatever it started: they are one process group. */
function stop(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function command(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: at(),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${at("node_modules/.bin")}${delimiter}${process.env.PATH}`,
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
        WRANGLER_SEND_METRICS: "false",
      },
    });
    const kept = [];
    for (const [stream, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.on("data", (chunk) => {
        kept.push(chunk);
        to.write(chunk);
      });
    }
    const passOn = (signal) => {
      stop(child, signal);
      process.exit(1);
    };
    process.once("SIGINT", passOn).once("SIGTERM", passOn);
    const limit = setTimeout(() => {
      process.stderr.write(`\nNot through after ${LIMIT} minutes: ${[program, ...args].join(" ")}\n`);
      stop(child, "SIGKILL");
    }, LIMIT * 60_000);
    const end = (outcome) => {
      clearTimeout(limit);
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      resolve(outcome);
    };
    child.on("error", (error) => end({ succeeded: false, output: error.message }));
    child.on("close", (code) => end({ succeeded: code === 0, output: Buffer.concat(kept).toString() }));
  });
}

const built = (release) => async () => {
  await buildWorker({ release });
  return { succeeded: true, output: "" };
};

const cargo = (...args) => ({ run: () => command("cargo", args) });

/** Runs test files, one after the other. A file ends with its last test, even if a test that ran into its limit left something open. */
const tested = (files) =>
  command(bin("node"), [
    ...["--disable-warning=ExperimentalWarning", "--test", "--test-concurrency=1", "--test-force-exit"],
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...[`--test-reporter=${at("scripts", "lib", "file-reports.mjs")}`, "--test-reporter-destination=stdout"],
    ...files,
  ]);

/** A folder of test files, there or not. */
function suite(name, run = tested) {
  const folder = at("tests", name);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".test.mjs")).sort() : [];
  return { absent: files.length === 0, run: () => run(files.map((file) => join(folder, file))) };
}

/** So many files that fail are a fault of the product, not of a busy machine. */
const AGAIN_MAX = 3;

/**
 * Files in Chromium that fail are run once more: hundreds of pages in real time meet a moment of the machine that the product has no part
 * in. A fault fails twice. What passed the second time only is named in the summary as unsteady, and is to be looked into.
 */
async function twice(files) {
  const first = await tested(files);
  const faulty = first.output.match(/^Failed files: (.+)$/m)?.[1].split(", ") ?? [];
  if (first.succeeded || faulty.length === 0 || faulty.length > AGAIN_MAX) return first;
  process.stdout.write(`\n== once more: ${faulty.join(", ")} ==\n`);
  const second = await tested(files.filter((file) => faulty.includes(basename(file))));
  if (!second.succeeded) return first;
  const { passed, failed } = count(first.output, false);
  return { succeeded: true, output: second.output, passed: passed + failed, unsteady: faults(first.output) };
}

const STAGES = {
  format: cargo("fmt", "--all", "--check"),
  lint: cargo("clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"),
  wasm: cargo("clippy", "-p", "functions", "--target", "wasm32-unknown-unknown", "--quiet", "--", "-D", "warnings"),
  native: cargo("test", "--workspace", "--quiet"),
  types: { run: () => command(bin("tsc"), ["--noEmit", "--project", at("public", "tsconfig.json")]) },
  browsers: { run: () => command(bin("node"), [at("scripts", "lint-browsers.mjs")]) },
  // A service worker lives in another world than pages: other globals, other types.
  worker: { run: () => command(bin("tsc"), ["--noEmit", "--project", at("public", "src", "sw", "tsconfig.json")]) },
  deny: { run: async () => command(await tool("cargo-deny"), ["check", "bans", "licenses", "sources"]) },
  build: { run: built(false) },
  edge: suite("edge"),
  crash: suite("crash"),
  browser: suite("browser", twice),
  contract: suite("contract"),
  saml: suite("saml"),
  release: { run: built(true) },
  deploy: {
    run: () =>
      command(bin("node"), [
        ...[at("node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--env", "production"],
        ...["--outdir", at("build", "deploy")],
      ]),
  },
};

async function runStage(name) {
  process.stdout.write(`\n== ${name} ==\n`);
  const begun = Date.now();
  let outcome;
  try {
    outcome = await STAGES[name].run();
  } catch (error) {
    outcome = { succeeded: false, output: "" };
    process.stderr.write(`${error.message}\n`);
  }
  return { name, ...count(outcome.output, outcome.succeeded), ...outcome, seconds: (Date.now() - begun) / 1000 };
}

await program(async () => {
  const asked = process.argv.slice(2).flatMap((name) => (name === "check" ? QUICK : [name]));
  const unknown = asked.filter((name) => !(name in STAGES));
  if (unknown.length > 0) giveUp(`No such stage: ${unknown.join(", ")}. There are: check, ${Object.keys(STAGES).join(", ")}`);
  const names = Object.keys(STAGES).filter((name) => !STAGES[name].absent && (asked.length === 0 || asked.includes(name)));
  const results = [];
  for (const name of names) results.push(await runStage(name));

  process.stdout.write("\n");
  for (const { name, succeeded, passed, failed, seconds } of results) {
    const verdict = succeeded ? "ok" : "FAILED";
    process.stdout.write(`${name.padEnd(10)}${verdict.padEnd(8)}${String(passed).padStart(6)} passed${String(failed).padStart(5)} failed${seconds.toFixed(1).padStart(9)} s\n`);
  }
  for (const { name, succeeded, output } of results) {
    if (!succeeded) for (const line of faults(output)) process.stdout.write(`${name}: ${line}\n`);
  }
  for (const { name, unsteady = [] } of results) for (const line of unsteady) process.stdout.write(`${name}: unsteady, passed when it was run again: ${line}\n`);
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  process.stdout.write(`${total("passed")} passed, ${total("failed")} failed\n`);
  process.exitCode = results.every(({ succeeded }) => succeeded) ? 0 : 1;
});
