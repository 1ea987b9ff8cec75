/** The tickets that were opened last, as the menu of the header and the palette show them. */
import { icon, text } from "./page";

export interface Opened {
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly unread: boolean;
  readonly draft: boolean;
}

/** Reads an answer of the API about opened tickets. */
export async function readOpened(answer: Response): Promise<Opened[]> {
  if (!answer.ok) throw new Error(`the answer was ${answer.status}`);
  return ((await answer.json()) as { data: Opened[] }).data;
}

export const recent = async (): Promise<Opened[]> => readOpened(await fetch("/api/tickets/recent", { headers: { accept: "application/json" } }));

function item(ticket: Opened): HTMLElement {
  const link = document.createElement("a");
  link.className = "menu-item recent-item";
  link.href = `/agent/tickets/${ticket.number}`;
  const title = document.createElement("span");
  title.className = "cut grow";
  title.dir = "auto";
  title.textContent = ticket.title;
  const number = document.createElement("bdi");
  number.className = "muted small num";
  number.textContent = ticket.number;
  link.append(title, number);
  return link;
}

async function fill(list: HTMLElement): Promise<void> {
  const tickets = await recent().catch(() => undefined);
  const note = document.createElement("p");
  note.className = "menu-note muted small";
  note.textContent = text(tickets ? "recent-empty" : "failed");
  const all = document.createElement("a");
  all.className = "menu-item recent-item";
  all.href = "/agent/recent";
  all.append(icon("history"), text("recent-all"));
  list.replaceChildren(...(tickets && tickets.length > 0 ? [...tickets.map(item), document.createElement("hr"), all] : [note]));
}

/** Asked for when the menu is opened, and not before. */
export function startRecent(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-recent]")) {
    const list = menu.querySelector<HTMLElement>("[data-recent-list]");
    menu.addEventListener("toggle", () => {
      if (menu.open && list) void fill(list);
    });
  }
}
