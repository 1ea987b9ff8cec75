// The programs that cargo does not bring along by itself: wasm-bindgen (which must match Cargo.lock to the digit), worker-build,
// cargo-deny, cargo-llvm-cov, cargo-mutants.
// Order: what the environment names, what the cache holds, what the PATH has in the right version, and last a build from source.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { CommandFailed, run, say, timed } from "./console.mjs";
import { at, bin, toolCache } from "./paths.mjs";

function lockedVersion(name) {
  const found = new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(readFileSync(at("Cargo.lock"), "utf8"));
  if (!found) throw new Error(`Cargo.lock does not name ${name}`);
  return found[1];
}

const TOOLS = {
  "wasm-bindgen": { package: "wasm-bindgen-cli", variable: "WASM_BINDGEN_BIN", version: () => lockedVersion("wasm-bindgen") },
  "worker-build": { package: "worker-build", variable: "WORKER_BUILD_BIN", version: () => lockedVersion("worker") },
  "cargo-deny": { package: "cargo-deny", variable: "CARGO_DENY_BIN", version: () => "0.20.2" },
  "cargo-llvm-cov": { package: "cargo-llvm-cov", variable: "CARGO_LLVM_COV_BIN", version: () => "0.9.1" },
  "cargo-mutants": { package: "cargo-mutants", variable: "CARGO_MUTANTS_BIN", version: () => "27.1.0" },
};

function onPath(program, version) {
  const asked = spawnSync(program, ["--version"], { encoding: "utf8" });
  return asked.status === 0 && asked.stdout.trim().split(/\s+/).includes(version);
}

/** The path of a tool, built from source into the cache when it is nowhere to be found (minutes, once). */
export async function tool(program) {
  const { package: crate, variable, version: pinned } = TOOLS[program];
  if (process.env[variable]) return process.env[variable];
  const version = pinned();
  const home = join(toolCache, `${crate}-${version}`);
  const path = join(home, "bin", program);
  if (existsSync(path)) return path;
  if (onPath(program, version)) return program;
  mkdirSync(home, { recursive: true });
  await timed(`${crate} ${version} (built once, takes minutes)`, () => install(crate, version, home));
  return path;
}

async function install(crate, version, home) {
  // Most of the time goes into optimizing what then runs for a second or two.
  const env = {
    CARGO_TARGET_DIR: join(toolCache, "target"),
    CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
    CARGO_PROFILE_RELEASE_LTO: "off",
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  };
  const args = ["install", crate, "--version", version, "--root", home];
  try {
    await run("cargo", [...args, "--locked"], { cwd: toolCache, env });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    say("The versions that its lockfile names cannot be had; trying with the newest that fit.");
    await run("cargo", args, { cwd: toolCache, env });
  }
}

/** The environment in which worker-build finds everything and downloads nothing. */
export async function workerBuildEnv() {
  return {
    WASM_BINDGEN_BIN: await tool("wasm-bindgen"),
    WASM_OPT_BIN: bin("wasm-opt"),
    ESBUILD_BIN: bin("esbuild"),
  };
}
