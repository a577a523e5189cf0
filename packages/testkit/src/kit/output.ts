import { type Scope, scope } from "./scope.ts";

/** Where something was printed, and its text. */
export interface Printed {
  readonly where: string;
  readonly text: string;
}

const calls: Scope<Printed[]> = scope();

/** Runs a call, and catches what it prints to stdout, stderr, the console, and as warnings. What others print passes. */
export async function withOutput(call: () => Promise<void>): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  const undo = [stream("stdout"), stream("stderr"), ...consoleMethods(), warnings()];
  try {
    await calls.run(printed, call);
    // A warning is emitted in a later turn.
    await new Promise<void>((resolve) => setImmediate(resolve));
  } finally {
    for (const restore of undo) restore();
  }
  return printed;
}

function stream(where: "stdout" | "stderr"): () => void {
  return replace(process[where], "write", (inside, [chunk, second, third]) => {
    inside.push({
      where,
      text: typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString("latin1"),
    });
    const done = typeof second === "function" ? second : third;
    if (typeof done === "function") queueMicrotask(() => void Reflect.apply(done, undefined, []));
    return true;
  });
}

function consoleMethods(): Array<() => void> {
  return Object.entries(globalThis.console)
    .filter(([, real]) => typeof real === "function")
    .map(([method]) =>
      replace(globalThis.console, method, (inside, given) => {
        inside.push({ where: `console.${method}`, text: given.map(String).join(" ") });
      }),
    );
}

function warnings(): () => void {
  return replace(process, "emitWarning", (inside, given) => {
    inside.push({ where: "warnings", text: String(given[0]) });
  });
}

/** Replaces a method for whoever prints from inside a watched call; returns what puts it back. */
function replace(
  holder: object,
  method: string,
  instead: (inside: Printed[], given: readonly unknown[]) => unknown,
): () => void {
  const methods = holder as Record<string, (...given: unknown[]) => unknown>;
  const real = methods[method];
  if (real === undefined) return () => undefined;
  methods[method] = (...given) => {
    const inside = calls.current();
    return inside === undefined ? real.apply(holder, given) : instead(inside, given);
  };
  return () => void (methods[method] = real);
}
