// Files that would run in a browser if one were careless with them. Each tries to say its name: to `ran`, which the suite has put into
// every window, and by a request to `/ran/`.
import { deflateRawSync, gzipSync } from "node:zlib";

const js = (name) => `try{ran("${name}")}catch(e){}try{fetch("/ran/${name}")}catch(e){}try{alert("${name}")}catch(e){}`;
const html = (name) => `<html><head><title>x</title></head><body><script>${js(name)}</script><img src="/ran/${name}" onerror='${js(name)}'></body></html>`;
const svg = (name) => `<svg xmlns="http://www.w3.org/2000/svg" onload='${js(name)}'><script>${js(name)}</script><image href="/ran/${name}"/></svg>`;
const xhtml = (name) => `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>${js(name)}</script></body></html>`;
const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

/** A picture of one red pixel. */
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const JPEG_HEAD = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];

/** A GIF whose width reads as the beginning of a comment, so that the whole is a script, too. */
const gifScript = (name) => bytes("GIF89a/*", [0, 0, 0], GIF.subarray(13, -1), `*/=1;${js(name)}//`, ";");

/** A PDF that has its reader do something when it is opened. */
const pdf = (name, action) =>
  bytes(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<<${action}>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
    `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/ID(${name})>>\n%%EOF\n`);

/** A ZIP of one file. */
function zip(path, text) {
  const data = deflateRawSync(Buffer.from(text));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt32LE(Buffer.byteLength(text), 22);
  head.writeUInt16LE(path.length, 26);
  return bytes(head, path, data);
}

const mhtml = (name) =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: http://x/\r\n\r\n${html(name)}\r\n--b--\r\n`;
const xslt = (name) =>
  `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><!DOCTYPE d [<!ATTLIST xsl:stylesheet id ID #REQUIRED>]><d>` +
  `<xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">${xhtml(name)}</xsl:template></xsl:stylesheet></d>`;
const htc = (name) => `<public:component><public:attach event="onload" onevent="go()"/><script>function go(){${js(name)}}</script></public:component>`;
const flash = bytes("FWS", [9, 40, 0, 0, 0], Buffer.alloc(32));

/** Name, the type that the sender claims, the bytes, and whether the form of a ticket takes it (the door of mail takes everything). */
export const FILES = [
  ["page.html", "text/html", html],
  ["page.htm", "text/plain", html],
  ["page.xhtml", "application/xhtml+xml", xhtml],
  ["page.shtml", "text/html", html],
  ["drawing.svg", "image/svg+xml", svg],
  ["drawing.svgz", "image/svg+xml", (name) => gzipSync(svg(name))],
  ["drawing.png", "image/png", svg],
  ["declared.xml", "text/xml", (name) => `<?xml version="1.0"?>\n${svg(name)}`],
  ["namespaced.xml", "application/xml", (name) => `<?xml version="1.0"?><r><x:script xmlns:x="http://www.w3.org/1999/xhtml">${js(name)}</x:script></r>`],
  ["styled.xml", "text/xml", xslt],
  ["sheet.xsl", "text/xsl", xslt],
  ["behaviour.htc", "text/x-component", htc],
  ["archive.mht", "message/rfc822", mhtml],
  ["archive.mhtml", "multipart/related", mhtml],
  ["letter.eml", "message/rfc822", mhtml, "taken"],
  ["script.js", "text/javascript", js],
  ["module.mjs", "text/javascript", js],
  ["program.hta", "application/hta", html],
  ["film.swf", "application/x-shockwave-flash", () => flash],
  ["notes.txt", "text/html", html],
  ["comment.txt", "text/plain", (name) => `<!-- a note -->${html(name)}`],
  ["wide.txt", "text/plain", (name) => utf16(html(name))],
  ["seven.txt", "text/plain; charset=utf-7", (name) => `+ADw-script+AD4-${js(name)}+ADw-/script+AD4-`, "taken"],
  ["late.txt", "text/plain", (name) => `${"A quiet line of text.\n".repeat(60)}${html(name)}`, "taken"],
  ["script.txt", "text/javascript", js],
  ["table.csv", "text/csv", (name) => `a,b\n"${js(name).replaceAll('"', '""')}",1\n`, "taken"],
  ["data.json", "application/json", (name) => JSON.stringify({ a: html(name) }), "taken"],
  ["pixel.gif", "image/gif", gifScript],
  ["tail.png", "image/png", (name) => bytes(PNG, html(name))],
  ["comment.jpg", "image/jpeg", (name) => bytes(JPEG_HEAD, [0xff, 0xfe, 0, 200], html(name), [0xff, 0xd9])],
  ["frame.webp", "image/webp", (name) => bytes("RIFF", [36, 0, 0, 0], "WEBPVP8 ", html(name))],
  ["icon.ico", "image/x-icon", (name) => bytes([0, 0, 1, 0, 1, 0], html(name))],
  ["pixel.png", "image/png", () => PNG, "taken"],
  ["script.pdf", "application/pdf", (name) => pdf(name, `/S/JavaScript/JS(${js(name).replace(/[()\\]/g, "\\$&")})`), "taken"],
  ["link.pdf", "application/pdf", (name) => pdf(name, `/S/URI/URI(javascript:${js(name).replace(/[()\\]/g, "\\$&")})`), "taken"],
  ["hybrid.pdf", "text/html", (name) => bytes("%PDF-1.4\n", html(name))],
  ["packed.zip", "application/zip", (name) => zip("index.html", html(name)), "taken"],
  ["program.jar", "application/java-archive", () => zip("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")],
  ["no-ending", "text/html", html],
  ["two.html.txt", "text/html", html],
].map(([name, type, make, door = "refused"]) => ({ name, type, door, content: Buffer.from(make(name)) }));

/** A page that does run: without it nobody would know that what has run is heard of. */
export const CONTROL = { name: "control", content: html("control") };
