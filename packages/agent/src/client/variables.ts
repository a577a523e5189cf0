import type { Message } from "../protocol/frame.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Of a client's environment the variables that the agent asked for, and no others. A final `*` makes a prefix. */
export function variablesFor(needs: unknown, env: Env): Readonly<Record<string, string>> {
  const lent = Object.create(null) as Record<string, string>;
  const lend = (name: string): void => {
    const value = env[name];
    if (value !== undefined) lent[name] = value;
  };
  const prefixes: string[] = [];
  for (const name of namesIn(needs)) {
    if (name.endsWith("*")) prefixes.push(name.slice(0, -1));
    else lend(name);
  }
  if (prefixes.length > 0) {
    for (const name of Object.keys(env)) if (prefixes.some((prefix) => name.startsWith(prefix))) lend(name);
  }
  return lent;
}

function namesIn(needs: unknown): readonly string[] {
  const { connections, programs } = (needs ?? {}) as Message;
  const lists = [programs, ...Object.values((connections ?? {}) as Message)];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter((name) => typeof name === "string") : []));
}
