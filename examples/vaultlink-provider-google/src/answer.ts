import { SecretError } from "@vaultlink/core";
import { fieldsOf, type SecretDocument } from "@vaultlink/core/provider";

const NAME = /^(projects\/[^/]+\/secrets\/[^/]+)\/versions\/([1-9]\d*)$/;

/**
 * The document of an access. The service keeps bytes: what is UTF-8 is given as text, and everything else as bytes.
 * https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
 */
export function documentOf(answer: unknown): SecretDocument {
  const { name, payload } = fieldsOf(answer, { name: "string", payload: "object" });
  const { data } = fieldsOf(payload, { data: "string" });
  const bytes = Uint8Array.from(Buffer.from(data, "base64"));
  return { value: textOf(bytes) ?? bytes, ...nameOf(name) };
}

/**
 * The number of a version, which its secret's name does not say where an alias was asked for.
 * https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/get
 */
export function versionOf(answer: unknown): string {
  const { name, state } = fieldsOf(answer, { name: "string", state: "string" });
  if (state === "ENABLED") return nameOf(name).version;
  throw new SecretError("unusable", "The secret's version is disabled or destroyed.", { reason: state.toLowerCase() });
}

function nameOf(name: string): { readonly id: string; readonly version: string } {
  const [, id, version] = NAME.exec(name) ?? [];
  if (id !== undefined && version !== undefined) return { id, version };
  throw new SecretError("unavailable", "The answer has not the form of the vault's answers.");
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
