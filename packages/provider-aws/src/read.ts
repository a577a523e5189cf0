import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { Context, SecretDocument } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import { toDocument } from "./document.ts";
import type { Target } from "./locator.ts";
import type { Scope } from "./scope.ts";

/** Reads one document, by one call. */
export async function read(
  request: Requester,
  target: Target,
  scope: Scope,
  context: Context,
): Promise<SecretDocument> {
  const { role, secretId, stage, versionId } = target;
  const command = new GetSecretValueCommand({
    SecretId: secretId,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(stage !== undefined && { VersionStage: stage }),
  });
  const answer = await request({ during: "read", role }, context, (client, options) => client.send(command, options));
  return toDocument(answer, scope);
}
