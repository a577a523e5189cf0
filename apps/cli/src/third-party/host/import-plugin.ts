import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "@vaultlink/core";
import { versionFault } from "@vaultlink/core/internal";
import { trace } from "./trace.ts";

/** Why there is no plugin to work with, for whoever started this process to put into words. */
export type Fault =
  | { readonly fault: "threw"; readonly code?: string; readonly kind?: string; readonly at?: string }
  | { readonly fault: "no-export" }
  | { readonly fault: "no-plugin" }
  | { readonly fault: "version"; readonly version: number; readonly is: "newer" | "older" };

/** Imports the one export of a provider's code. */
export async function importPlugin(entry: string): Promise<Plugin | Fault> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(pathToFileURL(entry).href)) as Readonly<Record<string, unknown>>;
  } catch (thrown) {
    trace(thrown);
    const { code } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as { readonly code?: unknown };
    return { fault: "threw", ...(typeof code === "string" && { code }), ...placeOf(thrown, dirname(entry)) };
  }
  const { plugin } = module;
  if (plugin === undefined) return { fault: "no-export" };
  if (!isRecord(plugin)) return { fault: "no-plugin" };
  const is = versionFault(plugin["specVersion"]);
  if (is === "newer" || is === "older") return { fault: "version", version: plugin["specVersion"] as number, is };
  return is === undefined && isPlugin(plugin) ? (plugin as unknown as Plugin) : { fault: "no-plugin" };
}

/**
 * The class of what was thrown, and its file and line below a folder: what an author needs. Never the message, which may
 * hold anything.
 */
function placeOf(thrown: unknown, folder: string): { readonly kind?: string; readonly at?: string } {
  if (!(thrown instanceof Error)) return {};
  const kind = thrown.constructor.name;
  // Before the first frame stands the message, of which a line may look like one.
  const { message, stack = "" } = thrown;
  const frames = stack.slice(stack.indexOf(message) + message.length);
  const root = pathToFileURL(join(folder, "/")).href;
  const line = [frames, stack.split("\n", 1)[0] ?? ""].flatMap((text) => {
    const at = text.indexOf(root);
    const found = at === -1 ? null : /^[\w./-]{1,200}:\d+/.exec(text.slice(at + root.length));
    return found === null ? [] : [found[0]];
  })[0];
  return { ...(/^\w{1,60}$/.test(kind) && { kind }), ...(line !== undefined && { at: line }) };
}

function isPlugin({ name, create, options }: Readonly<Record<string, unknown>>): boolean {
  if (typeof name !== "string" || typeof create !== "function" || !isRecord(options)) return false;
  const standard = options["~standard"];
  return isRecord(standard) && typeof standard["validate"] === "function" && isRecord(standard["jsonSchema"]);
}

const isRecord = (held: unknown): held is Readonly<Record<string, unknown>> =>
  typeof held === "object" && held !== null && !Array.isArray(held);
