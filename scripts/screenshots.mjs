// `make screenshots`: takes the pictures of docs/screenshots in Chromium from the demo data, and writes their index. Those that are the same on
// every day are what tests/browser/visual.test.mjs compares pages with. `--same` takes those alone.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { drawnBy, galleryPictures, samePictures } from "../tests/browser/gallery.mjs";
import { open } from "../tests/browser/support.mjs";
import { buildWorker } from "./build.mjs";
import { giveUp, program, say } from "./lib/console.mjs";
import { at } from "./lib/paths.mjs";

const FOLDER = at("docs", "screenshots");
/** The pictures go with every clone of the repository. */
const BYTES_MAX = 12_000_000;

const shown = (name, alt) => `<a href="${name}.webp"><img src="${name}.webp" width="220" alt="${alt}"></a>`;

/** A table a page: widths and themes across, directions down. */
function gallery(pictures) {
  const lines = [];
  for (const page of new Set(pictures.map((one) => one.page))) {
    const mine = pictures.filter((one) => one.page === page);
    const columns = [...new Set(mine.map(({ width, theme }) => `${width}, ${theme}`))];
    lines.push(`## ${mine[0].caption}`, "", `| | ${columns.join(" | ")} |`, `|---|${columns.map(() => "---|").join("")}`);
    for (const side of new Set(mine.map((one) => one.side))) {
      const row = columns.map((column) => mine.find((one) => one.side === side && `${one.width}, ${one.theme}` === column));
      lines.push(`| ${side} | ${row.map((one) => (one ? shown(one.name, `${one.caption}: ${side}, ${one.width}, ${one.theme}`) : "")).join(" | ")} |`);
    }
    lines.push("");
  }
  return lines;
}

function index(pictures, same, drawn) {
  return [
    "# Screenshots",
    "",
    `Taken by \`make screenshots\` from the demo data, with Chromium ${drawn.chromium} and ${drawn.font}. 1440 and 360 px wide, light and dark, from`,
    "left to right (English) and from right to left (Arabic).",
    "",
    ...gallery(pictures),
    "## What is compared",
    "",
    "These are the same on every day, and `scripts/test browser` (visual.test.mjs) takes them again and compares. It needs Debian's Chromium of the",
    "version above and `fonts-dejavu-core`; elsewhere it is skipped. A difference is kept in `test-results/visual`: look at it, and if it is meant",
    "so, `make screenshots` renews the pictures.",
    "",
    "| what | picture |",
    "|---|---|",
    ...same.map(({ name, caption }) => `| ${caption} | ${shown(name, caption)} |`),
    "",
  ].join("\n");
}

await program(async () => {
  if (!process.env.BROWSER_BUILD) await buildWorker();
  const only = process.argv.includes("--same");
  const product = await open();
  try {
    mkdirSync(FOLDER, { recursive: true });
    const taken = new Map();
    const keep = ({ bytes, ...one }) => {
      writeFileSync(join(FOLDER, `${one.name}.webp`), bytes);
      taken.set(one.name, bytes.length);
      return one;
    };
    const same = [];
    for await (const one of samePictures(product)) same.push(keep(one));
    const drawn = drawnBy(product.browser);
    writeFileSync(join(FOLDER, "drawn-by.json"), `${JSON.stringify(drawn)}\n`);
    if (only) return;
    const pictures = [];
    for await (const one of galleryPictures(product)) pictures.push(keep(one));
    writeFileSync(join(FOLDER, "README.md"), index(pictures, same, drawn));
    for (const name of readdirSync(FOLDER)) if (/\.(png|webp)$/.test(name) && !taken.has(name.replace(/\.webp$/, ""))) rmSync(join(FOLDER, name));
    const total = [...taken.values()].reduce((sum, bytes) => sum + bytes, 0);
    say(`${taken.size} pictures, ${(total / 1_000_000).toFixed(1)} MB`);
    if (total > BYTES_MAX) giveUp(`The pictures weigh ${total} bytes, more than ${BYTES_MAX}.`);
    if (product.trouble.length > 0) giveUp(product.trouble.join("\n"));
  } finally {
    await product.stop();
  }
});
