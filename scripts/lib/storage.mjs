// The local file storage (R2). Files are put into it by Miniflare itself, so nothing here knows how it lays them out.
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Miniflare } from "miniflare";
import { at } from "./paths.mjs";

/** Files on their way at the same time. */
const AT_ONCE = 8;

/** Binding and name of the bucket of the top-level (local) part of wrangler.toml. */
function bucket() {
  const local = readFileSync(at("wrangler.toml"), "utf8").split(/^\[env\./m)[0].split("[[r2_buckets]]")[1];
  const value = (name) => new RegExp(`^${name} = "([^"]+)"`, "m").exec(local)[1];
  return { binding: value("binding"), name: value("bucket_name") };
}

/**
 * Moves every file of `folder` into the bucket under `state`, its path being its key. Answers how many. One that was interrupted may be
 * repeated: what is done is done once more. The server must not be running meanwhile.
 */
export async function moveIntoStorage(folder, state) {
  if (!existsSync(folder)) return 0;
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const { binding, name } = bucket();
  const miniflare = new Miniflare({
    modules: true,
    script: "export default {}",
    r2Buckets: { [binding]: name },
    defaultPersistRoot: join(state, "v3"),
    cf: false,
  });
  try {
    const storage = await miniflare.getR2Bucket(binding);
    const left = [...paths];
    const carry = async () => {
      for (let path = left.pop(); path; path = left.pop()) {
        await storage.put(relative(folder, path).split(sep).join("/"), readFileSync(path));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, carry));
  } finally {
    await miniflare.dispose();
  }
  rmSync(folder, { recursive: true });
  return paths.length;
}
