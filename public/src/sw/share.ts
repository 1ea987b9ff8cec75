/**
 * What somebody shares with the app from another one, such as a picture of the screen: it is kept on the device until the form for a new
 * ticket takes it, with a network or without.
 */
import { keepShared } from "../parts/kept";

/** Files of one form at most; what is more was not meant for a ticket. */
const FILES_MAX = 10;

export async function take(request: Request): Promise<Response> {
  const form = await request.formData();
  const words = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const files = form.getAll("files").filter((file): file is File => file instanceof File && file.size > 0);
  await keepShared({ title: words("title"), text: [words("text"), words("url")].filter(Boolean).join("\n"), files: files.slice(0, FILES_MAX), at: Date.now() });
  return Response.redirect("/tickets/new#shared", 303);
}
