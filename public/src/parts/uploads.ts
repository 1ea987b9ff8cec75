/**
 * Files: chosen, dropped or pasted; each goes ahead of the form with a progress bar, and the form then carries only its id.
 *
 * Up to 10 MB a file is one multipart request. Above that it goes in pieces by the tus protocol, so that a broken line costs one piece.
 * What the desk sends ahead is the desk's alone (`data-visibility`) until the answer goes that it belongs to.
 * Without JavaScript the same field sends the files within the form. For a ticket that does not exist yet the form sends them itself.
 */
import { csrf, fresh, icon, text, toast } from "./page";
import { type Place, placeFor } from "./pictures";

const WHOLE_MAX = 10 * 1024 * 1024;
const FILE_MAX = 50 * 1024 * 1024;

interface Shown {
  progress: HTMLProgressElement;
  done: (id: string) => void;
  fail: (retry: () => void) => void;
  drop: () => void;
}

function size(bytes: number): string {
  const unit = bytes < 1024 * 1024 ? "kilobyte" : "megabyte";
  const value = unit === "kilobyte" ? Math.max(1, Math.round(bytes / 1024)) : Math.round((bytes / 1024 / 1024) * 10) / 10;
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, numberingSystem: "latn" }).format(value);
}

function show(list: HTMLElement, file: File, cancel: () => void, place?: Place): Shown {
  const row = document.createElement("div");
  row.className = "upload";
  const name = document.createElement("bdi");
  name.className = "cut";
  name.textContent = file.name;
  const bytes = document.createElement("span");
  bytes.className = "small muted nowrap";
  bytes.textContent = size(file.size);
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button button-quiet button-icon button-small";
  remove.setAttribute("aria-label", `${text("remove")}: ${file.name}`);
  remove.append(icon("x"));
  const progress = document.createElement("progress");
  progress.max = 100;
  progress.value = 0;
  progress.setAttribute("aria-label", file.name);
  row.append(icon("paperclip"), name, bytes, remove, progress);
  list.append(row);
  let arrived = "";
  remove.addEventListener("click", () => {
    if (arrived) forget(arrived);
    else cancel();
    place?.leave();
    row.remove();
  });
  return {
    progress,
    drop: () => {
      place?.leave();
      row.remove();
    },
    done: (id) => {
      progress.remove();
      place?.take(id.replace(/^upl_/, "att_"));
      arrived = id;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "upload";
      field.value = id;
      row.append(field);
      delete row.dataset["busy"];
    },
    fail: (retry) => {
      // What is not on its way any more must not keep the form waiting, nor hold a place in the text.
      progress.remove();
      place?.leave();
      row.classList.add("upload-failed");
      bytes.textContent = text("upload-failed");
      const again = document.createElement("button");
      again.type = "button";
      again.className = "button button-small";
      again.textContent = text("retry");
      again.addEventListener("click", () => {
        row.remove();
        retry();
      });
      row.append(again);
      delete row.dataset["busy"];
    },
  };
}

/** Takes a file away that has arrived already. An upload and the file that it became share their digits. */
function forget(id: string): void {
  const file = id.replace(/^upl_/, "att_");
  void fetch(`/api/attachments/${encodeURIComponent(file)}`, { method: "DELETE", headers: { "x-csrf-token": csrf() }, keepalive: true }).catch(() => undefined);
}

/** `unheard` is called when the network did not answer at all, `retry` by the reader when the server did not take the file. */
function whole(file: File, ticket: string, visibility: string, shown: Shown, retry: () => void, unheard: () => void): () => void {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("visibility", visibility);
  body.append("file", file, file.name);
  request.open("POST", `/api/tickets/${encodeURIComponent(ticket)}/attachments`);
  request.setRequestHeader("x-csrf-token", csrf());
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) shown.progress.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => {
    const answer: unknown = request.response;
    const first: unknown = answer && typeof answer === "object" && "data" in answer && Array.isArray(answer.data) ? answer.data[0] : answer;
    if (request.status < 300 && first && typeof first === "object" && "id" in first && typeof first.id === "string") shown.done(first.id);
    else shown.fail(retry);
  });
  request.addEventListener("error", unheard);
  request.send(body);
  return () => request.abort();
}

function pieces(file: File, ticket: string, visibility: string, shown: Shown, retry: () => void): () => void {
  let stop = (): void => undefined;
  let stopped = false;
  // The protocol's client is heavy and seldom wanted: it is fetched with the first large file.
  import("tus-js-client").then(
    ({ Upload }) => {
      if (stopped) return;
      const upload = new Upload(file, {
        endpoint: "/api/uploads",
        // Two parts of storage: what is less than a part would have to be sent again.
        chunkSize: 10 * 1024 * 1024,
        retryDelays: [0, 1000, 3000, 5000, 10_000],
        headers: { "x-csrf-token": csrf() },
        metadata: { filename: file.name, filetype: file.type, ticket, visibility },
        onProgress: (loaded, total) => (shown.progress.value = (loaded / total) * 100),
        onError: () => shown.fail(retry),
        onSuccess: () => shown.done(upload.url?.split("/").pop() ?? ""),
      });
      stop = () => void upload.abort(true);
      upload.start();
    },
    () => shown.fail(retry),
  );
  return () => {
    stopped = true;
    stop();
  };
}

/** A form's field for files, and the list of what was put into it. */
class Uploads {
  private readonly ticket: string;
  private readonly visibility: string;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly form: HTMLFormElement,
    private readonly list: HTMLElement,
  ) {
    this.ticket = input.dataset["upload"] ?? "new";
    this.visibility = input.dataset["visibility"] ?? "public";
  }

  listen(): void {
    const { input, form } = this;
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      if (!this.goes()) return this.stay(files);
      for (const file of files) this.send(file);
      input.value = "";
    });
    form.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.take(files, event.target);
    });
    const target = form.querySelector<HTMLElement>("[data-drop]") ?? form;
    for (const kind of ["dragenter", "dragover"])
      form.addEventListener(kind, (event) => {
        event.preventDefault();
        target.classList.add("over");
      });
    for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => target.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...(event.dataTransfer?.files ?? [])], event.target);
    });
    form.addEventListener("submit", (event) => this.hold(event), { capture: true });
  }

  /** Without a network files stay in the field, and wait with the form. A new ticket has nothing yet that they could hang on. */
  private goes(): boolean {
    return this.ticket !== "new" && navigator.onLine;
  }

  private take(files: File[], target: EventTarget | null): void {
    if (this.goes()) for (const file of files) this.send(file, target);
    else this.stay([...(this.input.files ?? []), ...files]);
  }

  /** Sends a file ahead. A picture gets its place in the text that it was put into; so does one that is tried again. */
  private send(file: File, into: EventTarget | null = null): void {
    if (file.size > FILE_MAX) return toast(text("upload-large"));
    const place = placeFor(into, file);
    let cancel = (): void => undefined;
    const shown = show(this.list, file, () => cancel(), place);
    const retry = (): void => this.send(file, into);
    // What the network did not take waits with the form, where a service worker can keep it.
    const unheard = (): void => {
      if (!navigator.serviceWorker?.controller) return shown.fail(retry);
      shown.drop();
      this.stay([...(this.input.files ?? []), file]);
    };
    const { ticket, visibility } = this;
    cancel = file.size > WHOLE_MAX ? pieces(file, ticket, visibility, shown, retry) : whole(file, ticket, visibility, shown, retry, unheard);
  }

  /** Files stay in the field, which the form sends. */
  private stay(files: File[]): void {
    const { input, list } = this;
    const transfer = new DataTransfer();
    for (const file of files) if (file.size <= FILE_MAX) transfer.items.add(file);
    if (files.some((file) => file.size > FILE_MAX)) toast(text("upload-large"));
    input.files = transfer.files;
    for (const row of list.querySelectorAll("[data-stays]")) row.remove();
    for (const file of transfer.files) {
      const shown = show(list, file, () => this.stay([...(input.files ?? [])].filter((other) => other !== file)));
      shown.progress.remove();
      list.lastElementChild?.setAttribute("data-stays", "");
    }
  }

  /** While files are on their way the form waits for them, and then goes by itself. */
  private hold(event: HTMLElementEventMap["submit"]): void {
    const { form, list } = this;
    if (!list.querySelector("progress")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const watch = new MutationObserver(() => {
      if (list.querySelector(".upload-failed")) watch.disconnect();
      else if (!list.querySelector("progress")) {
        watch.disconnect();
        (submitter ?? form.querySelector<HTMLButtonElement>("[data-send]"))?.click();
      }
    });
    watch.observe(list, { childList: true, subtree: true });
    toast(text("sending"));
  }
}

export function startUploads(root: ParentNode): void {
  for (const input of fresh<HTMLInputElement>(root, "input[data-upload]", "upload")) {
    const list = input.form?.querySelector<HTMLElement>("[data-upload-list]");
    if (input.form && list) new Uploads(input, input.form, list).listen();
  }
}
