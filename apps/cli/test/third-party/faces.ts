import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Ran, Shell } from "../shell.ts";
import type { Cell } from "./faults.ts";

const CORE = new URL("../../../../packages/core/src/index.ts", import.meta.url).href;

/** What a command or a program came to, as far as a cell of a table says something of it. */
export type Came = Pick<Ran, "code" | "stdout" | "stderr">;

/** The package of a provider that calls itself so. */
export const packageOf = (name: string): string => `vaultlink-provider-${name}`;

/** Fails the test unless a face of the product did what a cell says of the provider of that name. */
export function expectCell(
  { code, stdout, stderr }: Came,
  { tells = "", prints = "", code: wanted }: Cell,
  name: string,
): void {
  expect([code, stdout]).toEqual([wanted, prints]);
  expect(stderr).toContain(tells.replaceAll("PACKAGE", packageOf(name)).replaceAll("NAME", name));
}

/** A program that uses a provider as any other library. */
export interface Library {
  /** Reads a path with the provider of that name, out of a package. */
  read(packageName: string, name: string, path: string): Promise<Came>;
}

const PROGRAM = `
import { createVault } from "${CORE}";
const [, , packageName, name, path] = process.argv;
const connection = {
  provider: name,
  load: async () => (await import(packageName)).plugin,
  options: { url: "acme:" },
};
const limits = { deadlineMs: 3000, attemptMs: 1000 };
const vault = createVault({ connections: { [name]: connection }, env: process.env, limits });
try {
  console.log((await vault.get(name + "://" + path)).reveal());
  process.exit(0);
} catch ({ code, message }) {
  console.error(code, message);
  process.exit({ invalid_config: 78, timeout: 75 }[code] ?? 70);
}
`;

/** Writes the program into the folder `app` of a shell's home, where the packages that it imports are installed. */
export async function libraryIn(
  { home }: Pick<Shell, "home">,
  variables: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Library> {
  const program = join(home, "app/main.mjs");
  await writeFile(program, PROGRAM);
  const env = { PATH: process.env["PATH"], HOME: home, XDG_CONFIG_HOME: home, ...variables };
  return {
    read: (...given) =>
      new Promise((resolve) => {
        const args = ["--conditions=source", ...flags, program, ...given];
        const child = execFile(process.execPath, args, { env, cwd: home }, (_error, stdout, stderr) =>
          resolve({ code: child.exitCode, stdout, stderr }),
        );
      }),
  };
}
