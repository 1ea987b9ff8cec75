// `make coverage`: which lines of `shared` and `functions` the native tests run. What exists on the platform only (functions/src/edge,
// durable-objects) cannot run natively and is not counted; the edge suite covers it. Fails below the floor.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import process from "node:process";
import { giveUp, program, run, timed } from "./lib/console.mjs";
import { at } from "./lib/paths.mjs";
import { tool } from "./lib/tools.mjs";

const FLOOR_PERCENT = 85;
const REPORT = at("target", "coverage.json");
const COUNTED = /^(shared|functions)\/src\/(?!edge[./])/;

const percent = ({ count, covered }) => (count === 0 ? 100 : (100 * covered) / count);
const add = (sum, { count, covered }) => ({ count: sum.count + count, covered: sum.covered + covered });

await program(async () => {
  const components = spawnSync("rustup", ["component", "list", "--installed"], { cwd: at(), encoding: "utf8" }).stdout;
  if (!components.includes("llvm-tools")) await timed("llvm-tools", () => run("rustup", ["component", "add", "llvm-tools"], { cwd: at() }));
  const cover = await tool("cargo-llvm-cov");
  await timed("native tests with coverage", () =>
    run(cover, ["llvm-cov", "--workspace", "--quiet", "--json", "--summary-only", "--output-path", REPORT], { cwd: at() }),
  );

  const files = JSON.parse(readFileSync(REPORT, "utf8"))
    .data[0].files.map(({ filename, summary }) => ({ name: relative(at(), filename), lines: summary.lines }))
    .filter(({ name }) => COUNTED.test(name));
  const none = { count: 0, covered: 0 };
  const line = (name, lines) => `${name.padEnd(56)}${percent(lines).toFixed(1).padStart(6)} %  ${lines.covered}/${lines.count}\n`;
  const least = files.filter(({ lines }) => percent(lines) < FLOOR_PERCENT).sort((a, b) => percent(a.lines) - percent(b.lines));
  for (const { name, lines } of least) process.stdout.write(line(name, lines));
  let below = false;
  for (const crate of ["shared", "functions"]) {
    const total = files.filter(({ name }) => name.startsWith(`${crate}/`)).reduce((sum, { lines }) => add(sum, lines), none);
    process.stdout.write(line(`${crate} in all`, total));
    below ||= percent(total) < FLOOR_PERCENT;
  }
  if (below) giveUp(`Coverage is below ${FLOOR_PERCENT} % of lines.`);
});
