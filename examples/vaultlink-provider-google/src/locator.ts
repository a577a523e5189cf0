import { SecretError } from "@vaultlink/core";
import { type Locator, type ParsedIdentifier, qualifiers } from "@vaultlink/core/provider";

/** A secret: of the connection's project where `project` is absent. */
export interface SecretName {
  readonly project: string | undefined;
  readonly secret: string;
  /** A number or an alias. */
  readonly version: string;
}

/** Letters, digits, `-` and `_`, at most 255: https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create */
const NAME = /^(?:projects\/([a-z0-9][a-z0-9.:-]*)\/secrets\/)?([\w-]{1,255})$/;
/** A number, or an alias such as `latest`: https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets */
const VERSION = { version: /^(?:[1-9]\d{0,18}|[A-Za-z][\w-]{0,62})$/ };
/** With the service's name before it, it is a full resource name: https://docs.cloud.google.com/asset-inventory/docs/asset-names */
const IDENTIFIER =
  /^(?:\/\/secretmanager\.googleapis\.com\/)?(projects\/[a-z0-9][a-z0-9.:-]*\/secrets\/[\w-]{1,255})(?:\/versions\/([1-9]\d{0,18}|[A-Za-z][\w-]{0,62}))?$/;

/** What a locator names: `db-password` or `projects/p/secrets/db-password`. Throws `invalid_reference` for what can name nothing. */
export function secretOf(locator: Locator): SecretName {
  const { version = "latest" } = qualifiers(locator, VERSION);
  const [, project, secret] = NAME.exec(locator.path) ?? [];
  if (secret !== undefined) return { project, secret, version };
  throw new SecretError("invalid_reference", "A secret is named by letters, digits, dashes and underscores.");
}

/** Reads the service's own names, e.g. `projects/p/secrets/db-password/versions/3`. */
export function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  const [, path, version] = IDENTIFIER.exec(identifier) ?? [];
  return path === undefined ? undefined : { locator: { path, query: version === undefined ? {} : { version } } };
}
