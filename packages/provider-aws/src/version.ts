import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { type Context, SecretError } from "@vaultlink/core/provider";
import { type Requester, unexpectedResponse } from "./request.ts";
import type { Target } from "./locator.ts";
import { checkAnswer, type Scope } from "./scope.ts";

/** The id of the version that a read would give, found without the value. A version that is named by its id is that one. */
export async function findVersion(request: Requester, target: Target, scope: Scope, context: Context): Promise<string> {
  const { role, secretId, stage = "AWSCURRENT", versionId } = target;
  if (versionId !== undefined && target.stage === undefined) return versionId;
  const command = new DescribeSecretCommand({ SecretId: secretId });
  const about = { during: "version", role } as const;
  const answer = await request(about, context, (client, options) => client.send(command, options));
  const { ARN, DeletedDate, VersionIdsToStages } = answer;
  if (ARN === undefined) {
    throw unexpectedResponse(answer);
  }
  checkAnswer(ARN, scope);
  if (DeletedDate !== undefined) {
    throw new SecretError("unusable", "The secret is scheduled for deletion.", {
      reason: "scheduled-for-deletion",
      hint: "aws secretsmanager restore-secret --secret-id <secret>",
    });
  }
  const versions = Object.entries(VersionIdsToStages ?? {});
  const found = versions.find(([id, stages]) => stages.includes(stage) && (versionId ?? id) === id)?.[0];
  if (found !== undefined) return found;
  throw new SecretError("not_found", "The secret has no version at this stage.");
}
