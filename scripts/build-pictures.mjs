// Draws the icons of the app: a speech bubble with three dots, by distances, so that nothing but numbers is needed.
//
// They are PNGs with a palette of a convention that shared/src/icon.rs exchanges for a tenant's colours: places 0 to 15 lead from the
// ground to the ink, 16 to 31 are the ground, ever less transparent. What is drawn here is white on the product's blue.
import { deflateSync } from "node:zlib";

const STEPS = 15;
const GROUND = [47, 91, 208];
const INK = [255, 255, 255];

/** Distance of a point from the edge of a box with round corners around the origin; negative inside. */
function box(x, y, halfWidth, halfHeight, radius) {
  const [dx, dy] = [Math.abs(x) - halfWidth + radius, Math.abs(y) - halfHeight + radius];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

/** Distance from a triangle given against the clock; negative inside. */
function triangle(x, y, corners) {
  let inside = true;
  let nearest = Infinity;
  corners.forEach(([ax, ay], index) => {
    const [bx, by] = corners[(index + 1) % 3];
    const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
    const along = Math.min(1, Math.max(0, (px * ex + py * ey) / (ex * ex + ey * ey)));
    nearest = Math.min(nearest, Math.hypot(px - ex * along, py - ey * along));
    inside &&= ex * py - ey * px >= 0;
  });
  return inside ? -nearest : nearest;
}

/** The bubble, in a square from -1 to 1, `scale` of its usual size. */
function bubble(x, y, scale) {
  const [u, v] = [x / scale, y / scale];
  const body = box(u, v + 0.07, 0.56, 0.42, 0.2);
  const tail = triangle(u, v, [
    [-0.34, 0.2],
    [0.06, 0.2],
    [-0.3, 0.62],
  ]);
  const dots = Math.min(...[-0.26, 0, 0.26].map((at) => Math.hypot(u - at, v + 0.07) - 0.085));
  return Math.max(Math.min(body, tail), -dots) * scale;
}

/** The check sum of a chunk (PNG, annex D). */
function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc(named), named.length + 4);
  return whole;
}

function png(size, place) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Array.from({ length: 32 }, (_, at) => GROUND.map((from, channel) => Math.round(from + ((INK[channel] - from) * (at > STEPS ? 0 : at)) / STEPS)));
  const opacity = Array.from({ length: 32 }, (_, at) => (at > STEPS ? Math.round(((31 - at) * 255) / STEPS) : 255));
  const rows = Buffer.alloc((size + 1) * size);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) rows[y * (size + 1) + 1 + x] = place(((x + 0.5) * 2) / size - 1, ((y + 0.5) * 2) / size - 1, 2 / size);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("tRNS", Buffer.from(opacity)),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** How much of a dot is covered by what begins at this distance. */
const covered = (distance, dot) => Math.min(1, Math.max(0, 0.5 - distance / dot));

/** Round corners and nothing around them; or, for launchers that cut their own shape out, ground to the edges and a smaller bubble. */
const icon = (size, scale, cornered) =>
  png(size, (x, y, dot) => {
    const ground = cornered ? covered(box(x, y, 1, 1, 0.44), dot) : 1;
    if (ground < 1) return 16 + Math.round((1 - ground) * STEPS);
    return Math.round(covered(bubble(x, y, scale), dot) * STEPS);
  });

/** Of the picture beside a notification only the shape counts: Android paints it itself. */
const badge = (size) => png(size, (x, y, dot) => 16 + Math.round((1 - covered(bubble(x, y, 1.5), dot)) * STEPS));

/** Name and content of each picture. */
export const pictures = () => [
  // What iOS puts on its screen must have no transparent corners: it cuts them itself, and paints black what is not there.
  ["icon-180.png", icon(180, 1.05, false)],
  ["icon-192.png", icon(192, 1.05, true)],
  ["icon-512.png", icon(512, 1.05, true)],
  ["maskable-192.png", icon(192, 0.85, false)],
  ["maskable-512.png", icon(512, 0.85, false)],
  ["badge-96.png", badge(96)],
];
