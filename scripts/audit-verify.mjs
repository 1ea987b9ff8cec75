// `make audit-verify`: asks the running product to check the audit log of every tenant that demo.json names, part by part, as an administrator
// of each. Prints a line a tenant and every fault, and ends with 1 when there is one. `--url` and `--demo` name another server and its logins.
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import process from "node:process";
import { parseArgs } from "node:util";
import { demoFile } from "./demo.mjs";
import { giveUp, program } from "./lib/console.mjs";

const { values } = parseArgs({
  options: { url: { type: "string", default: `http://127.0.0.1:${process.env.PORT ?? 8787}` }, demo: { type: "string", default: demoFile } },
});

/** One request to a tenant's host; answers the JSON of a good answer. (`fetch` would not let the Host be chosen.) */
function ask(host, method, path, { token, body } = {}) {
  return new Promise((resolve, reject) => {
    const text = body && JSON.stringify(body);
    const headers = { host, ...(token && { authorization: `Bearer ${token}` }), ...(text && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }) };
    const sent = request(new URL(path, values.url), { method, headers, timeout: 60_000 }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const said = Buffer.concat(chunks).toString();
        if (answer.statusCode === 200) resolve(JSON.parse(said));
        else reject(new Error(`${host}${path} answered ${answer.statusCode}: ${said.slice(0, 300)}`));
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`${host}${path} did not answer`)));
    sent.on("error", reject);
    sent.end(text);
  });
}

/** The verdict on a tenant's whole log. */
async function verify({ host, users }) {
  const admin = users.find(({ role }) => role === "admin");
  if (!admin) throw new Error(`${host} has no administrator in ${values.demo}`);
  const { access_token: token } = await ask(host, "POST", "/api/auth/login", { body: { username: admin.username, password: admin.password } });
  const faults = [];
  let cursor;
  for (;;) {
    const { data, meta } = await ask(host, "GET", `/api/audit/verify${cursor ? `?cursor=${cursor}` : ""}`, { token });
    faults.push(...data.faults);
    if (!meta.has_more) return { ...data, faults };
    cursor = meta.next_cursor;
  }
}

await program(async () => {
  if (!existsSync(values.demo)) giveUp(`${values.demo} is not there. Serve the demo data first: make dev`);
  const { tenants } = JSON.parse(readFileSync(values.demo, "utf8"));
  let isWhole = true;
  for (const tenant of tenants) {
    const { faults, newest, sealed_to: sealedTo, checkpoint } = await verify(tenant).catch((error) =>
      error.code === "ECONNREFUSED" ? giveUp(`Nobody answers at ${values.url}. Serve the product first: make dev`) : Promise.reject(error),
    );
    const signed = checkpoint ? `signed to ${checkpoint.seq} by checkpoint ${checkpoint.number}` : "not signed yet";
    const word = faults.length === 0 ? "ok" : "TAMPERED";
    process.stdout.write(`${tenant.slug.padEnd(12)} ${word.padEnd(9)} ${newest} lines, sealed to ${sealedTo}, ${signed}\n`);
    for (const { seq, kind } of faults) process.stdout.write(`${" ".repeat(13)}line ${seq}: ${kind}\n`);
    isWhole &&= faults.length === 0;
  }
  process.exitCode = isWhole ? 0 : 1;
});
