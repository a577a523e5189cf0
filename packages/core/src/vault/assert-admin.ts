import { SecretError } from "../errors/secret-error.ts";
import type { NamedConnection } from "../resolver/named-connection.ts";

/**
 * Throws `forbidden` unless a session of the connection shows that its user may disconnect it. Changes nothing and asks no
 * vault: the roles are what the vault said of the session when it was opened.
 */
export function assertAdmin({ handles, name, source }: NamedConnection): void {
  const admins = "load" in source ? source.admins : undefined;
  if (admins === undefined) return;
  const sessions = handles.flatMap(({ connection }) => connection.live()?.session ?? []);
  if (sessions.some(({ roles = [] }) => roles.some((role) => admins.includes(role)))) return;
  const unproved = sessions.length === 0 && admins.length > 0;
  throw new SecretError("forbidden", unproved ? unprovedSentence(admins) : refusedSentence(admins), {
    reason: "admin-only",
    hint: `vaultlink ${unproved ? "reauth" : "logout"} ${name}`,
  });
}

const unprovedSentence = (admins: readonly string[]): string =>
  `Only a session with the role ${list(admins)} at the vault may disconnect it, and nobody is signed in.`;

const refusedSentence = (admins: readonly string[]): string =>
  admins.length === 0
    ? "Only an admin may disconnect it."
    : `Only a session with the role ${list(admins)} at the vault may disconnect it.`;

/** Roles of a configuration, as they may be shown. */
const list = (admins: readonly string[]): string =>
  admins.map((role) => (/^[\w.:/@-]{1,60}$/.test(role) ? role : "…")).join(" or ");
