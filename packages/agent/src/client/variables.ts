import { declaredEnv } from "@vaultlink/core/internal";
import type { Message } from "../protocol/frame.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Of a client's environment the variables that the agent asked for, and no others. A final `*` makes a prefix. */
export const variablesFor = (needs: unknown, env: Env): Readonly<Record<string, string>> =>
  declaredEnv(namesIn(needs), env);

function namesIn(needs: unknown): readonly string[] {
  const { connections, programs } = (needs ?? {}) as Message;
  const lists = [programs, ...Object.values((connections ?? {}) as Message)];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter((name) => typeof name === "string") : []));
}
