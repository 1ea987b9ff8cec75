/**
 * Pictures that come from elsewhere than the field for files: what was shared with the app fills the form for a new ticket, and the camera
 * of a telephone hands its photo to the field.
 */
import { takeShared } from "./kept";
import { fresh } from "./page";

/** Shared longer ago than this, it was meant for something that was given up. */
const HOURS_MAX = 24;

/** Adds files to those of a field, as if they were chosen there. */
function give(field: HTMLInputElement, files: File[]): void {
  const all = new DataTransfer();
  for (const file of [...(field.files ?? []), ...files]) all.items.add(file);
  field.files = all.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(field: HTMLInputElement | HTMLTextAreaElement | null, words: string): void {
  if (!field || words === "" || field.value.includes(words)) return;
  field.value = [field.value.trim(), words].filter(Boolean).join("\n\n").slice(0, field.maxLength > 0 ? field.maxLength : undefined);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function receive(form: HTMLFormElement): Promise<void> {
  const shared = await takeShared();
  if (!shared || Date.now() - shared.at > HOURS_MAX * 3_600_000) return;
  const title = form.querySelector<HTMLInputElement>('input[name="title"]');
  if (title?.value === "") fill(title, shared.title);
  fill(form.querySelector<HTMLTextAreaElement>('textarea[name="description"]'), shared.text);
  const field = form.querySelector<HTMLInputElement>("input[data-upload]");
  if (field && shared.files.length > 0) give(field, shared.files);
}

export function startShared(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-new-ticket]", "shared")) {
    // Only a service worker keeps anything there.
    if (navigator.serviceWorker?.controller && "indexedDB" in window) void receive(form).catch(() => undefined);
  }
  for (const camera of fresh<HTMLInputElement>(root, "input[data-camera]", "camera")) {
    camera.addEventListener("change", () => {
      const field = camera.form?.querySelector<HTMLInputElement>("input[data-upload]");
      if (!field) return;
      const photos = [...(camera.files ?? [])];
      camera.value = "";
      give(field, photos);
    });
  }
}
