// Brings everything that building needs and the machine lacks: npm packages, the wasm target, tools, local secrets. Runs on the machine's
// own Node (20 or later), for the pinned one is itself an npm package. With nothing to do it takes a fraction of a second.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { program, run, say, timed } from "./lib/console.mjs";
import { at, bin, stamp } from "./lib/paths.mjs";
import { secrets } from "./lib/secrets.mjs";
import { fingerprint, unlessUnchanged } from "./lib/stamps.mjs";
import { tool } from "./lib/tools.mjs";

const TARGET = "wasm32-unknown-unknown";

async function npmPackages() {
  const print = fingerprint(["package.json", "package-lock.json", ".npmrc"]);
  await unlessUnchanged(stamp("npm"), print, [bin("wrangler"), bin("node")], () =>
    timed("npm packages", () => run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: at(), hush: true })),
  );
}

async function rustTarget() {
  const installed = () => spawnSync("rustup", ["target", "list", "--installed"], { cwd: at(), encoding: "utf8" }).stdout ?? "";
  await unlessUnchanged(stamp("rust"), fingerprint(["rust-toolchain.toml"]), [], async () => {
    // Asking for the active toolchain installs the one that rust-toolchain.toml pins, where rustup is allowed to.
    if (spawnSync("cargo", ["--version"], { cwd: at() }).status !== 0) {
      await timed("Rust toolchain", () => run("rustup", ["toolchain", "install"], { cwd: at() }));
    }
    if (!installed().includes(TARGET)) await timed(`Rust target ${TARGET}`, () => run("rustup", ["target", "add", TARGET], { cwd: at() }));
  });
}

await program(async () => {
  const first = !existsSync(stamp("npm"));
  if (first) say("First set-up. It takes minutes once; afterwards only what has changed is done again.");
  await npmPackages();
  await rustTarget();
  for (const name of ["wasm-bindgen", "worker-build", ...(process.argv.includes("--deny") ? ["cargo-deny"] : [])]) await tool(name);
  secrets();
});
