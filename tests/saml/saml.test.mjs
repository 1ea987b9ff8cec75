// SAML as other implementations make it, with keys of this very run: generate.py makes it, the tests of the crate judge it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { at } from "../../scripts/lib/paths.mjs";
import { pythonPrograms } from "../../scripts/lib/python.mjs";

const LIMIT = { timeout: 900_000 };

let folder, programs;

before(async () => {
  programs = await pythonPrograms(at("tests/saml/requirements.txt"));
  folder = mkdtempSync(join(tmpdir(), "workernet-saml-"));
}, LIMIT);

after(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function run(program, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: at(), encoding: "utf8", env: { ...process.env, ...env } });
  assert.equal(status, 0, `${program} ${args.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
}

test("what pysaml2, signxml and libxmlsec1 sign and encrypt is judged as it was meant", LIMIT, () => {
  const corpus = join(folder, "corpus.json");
  run(join(programs, "python"), ["-W", "ignore", at("tests/saml/generate.py"), corpus, "--with-key"]);
  const said = run("cargo", ["test", "-p", "shared", "--test", "saml", "corpus::"], { SAML_CORPUS: corpus });
  assert.match(said, /^test result: ok\. 5 passed/m);
});
