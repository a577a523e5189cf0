/** Numbers from 1 on. */
export function counter(): () => number {
  let last = 0;
  return () => ++last;
}

/** How long a delayed answer takes, in ms: so long that what is asked meanwhile is asked meanwhile. Nothing is measured. */
export const ANSWER_AFTER_MS = 300;
