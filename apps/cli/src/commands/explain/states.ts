import type { ConnectionState, LinkStatus, UnresolvedReason } from "@vaultlink/core";
import type { CodeText } from "@vaultlink/core/internal";

type State = LinkStatus["state"] | UnresolvedReason | ConnectionState | "not opened" | "not signed in" | "throttled";

/** What `list` and `status` say of a link or a connection, in words. A new state does not compile without its row. */
export const STATES: Readonly<Record<State, CodeText>> = {
  closed: { means: "The connection's session was ended with its vault object.", helps: "The next read opens another." },
  denied: {
    means: "The vault knows who asks and refuses.",
    helps: "Ask the vault's administrator for the permission.",
  },
  disabled: { means: "The link is switched off in its file.", helps: 'Remove "enabled": false from it.' },
  disconnected: {
    means: "The connection was disconnected: its values and sign-in are gone, its links are kept.",
    helps: "`vaultlink reauth` with the connection's name connects it again.",
  },
  "domain-blocked": {
    means: "The link is for certain domains only, and where the value would go is not one, or not known.",
    helps: "Add `--any-domain` if you take care of where it goes.",
  },
  expired: { means: "The credentials have ended, or the vault refuses them.", helps: "`vaultlink reauth`" },
  failed: { means: "The connection could not be opened.", helps: "`vaultlink status --check` says why." },
  forbidden: {
    means: "A policy of this machine or of vaultlink refuses.",
    helps: "Read the message: it names the setting.",
  },
  invalid: {
    means: "The reference or the connection is set up wrongly.",
    helps: "`vaultlink explain` with the link's name.",
  },
  mismatch: { means: "A program defines the connection otherwise than the agent.", helps: "Define it alike in both." },
  "not opened": {
    means: "Nothing is known against the connection; nothing has needed it yet.",
    helps: "`vaultlink status --check`",
  },
  "not signed in": { means: "Nobody has signed in to the connection.", helps: "`vaultlink reauth`" },
  "not-authenticated": { means: "Nobody has signed in to the link's connection.", helps: "`vaultlink reauth`" },
  "not-found": { means: "The vault has no such secret.", helps: "Check the path, then `vaultlink relink` the name." },
  opening: { means: "The connection is being opened now.", helps: "Wait for it." },
  ready: { means: "The connection is open.", helps: "Nothing is needed." },
  resolved: { means: "A value is known, and would be given.", helps: "Nothing is needed." },
  throttled: { means: "The vault asks to slow down.", helps: "Wait." },
  "unknown-connection": { means: "No file defines the connection of the reference.", helps: "`vaultlink connect`" },
  unknown: {
    means: "Nothing stands in the way of the link, and its vault was not asked.",
    helps: "`vaultlink explain --check` with the link's name asks it.",
  },
  unlinked: { means: "The name has no reference yet.", helps: "`vaultlink relink` gives it one." },
  unreachable: { means: "The vault could not be asked.", helps: "Check the network: `vaultlink doctor`." },
  unresolved: { means: "The link gives no value now.", helps: "`vaultlink explain` with the link's name says why." },
  untrusted: {
    means: "The project defines the connection, and you have not trusted that.",
    helps: "`vaultlink trust`",
  },
  unusable: { means: "The secret is there, and cannot be given as it is.", helps: "`vaultlink explain --check`" },
};
