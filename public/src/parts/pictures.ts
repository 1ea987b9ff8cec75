/**
 * Pictures in the text: one that is pasted or dropped into a message stands at the caret, as Markdown with its name. While it is on its way a
 * mark holds its place; whoever takes the file away takes the mark away, too, and no draft keeps one.
 */
import { type } from "./markdown";

/** The place of a picture in a text. */
export interface Place {
  /** The file has arrived under this id. */
  take: (id: string) => void;
  /** It will not come. */
  leave: () => void;
}

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** What holds the place of a picture that is on its way: the file is known by it on this page alone. */
const MARK = /!\[[^\]]*\]\(sending:[0-9a-f]+\)/g;

/** A text as it may be kept: a mark would outlive its file there. */
export const withoutMarks = (words: string): string => words.replace(MARK, "");

function token(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A place for the file in the text that it was dropped on; none for what is no picture, or fell elsewhere. */
export function placeFor(target: EventTarget | null, file: File): Place | undefined {
  if (!(target instanceof HTMLTextAreaElement) || !SHOWN.has(file.type)) return undefined;
  const area = target;
  const name = file.name.replaceAll(/[[\]()\\\r\n]/g, " ").trim() || "picture";
  const mark = `![${name}](sending:${token()})`;
  type(area, area.selectionStart, area.selectionEnd, mark);
  const put = (words: string): void => {
    const at = area.value.indexOf(mark);
    // Its writer has taken it out meanwhile: then the file goes along as any other does.
    if (at < 0) return;
    area.setRangeText(words, at, at + mark.length, "preserve");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let shown = mark;
  return {
    take: (id) => {
      shown = `![${name}](attachment:${id})`;
      put(shown);
    },
    leave: () => {
      const at = area.value.indexOf(shown);
      if (at < 0) return;
      area.setRangeText("", at, at + shown.length, "preserve");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };
}
