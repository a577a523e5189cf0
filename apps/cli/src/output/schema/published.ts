import type { Json } from "./build.ts";
import { COMMANDS } from "./commands.ts";
import { failed } from "./parts.ts";

/** The schemas of what commands print with `--json`, by file: `output/get.json`. `run` prints its child's output, or a failure. */
export function outputSchemas(): Readonly<Record<string, Json>> {
  const schemas = Object.entries(COMMANDS).map(([command, done]) => [
    fileOf(command),
    publish(command, [done, failed]),
  ]);
  return Object.fromEntries([...schemas, [fileOf("run"), publish("run", [failed])]]) as Readonly<Record<string, Json>>;
}

/** The file of a command's schema. */
export const fileOf = (command: string): string => `output/${command.replaceAll(" ", "-")}.json`;

const publish = (command: string, anyOf: readonly Json[]): Json => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: `vaultlink ${command} --json`,
  anyOf,
});
