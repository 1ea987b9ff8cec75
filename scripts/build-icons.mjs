// Picks the icons that templates and browser code name out of lucide-static and writes them as one SVG sprite.
//
// An icon is used as `{{> shared/icon "name"}}` (or icon-flip) in a template, or as `icon("name")` in TypeScript. The sprite is a file
// of its own, so that pages stay small and the browser keeps it: usage is `<use href="icons.svg#name">`.
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Icons by what they mean, so that a template can name one by a value: `icons.svg#status-{{status}}`. */
const MEANINGS = {
  "status-new": "circle-dot",
  "status-in_progress": "circle-play",
  "status-waiting_customer": "circle-pause",
  "status-resolved": "circle-check",
  "status-closed": "archive",
  "priority-critical": "octagon-alert",
  "priority-high": "chevron-up",
  "priority-medium": "equal",
  "priority-low": "chevron-down",
  "sla-ok": "clock",
  "sla-warning": "timer",
  "sla-breached": "triangle-alert",
  "sla-paused": "pause",
  "sla-met": "check",
  "sla-none": "minus",
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

function files(folder, ends) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The sprite's text. Throws where a named icon does not exist, so that a slip of the pen stops the build. */
export function sprite(icons = join(root, "node_modules/lucide-static/icons")) {
  const names = new Map([["chevron-right", "chevron-right"], ...Object.entries(MEANINGS)]);
  for (const file of files(join(root, "functions/templates"), [".hbs"]))
    for (const [, name] of readFileSync(file, "utf8").matchAll(/> shared\/icon(?:-flip)? "([a-z0-9-]+)"/g)) names.set(name, name);
  for (const file of files(join(root, "public/src"), [".ts"]))
    for (const [, name] of readFileSync(file, "utf8").matchAll(/icon\("([a-z0-9-]+)"/g)) if (!names.has(name)) names.set(name, name);
  const symbols = [...names].sort().map(([name, drawing]) => {
    const svg = readFileSync(join(icons, `${drawing}.svg`), "utf8");
    const body = svg.replace(/<!--[^]*?-->/g, "").replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2] ?? join(root, "public/assets/build/icons.svg");
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, sprite(process.argv[3]));
}
