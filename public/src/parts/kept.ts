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
  /** What the server has said of it where it was refused, in the reader's language. */
  why?: string;
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
  waiting: { key: number; value: Waiting };
  facts: { key: string; value: string };
}

interface Received extends DBSchema {
  shared: { key: string; value: Shared };
}

/** A connection that is opened when it is asked for, and anew when it was lost. */
class Connection<Schema extends DBSchema> {
  private base: Promise<IDBPDatabase<Schema>> | undefined;

  /**
   * The version stays 1: the worker of the release before this one opens it too, until its reader takes the new one, and cannot open a
   * newer version. What a release adds gets a database of its own.
   */
  constructor(
    private readonly name: string,
    private readonly create: (created: IDBPDatabase<Schema>) => void,
  ) {}

  open(): Promise<IDBPDatabase<Schema>> {
    this.base ??= openDB<Schema>(this.name, 1, {
      upgrade: (created) => this.create(created),
      // Another page has asked for the storage to be cleared, or the browser has closed it: the next question opens it anew.
      blocking: () => void this.forget(),
      terminated: () => (this.base = undefined),
    }).catch((fault: unknown) => {
      this.base = undefined;
      throw fault;
    });
    return this.base;
  }

  private async forget(): Promise<void> {
    const old = this.base;
    this.base = undefined;
    (await old)?.close();
  }
}

const kept = new Connection<Kept>("workernet", (created) => {
  created.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
  created.createObjectStore("facts");
});
const received = new Connection<Received>("workernet-shared", (created) => {
  created.createObjectStore("shared");
});

/** Whose pages this browser keeps; empty where there are none. */
export const owner = async (): Promise<string> => (await (await kept.open()).get("facts", "owner")) ?? "";

export async function setOwner(name: string): Promise<void> {
  await (await kept.open()).put("facts", name, "owner");
}

/** What waits, in the order in which it was written. */
export const waiting = async (): Promise<Waiting[]> => (await kept.open()).getAll("waiting");

export async function add(entry: Waiting): Promise<void> {
  await (await kept.open()).add("waiting", entry);
}

export async function put(entry: Waiting): Promise<void> {
  const base = await kept.open();
  // What a person has thrown away meanwhile does not come back.
  const change = base.transaction("waiting", "readwrite");
  if (entry.id !== undefined && (await change.store.get(entry.id))) await change.store.put(entry);
  await change.done;
}

export async function remove(id: number): Promise<void> {
  await (await kept.open()).delete("waiting", id);
}

/** The last thing that was shared; it stands in for what was shared before and not taken. */
const LAST = "last";

export async function keepShared(shared: Shared): Promise<void> {
  await (await received.open()).put("shared", shared, LAST);
}

/** What was shared; it is not there any more afterwards. */
export async function takeShared(): Promise<Shared | undefined> {
  const change = (await received.open()).transaction("shared", "readwrite");
  const [shared] = await Promise.all([change.store.get(LAST), change.store.delete(LAST)]);
  await change.done;
  return shared;
}

async function forgetKept(): Promise<void> {
  const change = (await kept.open()).transaction(["waiting", "facts"], "readwrite");
  await Promise.all([change.objectStore("waiting").clear(), change.objectStore("facts").clear()]);
  await change.done;
}

async function forgetShared(): Promise<void> {
  await (await received.open()).clear("shared");
}

/** Takes everything away. */
export async function forget(): Promise<void> {
  await Promise.all([forgetKept(), forgetShared()]);
}
