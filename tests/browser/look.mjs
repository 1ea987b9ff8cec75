// What is wrong with a page to look at: what sticks out of its width, and what axe-core finds serious.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { NARROW, overflow, WIDE } from "./support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Each side of both choices: light and dark, wide and narrow. */
export const GUISES = [
  ["light, wide", { dark: false, viewport: WIDE }],
  ["dark, wide", { dark: true, viewport: WIDE }],
  ["dark, narrow", { dark: true, viewport: NARROW }],
  ["light, narrow", { dark: false, viewport: NARROW }],
];

/** Colours change over a frame or two, one element after another, and are looked at when they have. What moves for good is not waited for. */
const settle = (page) =>
  page.evaluate(async () => {
    const isUnderWay = ({ playState, effect }) => playState === "running" && effect.getComputedTiming().endTime !== Infinity;
    for (let frame = 0; frame < 60; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (frame > 1 && !document.getAnimations().some(isUnderWay)) return;
    }
  });

/** The faults of a page as it stands, in each of the guises: none, where all is well. `SHOTS` names a folder to keep pictures in. */
export async function look(page, name, guises = GUISES) {
  const findings = [];
  // The page's policy allows no foreign script; the debugger's door is not the page's.
  await page.evaluate(AXE);
  for (const [guise, { dark, viewport }] of guises) {
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    await settle(page);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(/\W+/g, "-")}-${guise.replace(", ", "-")}.png`, fullPage: true });
    for (const element of await overflow(page)) findings.push(`${name} (${guise}): sticks out: ${element}`);
    const violations = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }).then(({ violations: found }) => found));
    for (const { id, impact, nodes } of violations)
      if (impact === "serious" || impact === "critical") findings.push(`${name} (${guise}): ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  }
  await page.setViewportSize(WIDE);
  return findings;
}
