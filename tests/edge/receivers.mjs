// Where mail of the product arrives in these tests: a real SMTP server and a mail API over HTTP, both on the loopback.
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
