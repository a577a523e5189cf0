import { isSecretError, type LinkStatus, SecretError } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import { originFile } from "../config/origin-file.ts";
import { policyRefusal, statusOfRefusal } from "./policy-refusal.ts";
import { clean } from "../output/clean.ts";
import { mayExist } from "../plugins.ts";
import type { ProviderTable } from "../providers.ts";

/** The file that defines a connection of a provider nobody knows, if it is one. */
export function fileOfUnknownProvider(
  connection: string | undefined,
  configuration: Configuration,
  providers: ProviderTable,
): string | undefined {
  const { connections, untrusted } = configuration;
  if (connection === undefined) return undefined;
  const own = connections.get(connection);
  const provider = own?.entry.provider ?? untrusted.get(connection)?.provider;
  if (provider === undefined || mayExist(providers, provider)) return undefined;
  return originFile(own?.origin ?? "project", configuration);
}

/** Whether a reference needs a connection of the project that its user has not approved yet. */
function needsTrust(reference: string | null, { untrusted }: Pick<Configuration, "untrusted">): boolean {
  if (reference === null) return false;
  const scheme = schemeOf(reference);
  // A vault's own identifier does not say which connection it is for: any of them may be the one.
  return scheme === undefined ? untrusted.size > 0 : untrusted.has(scheme);
}

/** Core does not know of connections that do not count; the person should hear of trust rather than of an unknown name. */
export function explainTrust(thrown: unknown, reference: string | null, configuration: Configuration): unknown {
  if (isSecretError(thrown) && thrown.code === "not_found") return withReference(thrown, reference, configuration);
  if (!isSecretError(thrown) || thrown.details.reason !== "unknown-connection") return thrown;
  const refusal = reference === null ? undefined : policyRefusal(schemeOf(reference), configuration);
  if (refusal !== undefined) return refusal;
  if (!needsTrust(reference, configuration)) return thrown;
  return new SecretError("unresolved", "Its connection is defined by this project, which you have not trusted yet.", {
    reason: "untrusted",
    hint: "vaultlink trust",
  });
}

/** What the vault does not have, with where that should be: of a link only, since what was typed may have been pasted. */
function withReference(
  { code, message, details }: SecretError,
  reference: string | null,
  { links }: Pick<Configuration, "links">,
): SecretError {
  const { name } = details;
  const isLinks = name !== undefined && links.has(name) && reference !== null;
  const where = ` Its reference is ${clean(reference ?? "")}.`;
  // The agent may have said it already.
  return new SecretError(code, isLinks && !message.endsWith(where) ? message + where : message, details);
}

/**
 * The same for a link's status. A provider that nobody knows is told first: neither trust nor signing in would help.
 */
export function withTrust(link: LinkStatus, configuration: Configuration, providers: ProviderTable): LinkStatus {
  const file = fileOfUnknownProvider(schemeOf(link.reference ?? ""), configuration, providers);
  if (file !== undefined) return { ...link, state: "unresolved", reason: "invalid", hint: `Edit ${clean(file)}` };
  if (link.reason !== "unknown-connection") return link;
  const refusal = policyRefusal(schemeOf(link.reference ?? ""), configuration);
  if (refusal !== undefined) return { ...link, ...statusOfRefusal(refusal) };
  const applies = needsTrust(link.reference, configuration);
  return applies ? { ...link, reason: "untrusted", hint: "vaultlink trust" } : link;
}
