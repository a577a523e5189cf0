import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { SecretError } from "@vaultlink/core";
import { type Context, fieldsOf, type Http, parseJson } from "@vaultlink/core/provider";
import { fromMetadata } from "./metadata.ts";
import { HINT } from "./options.ts";
import type { Credentials } from "./sign-in.ts";
import { fromKey, fromRefreshToken } from "./token.ts";

/** Variables that lead to credentials. */
export const CREDENTIAL_VARIABLES: readonly string[] = [
  "GOOGLE_APPLICATION_CREDENTIALS",
  "CLOUDSDK_CONFIG",
  "HOME",
  "APPDATA",
  "GCE_METADATA_HOST",
];

/**
 * Finds application default credentials in their order: the file that is named, the one that gcloud keeps, the service
 * account of the machine. https://docs.cloud.google.com/docs/authentication/application-default-credentials
 * Throws `invalid_config` for a file that cannot be used, and `unauthenticated` where there are none.
 */
export async function findCredentials(http: Http, { env, signal }: Context, path?: string): Promise<Credentials> {
  const named = path ?? env["GOOGLE_APPLICATION_CREDENTIALS"];
  const text = named ? await read(named) : await read(usual(env)).catch(() => undefined);
  return text === undefined ? fromMetadata(http, env["GCE_METADATA_HOST"], { signal }) : fromFile(http, text);
}

/** Where gcloud keeps them. */
function usual({ CLOUDSDK_CONFIG, APPDATA, HOME = "" }: Context["env"]): string {
  const folder = CLOUDSDK_CONFIG ?? (APPDATA === undefined ? join(HOME, ".config/gcloud") : join(APPDATA, "gcloud"));
  return join(folder, "application_default_credentials.json");
}

async function read(path: string): Promise<string> {
  if (!isAbsolute(path)) throw new SecretError("invalid_config", "The path of the credentials must be absolute.");
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new SecretError("invalid_config", "The file of the credentials cannot be read.", { hint: HINT });
  }
}

function fromFile(http: Http, text: string): Promise<Credentials> {
  const { type, ...held } = contentOf(text);
  if (type === "service_account") return fromKey(http, held);
  if (type === "authorized_user") return fromRefreshToken(http, held);
  throw new SecretError(
    "invalid_config",
    "Credentials of this kind are not taken: only service_account and authorized_user.",
  );
}

function contentOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf({ held: parseJson(text) }, { held: "object" }).held;
  } catch {
    throw new SecretError("invalid_config", "The file of the credentials is not JSON.", { hint: HINT });
  }
}
