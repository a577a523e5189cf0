import { isTerminal } from "@vaultlink/agent/client";
import { drivesTerminal } from "../output/clean.ts";
import { writeOut } from "../output/streams.ts";
import { disclose } from "../output/disclose.ts";
import type { HotItem } from "./ask-agent.ts";
import type { HotCommand } from "./command-line.ts";
import { isFinal, plainValue } from "./value.ts";

/** Prints a value, or says why there is none. Resolves with the exit status, or `undefined` for the long way. */
export async function printValue(
  command: HotCommand & { readonly kind: "get" },
  item: HotItem,
): Promise<number | undefined> {
  if (isFinal(item)) return (await import("./fail.ts")).failWith([item]);
  const bytes = outputOf(command, item);
  if (bytes === undefined) return undefined;
  await writeOut(bytes);
  return 0;
}

function outputOf({ form, newline }: HotCommand & { readonly kind: "get" }, item: HotItem): Uint8Array | undefined {
  const value = plainValue(item);
  if (value === undefined) return undefined;
  const end = newline ? "\n" : "";
  if (form === "raw") return value.bytes();
  if (form === "base64") return Buffer.from(`${String(item["b64"])}${end}`);
  try {
    // Bytes that are no text, or that would drive the terminal, are refused with reasons.
    const text = disclose(value);
    if (isTerminal(1) && drivesTerminal(text)) return undefined;
    return Buffer.concat([value.bytes(), Buffer.from(end)]);
  } catch {
    return undefined;
  }
}
