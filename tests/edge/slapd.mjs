// OpenLDAP on the loopback, with its own folder, certificate and people: a directory of two companies' making, entries as OpenLDAP has
// them and attributes as Active Directory has them.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { until } from "../until.mjs";

const program = process.env.SLAPD ?? ["/usr/sbin/slapd", "/usr/local/sbin/slapd"].find((path) => existsSync(path)) ?? "slapd";

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("close", () => socket.destroy());
    setTimeout(() => socket.end(), 50);
  });

export const BASE = "dc=acme,dc=example";
export const GROUP = `cn=desk,ou=groups,${BASE}`;

/** Attributes of Active Directory that OpenLDAP does not know. */
const SCHEMA = `
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.102 NAME 'memberOf' EQUALITY distinguishedNameMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.12 )
objectclass ( 1.2.840.113556.1.5.9 NAME 'adUser' SUP top AUXILIARY MAY ( userAccountControl $ objectGUID $ memberOf ) )
`;

const configuration = (folder, port) => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include ${folder}/ad.schema
pidfile ${folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
# A directory that takes binds without a password, as some do: nobody may come in by that.
allow bind_anon_cred
sizelimit 500
database mdb
suffix "${BASE}"
rootdn "cn=root,${BASE}"
rootpw root
directory ${folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=portal,${BASE}" read by * none
# ${port}
`;

const entry = (dn, lines) => `dn: ${dn}\n${lines.join("\n")}\n\n`;

/** A person with a password; `more` are further lines. */
export const person = (uid, password, more = []) =>
  entry(`uid=${uid},ou=people,${BASE}`, [
    "objectClass: inetOrgPerson",
    "objectClass: adUser",
    `uid: ${uid}`,
    `cn: Name of ${uid}`,
    `sn: ${uid}`,
    `mail: ${uid}@corp.example`,
    `objectGUID:: ${createHash("md5").update(uid).digest("base64")}`,
    `userPassword: ${password}`,
    ...more,
  ]);

/** Starts it with the account that searches, a group, and these people. Ends with `stop()`. */
export async function slapd({ certificate, people }) {
  const folder = mkdtempSync(join(tmpdir(), "workernet-slapd-"));
  const port = await freePort();
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "cert.pem"), certificate.cert);
  writeFileSync(join(folder, "key.pem"), certificate.key, { mode: 0o600 });
  writeFileSync(join(folder, "ad.schema"), SCHEMA);
  writeFileSync(join(folder, "slapd.conf"), configuration(folder, port));
  const ldif = [
    entry(BASE, ["objectClass: dcObject", "objectClass: organization", "o: Acme", "dc: acme"]),
    entry(`ou=people,${BASE}`, ["objectClass: organizationalUnit", "ou: people"]),
    entry(`ou=groups,${BASE}`, ["objectClass: organizationalUnit", "ou: groups"]),
    entry(`cn=portal,${BASE}`, ["objectClass: organizationalRole", "objectClass: simpleSecurityObject", "cn: portal", "userPassword: portal secret"]),
    ...people,
    entry(`cn=inner,ou=groups,${BASE}`, ["objectClass: groupOfNames", "cn: inner", `member: uid=anna,ou=people,${BASE}`]),
    entry(GROUP, ["objectClass: groupOfNames", "cn: desk", `member: cn=inner,ou=groups,${BASE}`]),
  ].join("");
  const added = spawnSync(program, ["-T", "add", "-f", join(folder, "slapd.conf")], { input: ldif, encoding: "utf8" });
  if (added.status !== 0) throw new Error(`slapadd: ${added.error?.message ?? added.stderr}`);
  const child = spawn(program, ["-d", "0", "-h", `ldaps://127.0.0.1:${port}`, "-f", join(folder, "slapd.conf")], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await until("slapd", () => answers(port), 15);
  const modify = (changes) => {
    const address = `ldaps://127.0.0.1:${port}`;
    const done = spawnSync("ldapmodify", ["-x", "-H", address, "-D", `cn=root,${BASE}`, "-w", "root"], {
      input: changes,
      encoding: "utf8",
      env: { ...process.env, LDAPTLS_REQCERT: "never" },
    });
    if (done.status !== 0) throw new Error(`ldapmodify: ${done.error?.message ?? done.stderr}`);
  };
  return {
    port,
    modify,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
