// Writes shared/src/auth/breached.bin: which passwords everybody chooses, as a Bloom filter that the worker can carry.
//
// Run by hand when the list is to be another one: `node scripts/build-blocklist.mjs`. The list is that of @zxcvbn-ts/language-common, which
// counts leaked passwords, the most frequent first. Those of less than eight signs are no matter, since they are too short for anybody.
// shared/src/auth/breached.rs reads the filter and says how.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dictionary } from "@zxcvbn-ts/language-common";
import { at } from "./lib/paths.mjs";

const SIGNS_MIN = 8;
const PASSWORDS = 5_000;
const BYTES = 8_192;

const listed = [...new Set(dictionary.passwords.map((password) => password.toLowerCase()))];
const chosen = listed.filter((password) => [...password].length >= SIGNS_MIN).slice(0, PASSWORDS);
const filter = Buffer.alloc(BYTES);
for (const password of chosen) {
  const digest = createHash("sha256").update(password).digest();
  for (let place = 0; place < 16; place += 2) {
    const bit = digest.readUInt16BE(place);
    filter[bit >> 3] |= 1 << (bit & 7);
  }
}
writeFileSync(at("shared/src/auth/breached.bin"), filter);
console.log(`${chosen.length} passwords, from ${chosen[0]} to ${chosen.at(-1)}`);
