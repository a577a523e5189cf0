import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isAbsolutePath, readCredentialFile } from "../../src/provider.ts";

const SECRET = "vlcanary-token";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vaultlink-kit-"));
  await mkdir(join(folder, "home"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function keep(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const read = (path: string, required = true, env = {}): Promise<string | undefined> =>
  readCredentialFile({ path, required, hint: "vault login" }, env);

it.each([
  ["as it stands", SECRET, SECRET],
  ["without the newline that editors add", `${SECRET}\n`, SECRET],
  ["without that of Windows", `${SECRET}\r\n`, SECRET],
  ["with every other newline", `${SECRET}\n\n`, `${SECRET}\n`],
  ["with blanks, which may be part of a password", ` ${SECRET} `, ` ${SECRET} `],
  ["blanks alone", "  ", "  "],
])("takes a credential %s", async (_, text, credential) => {
  expect(await read(await keep("token", text))).toBe(credential);
});

it("finds the home of the caller, and never that of the process", async () => {
  await keep("home/.token", SECRET);
  expect(await read("~/.token", true, { HOME: join(folder, "home") })).toBe(SECRET);
  expect(await read("~/.token", false, {})).toBeUndefined();
  await expect(read("~/.token", false, { HOME: "home" })).rejects.toMatchObject({
    code: "invalid_config",
    message: "HOME must be an absolute path.",
  });
});

it("tells a file that is not there from one that cannot be used, and shows no path", async () => {
  const missing = join(folder, "none");
  expect(await read(missing, false)).toBeUndefined();
  const empty = await keep("empty", "\n");
  expect(await read(empty, false)).toBeUndefined();
  const large = await keep("large", "x".repeat(64 * 1024 + 1));
  for (const [path, message] of [
    [missing, "The credential file does not exist."],
    [empty, "The credential file is empty."],
    [large, "The credential file is not a small text file."],
    [folder, "The credential file is not a small text file."],
    [join(large, "below"), "The credential file cannot be read."],
  ] as const) {
    await expect(read(path)).rejects.toMatchObject({
      code: "unauthenticated",
      message,
      details: { hint: "vault login" },
    });
  }
});

it.each([
  ["/etc/token", true],
  ["C:\\token", true],
  ["c:/token", true],
  ["token", false],
  ["./token", false],
  ["~/token", false],
  ["C:token", false],
])("%s is absolute: %s", (path, absolute) => {
  expect(isAbsolutePath(path)).toBe(absolute);
});
