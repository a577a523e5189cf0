import type { Change } from "./change.ts";
import type { Configuration } from "./load.ts";

/** The edits that make a disconnected connection count again. */
export function reconnected(name: string, { user }: Configuration): readonly Change[] {
  const { disconnected = [] } = user.content;
  if (!disconnected.includes(name)) return [];
  const rest = disconnected.filter((one) => one !== name);
  return [{ keys: ["disconnected"], value: rest.length === 0 ? undefined : rest }];
}
