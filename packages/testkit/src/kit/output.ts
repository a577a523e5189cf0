import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
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
  const undo = [stream("stdout"), stream("stderr"), descriptors(), rawDebug(), ...consoleMethods(), warnings()];
  syncBuiltinESMExports();
  try {
    await calls.run(printed, call);
    // A warning is emitted in a later turn.
    await new Promise<void>((resolve) => setImmediate(resolve));
  } finally {
    for (const restore of undo) restore();
    syncBuiltinESMExports();
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

/** Past the streams, to where they lead. */
function descriptors(): () => void {
  return replace(fs, "writeSync", (inside, given, real) => {
    const [descriptor, data] = given;
    if (descriptor !== 1 && descriptor !== 2) return real.apply(fs, given);
    const text = typeof data === "string" ? data : Buffer.from(data as Uint8Array).toString("latin1");
    inside.push({ where: descriptor === 1 ? "stdout" : "stderr", text });
    return Buffer.byteLength(text);
  });
}

/** What Node prints its own faults with. */
function rawDebug(): () => void {
  return replace(process, "_rawDebug", (inside, given) => {
    inside.push({ where: "stderr", text: given.map(String).join(" ") });
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
  instead: (inside: Printed[], given: unknown[], real: (...given: unknown[]) => unknown) => unknown,
): () => void {
  const methods = holder as Record<string, (...given: unknown[]) => unknown>;
  const real = methods[method];
  if (real === undefined) return () => undefined;
  methods[method] = Object.assign((...given: unknown[]) => {
    const inside = calls.current();
    return inside === undefined ? real.apply(holder, given) : instead(inside, given, real);
  }, real);
  return () => void (methods[method] = real);
}
