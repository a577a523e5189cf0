import { describe, expect, it } from "vitest";
import { CliError } from "../failure.ts";
import { parseCommandLine } from "./parse.ts";

/** What is said of a command line, and what helps. */
function mistake(line: string): unknown {
  try {
    parseCommandLine(line.split(" "));
  } catch (error) {
    if (error instanceof CliError) return [error.code, error.message, error.hint];
    throw error;
  }
  throw new Error("It was understood.");
}

describe("a mistake in a command line", () => {
  it.each([
    ["gte", "There is no command gte; did you mean get?", "vaultlink get --help"],
    ["cache rest", "There is no command cache rest; did you mean cache reset?", "vaultlink cache reset --help"],
    ["frobnicate", "There is no command frobnicate.", "vaultlink --help"],
    ["login", "There is no command login; did you mean reauth?", "vaultlink reauth --help"],
    ["ls", "There is no command ls; did you mean list?", "vaultlink list --help"],
    ["show A", "There is no command show; did you mean get?", "vaultlink get --help"],
    ["add A", "There is no command add; did you mean link?", "vaultlink link --help"],
    ["remove A", "There is no command remove; did you mean unlink?", "vaultlink unlink --help"],
    ["reset A", "There is no command reset; did you mean cache reset?", "vaultlink cache reset --help"],
    ["env", "There is no command env; did you mean export?", "vaultlink export --help"],
    ["init", "There is no command init; did you mean connect?", "vaultlink connect --help"],
    ["list --jsn", "vaultlink list has no option --jsn; did you mean --json?", "vaultlink list --help"],
    ["list -x", "vaultlink list has no option -x.", "vaultlink list --help"],
    ["get --all A", "vaultlink get has no option --all.", "vaultlink get --help"],
  ])("%s names what failed", (line, message, hint) => {
    expect(mistake(line)).toEqual(["usage", message, hint]);
  });

  it.each([
    ["a command", "vlcanary-typed", "There is no such command.", "vaultlink --help"],
    ["an option", "list --vlcanary-typed-as-it-is", "Unknown option.", "vaultlink list --help"],
    ["an option's value", "list --all=vlcanary-typed", "vaultlink list has no option --all.", "vaultlink list --help"],
  ])("what could be a secret is not repeated: %s", (_what, line, message, hint) => {
    expect(mistake(line)).toEqual(["usage", message, hint]);
  });
});
