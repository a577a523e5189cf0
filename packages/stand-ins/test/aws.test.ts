import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AwsStandIn, startAws } from "../src/index.ts";

let aws: AwsStandIn;

beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.stop());

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request as the SDK signs it, save for the signature, which nobody checks here. */
async function ask(body: string, headers: Record<string, string>, user = "app", path = "/"): Promise<Reply> {
  const key = aws.seed.users[user]?.keys.accessKeyId ?? user;
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const response = await fetch(`${aws.url}${path}`, {
    method: "POST",
    body,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/r/s/aws4_request`,
      "x-amz-date": date,
      ...headers,
    },
  });
  const text = await response.text();
  const type = response.headers.get("content-type");
  const parsed = type?.includes("json") === true ? (JSON.parse(text) as Reply["body"]) : {};
  return { status: response.status, type, text, body: parsed };
}

const manager = (operation: string, input: object, user?: string): Promise<Reply> =>
  ask(JSON.stringify(input), { "x-amz-target": `secretsmanager.${operation}` }, user);
const sts = (form: Record<string, string>, user?: string): Promise<Reply> =>
  ask(new URLSearchParams(form).toString(), { "content-type": "application/x-www-form-urlencoded" }, user);

describe("Secrets Manager", () => {
  it("gives a secret by name, ARN and partial ARN, at a stage and at a version", async () => {
    const arn = aws.arn("app/db");
    for (const SecretId of ["app/db", arn, arn.slice(0, -7)]) {
      expect((await manager("GetSecretValue", { SecretId })).body).toMatchObject({ Name: "app/db", ARN: arn });
    }
    const previous = await manager("GetSecretValue", { SecretId: "app/db", VersionStage: "AWSPREVIOUS" });
    const pinned = await manager("GetSecretValue", { SecretId: "app/db", VersionId: previous.body["VersionId"] });
    expect(pinned.text).toBe(previous.text);
    const binary = await manager("GetSecretValue", { SecretId: "app/binary" });
    expect(binary.body).toMatchObject({ SecretBinary: "/wCAdmw=" });
  });

  it.each([
    ["app/nothing", "ResourceNotFoundException"],
    ["app/pending", "ResourceNotFoundException"],
    ["audit/report", "AccessDeniedException"],
    ["app/deleted", "InvalidRequestException"],
    ["app/undecryptable", "DecryptionFailure"],
  ])("refuses %s with %s and status 400", async (SecretId, type) => {
    const { status, body } = await manager("GetSecretValue", { SecretId });
    expect([status, body["__type"]]).toEqual([400, type]);
  });

  it("takes 20 ids at once, no more, and pages", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `app/none-${index}`);
    expect((await manager("BatchGetSecretValue", { SecretIdList: ids })).body["Errors"]).toHaveLength(20);
    expect((await manager("BatchGetSecretValue", { SecretIdList: [...ids, "app/db"] })).status).toBe(400);
    aws.set({ pageSize: 1 });
    const paged = await manager("BatchGetSecretValue", { SecretIdList: ["app/db", "app/api-key"] });
    expect(paged.body).toMatchObject({ NextToken: "1", SecretValues: [{ Name: "app/db" }] });
  });

  it("drops what it does not find, where a test asks for that", async () => {
    aws.set({ dropsMissing: true });
    const { body } = await manager("BatchGetSecretValue", { SecretIdList: ["app/none"] });
    expect(body).toEqual({ SecretValues: [], Errors: [] });
  });

  it("lists by filter, and what is scheduled for deletion only when asked", async () => {
    const names = async (input: object): Promise<unknown> =>
      ((await manager("ListSecrets", input)).body["SecretList"] as { Name: string }[]).map(({ Name }) => Name);
    expect(await names({ Filters: [{ Key: "tag-value", Values: ["payments"] }] })).toEqual(["app/db"]);
    expect(await names({ Filters: [{ Key: "name", Values: ["!app/"] }] })).not.toContain("app/db");
    expect(await names({})).not.toContain("app/deleted");
    expect(await names({ IncludePlannedDeletion: true })).toContain("app/deleted");
  });

  it("lets one who may not batch or list read all the same", async () => {
    expect((await manager("BatchGetSecretValue", { SecretIdList: ["app/db"] }, "single")).status).toBe(400);
    expect((await manager("ListSecrets", {}, "single")).status).toBe(400);
    expect((await manager("GetSecretValue", { SecretId: "app/db" }, "single")).status).toBe(200);
  });

  it("refuses unknown keys, ended keys and a wrong clock", async () => {
    expect((await manager("GetSecretValue", {}, "NOBODY")).body["__type"]).toBe("UnrecognizedClientException");
    aws.clock.advance(3_600_000);
    const late = await manager("GetSecretValue", {});
    expect([late.body["__type"], String(late.body["message"]).slice(0, 17)]).toEqual([
      "InvalidSignatureException",
      "Signature expired",
    ]);
    aws.clock.advance(-3_600_000);
    aws.revoke("app");
    expect((await manager("GetSecretValue", {})).body["__type"]).toBe("UnrecognizedClientException");
  });

  it("fails a test that writes", async () => {
    const own = await startAws();
    await fetch(own.url, { method: "POST", headers: { "x-amz-target": "secretsmanager.PutSecretValue" }, body: "{}" });
    await expect(own.stop()).rejects.toThrow("read-only");
  });
});

describe("STS", () => {
  it("says who asks, and gives roles to those who may have them", async () => {
    expect((await sts({ Action: "GetCallerIdentity" })).text).toContain(
      "<Arn>arn:aws:iam::111122223333:user/app</Arn>",
    );
    const reader = { Action: "AssumeRole", RoleArn: "arn:aws:iam::111122223333:role/reader", RoleSessionName: "one" };
    expect((await sts(reader)).text).toContain("assumed-role/reader/one");
    const refused = await sts({ ...reader, RoleArn: "arn:aws:iam::111122223333:role/task" });
    expect([refused.status, refused.text.includes("<Code>AccessDenied</Code>")]).toEqual([403, true]);
  });
});

describe("the log", () => {
  it("tells who asked what, and no secret", async () => {
    await manager("GetSecretValue", { SecretId: "app/db" });
    await sts({ Action: "GetCallerIdentity" }, "audit");
    expect(aws.log.requests.map(({ route, credential }) => [route, credential])).toEqual([
      ["secretsmanager.GetSecretValue", "app"],
      ["sts.GetCallerIdentity", "audit"],
    ]);
    expect(JSON.stringify(aws.log.requests)).not.toContain("vlcanary-");
  });
});
