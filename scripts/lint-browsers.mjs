// Holds stylesheets and browser code to the browsers that package.json names (`browserslist`): a feature that one of them lacks must stand
// in the table of docs/browsers.md, with what a person has instead. A row there that nothing needs any more is a fault as well.
//
// Stylesheets are looked at by doiuse (caniuse's data). Code is looked at by its types: what a name belongs to is asked of TypeScript, and
// whether browsers have it of MDN's data. esbuild lowers the syntax of both to the same list.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import postcss from "postcss";
import ts from "typescript";
import { listed, oldest } from "./lib/browsers.mjs";
import { program } from "./lib/console.mjs";
import { at } from "./lib/paths.mjs";

const require = createRequire(import.meta.url);
const doiuse = require("doiuse");
const mdn = require("@mdn/browser-compat-data");

/** The features of the table in docs/browsers.md: its first column, in code marks. */
function known() {
  const rows = readFileSync(at("docs/browsers.md"), "utf8").matchAll(/^\| `([^`]+)` \|/gm);
  return new Set([...rows].map(([, feature]) => feature));
}

/** Features of stylesheets that a browser lacks, with the place of each. */
async function ofStyles() {
  const found = new Map();
  const folder = at("public/src/styles");
  const note = ({ feature, featureData, usage }) => {
    if (!featureData.missing) return;
    const { input, start } = usage.source;
    if (!found.has(feature)) found.set(feature, `${input.from}:${start.line} (${featureData.missing})`);
  };
  const look = postcss([doiuse({ browsers: listed(), onFeatureUsage: note })]);
  for (const name of readdirSync(folder)) await look.process(readFileSync(join(folder, name), "utf8"), { from: `public/src/styles/${name}` });
  return found;
}

/** Whether every browser of the list has what MDN describes. A part of it, behind a switch or under another name is not having it. */
function has(compat, versions) {
  return Object.entries(versions).every(([browser, lowest]) => {
    const support = [compat.support[browser] ?? []].flat();
    return support.some((one) => {
      const added = typeof one.version_added === "string" ? Number.parseFloat(one.version_added.replace("≤", "")) : Infinity;
      return !one.flags && !one.prefix && !one.alternative_name && !one.version_removed && added <= lowest;
    });
  });
}

/** What MDN says of a name that TypeScript's libraries declare: a member of an interface, or a name of its own. */
function described(owner, name) {
  const own = (map, key) => (map && Object.hasOwn(map, key) ? map[key] : undefined);
  const place = (map) => (owner ? own(own(map, owner.replace(/Constructor$/, "")), name) : own(map, name));
  return (place(mdn.api) ?? place(mdn.javascript.builtins))?.__compat;
}

/** Names in browser code that a browser lacks, with the place of each. */
function ofCode(versions) {
  const config = ts.getParsedCommandLineOfConfigFile(at("public/tsconfig.json"), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
  const code = ts.createProgram(config.fileNames, config.options);
  const types = code.getTypeChecker();
  const found = new Map();
  const look = (file) => (node) => {
    if (ts.isIdentifier(node)) {
      const declaration = types.getSymbolAtLocation(node)?.declarations?.[0];
      if (declaration && code.isSourceFileDefaultLibrary(declaration.getSourceFile())) {
        const owner = ts.isInterfaceDeclaration(declaration.parent) ? declaration.parent.name.text : undefined;
        const compat = described(owner, node.text);
        const name = owner ? `${owner}.${node.text}` : node.text;
        if (compat && !has(compat, versions) && !found.has(name)) {
          const { line } = file.getLineAndCharacterOfPosition(node.getStart());
          found.set(name, `${file.fileName.slice(at().length + 1)}:${line + 1}`);
        }
      }
    }
    ts.forEachChild(node, look(file));
  };
  for (const file of code.getSourceFiles()) if (!file.isDeclarationFile) look(file)(file);
  return found;
}

export async function lintBrowsers() {
  const allowed = known();
  const found = new Map([...(await ofStyles()), ...ofCode(oldest())]);
  const faults = [...found].filter(([feature]) => !allowed.has(feature)).map(([feature, where]) => `${where}: not every browser has ${feature}, and docs/browsers.md does not say what happens without`);
  for (const feature of allowed) if (!found.has(feature)) faults.push(`docs/browsers.md: nothing needs ${feature}`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`${found.size} features that not every browser has, ${faults.length} of them unexplained\n`);
  if (faults.length > 0) process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await program(lintBrowsers);
