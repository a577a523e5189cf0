import { runInNewContext } from "node:vm";

/** How long reading one identifier may take, in ms: a bound that only a runaway pattern meets. */
const BOUND_MS = 5000;

/** Whether a call returns at all: one that looks for ever is ended. What it throws is not judged here. */
export function returns(call: () => unknown): boolean {
  try {
    runInNewContext("call()", { call }, { timeout: BOUND_MS });
    return true;
  } catch (thrown) {
    return (thrown as { readonly code?: unknown } | undefined)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT";
  }
}

/** Long strings that end as nothing is expected to: a pattern that backtracks looks at them for ever. */
export function* long(own: readonly string[]): Generator<string> {
  const pieces = ["a", "1", "-", "a/", "a:", "a.", " ", "%41", "/", ":", ...own.map((text) => text.slice(-1))];
  for (const start of ["", ...own, ...own.map((text) => text.slice(0, -1))]) {
    for (const piece of new Set(pieces)) {
      for (const count of [40, 4000]) yield `${start}${piece.repeat(count)}!\n`;
    }
  }
}

const PIECES = [
  "arn:aws:secretsmanager:",
  "https://",
  "op://",
  "vault",
  ":",
  "/",
  "#",
  "?",
  "%",
  "é",
  "\0",
  "\ud800",
  "a",
  "1",
];

/** The same strings each time: what failed once fails again. */
export function* generated(count: number): Generator<string> {
  let state = 1;
  for (let index = 0; index < count; index++) {
    let text = "";
    for (let length = index % 12; length > 0; length--) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      text += PIECES[state % PIECES.length] ?? "";
    }
    yield text;
  }
}
