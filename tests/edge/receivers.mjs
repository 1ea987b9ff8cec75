// Where mail, short messages and notices of the product arrive in these tests: servers of their own, all on the loopback.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { SMTPServer } from "smtp-server";

const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.server ?? server).address().port)));
const closed = (server) => new Promise((resolve) => server.close(resolve));

/**
 * Takes mail for everybody but `nobody@` (for good) and `later@` (for now). With a `certificate` it speaks TLS from the first byte, as
 * on port 465; `strangers` counts the clients that did not like it.
 */
export async function smtpServer({ user = "portal", password = "secret", certificate } = {}) {
  const mails = [];
  let strangers = 0;
  const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code });
  const server = new SMTPServer({
    ...(certificate ? { secure: true, ...certificate } : { hideSTARTTLS: true, allowInsecureAuth: true }),
    disableReverseLookup: true,
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === password ? done(null, { user }) : done(refusal(535, "wrong password")),
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith("nobody@")) done(refusal(550, "no such user"));
      else if (address.startsWith("later@")) done(refusal(451, "try later"));
      else done();
    },
    onData: (stream, session, done) => {
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push({
          from: session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          secure: session.secure,
        });
        done();
      });
    },
  });
  server.on("error", () => (strangers += 1));
  const port = await listening(server);
  const address = certificate ? { SMTP_HOST: "localhost" } : { SMTP_HOST: "127.0.0.1", SMTP_TLS: "off" };
  const vars = { MAIL_TRANSPORT: "smtp", ...address, SMTP_PORT: String(port), SMTP_USER: user, SMTP_PASSWORD: password };
  return { mails, vars, strangers: () => strangers, close: () => closed(server) };
}

/** Takes mail by POST; `answer(message, count)` decides the status. */
export async function mailApi({ key = "api-key", answer = () => 202 } = {}) {
  const mails = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      if (request.headers.authorization !== `Bearer ${key}`) return response.writeHead(401).end();
      const { from, to, raw } = JSON.parse(Buffer.concat(chunks));
      const mail = { from, to: [to], raw: Buffer.from(raw, "base64").toString(), key: request.headers["idempotency-key"] };
      mails.push(mail);
      response.writeHead(answer(mail, mails.length)).end("x".repeat(5_000));
    });
  });
  const port = await listening(server);
  return { mails, vars: { MAIL_TRANSPORT: "http", MAIL_API_URL: `http://127.0.0.1:${port}/send`, MAIL_API_KEY: key }, close: () => closed(server) };
}

/** Takes short messages by POST; `answer(message, count)` decides the status, and the text of a refusal repeats the message. */
export async function smsGateway({ key = "sms-key", answer = () => 202 } = {}) {
  const messages = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      if (request.headers.authorization !== `Bearer ${key}`) return response.writeHead(401).end();
      const message = { ...JSON.parse(Buffer.concat(chunks)), key: request.headers["idempotency-key"] };
      messages.push(message);
      response.writeHead(answer(message, messages.length)).end(message.text);
    });
  });
  const port = await listening(server);
  return { messages, vars: { SMS_API_URL: `http://127.0.0.1:${port}/send`, SMS_API_KEY: key }, close: () => closed(server) };
}

/** A device's keys for Web Push (RFC 8291), and what it reads with them in a sealed text. */
export function pushDevice() {
  const pair = createECDH("prime256v1");
  const point = pair.generateKeys();
  const secret = randomBytes(16);
  const hkdf = (key, salt, about, bytes) => Buffer.from(hkdfSync("sha256", key, salt, about, bytes));
  return {
    keys: { p256dh: point.toString("base64url"), auth: secret.toString("base64url") },
    read(sealed) {
      const [salt, size, sender, text] = [sealed.subarray(0, 16), sealed.readUInt32BE(16), sealed.subarray(21, 86), sealed.subarray(86)];
      if (size !== 4096 || sealed[20] !== 65) throw new Error("the header is another");
      const key = hkdf(pair.computeSecret(sender), secret, Buffer.concat([Buffer.from("WebPush: info\0"), point, sender]), 32);
      const cipher = createDecipheriv("aes-128-gcm", hkdf(key, salt, "Content-Encoding: aes128gcm\0", 16), hkdf(key, salt, "Content-Encoding: nonce\0", 12));
      cipher.setAuthTag(text.subarray(-16));
      const plain = Buffer.concat([cipher.update(text.subarray(0, -16)), cipher.final()]);
      if (plain.at(-1) !== 2) throw new Error("it is not the last record");
      return JSON.parse(plain.subarray(0, -1));
    },
  };
}

/** A push service (RFC 8030); `answer(push, count)` decides the status. */
export async function pushService({ answer = () => 201 } = {}) {
  const pushes = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const push = { path: request.url, method: request.method, headers: request.headers, body: Buffer.concat(chunks) };
      pushes.push(push);
      response.writeHead(answer(push, pushes.length)).end();
    });
  });
  const port = await listening(server);
  return { pushes, url: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

/** What a sender's token says, if it is signed by the key that goes with it (RFC 8292). */
export function vapidClaims(authorization) {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization);
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const [header, claims, signature] = token.split(".");
  const signed = verify(
    "sha256",
    Buffer.from(`${header}.${claims}`),
    { key: createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!signed) throw new Error("the token is not signed by its key");
  return { key, header: JSON.parse(Buffer.from(header, "base64url")), claims: JSON.parse(Buffer.from(claims, "base64url")) };
}

/** Accepts connections and says nothing. */
export async function silentServer() {
  const sockets = new Set();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  const port = await listening(server);
  return {
    vars: { MAIL_TRANSPORT: "smtp", SMTP_HOST: "127.0.0.1", SMTP_PORT: String(port), SMTP_TLS: "off" },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return closed(server);
    },
  };
}
