import { expect, it } from "vitest";
import { signV4 } from "../src/auth/sigv4.ts";
import { type AuthOptions, hashicorp } from "../src/index.ts";
import { open, refused, useVault } from "./support.ts";

/* On the stand-in, which gives the answer it is told to: no server here has this method. */

const server = useVault();

it("signs as AWS's own example does", () => {
  // The example of AWS's documentation of version 4: IAM's ListUsers on 2015-08-30.
  const signed = signV4(
    {
      method: "GET",
      url: new URL("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "",
      region: "us-east-1",
      service: "iam",
      at: Date.UTC(2015, 7, 30, 12, 36, 0),
    },
    { accessKeyId: "AKIDEXAMPLE", secretAccessKey: ["wJalrXUtnFEMI", "K7MDENG+bPxRfiCYEXAMPLEKEY"].join("/") },
  );
  expect(signed["authorization"]).toContain("Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request");
  expect(signed["authorization"]).toMatch(/=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7$/);
});

const KEYS = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "vlcanary-aws-secret",
  AWS_SESSION_TOKEN: "vlcanary-aws-session",
};

it("shows the vault a signed question, and no key that could sign another", async () => {
  const client_token = server.vault.issueToken({ policies: ["app"] });
  const body = { request_id: "r", auth: { client_token, policies: ["app"], lease_duration: 600, renewable: true } };
  server.vault.fault({ on: "POST /v1/auth/cloud/login", kind: "status", status: 200, body });
  const sent: string[] = [];
  const send: typeof fetch = (input, init) => {
    if (typeof init?.body === "string") sent.push(init.body);
    return fetch(input, init);
  };
  const auth = {
    method: "aws",
    mount: "cloud",
    role: "app",
    awsRegion: "eu-west-1",
    awsServerId: "vault.test",
  } as const;
  const { read, session } = await open(KEYS, { address: server.vault.url, auth, fetch: send });
  await read("secret/app/api");
  const login = JSON.parse(sent[0] ?? "{}") as Record<string, string>;
  const decoded = (name: string): string => Buffer.from(login[name] ?? "", "base64").toString();
  expect(login).toMatchObject({ role: "app", iam_http_request_method: "POST" });
  expect(decoded("iam_request_url")).toBe("https://sts.eu-west-1.amazonaws.com/");
  expect(decoded("iam_request_body")).toBe("Action=GetCallerIdentity&Version=2011-06-15");
  const headers = JSON.parse(decoded("iam_request_headers")) as Record<string, string>;
  expect(headers["x-vault-aws-iam-server-id"]).toBe("vault.test");
  expect(headers["authorization"]).toContain(
    "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-vault-aws-iam-server-id,",
  );
  expect(JSON.stringify(headers).includes(KEYS.AWS_SECRET_ACCESS_KEY)).toBe(false);
  await session.close?.();
});

it("sees the keys' variables with this method only, and says what is missing", async () => {
  expect(hashicorp({ auth: { method: "aws" } }).envVariables).toContain("AWS_*");
  expect(hashicorp().envVariables).not.toContain("AWS_*");
  const auth: AuthOptions = { method: "aws" };
  const error = await refused(open({}, { address: server.vault.url, auth }), "unauthenticated");
  expect(error.details.hint).toContain("AWS_ACCESS_KEY_ID");
  expect(() => hashicorp({ auth: { method: "aws", awsRegion: "evil.test/" } })).toThrow('"auth.awsRegion"');
});
