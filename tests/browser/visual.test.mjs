// What pages look like is kept in docs/screenshots: pictures that are the same on every day are taken again and compared. `make screenshots`
// renews them; a difference is kept in test-results/visual, to be looked at.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { at } from "../../scripts/lib/paths.mjs";
import { compare, DIFFERENT_MAX } from "./camera.mjs";
import { drawnBy, samePictures } from "./gallery.mjs";
import { open } from "./support.mjs";

const KEPT = at("docs", "screenshots");
const RESULTS = at("test-results", "visual");
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

test("pages look as they are kept in docs/screenshots", async (context) => {
  const here = drawnBy(product.browser);
  const there = JSON.parse(readFileSync(join(KEPT, "drawn-by.json"), "utf8"));
  // Another browser draws other letters: there is nothing to compare with, which is no fault of the pages.
  if (here.chromium !== there.chromium || here.font !== there.font) {
    context.skip(`the pictures were drawn by ${JSON.stringify(there)}, and here draws ${JSON.stringify(here)}: make screenshots renews them`);
    return;
  }
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const reader = await product.visit("globex", null);
  const different = [];
  let count = 0;
  for await (const { name, bytes } of samePictures(product)) {
    const file = join(KEPT, `${name}.webp`);
    count += 1;
    const outcome = existsSync(file) ? await compare(reader, readFileSync(file), bytes) : { share: 1, why: "it is not kept" };
    if (outcome.share <= DIFFERENT_MAX) continue;
    writeFileSync(join(RESULTS, `${name}.webp`), bytes);
    if (outcome.png) writeFileSync(join(RESULTS, `${name}-difference.png`), outcome.png());
    different.push(`${name}: ${outcome.why}`);
  }
  await reader.context().close();
  assert.ok(count >= 12, "hardly anything was compared");
  assert.deepEqual(different, [], `see ${RESULTS}; if it is meant so: make screenshots`);
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
