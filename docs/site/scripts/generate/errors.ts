import type { ErrorCode } from "@vaultlink/core";
import type { Policy } from "@vaultlink/core/internal";
import { isErrorCode } from "@vaultlink/core/provider";
import { POLICY } from "@vaultlink/core/internal";
import type { Page } from "./page.ts";

/** What each code says, and what helps. A new code of core does not compile without its row. */
const CODES: Readonly<Record<ErrorCode, { readonly means: string; readonly helps: string }>> = {
  aborted: {
    means: "The caller cancelled, a person declined, or the vault was closed.",
    helps: "Call again if the answer is still wanted.",
  },
  ambiguous: {
    means: "The reference names more than one secret or field.",
    helps: "Use the vault's own id, or name the field.",
  },
  denied: {
    means: "The vault knows who asks and refuses.",
    helps: "Ask the vault's administrator for the permission on the provider's page.",
  },
  forbidden: {
    means: "A policy of vaultlink refuses, for example a name that changes what programs do.",
    helps: "Read the message: it names the setting that allows it.",
  },
  internal: {
    means: "A fault of vaultlink or of a provider.",
    helps: "Report it, without real secrets.",
  },
  invalid_config: {
    means: "An option, a file or a connection is set up wrongly.",
    helps: "Correct what the message names; `vaultlink status` shows the files in use.",
  },
  invalid_reference: {
    means: "The reference can name nothing here.",
    helps: "Compare it with the reference syntax of the provider.",
  },
  not_found: {
    means: "The vault says that there is no such secret for this identity.",
    helps: "Check the path, then `vaultlink relink` the name.",
  },
  throttled: {
    means: "The vault asks to slow down.",
    helps: "Wait; `details.retryAfterMs` says how long, where the vault says so.",
  },
  timeout: {
    means: "No answer before the deadline.",
    helps: "Try again, or raise `limits.deadlineMs`.",
  },
  unauthenticated: {
    means: "No credentials, wrong ones, or credentials that ended.",
    helps:
      "Sign in: `details.hint` has the command, e.g. `aws sso login --profile dev`, `az login` or `vaultlink reauth`.",
  },
  unavailable: {
    means: "The vault could not be asked: network, server fault, sealed vault.",
    helps: "Check the address and the network; `vaultlink status --check` asks each connection.",
  },
  unresolved: {
    means:
      "The link can give nothing now; `details.reason` says why: `unlinked`, `disconnected`, `untrusted` and others.",
    helps: "`vaultlink list` shows the command that helps for each name.",
  },
  unusable: {
    means: "The secret exists and cannot be given: disabled, deleted version, no such field, not text.",
    helps: "Enable it, name another version or field, or read its bytes.",
  },
};

const HEAD = `Every failure is a \`SecretError\` with a \`code\` of this closed list, a message that is a fixed sentence, and \`details\`.
An error holds no value, no header and no \`cause\`. The same table drives the library and the command.

- **Status** is the exit status of the command.
- **Retried** says whether the same call is sent again by itself, within the caller's deadline. \`reopen\` sends it once more in a new session.
- **Remembered** answers the same question from memory for ten seconds.
- **Drops** says whether an older value of the same secret is dropped.
- **Stale** says whether an expired value may answer instead, where \`cache.staleOnError\` allows it.

Of several failures the command ends with the one that a person must act on.
`;

/** Every code with what it means, what happens and what helps, by its exit status. */
export function errorPage(): Page {
  const codes = Object.keys(POLICY).filter(isErrorCode);
  const overview = codes.map((code) => row(code, POLICY[code]));
  const details = codes.map((code) => `### ${code}\n\n${CODES[code].means}\n\n**What helps:** ${CODES[code].helps}\n`);
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
