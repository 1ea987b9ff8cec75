// Tests on running servers wait for conditions, never for a length of time, and for nothing without an end.
import { within } from "../scripts/lib/within.mjs";

export { within };

/** Asks until the answer is truthy; gives up after `seconds` and says what it waited for. */
export function until(what, condition, seconds = 30) {
  let over = false;
  const asking = async () => {
    while (!over) {
      const answer = await condition();
      if (answer) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return within(seconds, what, asking()).finally(() => (over = true));
}
