import type { ErrorCode } from "@vaultlink/core";
import type { Policy } from "@vaultlink/core/internal";
import { isErrorCode } from "@vaultlink/core/provider";
import { CODE_TEXTS, POLICY } from "@vaultlink/core/internal";
import type { Page } from "./page.ts";

const HEAD = `Every failure is a \`SecretError\` with a \`code\` of this closed list, a message that is a fixed sentence, and \`details\`.
An error holds no value, no header and no \`cause\`. The same table drives the library and the command.

- **Status** is the exit status of the command.
- **Retried** says whether the same call is sent again by itself, within the caller's deadline. \`reopen\` sends it once more in a new session.
- **Remembered** answers the same question from memory for ten seconds.
- **Drops** says whether an older value of the same secret is dropped.
- **Stale** says whether an expired value may answer instead, where \`cache.staleOnError\` allows it.

Of several failures the command ends with the one that a person must act on. At a terminal, \`vaultlink explain <code>\` says the same.
`;

/** Every code with what it means, what happens and what helps, by its exit status. */
export function errorPage(): Page {
  const codes = Object.keys(POLICY).filter(isErrorCode);
  const overview = codes.map((code) => row(code, POLICY[code]));
  const details = codes.map(
    (code) => `### ${code}\n\n${CODE_TEXTS[code].means}\n\n**What helps:** ${CODE_TEXTS[code].helps}\n`,
  );
  return {
    slug: "reference/errors",
    title: "Error codes",
    description: "Every error code: exit status, meaning, whether it is retried, and what helps.",
    body: [
      HEAD,
      "| code | status | retried | remembered | drops | stale |\n| --- | ---: | --- | --- | --- | --- |",
      ...overview,
      "\n## What each means\n",
      ...details,
    ].join("\n"),
  };
}

function row(code: ErrorCode, { exit, retry, remember, purge, stale }: Policy): string {
  const cells = [`[\`${code}\`](#${code})`, exit, retry === "reopen" ? "reopen" : yes(retry)];
  return `| ${[...cells, yes(remember), yes(purge), yes(stale)].join(" | ")} |`;
}

const yes = (held: boolean): string => (held ? "yes" : "no");
