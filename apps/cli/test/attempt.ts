import type { Shell } from "./shell.ts";

/** Links to everything that can be wrong at the vault. */
export const LINKS: Readonly<Record<string, unknown>> = {
  DB_PASSWORD: "hcv://secret/app/db#password",
  MISSING: "hcv://secret/app/nothing#x",
  DENIED: "hcv://secret/audit/report#password",
  DELETED: "hcv://secret/app/deleted#password",
  DESTROYED: "hcv://secret/app/destroyed#password",
  NO_FIELD: "hcv://secret/app/db#nothing",
  WHOLE: "hcv://secret/app/db",
  ELSEWHERE: "other://secret/app/db#password",
  MALFORMED: "hcv://secret//db#password",
  DECLARED: null,
  OFF: { reference: "hcv://secret/app/db#password", enabled: false },
  FENCED: { reference: "hcv://secret/app/db#password", allowedDomains: ["api.example.com"] },
  "not-a-variable": "hcv://secret/app/db#password",
};

/** Status, sentence and mending command of a failure. */
export type Expected = readonly [number, string, string?];

/** What a command said, and whether it left the files byte for byte as they were. */
export async function attempt(shell: Shell, args: readonly string[]): Promise<unknown> {
  const files = [shell.userFile, shell.projectFile];
  const before = await Promise.all(files.map((file) => shell.read(file)));
  const { code, stdout, lines } = await shell.call(args);
  const after = await Promise.all(files.map((file) => shell.read(file)));
  return { code, stdout, lines, untouched: before.every((text, at) => text === after[at]) };
}

/** A failure as a person sees it: one line saying what, one saying what to do, and nothing changed. */
export const failure = ([code, sentence, hint]: Expected): unknown => ({
  code,
  stdout: "",
  lines: [`vaultlink: ${sentence}`, ...(hint === undefined ? [] : [`  try: ${hint}`])],
  untouched: true,
});
