// The npm `oidc-provider`, a certified OpenID Connect server, on loopback: with people of its own, a page for signing in, and keys of every
// kind that is taken.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const jwk = (type, options, more) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }), use: "sig", ...more });

/** Listens; `open(clients, people, post)` makes it a provider, once somebody knows what its clients are to be; `post(url, form)` carries what
 * it tells them behind the browser's back, and answers the status. */
export async function identityProvider() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const keys = [
    jwk("rsa", { modulusLength: 2048 }, { kid: "rsa" }),
    jwk("ec", { namedCurve: "P-256" }, { kid: "ec", alg: "ES256" }),
    jwk("ed25519", {}, { kid: "ed", alg: "EdDSA" }),
  ];
  return {
    issuer,
    open(clients, people, post) {
      const provider = new Provider(issuer, {
        clients: clients.map((client) => ({ response_types: ["code"], grant_types: ["authorization_code"], ...client })),
        claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], profile: ["name"] },
        cookies: { keys: ["a key of these tests"] },
        fetch: async (url, { body }) => new Response(null, { status: await post(url, String(body)) }),
        enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
        features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true }, backchannelLogout: { enabled: true } },
        findAccount: (_, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
        jwks: { keys },
        pkce: { required: () => true },
      });
      server.on("request", provider.callback());
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
