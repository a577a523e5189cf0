/** The parts of a secret's ARN that decide who can serve it. */
export interface SecretArn {
  readonly region: string;
  readonly account: string;
  /** After `secret:`, with the six characters at its end if they are there. */
  readonly name: string;
}

/*
 * arn:<partition>:secretsmanager:<region>:<account>:secret:<name>[-<six characters>]
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
const SECRET = /^arn:aws[a-z-]{0,20}:secretsmanager:([a-z0-9-]{1,40}):(\d{12}):secret:([A-Za-z0-9/_+=.@!-]{1,519})$/;
const ROLE = /^arn:aws[a-z-]{0,20}:iam::(\d{12}):role\/[\w+=,.@/-]{1,576}$/;

/** Reads the ARN of a secret, whole or without its last six characters. */
export function parseSecretArn(text: string): SecretArn | undefined {
  const [, region, account, name] = SECRET.exec(text) ?? [];
  return region === undefined || account === undefined || name === undefined ? undefined : { region, account, name };
}

export function isRoleArn(text: string): boolean {
  return ROLE.test(text);
}

/** The account that a role belongs to. */
export function roleAccount(arn: string): string | undefined {
  return ROLE.exec(arn)?.[1];
}

/** An ARN, or the name at its end, without the six characters that the service adds: the same for a whole and a partial one. */
export function withoutSuffix(arn: string): string {
  return arn.replace(/-[A-Za-z0-9]{6}$/, "");
}
