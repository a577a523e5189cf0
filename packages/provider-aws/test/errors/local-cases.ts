import { role, profile } from "../credentials/fixture.ts";
import { type Case, openAndRead } from "./case.ts";

/** A portal that answers so to who has signed in. */
const portal =
  (status: number, name: string): Case["cause"] =>
  async (fixture) => {
    await fixture.home.signIn();
    const headers = { "x-amzn-errortype": name };
    fixture.vault.fault({ on: "sso.*", kind: "status", status, headers, body: { message: "No." } });
    return openAndRead({}, profile(fixture, "sso"));
  };

/** Credentials that this machine cannot produce: files, sign-ins, programs and platforms, with the SDK's own search. */
export const LOCAL_CASES: readonly Case[] = [
  {
    when: "a code is needed and nobody is there",
    cause: (fixture) => openAndRead({}, profile(fixture, "guarded")),
    code: "unauthenticated",
    message: "The credentials need an MFA code, and nobody can be asked for it.",
    hint: "vaultlink reauth",
  },
  {
    when: "nobody has signed in with SSO",
    cause: (fixture) => openAndRead({}, profile(fixture, "sso")),
    code: "unauthenticated",
    message: "The AWS SSO session has expired, or nobody has signed in.",
    hint: "aws sso login --profile sso",
  },
  {
    when: "nobody has signed in with aws login",
    cause: (fixture) => openAndRead({}, profile(fixture, "login")),
    code: "unauthenticated",
    message: "The AWS sign-in has expired, or nobody has signed in.",
    hint: "aws login --profile login",
  },
  {
    when: "the profile's program fails",
    cause: (fixture) => openAndRead({}, profile(fixture, "process")),
    code: "unauthenticated",
    message: "The profile's credential_process gave no valid credentials.",
    hint: "aws configure export-credentials --profile process",
  },
  {
    when: "the platform's token is not there",
    cause: ({ bare, home }) =>
      openAndRead({ auth: { tokenFile: `${home.path}/none`, tokenRole: role("ci") } }, { env: bare }),
    code: "unauthenticated",
    message: "The file with the platform's token cannot be read.",
    hint: "check the platform's token: AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
    native: { name: "Error", code: "ENOENT" },
  },
  {
    when: "profiles go in circles",
    cause: (fixture) => openAndRead({}, profile(fixture, "cycle")),
    code: "invalid_config",
    message: "The profile in the AWS configuration files is wrong.",
    hint: "aws configure list",
  },
  {
    when: "the portal does not give the role",
    cause: portal(403, "ForbiddenException"),
    code: "denied",
    message: "The AWS SSO portal does not give this person that role.",
  },
  {
    when: "the portal throttles",
    cause: portal(429, "TooManyRequestsException"),
    code: "throttled",
    message: "What gives the AWS credentials asks to slow down.",
  },
  {
    when: "a container's endpoint fails",
    cause: ({ bare, vault }) => {
      vault.fault({ on: "container.*", kind: "status", status: 500 });
      const AWS_CONTAINER_CREDENTIALS_FULL_URI = `${vault.url}/container`;
      return openAndRead({}, { env: { ...bare, AWS_CONTAINER_CREDENTIALS_FULL_URI } });
    },
    code: "unavailable",
    message: "What gives the AWS credentials did not answer properly.",
  },
  {
    when: "a container's endpoint refuses",
    cause: ({ bare, vault }) => {
      const AWS_CONTAINER_CREDENTIALS_FULL_URI = `${vault.url}/container`;
      return openAndRead({}, { env: { ...bare, AWS_CONTAINER_CREDENTIALS_FULL_URI } });
    },
    code: "unauthenticated",
    message: "There are no AWS credentials here, or they could not be loaded.",
    hint: "check the role of the task or pod: AWS_CONTAINER_CREDENTIALS_FULL_URI",
  },
];
