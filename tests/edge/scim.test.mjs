// What Okta and Entra ID send, in their order and shapes, against the worker on workerd.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./support.mjs";

const LIMIT = { timeout: 120_000 };
const HOST = "acme.localhost";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

let edge;
let key;

const asAdmin = async (path, body) => {
  const answer = await edge.ask(HOST, "POST", path, { token: edge.people.acme.Ada.token, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  assert.equal(answer.status, 201, answer.text);
  return answer.json();
};

async function scim(status, method, path, body, headers = {}) {
  const answer = await edge.ask(HOST, method, `/scim/v2${path}`, {
    token: key,
    headers: { accept: "application/scim+json, application/json", ...(body && { "content-type": "application/scim+json; charset=utf-8" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${answer.text}`);
  if (answer.text) assert.match(answer.headers["content-type"], /^application\/scim\+json/);
  return answer.text ? answer.json() : answer;
}

const filtered = (path, filter, more = "") => scim(200, "GET", `${path}?filter=${encodeURIComponent(filter)}${more}`);

before(async () => {
  edge = await start();
  const account = await asAdmin("/api/service-accounts", { name: "Okta", role: "admin" });
  key = (await asAdmin("/api/api-keys", { account: account.id, name: "SCIM", scopes: ["user.read", "user.manage", "access.read", "access.manage"] })).key;
}, LIMIT);

after(() => edge?.stop());

test("Okta finds nobody, makes a person, sets them anew, disables and enables them, and pushes a group", LIMIT, async () => {
  const tried = await scim(200, "GET", "/Users?startIndex=1&count=2");
  assert.deepEqual([tried.totalResults, tried.itemsPerPage, tried.startIndex], [5, 2, 1]);
  assert.equal((await filtered("/Users", 'userName eq "isaac@corp.example"', "&startIndex=1&count=100")).totalResults, 0);
  const sent = {
    schemas: [USER],
    userName: "isaac@corp.example",
    name: { givenName: "Isaac", familyName: "Brock" },
    emails: [{ primary: true, value: "isaac@corp.example", type: "work" }],
    displayName: "Isaac Brock",
    locale: "en-US",
    externalId: "00ujl29u0le5T6Aj10h7",
    groups: [],
    password: "1mz050nq",
    active: true,
  };
  const made = await scim(201, "POST", "/Users", sent);
  assert.equal(made.externalId, sent.externalId);
  assert.equal(made.password, undefined);
  const path = `/Users/${made.id}`;
  assert.deepEqual(await scim(200, "GET", path), made);
  const whole = { ...made, ...sent, name: { givenName: "Isaac", middleName: "X", familyName: "Newton" }, displayName: "Isaac Newton" };
  assert.equal((await scim(200, "PUT", path, whole)).displayName, "Isaac Newton");
  const turn = (active) => scim(200, "PATCH", path, { schemas: [PATCH], Operations: [{ op: "replace", value: { active } }] });
  assert.equal((await turn(false)).active, false);
  assert.equal((await turn(true)).active, true);
  const group = await scim(201, "POST", "/Groups", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], displayName: "Test SCIMv2", members: [] });
  const at = `/Groups/${group.id}`;
  await scim(200, "PATCH", at, { schemas: [PATCH], Operations: [{ op: "replace", value: { id: group.id, displayName: "Test SCIMv2 renamed" } }] });
  const filled = await scim(200, "PATCH", at, { schemas: [PATCH], Operations: [{ op: "add", path: "members", value: [{ value: made.id, display: "isaac@corp.example" }] }] });
  assert.deepEqual(filled.members.map(({ value }) => value), [made.id]);
  const emptied = await scim(200, "PATCH", at, { schemas: [PATCH], Operations: [{ op: "remove", path: `members[value eq "${made.id}"]` }] });
  assert.deepEqual(emptied.members, []);
  await scim(204, "DELETE", at);
  await scim(404, "GET", at);
});

test("Entra ID tries the connection, makes a person, changes attributes one by one, fills a group and deletes", LIMIT, async () => {
  assert.equal((await filtered("/Users", 'userName eq "9f3f9d1e-0000-4000-8000-000000000000"')).totalResults, 0);
  const sent = {
    schemas: [USER, ENTERPRISE],
    externalId: "jyoung",
    userName: "J.Young@corp.example",
    active: true,
    addresses: null,
    displayName: "Joy Young",
    emails: [{ type: "work", value: "j.young@corp.example", primary: true }],
    meta: { resourceType: "User" },
    name: { familyName: "Young", givenName: "Joy" },
    phoneNumbers: null,
    preferredLanguage: null,
    title: null,
    [ENTERPRISE]: { department: "Nowhere", manager: null },
  };
  const made = await scim(201, "POST", "/Users", sent);
  const path = `/Users/${made.id}`;
  const changed = await scim(200, "PATCH", path, {
    schemas: [PATCH],
    Operations: [
      { op: "Replace", path: "displayName", value: "Joy Smith" },
      { op: "Add", path: "name.familyName", value: "Smith" },
      { op: "Replace", path: 'emails[type eq "work"].value', value: "j.young@corp.example" },
      { op: "Add", path: `${ENTERPRISE}:department`, value: "Nowhere" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "5550100" },
    ],
  });
  assert.deepEqual([changed.displayName, changed.name.familyName], ["Joy Smith", "Smith"]);
  const off = await scim(200, "PATCH", path, { schemas: [PATCH], Operations: [{ op: "Replace", path: "active", value: "False" }] });
  assert.equal(off.active, false);
  const group = await scim(201, "POST", "/Groups", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], externalId: "8aa1a0c0", displayName: "Staff", meta: { resourceType: "Group" } });
  const found = await filtered("/Groups", 'displayName eq "Staff"', "&excludedAttributes=members");
  assert.deepEqual([found.totalResults, found.Resources[0].id, found.Resources[0].members], [1, group.id, undefined]);
  const at = `/Groups/${group.id}`;
  await scim(200, "PATCH", at, { schemas: [PATCH], Operations: [{ op: "Add", path: "members", value: [{ value: made.id }] }] });
  assert.equal((await filtered("/Groups", `id eq "${group.id}" and members eq "${made.id}"`)).totalResults, 1);
  await scim(200, "PATCH", at, { schemas: [PATCH], Operations: [{ op: "Remove", path: "members", value: [{ value: made.id }] }] });
  assert.equal((await filtered("/Groups", `id eq "${group.id}" and members eq "${made.id}"`)).totalResults, 0);
  await scim(204, "DELETE", path);
  await scim(404, "GET", path);
  assert.equal((await filtered("/Users", 'externalId eq "jyoung"')).totalResults, 0);
});

test("of many who change one version at once, one does, and refusals are SCIM's", LIMIT, async () => {
  const { id } = await scim(201, "POST", "/Users", { userName: "race@corp.example", displayName: "Race" });
  const read = await edge.get(HOST, `/scim/v2/Users/${id}`, { token: key });
  const rename = (n) =>
    edge.ask(HOST, "PATCH", `/scim/v2/Users/${id}`, {
      token: key,
      headers: { "content-type": "application/scim+json", "if-match": read.headers.etag },
      body: JSON.stringify({ schemas: [PATCH], Operations: [{ op: "replace", path: "displayName", value: `Race ${n}` }] }),
    });
  const statuses = (await Promise.all([1, 2, 3, 4, 5].map(rename))).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, 412, 412, 412, 412]);
  const refused = await scim(400, "GET", `/Users?filter=${encodeURIComponent('userName co "a"')}`);
  assert.deepEqual([refused.scimType, refused.status], ["invalidFilter", "400"]);
  const twice = await scim(409, "POST", "/Users", { userName: "race@corp.example" });
  assert.equal(twice.scimType, "uniqueness");
  const stranger = await edge.get(HOST, "/scim/v2/Users", { token: "wnk_nothing" });
  assert.deepEqual([stranger.status, stranger.json().status], [401, "401"]);
});
