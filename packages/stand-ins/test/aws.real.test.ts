import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AWS_ACCOUNT, AWS_SEED, type AwsStandIn, startAws } from "../src/index.ts";
import { findMoto, type Moto, seedMoto, type SeededMoto, startMoto } from "../src/real/moto-index.ts";

const found = findMoto();
const missing = "missing" in found ? found.missing : undefined;

/** A question: an operation, and what it is asked with; `{arn:name}` stands for a secret's ARN, `{partial:name}` for most of it. */
type Question = readonly [operation: string, input: object];

/** Asked of both, and to be answered alike: whole bodies, save for what each makes up itself. */
const ALIKE: readonly Question[] = [
  ["GetSecretValue", { SecretId: "app/db" }],
  ["GetSecretValue", { SecretId: "{arn:app/db}" }],
  ["GetSecretValue", { SecretId: "{partial:app/db}" }],
  ["GetSecretValue", { SecretId: "app/odd+name_=.@-x" }],
  ["GetSecretValue", { SecretId: "app/binary" }],
  ["GetSecretValue", { SecretId: "app/db", VersionStage: "AWSPREVIOUS" }],
  ["GetSecretValue", { SecretId: "app/db", VersionId: "00000000-0000-4000-8000-000000000001" }],
  ["BatchGetSecretValue", { SecretIdList: ["app/db", "app/api-key", "app/binary"] }],
  ["BatchGetSecretValue", { SecretIdList: ["{arn:app/db}", "{partial:app/api-key}"] }],
  ["BatchGetSecretValue", { SecretIdList: ["app/db", "app/none"] }],
];

/** Answered alike in what counts: which error, and of which secret. moto has texts of its own, and 404 for what AWS says 400 to. */
const REFUSED: readonly Question[] = [
  ["GetSecretValue", { SecretId: "app/none" }],
  ["GetSecretValue", { SecretId: "app/deleted" }],
  ["GetSecretValue", { SecretId: "app/db", VersionStage: "NOPE" }],
  ["GetSecretValue", { SecretId: "app/db", VersionId: "00000000-0000-4000-8000-000000000009" }],
  ["BatchGetSecretValue", { SecretIdList: ["app/none", "app/deleted"] }],
];

/** Answered with the same names, in whatever order. */
const LISTED: readonly Question[] = [
  ["ListSecrets", {}],
  ["ListSecrets", { IncludePlannedDeletion: true }],
  ["ListSecrets", { Filters: [{ Key: "name", Values: ["app/"] }] }],
  ["ListSecrets", { Filters: [{ Key: "name", Values: ["!app/"] }] }],
  ["ListSecrets", { Filters: [{ Key: "tag-key", Values: ["team"] }] }],
  ["ListSecrets", { Filters: [{ Key: "tag-value", Values: ["payments"] }] }],
];

interface Body {
  readonly __type?: string;
  readonly Errors?: readonly { readonly SecretId: string; readonly ErrorCode: string }[];
  readonly SecretList?: readonly { readonly Name: string; readonly DeletedDate?: number | null }[];
}

describe.skipIf(missing !== undefined)(`answers as moto does${missing ? ` (${missing})` : ""}`, () => {
  let standIn: AwsStandIn;
  let moto: Moto;
  let seeded: SeededMoto;

  beforeAll(async () => {
    standIn = await startAws();
    moto = await startMoto(AWS_ACCOUNT);
    seeded = await seedMoto(moto);
  });
  afterAll(async () => {
    await moto?.stop();
    await standIn?.stop();
  });

  const both = async (question: Question): Promise<readonly [Body, Body]> => [
    await ask(standIn.url, question, (name) => standIn.arn(name)),
    await ask(moto.url, question, (name) => seeded.arn(name)),
  ];

  it.each(ALIKE)("%s %o", async (...question) => {
    const [ours, theirs] = await both(question);
    expect(ours).toEqual(theirs);
  });

  it.each(REFUSED)("%s %o is refused", async (...question) => {
    const [ours, theirs] = await both(question);
    const what = ({ __type, Errors }: Body): unknown => [
      __type,
      Errors?.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode]),
    ];
    expect(what(ours)).toEqual(what(theirs));
    expect(what(ours)).not.toEqual([undefined, undefined]);
  });

  it.each(LISTED)("%s %o", async (...question) => {
    const [ours, theirs] = await both(question);
    const names = ({ SecretList = [] }: Body): unknown =>
      SecretList.map(({ Name, DeletedDate }) => `${Name} ${typeof DeletedDate}`).toSorted((a, b) => (a < b ? -1 : 1));
    expect(names(ours)).toEqual(names(theirs));
    expect(ours.SecretList?.length).toBeGreaterThan(0);
  });
});

/** One call; of what a server makes up itself, only the form is kept. */
async function ask(url: string, [operation, input]: Question, arnOf: (name: string) => string): Promise<Body> {
  const scope = `${AWS_SEED.users["app"]?.keys.accessKeyId}/20260101/${AWS_SEED.region}/secretsmanager/aws4_request`;
  const text = JSON.stringify(input).replaceAll(/\{(arn|partial):([^}]+)\}/g, (_, kind: string, name: string) =>
    kind === "arn" ? arnOf(name) : arnOf(name).slice(0, -7),
  );
  const response = await fetch(url, {
    method: "POST",
    body: text,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-date": new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, ""),
      "x-amz-target": `secretsmanager.${operation}`,
    },
  });
  return JSON.parse(await response.text(), (name, held: unknown) => {
    if (name === "ARN") return String(held).replace(/-[A-Za-z0-9]{6}$/, "-xxxxxx");
    if (name === "CreatedDate") return typeof held;
    // moto writes what is absent as null.
    return held === null && name !== "DeletedDate" ? undefined : (held ?? undefined);
  }) as Body;
}
