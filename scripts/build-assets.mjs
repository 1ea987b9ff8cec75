// Bundles what the browser gets: every `public/src/*.ts` and every stylesheet that no other one imports, the icon sprite, the API
// explorers and the files of `public/static`. A page reaches them as `/assets/build/<name>`.
//
// Development keeps plain names. A release names each file by its content, so that browsers may keep it for ever, and lists the names
// in `build/release-assets.json`, which functions/build.rs compiles in.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import process from "node:process";
import { targets } from "./lib/browsers.mjs";
import { at, builds, stamp } from "./lib/paths.mjs";
import { program, say, setQuiet, timed } from "./lib/console.mjs";
import { fingerprint, unlessUnchanged } from "./lib/stamps.mjs";

const INPUTS = [
  "public",
  "functions/templates",
  "package.json",
  "package-lock.json",
  "scripts/build-assets.mjs",
  "scripts/build-icons.mjs",
  "scripts/build-pictures.mjs",
];

/** Copied as they are from the packages that ship them ready for the browser. */
const VENDORED = {
  "swagger-ui.js": "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
  "redoc.js": "redoc/bundles/redoc.standalone.js",
};

const list = (folder, ending) =>
  existsSync(at(folder))
    ? readdirSync(at(folder))
        .filter((name) => name.endsWith(ending) && !name.endsWith(".d.ts"))
        .map((name) => join(folder, name))
    : [];

function stylesheets() {
  const sheets = [...list("public/src", ".css"), ...list("public/src/styles", ".css")];
  const imported = new Set(
    sheets.flatMap((sheet) => [...readFileSync(at(sheet), "utf8").matchAll(/@import\s+"([^"]+)"/g)].map(([, name]) => basename(name))),
  );
  return sheets.filter((sheet) => !imported.has(basename(sheet)));
}

/** What is chosen on a page, what follows the device instead, and the setting of the device that it follows. */
const CHOICES = [
  { chosen: '[data-theme="dark"]', followed: ':not([data-theme="light"])', setting: "(prefers-color-scheme: dark)" },
  { chosen: '[data-contrast="more"]', followed: ':not([data-contrast="normal"])', setting: "(prefers-contrast: more)" },
];

/**
 * dark.css and contrast*.css say what is other by choice; the same holds by the device's setting, for whoever has chosen nothing. A sheet of
 * two choices is written four times: a media query and an attribute cannot share one rule.
 */
const byDevice = {
  name: "by-device",
  setup(build) {
    build.onLoad({ filter: /\/(dark|contrast|contrast-dark)\.css$/ }, ({ path }) => {
      const sheet = readFileSync(path, "utf8");
      let versions = [{ text: sheet, settings: [] }];
      for (const { chosen, followed, setting } of CHOICES.filter((choice) => sheet.includes(choice.chosen)))
        versions = versions.flatMap(({ text, settings }) => [
          { text: text.replaceAll(chosen, followed), settings: [...settings, setting] },
          { text, settings },
        ]);
      const ruled = ({ text, settings }) => (settings.length > 0 ? `@media ${settings.join(" and ")} {\n${text}}` : text);
      return { contents: versions.map(ruled).join("\n"), loader: "css" };
    });
  },
};

async function bundle(folder, release) {
  const { build } = await import("esbuild");
  const entryPoints = [...list("public/src", ".ts"), ...stylesheets()].map((path) => ({ in: at(path), out: basename(path, extname(path)) }));
  if (entryPoints.length === 0) return;
  await build({
    entryPoints,
    bundle: true,
    format: "esm",
    outdir: folder,
    target: targets(),
    // Safari 14.0 has it, but for a rare fault in default values of a pattern's own names, for which esbuild counts it as missing.
    supported: { destructuring: true },
    minify: release,
    sourcemap: release ? false : "linked",
    // Scripts are named by content here; what they share is split off and named by esbuild itself.
    splitting: true,
    chunkNames: "chunk-[hash]",
    legalComments: "none",
    external: ["/assets/*"],
    plugins: [byDevice],
    logLevel: "warning",
  });
}

/** Renames each file to carry its hash and answers plain name -> hashed name. Chunks have their hash already. */
function nameByContent(folder) {
  const names = {};
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith("chunk-")) continue;
    const content = readFileSync(join(folder, name));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
    rmSync(join(folder, name));
    writeFileSync(join(folder, hashed), content);
    names[name] = hashed;
  }
  return names;
}

/** What the service worker keeps from the start: what every page of the portal is made of. Each with its content's digest, so that what has not changed is not fetched again. */
function precached(folder, names) {
  const first = names["app.js"] ?? "app.js";
  const imported = [...readFileSync(join(folder, first), "utf8").matchAll(/(?:from|import)\s*"\.\/(chunk-[A-Za-z0-9]+\.js)"/g)].map(([, name]) => name);
  const files = [first, names["app.css"] ?? "app.css", names["icons.svg"] ?? "icons.svg", ...new Set(imported)];
  return files.map((name) => ({
    url: `/assets/build/${name}`,
    revision: createHash("sha256").update(readFileSync(join(folder, name))).digest("hex").slice(0, 16),
  }));
}

/** The service worker stands at the root, for its scope is where it stands, and is one file, for it must work without any other. */
async function serviceWorker(target, release, names) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [at("public/src/sw/sw.ts")],
    outfile: join(target, "sw.js"),
    bundle: true,
    format: "iife",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    minify: release,
    legalComments: "none",
    define: {
      "self.__WB_DISABLE_DEV_LOGS": "true",
      "process.env.NODE_ENV": '"production"',
      __PRECACHED__: JSON.stringify(precached(join(target, "assets", "build"), names)),
    },
    logLevel: "warning",
  });
}

/** Headers of static files: they do not pass through the worker, so its security headers have to be said here again. */
function headers(release) {
  const cache = release ? "public, max-age=31536000, immutable" : "no-cache";
  return [
    "/assets/*",
    `  Cache-Control: ${cache}`,
    "  X-Content-Type-Options: nosniff",
    "  Cross-Origin-Resource-Policy: same-origin",
    "  Strict-Transport-Security: max-age=63072000; includeSubDomains",
    "  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    "/sw.js",
    "  Cache-Control: no-cache",
    "  X-Content-Type-Options: nosniff",
    "  Cross-Origin-Resource-Policy: same-origin",
    "  Strict-Transport-Security: max-age=63072000; includeSubDomains",
    // A service worker is bound by the policy that it came with, not by those of pages: it may ask our own origin, and nothing else.
    "  Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
    "",
  ].join("\n");
}

async function buildInto(target, release) {
  const folder = join(target, "assets", "build");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await bundle(folder, release);
  const icons = await import("./build-icons.mjs");
  writeFileSync(join(folder, "icons.svg"), icons.sprite());
  for (const [name, source] of Object.entries(VENDORED)) cpSync(at("node_modules", source), join(folder, name));
  if (existsSync(at("public/static"))) cpSync(at("public/static"), folder, { recursive: true });
  const pictures = await import("./build-pictures.mjs");
  for (const [name, picture] of pictures.pictures()) writeFileSync(join(folder, name), picture);
  const names = release ? nameByContent(folder) : {};
  if (release) writeFileSync(at("build/release-assets.json"), `${JSON.stringify(names, null, 2)}\n`);
  await serviceWorker(target, release, names);
  writeFileSync(join(target, "_headers"), headers(release));
}

/** Builds the browser's files unless nothing that goes into them has changed. */
export async function buildAssets({ release = false } = {}) {
  const target = builds[release ? "release" : "dev"].assets;
  const name = release ? "assets-release" : "assets-dev";
  const ran = await unlessUnchanged(stamp(name), fingerprint(INPUTS), [join(target, "_headers")], () =>
    timed(`browser files (${release ? "release" : "development"})`, () => buildInto(target, release)),
  );
  if (!ran) say("Browser files are up to date.");
}

if (process.argv[1] === import.meta.filename || process.argv[1]?.endsWith("build-assets.mjs")) {
  setQuiet(process.argv.includes("--quiet"));
  await program(() => buildAssets({ release: process.argv.includes("--release") }));
}
