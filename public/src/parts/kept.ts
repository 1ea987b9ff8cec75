/**
 * What this browser keeps for when there is no network, beside the pages themselves: what is to be sent, and whose it all is.
 *
 * Pages and the service worker both read and write here. Everything belongs to one person, the reader of the pages; when another one
 * comes, or nobody, all of it goes.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** Why something has not been sent, and will not be by itself. */
export type Held = "closed" | "gone" | "session" | "refused" | "old";

/** A form that waits to be sent. */
export interface Waiting {
  /** Its place in the order, given by the database. */
  id?: number;
  /** Whose it is. */
  owner: string;
  /** Where it is sent. */
  action: string;
  /** Where the page is that it was written on: there, a fresh token is had. */
  page: string;
  /** Its fields in their order, files among them, without the token. */
  fields: [string, string | File][];
  /** When it was written, ms since 1970. */
  at: number;
  /** When it was first tried: from then on it may have arrived, whatever the network says. */
  tried?: number;
  /** Set when a person has to decide. */
  held?: Held;
}

/** What was shared with the app from another one, until the form for a new ticket takes it. */
export interface Shared {
  title: string;
  text: string;
  files: File[];
  /** When, ms since 1970. */
  at: number;
}

interface Kept extends DBSchema {
  shared: { key: string; value: Shared };
  waiting: { key: number; value: Waiting };
  facts: { key: string; value: string };
}

let database: Promise<IDBPDatabase<Kept>> | undefined;

function open(): Promise<IDBPDatabase<Kept>> {
  database ??= openDB<Kept>("workernet", 2, {
    upgrade(created, before) {
      if (before < 1) {
        created.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
        created.createObjectStore("facts");
      }
      created.createObjectStore("shared");
    },
    // Another page has asked for the storage to be cleared, or the browser has closed it: the next question opens it anew.
    blocking: () => void forgetConnection(),
    terminated: () => (database = undefined),
  });
  return database;
}

async function forgetConnection(): Promise<void> {
  const old = database;
  database = undefined;
  (await old)?.close();
}

/** Whose pages this browser keeps; empty where there are none. */
export const owner = async (): Promise<string> => (await (await open()).get("facts", "owner")) ?? "";

export async function setOwner(name: string): Promise<void> {
  await (await open()).put("facts", name, "owner");
}

/** What waits, in the order in which it was written. */
export const waiting = async (): Promise<Waiting[]> => (await open()).getAll("waiting");

export async function add(entry: Waiting): Promise<void> {
  await (await open()).add("waiting", entry);
}

export async function put(entry: Waiting): Promise<void> {
  const base = await open();
  // What a person has thrown away meanwhile does not come back.
  const change = base.transaction("waiting", "readwrite");
  if (entry.id !== undefined && (await change.store.get(entry.id))) await change.store.put(entry);
  await change.done;
}

export async function remove(id: number): Promise<void> {
  await (await open()).delete("waiting", id);
}

/** The last thing that was shared; it stands in for what was shared before and not taken. */
const LAST = "last";

export async function keepShared(shared: Shared): Promise<void> {
  await (await open()).put("shared", shared, LAST);
}

/** What was shared; it is not there any more afterwards. */
export async function takeShared(): Promise<Shared | undefined> {
  const change = (await open()).transaction("shared", "readwrite");
  const [shared] = await Promise.all([change.store.get(LAST), change.store.delete(LAST)]);
  await change.done;
  return shared;
}

/** Takes everything away. */
export async function forget(): Promise<void> {
  const change = (await open()).transaction(["waiting", "facts", "shared"], "readwrite");
  await Promise.all([change.objectStore("waiting").clear(), change.objectStore("facts").clear(), change.objectStore("shared").clear()]);
  await change.done;
}
