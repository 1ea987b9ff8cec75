// A Python program of a pinned version, in an environment of its own under the tool cache: made once, when it is first needed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { giveUp, run, timed } from "./console.mjs";
import { toolCache } from "./paths.mjs";
import { unlessUnchanged } from "./stamps.mjs";

const PYTHON = process.env.PYTHON ?? "python3";

/** The folder of the programs that `requirements` (every package pinned) brings along. */
export async function pythonPrograms(requirements) {
  const text = readFileSync(requirements, "utf8");
  const print = createHash("sha256").update(text).digest("hex");
  const home = join(toolCache, "py", print.slice(0, 16));
  const programs = join(home, "bin");
  await unlessUnchanged(`${home}.stamp`, print, [programs], async () => {
    if (spawnSync(PYTHON, ["-c", "import venv, ensurepip"]).status !== 0) {
      giveUp("Missing: Python 3.11 or later with venv\n  install it with: sudo apt-get install -y python3-venv");
    }
    await timed("Python packages of a suite (once)", async () => {
      await run(PYTHON, ["-m", "venv", "--clear", home], { hush: true });
      await run(join(programs, "pip"), ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", requirements], { hush: true });
    });
  });
  return programs;
}
