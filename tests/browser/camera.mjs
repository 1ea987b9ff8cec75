// Pictures of pages that are the same whenever they are taken: no caret, nothing in motion, words of time that stand still; as WebP, which
// Chromium makes itself, a quarter of what PNG weighs.
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { settle } from "./look.mjs";

const QUALITY = 72;
/** The moment at which the samples of the page of components were made. */
export const SAMPLED = new Date(1_795_411_200_000);
/** What two pictures may differ in before a pixel counts as another (0 to 1), and how many may: a shade of a rounded corner is no change. */
const PIXEL_TOLERANCE = 0.15;
export const DIFFERENT_MAX = 0.001;

/** Puts the page still. Where data moves with the day, or goes by ids that are new in every database, it is replaced by some of the same kind. */
async function still(page, isSame) {
  await page.evaluate((same) => {
    document.activeElement?.blur?.();
    if (!same) return;
    for (const time of document.querySelectorAll("time")) if (!time.closest(".design")) time.textContent = "12.11.2026";
    for (const count of document.querySelectorAll(".count")) if (!count.closest(".design")) count.textContent = "8";
    for (const avatar of document.querySelectorAll(".avatar")) if (!avatar.closest(".design")) avatar.className = avatar.className.replace(/tint-\d/, "tint-4");
    for (const request of document.querySelectorAll(".failure .small")) request.textContent = request.textContent.replace(/[0-9A-Za-z-]{20,}/, "01KAZ8V0N5T3M7Q2X4R6W9Y1BD");
  }, isSame);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await settle(page);
}

/** A picture of what the window shows, or of the whole page: then the window is as high as the page, so that what stands at its end stands at the end. */
export async function picture(page, { whole = false, isSame = false } = {}) {
  const window = page.viewportSize();
  if (whole) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...window, height: Math.max(window.height, height) });
  }
  await still(page, isSame);
  const session = await page.context().newCDPSession(page);
  const { cssContentSize: size } = await session.send("Page.getLayoutMetrics");
  const clip = whole ? { x: 0, y: 0, width: size.width, height: size.height, scale: 1 } : undefined;
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY, captureBeyondViewport: whole, ...(clip && { clip }) });
  await session.detach();
  if (whole) await page.setViewportSize(window);
  return Buffer.from(data, "base64");
}

/** The pixels of a WebP, as the browser of `page` reads it. */
async function pixels(page, bytes) {
  const { width, height, data } = await page.evaluate(async (text) => {
    const raw = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([raw], { type: "image/webp" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const all = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    let out = "";
    for (let at = 0; at < all.length; at += 32_768) out += String.fromCharCode(...all.subarray(at, at + 32_768));
    return { width: bitmap.width, height: bitmap.height, data: btoa(out) };
  }, bytes.toString("base64"));
  return { width, height, data: new Uint8Array(Buffer.from(data, "base64")) };
}

/** Which share of the pixels differs, and a picture of where. Pictures of other sizes differ in everything. */
export async function compare(page, kept, taken) {
  const [before, after] = [await pixels(page, kept), await pixels(page, taken)];
  if (before.width !== after.width || before.height !== after.height)
    return { share: 1, why: `${before.width}x${before.height} became ${after.width}x${after.height}` };
  const difference = new PNG({ width: before.width, height: before.height });
  const count = pixelmatch(before.data, after.data, difference.data, before.width, before.height, { threshold: PIXEL_TOLERANCE });
  const share = count / (before.width * before.height);
  return { share, why: `${(share * 100).toFixed(3)} % of the pixels`, png: () => PNG.sync.write(difference) };
}
