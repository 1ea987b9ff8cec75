// Mail in the character sets of the world: the worker carries no tables of them, the platform decodes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { start, tenantId, until } from "./support.mjs";

/** Name of the set, a text, and its bytes. */
const TEXTS = [
  ["gb18030", "发票𠀀打印", "b7a2c6b195328236b4f2d3a1"],
  ["gbk", "打印机", "b4f2d3a1bbfa"],
  ["Big5", "印表機", "a64caaedbef7"],
  ["Shift_JIS", "プリンタ", "8376838a8393835e"],
  ["EUC-JP", "請求書", "c0c1b5e1bdf1"],
  ["ISO-2022-JP", "テスト", "1b24422546253925481b2842"],
  ["EUC-KR", "프린터", "c7c1b8b0c5cd"],
  ["windows-874", "ใบแจ้งหนี้", "e3bae1a8e9a7cbb9d5e9"],
  ["IBM866", "Счёт", "91e7f1e2"],
  ["x-mac-cyrillic", "Счёт", "91f7def2"],
  ["KOI8-R", "Счёт", "f3dea3d4"],
  ["windows-1251", "Накладная", "cde0eaebe0e4ede0ff"],
  ["windows-1256", "فاتورة", "ddc7cae6d1c9"],
  // A mark of byte order counts more than what is said; what means nothing in a set is shown as such.
  ["Big5", "Счёт", "efbbbfd0a1d187d191d182"],
  ["EUC-KR", "\ufffd(", "ff28"],
];

/** A mail whose subject, text and file's name are these bytes. */
function mail(number, sender, charset, hex) {
  const bytes = Buffer.from(hex, "hex");
  const escaped = hex.replaceAll(/../g, (digits) => `%${digits}`);
  return Buffer.concat([
    Buffer.from(
      [
        `From: Clara <${sender}>`,
        "To: support@acme.localhost",
        `Message-ID: <${number}@acme.example>`,
        "Date: Mon, 2 Mar 2026 10:00:00 +0000",
        `Subject: =?${charset}?B?${bytes.toString("base64")}?=`,
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        `Content-Type: text/plain; charset="${charset}"`,
        "Content-Transfer-Encoding: 8bit",
        "",
        "",
      ].join("\r\n"),
    ),
    bytes,
    Buffer.from(
      [
        "",
        "--b",
        "Content-Type: application/octet-stream",
        `Content-Disposition: attachment; filename*=${charset}''${escaped}.txt`,
        "",
        "file",
        "--b--",
        "",
      ].join("\r\n"),
    ),
  ]);
}

test("mail in the character sets of the world is read by the platform's decoder", { timeout: 180_000 }, async () => {
  const edge = await start();
  try {
    const { email } = edge.people.acme.Clara;
    const database = await edge.database("TENANT_DB_1");
    const tickets = async () =>
      (
        await database
          .prepare(
            "SELECT m.message_id, t.title, t.description, a.file_name FROM inbound_mails m JOIN tickets t ON t.tenant_id = m.tenant_id AND t.id = m.ticket_id JOIN ticket_attachments a ON a.tenant_id = t.tenant_id AND a.ticket_id = t.id WHERE m.tenant_id = ?",
          )
          .bind(tenantId("acme"))
          .all()
      ).results;
    for (const [number, [charset, text, hex]] of TEXTS.entries()) {
      const path = `/cdn-cgi/handler/email?from=${encodeURIComponent(email)}&to=${encodeURIComponent("support@acme.localhost")}`;
      const answer = await edge.ask("localhost", "POST", path, { headers: { "content-type": "message/rfc822" }, body: mail(number, email, charset, hex) });
      assert.equal(answer.status, 200, `${charset}: ${answer.text}`);
      const read = await until(`the ticket of ${charset}`, async () => (await tickets()).find((row) => row.message_id === `${number}@acme.example`));
      assert.deepEqual([read.title, read.description.trim(), read.file_name], [text, text, `${text}.txt`], charset);
    }
  } finally {
    await edge.stop();
  }
});
