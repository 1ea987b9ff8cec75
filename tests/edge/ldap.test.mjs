// Companies' directories over the platform's sockets, against OpenLDAP under TLS.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { authority } from "./certificates.mjs";
import { BASE, GROUP, person, slapd } from "./slapd.mjs";
import { start, tenantId, until } from "./support.mjs";

const LIMIT = { timeout: 90_000 };
let edge;
let directory;
let stranger;
let id;

const json = { "content-type": "application/json" };

const asAdmin = (method, path, body, headers = {}) =>
  edge.ask("acme.localhost", method, path, { token: edge.people.acme.Ada.token, headers: { ...json, ...headers }, body: body && JSON.stringify(body) });

const login = (username, password) =>
  edge.ask("acme.localhost", "POST", "/api/auth/login", { headers: json, body: JSON.stringify({ username, password }) });

async function account(email) {
  const database = await edge.database("TENANT_DB_1");
  return database.prepare("SELECT id, name, role, status FROM users WHERE tenant_id = ? AND email = ?").bind(tenantId("acme"), email).first();
}

const form = (more = {}) => ({
  name: "Head office",
  host: "localhost",
  port: directory.port,
  base_dn: BASE,
  bind_dn: `cn=portal,${BASE}`,
  bind_password: "portal secret",
  user_filter: "(&(objectClass=inetOrgPerson)(uid={username}))",
  attributes: { unique_id: "objectGUID", username: "uid", mail: "mail", name: "cn" },
  groups: { lookup: "walk" },
  mappings: [{ group: GROUP, role: "agent" }],
  default_role: "client",
  create_people: true,
  domains: ["corp.example"],
  sync_hours: 6,
  ...more,
});

/** The steps of a test, each as `step` or `step!` where it did not go well. */
async function steps(of, username) {
  const answer = await asAdmin("POST", `/api/directories/${of}/test`, { username });
  assert.equal(answer.status, 200, answer.text);
  return answer.json().steps.map(({ step, ok }) => (ok ? step : `${step}!`));
}

async function round() {
  const asked = await asAdmin("POST", `/api/directories/${id}/sync`, {});
  assert.equal(asked.status, 202, asked.text);
  // Each sweep is one run of the round.
  const swept = () => edge.logged({ job: "sweep", tenant: tenantId("acme") }).length;
  for (let run = 0; run < 12; run += 1) {
    const before = swept();
    await edge.get("localhost", "/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*");
    await until("the sweep", () => swept() > before, 30);
    const { state, figures, problem } = (await asAdmin("GET", `/api/directories/${id}/sync`)).json();
    if (state === "done") return figures;
    assert.equal(state, "running", `${state}: ${problem}`);
  }
  throw new Error("the round does not end");
}

before(async () => {
  const known = await authority("Known");
  directory = await slapd({
    certificate: await known.issue("localhost"),
    people: [
      person("anna", "anna's password"),
      person("boris", "boris's password", ["userAccountControl: 512"]),
      person("dora", "dora's password", ["userAccountControl: 514"]),
      ...Array.from({ length: 250 }, (_, at) => person(`person${at}`, "a password", ["userAccountControl: 512"])),
    ],
  });
  stranger = await slapd({ certificate: await (await authority("Stranger")).issue("localhost"), people: [person("anna", "anna's password")] });
  edge = await start({ vars: { PRIVATE_HOSTS: "allowed" }, trusted: [known.cert] });
  const made = await asAdmin("POST", "/api/directories", form());
  assert.equal(made.status, 201, made.text);
  id = made.json().id;
}, LIMIT);

after(async () => {
  await edge?.stop();
  await directory?.stop();
  await stranger?.stop();
});

test("a test shows every step up to the groups", LIMIT, async () => {
  assert.deepEqual(await steps(id, "anna"), ["connect", "tls", "bind", "search", "attributes", "groups"]);
  assert.deepEqual(await steps(id, "*"), ["connect", "tls", "bind", "search!"]);
  assert.deepEqual(await steps(id, "dora"), ["connect", "tls", "bind", "search", "attributes!"]);
});

test("a certificate of an unknown authority ends the test and the sign-in before anything is said", LIMIT, async () => {
  const made = await asAdmin("POST", "/api/directories", form({ name: "Stranger", port: stranger.port, domains: ["stranger.example"] }));
  assert.equal(made.status, 201, made.text);
  const other = made.json().id;
  assert.deepEqual(await steps(other, "anna"), ["connect", "tls!"]);
  const refused = await login("somebody@stranger.example", "a password");
  assert.equal(refused.status, 503);
  assert.equal(refused.json().code, "directory_unreachable");
  assert.equal((await asAdmin("DELETE", `/api/directories/${other}`)).status, 204);
});

test("people sign in with the directory's password and get the role of a group in a group", LIMIT, async () => {
  const signedIn = await login("anna", "anna's password");
  assert.equal(signedIn.status, 200, signedIn.text);
  assert.equal((await account("anna@corp.example")).role, "agent");
  assert.equal((await login("boris", "boris's password")).status, 200);
  assert.equal((await account("boris@corp.example")).role, "client");
  assert.equal((await login("anna@corp.example", "anna's password")).status, 200);
});

test("wrong and empty passwords, wildcards and people whom the directory disables are refused alike", LIMIT, async () => {
  for (const [username, password] of [
    ["anna", "wrong"],
    ["anna", ""],
    ["an*", "anna's password"],
    ["anna)(uid=*", "anna's password"],
    ["dora", "dora's password"],
    ["nobody", "x"],
  ]) {
    const answer = await login(username, password);
    assert.equal(answer.status, 401, `${username}: ${answer.text}`);
    assert.equal(answer.json().code, "bad_credentials");
  }
});

test("rounds read page by page, make everybody an account, and disable whom the directory has lost", { timeout: 180_000 }, async () => {
  const first = await round();
  assert.equal(first.seen, 253);
  assert.ok(await account("person249@corp.example"));
  assert.equal(await account("dora@corp.example"), null);
  directory.modify(`dn: uid=boris,ou=people,${BASE}\nchangetype: delete\n\n`);
  directory.modify(`dn: uid=anna,ou=people,${BASE}\nchangetype: modify\nreplace: cn\ncn: Anna Petrova\n\n`);
  const second = await round();
  assert.equal(second.disabled, 1);
  assert.equal((await account("boris@corp.example")).status, "disabled");
  assert.equal((await account("anna@corp.example")).name, "Anna Petrova");
  assert.equal((await login("boris", "boris's password")).status, 401);
});
