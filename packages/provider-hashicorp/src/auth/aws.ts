import { SecretError } from "@vaultlink/core/provider";
import type { Attempt, Grant } from "./attempt.ts";
import { logIn } from "./login.ts";
import { signV4 } from "./sigv4.ts";

const HINT = "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…";
const BODY = "Action=GetCallerIdentity&Version=2011-06-15";

/**
 * Signs in as an AWS identity: the vault gets a signed question to AWS, whose we are, and asks it itself.
 * https://developer.hashicorp.com/vault/docs/auth/aws#iam-auth-method
 * Keys come from the variables; the vault sees no key that could sign anything else.
 */
export async function logInWithAws(attempt: Attempt): Promise<Grant> {
  const { auth, context } = attempt;
  const variable = (name: string): string | undefined => context.env[`AWS_${name}`]?.trim() || undefined;
  const [accessKeyId, secretAccessKey] = [variable("ACCESS_KEY_ID"), variable("SECRET_ACCESS_KEY")];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new SecretError("unauthenticated", "There are no AWS keys to sign in with.", { hint: HINT });
  }
  const { awsRegion: region, awsServerId: serverId } = auth;
  const url = new URL(region === undefined ? "https://sts.amazonaws.com/" : `https://sts.${region}.amazonaws.com/`);
  const signed = signV4(
    {
      method: "POST",
      url,
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        ...(serverId !== undefined && { "x-vault-aws-iam-server-id": serverId }),
      },
      body: BODY,
      region: region ?? "us-east-1",
      service: "sts",
      at: Date.now(),
    },
    { accessKeyId, secretAccessKey, sessionToken: variable("SESSION_TOKEN") },
  );
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const credentials = {
    ...(auth.role !== undefined && { role: auth.role }),
    iam_http_request_method: "POST",
    iam_request_url: base64(url.href),
    iam_request_body: base64(BODY),
    iam_request_headers: base64(JSON.stringify(signed)),
  };
  return logIn(attempt, { mount: "aws", credentials, hint: HINT });
}
