import type { Configuration } from "../config/load.ts";

/** What the machine's policy makes of one's own connections, in words. */
export function policyLines({
  ended,
  overruled,
  refused,
}: Pick<Configuration, "ended" | "overruled" | "refused">): readonly string[] {
  return [
    ...overruled.map(
      (name) => `The connection ${name} of your own files is ignored: this machine's policy has that name.`,
    ),
    ...[...refused].map(([name, sentence]) => `The connection ${name} does not count: ${sentence}`),
    ...[...ended].map((name) => `The connection ${name} was disconnected for everybody.`),
  ];
}
