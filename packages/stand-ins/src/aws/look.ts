import type { Credential } from "./principals.ts";
import type { Secret, Version } from "./secrets.ts";
import type { AwsState } from "./state.ts";

/** A secret and the version that was meant, or why not. */
export type Found =
  | { readonly secret: Secret; readonly version: Version }
  | { readonly code: string; readonly message: string };

/** Looks a value up as this asker. Texts are the vendor's, as its own tools show them. */
export function look(
  secretId: string,
  asker: Credential,
  state: AwsState,
  { id, stage }: { id?: string | undefined; stage?: string | undefined } = {},
): Found {
  const secret = state.secrets.find(secretId, asker.who.account);
  const named = secret?.name ?? secretId.replace(/^arn:.*:secret:/, "");
  if (!asker.who.reads.some((prefix) => named.startsWith(prefix))) {
    const message = `User: ${asker.arn} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secretId}`;
    return { code: "AccessDeniedException", message };
  }
  if (!secret) return missing("Secrets Manager can't find the specified secret.");
  if (secret.deletedAt !== undefined) {
    const message = "You can't perform this operation on the secret because it was marked for deletion.";
    return { code: "InvalidRequestException", message };
  }
  const version = secret.versions.find((held) => (id === undefined ? true : held.id === id) && has(held, id, stage));
  if (!version) {
    const what = id === undefined ? `staging label: ${stage ?? "AWSCURRENT"}` : `VersionId: ${id}`;
    return missing(`Secrets Manager can't find the specified secret value for ${what}`);
  }
  if (secret.undecryptable) {
    return { code: "DecryptionFailure", message: "Secrets Manager can't decrypt the protected secret text." };
  }
  return { secret, version };
}

function has({ stages }: Version, id: string | undefined, stage: string | undefined): boolean {
  return stages.includes(stage ?? "AWSCURRENT") || (id !== undefined && stage === undefined);
}

const missing = (message: string): Found => ({ code: "ResourceNotFoundException", message });

/** What a read answers: times in seconds, bytes in base64. */
export function valueOf({ arn, name }: Secret, { id, text: value, bytes, stages, createdAt }: Version): object {
  return {
    ARN: arn,
    Name: name,
    VersionId: id,
    VersionStages: stages,
    CreatedDate: createdAt / 1000,
    SecretString: value,
    SecretBinary: bytes === undefined ? undefined : Buffer.from(bytes).toString("base64"),
  };
}
