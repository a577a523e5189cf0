import { describe, expect, it } from "vitest";
import { understandCommon } from "./common.ts";
import { createProgram } from "./program.ts";

/** What the argument library makes of a command line. */
function parsed(argv: readonly string[]) {
  const program = createProgram(() => {});
  program.parse(argv, { from: "user" });
  const command = program.commands.find((one) => one.name() === argv[0]);
  return { name: argv[0], args: command?.args, options: command?.opts() };
}

describe("a command line in a common form", () => {
  it.each([
    "get DB",
    "get hcv://secret/app/db#password",
    "get DB --refresh",
    "get --base64 DB",
    "get DB --raw",
    "get DB --no-newline --any-domain",
    "get --refresh --base64 --no-newline --any-domain DB",
    "run -- true",
    "run --any-domain -- true",
    "run -- ./server --port 8080 -- --mask never",
    "list",
    "list --json",
  ])("%s: is understood as the argument library does", (line) => {
    const argv = line.split(" ");
    expect(understandCommon(argv)).toEqual(parsed(argv));
  });

  it.each([
    ...[
      "get",
      "get --help",
      "get DB API",
      "get DB --json",
      "get DB --refresh=false",
      "get -- DB",
      "get --raw --base64 DB",
    ],
    ...["run", "run true", "run --only DB -- true", "run --mask never -- true", "run --", "run --json -- true"],
    ...["list --names", "list --help", "list DB", "lists", "--help", ""],
  ])("'%s' is left to the argument library", (line) => {
    expect(understandCommon(line.split(" ").filter((part) => part !== ""))).toBeUndefined();
  });
});
