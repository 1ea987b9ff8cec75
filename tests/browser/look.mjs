// What is wrong with a page to look at: what sticks out of its width, and what axe-core finds serious.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { NARROW, overflow, WIDE } from "./support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What depends on the theme: colours. The rest depends on the width alone, and is looked at once for each. */
const COLOURS = ["color-contrast"];
/** High contrast promises 7:1 (WCAG 2.2, 1.4.6). */
const STRONG_COLOURS = ["color-contrast", "color-contrast-enhanced"];

/** Every theme, and both widths. The width changes once: laying a page out anew costs more than colouring it. */
export const GUISES = [
  ["light, wide", { viewport: WIDE }],
  ["dark, wide", { dark: true, viewport: WIDE, rules: COLOURS }],
  ["light, high contrast, wide", { contrast: "more", viewport: WIDE, rules: STRONG_COLOURS }],
  ["dark, high contrast, narrow", { dark: true, contrast: "more", viewport: NARROW, rules: STRONG_COLOURS }],
  ["dark, narrow", { dark: true, viewport: NARROW }],
  ["light, narrow", { viewport: NARROW, rules: COLOURS }],
];
/** One of each choice, for what a page shows after something was done in it. */
export const FEW_GUISES = [GUISES[0], GUISES[3], GUISES[4]];

/** Colours change over a frame or two, one element after another, and are looked at when they have. What moves for good is not waited for. */
export const settle = (page) =>
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
  for (const [guise, { dark = false, contrast = "no-preference", viewport, rules }] of guises) {
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", contrast, reducedMotion: "reduce" });
    if (page.viewportSize()?.width !== viewport.width) await page.setViewportSize(viewport);
    await settle(page);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(/\W+/g, "-")}-${guise.replaceAll(", ", "-").replace(" ", "-")}.png`, fullPage: true });
    for (const element of await overflow(page)) findings.push(`${name} (${guise}): sticks out: ${element}`);
    const violations = await page.evaluate(
      (only) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(only && { runOnly: only }) }).then(({ violations: found }) => found),
      rules,
    );
    for (const { id, impact, nodes } of violations)
      if (impact === "serious" || impact === "critical") findings.push(`${name} (${guise}): ${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.data?.contrastRatio ?? ""}`).join(" | ")}`);
  }
  await page.emulateMedia({ contrast: "no-preference" });
  await page.setViewportSize(WIDE);
  return findings;
}
