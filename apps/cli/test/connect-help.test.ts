import { expect, it } from "vitest";
import { openShell } from "./shell.ts";

/** Help as one line, whatever its width. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

it("connect --help says what a connection is called that gets no name", async () => {
  const shell = await openShell();
  const general = await shell("connect", "--help");
  expect(inOneLine(general.stdout)).toContain(
    "a name for the connection, else op (1password), aws (aws), az (azure), hcv (hashicorp)",
  );
  const own = await shell("connect", "hashicorp", "--help");
  expect(inOneLine(own.stdout)).toContain("it begins every reference to it. Default: hcv.");
  expect(inOneLine(own.stdout)).toContain("--no-lookup Turns this off: Ask the vault whose a found token is");
  const azure = await shell("connect", "azure", "--help");
  expect(inOneLine(azure.stdout)).toContain(
    "a bare name is in the first. Default: AZURE_KEYVAULT_URL. May be given several times.",
  );
});
