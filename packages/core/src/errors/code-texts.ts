import type { ErrorCode } from "./codes.ts";

/** A code in words. Commands and names of options stand in backticks. */
export interface CodeText {
  readonly means: string;
  readonly helps: string;
}

/** What each code says, and what helps. A new code does not compile without its row. */
export const CODE_TEXTS: Readonly<Record<ErrorCode, CodeText>> = {
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
    helps:
      "`details.hint` has the command; `vaultlink explain --check` with the link's name says it, too. `vaultlink list` shows the state of each name and, below them, each command once.",
  },
  unusable: {
    means: "The secret exists and cannot be given: disabled, deleted version, no such field, not text.",
    helps: "Enable it, name another version or field, or read its bytes.",
  },
};
