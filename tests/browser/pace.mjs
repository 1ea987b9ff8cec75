// How quick the desk feels: measured in Chromium on a processor made four times slower, by the browser's own clocks. What the tests hold to the
// budgets, and what `make bench` writes down.
import { until } from "./support.mjs";

const SLOWER = 4;
/** How long a person holds a button of a mouse down. */
const PRESS_MS = 80;
export const BUDGETS = { openMs: 150, typingMs: 50, longTaskMs: 50, lcpMs: 1_500, inpMs: 200, cls: 0.05 };

/** The value that so many of a hundred do not exceed. */
export const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)];

/** Keeps what the browser says of a page from its first moment on. Durations of events come in steps of 8 ms. */
const observe = () => {
  globalThis.pace = { lcp: 0, cls: 0, events: new Map(), tasks: [] };
  const { pace } = globalThis;
  const on = (type, take, more = {}) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  on("largest-contentful-paint", (entry) => (pace.lcp = entry.startTime));
  on("layout-shift", (entry) => (pace.cls += entry.hadRecentInput ? 0 : entry.value));
  on("longtask", (entry) => pace.tasks.push(entry.duration));
  on("event", (entry) => entry.interactionId && pace.events.set(entry.interactionId, Math.max(entry.duration, pace.events.get(entry.interactionId) ?? 0)), { durationThreshold: 16 });
};

async function throttle(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

const frames = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Each of the paths is opened three times: the best paint, the worst jump. */
export async function paints(product, tenant, role, path) {
  const page = await product.visit(tenant, role);
  await throttle(page, SLOWER);
  await page.addInitScript(observe);
  // The first visit warms the worker up, as it is for everybody but the first.
  await page.goto(path);
  const runs = [];
  for (let run = 0; run < 3; run += 1) {
    await page.goto("about:blank");
    await page.goto(path, { waitUntil: "networkidle" });
    await frames(page);
    runs.push(await page.evaluate(() => ({ lcp: globalThis.pace.lcp, cls: globalThis.pace.cls })));
  }
  await page.context().close();
  return { lcp: Math.min(...runs.map(({ lcp }) => lcp)), cls: Math.max(...runs.map(({ cls }) => cls)), runs };
}

/** From the click on a row, which is the release of the button, until the ticket beside the list is painted, for so many rows; then text is typed into its composer. */
export async function work(product, tenant, role, rows = 12) {
  const page = await product.visit(tenant, role);
  page.on("dialog", (question) => void question.accept());
  await page.addInitScript(observe);
  await page.goto("/agent/tickets?queue=all", { waitUntil: "networkidle" });
  await throttle(page, SLOWER);
  await page.evaluate(() => {
    globalThis.opened = [];
    let begun = 0;
    document.addEventListener("click", (event) => (begun = event.timeStamp), true);
    // The frame after the one in which the ticket is in the page has been painted with it.
    document.addEventListener("workernet:pane", () => requestAnimationFrame(() => setTimeout(() => globalThis.opened.push(performance.now() - begun), 0)));
  });
  const links = page.locator("#list tr[data-href] .t-title a");
  for (let row = 0; row < Math.min(rows, await links.count()); row += 1) {
    await links.nth(row).scrollIntoViewIfNeeded();
    const { x, y, height } = await links.nth(row).boundingBox();
    await page.mouse.move(x + 20, y + height / 2);
    await page.mouse.down();
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), PRESS_MS);
    await page.mouse.up();
    await page.waitForFunction((wanted) => globalThis.opened.length > wanted, row);
  }
  const opened = await page.evaluate(() => globalThis.opened);
  const clicks = await page.evaluate(() => [...globalThis.pace.events.values()]);

  await page.evaluate(() => globalThis.pace.events.clear());
  await page.locator("#body").focus();
  const words = "The report is complete again; the lines that were missing had no article of costs. ";
  await page.keyboard.type(words, { delay: 40 });
  await frames(page);
  const slow = await page.evaluate(() => [...globalThis.pace.events.values()]);
  // What took less than 16 ms is not said of its own.
  const typed = [...slow, ...Array.from({ length: Math.max(0, words.length - slow.length) }, () => 16)];
  await page.fill("#body", "");
  await page.context().close();
  return { opened, typed, interactions: [...clicks, ...slow] };
}

/** Goes down a list of thousands as fast as it loads: how long tasks took, and how much of it is kept in the page. */
export async function scroll(product, tenant, role, { pieces = 60, slower = 1 } = {}) {
  const page = await product.visit(tenant, role);
  await page.addInitScript(observe);
  await page.goto("/agent/tickets?queue=all", { waitUntil: "networkidle" });
  await throttle(page, slower);
  await page.mouse.move(700, 500);
  await page.evaluate(() => (globalThis.pace.tasks.length = 0));
  let seen = 0;
  await until(`${pieces} pieces of the list`, async () => {
    await page.mouse.wheel(0, 1_200);
    seen = await page.locator("#list .chunk").count();
    return seen >= pieces;
  }, 90);
  // And up again: what was let go comes back.
  for (let up = 0; up < 40; up += 1) await page.mouse.wheel(0, -1_500);
  await frames(page);
  const { tasks, rows, nodes } = await page.evaluate(() => ({ tasks: globalThis.pace.tasks, rows: document.querySelectorAll("#list tr[data-href]").length, nodes: document.querySelectorAll("*").length }));
  await page.context().close();
  return { pieces: seen, tasks, rows, nodes };
}
