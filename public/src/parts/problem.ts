/** What the server says of a refusal (RFC 9457), in the reader's language. */

/** What requests ask for that show a page where all is well, and words where it is not. */
export const PAGE_OR_PROBLEM = "text/html, application/problem+json";

/** The faults of single fields, or else of the whole. Nothing where the answer is of another kind. */
export async function reasonOf(answer: Response): Promise<string> {
  if (!answer.headers.get("content-type")?.startsWith("application/problem+json")) return "";
  const problem: unknown = await answer.json().catch(() => undefined);
  if (!problem || typeof problem !== "object") return "";
  const faults = "errors" in problem && Array.isArray(problem.errors) ? problem.errors : [];
  const said = faults.flatMap((fault: unknown) => (fault && typeof fault === "object" && "message" in fault && typeof fault.message === "string" ? [fault.message] : []));
  if (said.length > 0) return said.join(" ");
  return "detail" in problem && typeof problem.detail === "string" ? problem.detail : "";
}
