// Builds the worker: browser files first, then the API document, then Rust to WebAssembly by worker-build. `--release` for what is deployed.
// wrangler calls this at its start and whenever a watched file changes; with nothing changed it takes a fraction of a second.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join, relative } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { buildAssets } from "./build-assets.mjs";
import { program, run, say, setQuiet, timed } from "./lib/console.mjs";
import { at, builds, stamp } from "./lib/paths.mjs";
import { fingerprint, unlessUnchanged } from "./lib/stamps.mjs";
import { tool, workerBuildEnv } from "./lib/tools.mjs";

const INPUTS = [
  "Cargo.toml",
  "Cargo.lock",
  "rust-toolchain.toml",
  "functions",
  "durable-objects",
  "encodings",
  "shared/Cargo.toml",
  "shared/src",
  "shared/locales",
  "shared/templates",
  "d1-migrations",
];

async function compile(release, worker) {
  const program = await tool("worker-build");
  const out = relative(at("functions"), worker);
  await run(program, [release ? "--release" : "--dev", "--out-dir", out], { cwd: at("functions"), env: await workerBuildEnv() });
  if (release) await stripNames(worker);
}

/** What is deployed carries no function names, a tenth of its size; a copy with them stays beside it, to read a stack trace by. */
async function stripNames(worker) {
  const wasm = join(worker, "index_bg.wasm");
  const named = join(worker, "..", "named.wasm");
  renameSync(wasm, named);
  await run(at("node_modules/.bin/wasm-opt"), [named, "--strip-debug", "--detect-features", "--output", wasm]);
}

/** The API document, from the same sources as the worker, beside the files of the browser; the worker reads it from there. */
async function writeDocument(folder, kind) {
  const file = join(folder, "openapi.json");
  const ran = await unlessUnchanged(stamp(`document-${kind}`), fingerprint([...INPUTS, "tests/src/bin/openapi.rs"]), [file], () =>
    timed(`API document (${kind})`, async () => {
      const program = ["-p", "tests", "--bin", "openapi"];
      // Compiling takes minutes at first and shows what it is at; what the program writes is the document.
      await run("cargo", ["build", ...program], { cwd: at() });
      const { stdout } = await promisify(execFile)("cargo", ["run", "--quiet", ...program], { cwd: at(), maxBuffer: 64 * 1024 * 1024 });
      writeFileSync(file, stdout);
    }),
  );
  if (!ran) say("The API document is up to date.");
}

/** The built worker: `index.js` beside `index_bg.wasm`. */
export async function buildWorker({ release = false } = {}) {
  const kind = release ? "release" : "dev";
  await buildAssets({ release });
  const { worker, assets } = builds[kind];
  await writeDocument(assets, kind);
  const print = fingerprint(INPUTS, release ? [readFileSync(at("build/release-assets.json"), "utf8")] : []);
  const wasm = join(worker, "index_bg.wasm");
  const ran = await unlessUnchanged(stamp(`worker-${kind}`), print, [join(worker, "index.js"), wasm], () =>
    timed(`worker to WebAssembly (${kind})`, () => compile(release, worker)),
  );
  if (!ran) say("The worker is up to date.");
  if (release && existsSync(wasm)) {
    const size = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
    say(`wasm: ${size(statSync(wasm).size)}, gzipped ${size(gzipSync(readFileSync(wasm)).length)}`);
  }
}

if (process.argv[1]?.endsWith("/build.mjs")) {
  setQuiet(process.argv.includes("--quiet"));
  await program(() => buildWorker({ release: process.argv.includes("--release") }));
}
