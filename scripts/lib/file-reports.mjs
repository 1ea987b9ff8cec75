// A reporter of Node's test runner that says how long each file took, the longest first, and which ones failed. It speaks as soon as the runner
// counts its tests: with `--test-force-exit` the summary of the whole run, and what is said after it, is lost.
const SHOWN = 12;

const nameOf = (file) => file.split("/").at(-1);

function* report(files, failed) {
  const total = files.reduce((sum, { seconds }) => sum + seconds, 0);
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
  if (files.length > 1) yield `\n${files.length} files in ${total.toFixed(0)} s; ${slowest.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)}`).join(", ")}\n`;
  if (failed.size > 0) yield `\nFailed files: ${[...failed].sort().join(", ")}\n`;
}

export default async function* fileReports(events) {
  const files = [];
  const failed = new Set();
  for await (const { type, data } of events) {
    // A file that broke off by itself is a test of its own name.
    if (type === "test:fail") failed.add(nameOf(data.file ?? data.name));
    if (type === "test:summary" && data.file) files.push({ name: nameOf(data.file), seconds: data.duration_ms / 1000 });
    if (type === "test:diagnostic" && data.nesting === 0 && /^tests \d+$/.test(data.message)) yield* report(files, failed);
  }
}
