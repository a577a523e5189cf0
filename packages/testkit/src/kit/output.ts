import { type Scope, scope } from "./scope.ts";

/** Where something was printed, and its text. */
export interface Printed {
  readonly where: string;
  readonly text: string;
}

type Write = typeof process.stdout.write;

const calls: Scope<Printed[]> = scope();

/** Runs a call, and catches what it prints to stdout, stderr, the console, and as warnings. What others print passes. */
export async function withOutput(call: () => Promise<void>): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  const undo = [stream("stdout"), stream("stderr"), ...consoleMethods(), warnings(printed)];
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
  const to = process[where];
  const real = to.write;
  to.write = function write(...given: Parameters<Write>): boolean {
    const inside = calls.current();
    if (inside === undefined) return Reflect.apply(real, to, given) as boolean;
    const [chunk, second, third] = given as [unknown, unknown, unknown];
    inside.push({
      where,
      text: typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString("latin1"),
    });
    const done = typeof second === "function" ? second : third;
    if (typeof done === "function") queueMicrotask(() => void Reflect.apply(done, undefined, []));
    return true;
  } as Write;
  return () => void (to.write = real);
}

function consoleMethods(): Array<() => void> {
  const holder = globalThis.console as unknown as Record<string, unknown>;
  return Object.keys(holder).flatMap((method) => {
    const real = holder[method];
    if (typeof real !== "function") return [];
    holder[method] = (...given: unknown[]): unknown => {
      const inside = calls.current();
      if (inside === undefined) return Reflect.apply(real, holder, given) as unknown;
      inside.push({ where: `console.${method}`, text: given.map(String).join(" ") });
      return undefined;
    };
    return [() => void (holder[method] = real)];
  });
}

function warnings(printed: Printed[]): () => void {
  const real = process.emitWarning;
  process.emitWarning = ((...given: unknown[]): void => {
    if (calls.current() === undefined) Reflect.apply(real, process, given);
    else printed.push({ where: "warnings", text: String(given[0]) });
  }) as typeof process.emitWarning;
  return () => void (process.emitWarning = real);
}
