import { expect, it } from "vitest";
import { knownFrom } from "./known.ts";

const HELP = `$ vaultlink --help
Usage: vaultlink <command> [options]

Commands:
  link [options] [name] [reference]            Bind a new name to a secret, and
                                               relink it later.
  run [options] [command...]                   Run a command.
`;

it.each([
  ["vaultlink link API_KEY", "in the list of commands"],
  ["vaultlink run -- ./server", "in the list of commands"],
  ["vaultlink relink API_KEY", "guessed"],
  ["vaultlink", "guessed"],
])("%s is %s", (command, known) => {
  expect(knownFrom(HELP, command)).toBe(known);
});

it("guesses before anything was shown", () => {
  expect(knownFrom("$ ", "vaultlink link API_KEY")).toBe("guessed");
});
