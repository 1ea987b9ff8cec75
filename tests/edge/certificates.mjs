// Certificates for servers on the loopback, made when a test begins and trusted by nobody who is not told of their authority.
import { generate } from "selfsigned";

const named = (name) => [{ name: "commonName", value: name }];
const made = (name, options) => generate(named(name), { keyType: "ec", algorithm: "sha256", ...options });

/** A new authority: `cert` is what a client has to trust, `issue(host)` makes the key and the certificate of a server at `host`. */
export async function authority(name = "Authority of a test") {
  const ca = await made(name, {
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const issue = async (host) => {
    const { private: key, cert } = await made(host, {
      ca: { key: ca.private, cert: ca.cert },
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "extKeyUsage", serverAuth: true },
        { name: "subjectAltName", altNames: [{ type: 2, value: host }] },
      ],
    });
    return { key, cert };
  };
  return { cert: ca.cert, issue };
}
