import type { Answer } from "../kit/backend.ts";
import { refusal } from "./answers.ts";
import type { Ask } from "./ask.ts";
import type { Credential } from "./principals.ts";
import { ACCOUNT } from "./seed.ts";
import type { AwsState } from "./state.ts";

/** The endpoint that a container asks for its role's credentials. */
export function container(ask: Ask, state: AwsState): Answer {
  if (ask.call.headers.authorization !== state.seed.containerToken) {
    return refusal("rest", 401, "UnauthorizedException", "The token is not known.");
  }
  return give(issue("task", state), {});
}

const IMDS_TOKEN = "stand-in-metadata-token";

/** The metadata service of a machine, version 2: a token first, then the role's name, then its credentials. */
export function metadata(ask: Ask, state: AwsState): Answer {
  const plain = { "content-type": "text/plain" };
  if (ask.operation === "token") {
    return ask.call.method === "PUT" ? { status: 200, headers: plain, body: IMDS_TOKEN } : { status: 405 };
  }
  if (ask.call.headers["x-aws-ec2-metadata-token"] !== IMDS_TOKEN) return { status: 401, headers: plain, body: "" };
  if (ask.operation === "role") return { status: 200, headers: plain, body: "node" };
  return give(issue("node", state), { Code: "Success", Type: "AWS-HMAC" });
}

function issue(name: string, state: AwsState): Credential {
  const role = state.seed.roles[`arn:aws:iam::${ACCOUNT}:role/${name}`];
  if (!role) throw new Error(`The seed has no role ${name}.`);
  return state.principals.issue(name, role, { session: "i-0123456789", seconds: state.settings.roleSeconds || 3600 });
}

function give(credential: Credential, more: object): Answer {
  const body = JSON.stringify({
    ...more,
    AccessKeyId: credential.accessKeyId,
    SecretAccessKey: credential.secretAccessKey,
    Token: credential.sessionToken,
    Expiration: new Date(credential.expiresAt ?? 0).toISOString().replace(/\.\d{3}Z$/, "Z"),
  });
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
