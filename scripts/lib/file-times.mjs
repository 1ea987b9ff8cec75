// A reporter of Node's test runner that says at the end how long each file took, the longest first: where the time of a suite goes.
const SHOWN = 12;

export default async function* fileTimes(events) {
  const files = [];
  for await (const { type, data } of events) if (type === "test:summary" && data.file) files.push({ name: data.file.split("/").at(-1), seconds: data.duration_ms / 1000 });
  const total = files.reduce((sum, { seconds }) => sum + seconds, 0);
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
  if (files.length > 1) yield `\n${files.length} files in ${total.toFixed(0)} s; ${slowest.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)}`).join(", ")}\n`;
}
