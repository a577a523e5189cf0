import type { SecretDocument, Session } from "@vaultlink/core/provider";
import { AWS_OTHER_ACCOUNT, type AwsStandIn, CANARY, startAws } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, expect, it } from "vitest";
import { aws } from "../src/index.ts";
import { context, locator, refused, textOf, withSession } from "./support.ts";

let vault: AwsStandIn;
let session: Session;

beforeEach(async () => {
  vault = await startAws();
  session = await aws().open(context({ env: vault.env }));
  vault.log.clear();
});
afterEach(async () => {
  await session.close?.();
  await vault.stop();
});

type Query = Readonly<Record<string, string>>;
type Outcomes = ReadonlyArray<PromiseSettledResult<SecretDocument>>;

function many(...about: readonly (string | readonly [string, Query])[]): Promise<Outcomes> {
  const locators = about.map((one) => (typeof one === "string" ? locator(one) : locator(...one)));
  return session.readMany?.(locators, context()) ?? Promise.reject(new Error("no batch"));
}

const short = (outcomes: Outcomes): readonly unknown[] =>
  outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? (outcome.value.version?.at(-1) ?? "?") : (outcome.reason as { code: string }).code,
  );

it("maps answers back by name, ARN and partial ARN, in order, and asks for each id once", async () => {
  const arn = vault.arn("app/db");
  const elsewhere = vault.arn("app/elsewhere", AWS_OTHER_ACCOUNT).slice(0, -7);
  const outcomes = await many(arn.slice(0, -7), "app/api-key", arn, elsewhere, "app/api-key", "app/binary");
  expect(short(outcomes)).toEqual(["3", "1", "3", "1", "1", "1"]);
  expect(vault.log.counts).toEqual({ "secretsmanager.BatchGetSecretValue": 1 });
});

it("never takes another account's secret for ours of the same name", async () => {
  vault.put("app/db", `${CANARY}theirs`, AWS_OTHER_ACCOUNT);
  const theirs = vault.arn("app/db", AWS_OTHER_ACCOUNT);
  const outcomes = await many(theirs, "app/db", theirs.slice(0, -7), "app/api-key");
  const whose = outcomes.map((outcome) => outcome.status === "fulfilled" && textOf(outcome.value).endsWith("theirs"));
  expect(whose).toEqual([true, false, true, false]);
  vault.remove("app/db");
  expect(short(await many(theirs, "app/db", "app/api-key"))[1]).toBe("not_found");
});

it("agrees with single reads", async () => {
  const paths = ["app/db", "app/api-key", "app/binary", "app/odd+name_=.@-x"];
  const outcomes = await many(...paths);
  for (const [index, path] of paths.entries()) {
    expect(outcomes[index]).toEqual({ status: "fulfilled", value: await session.read(locator(path), context()) });
  }
});

it("reads versions, stages and roles singly beside the batch, each once", async () => {
  const role = "arn:aws:iam::111122223333:role/reader";
  const outcomes = await many(
    "app/db",
    ["app/db", { stage: "AWSPREVIOUS" }],
    ["app/db", { stage: "AWSPREVIOUS" }],
    ["app/db", { version: "00000000-0000-4000-8000-000000000001" }],
    ["reader/only", { role }],
  );
  expect(short(outcomes)).toEqual(["3", "2", "2", "1", "1"]);
  expect(vault.log.counts).toEqual({
    "secretsmanager.BatchGetSecretValue": 1,
    "secretsmanager.GetSecretValue": 3,
    "sts.AssumeRole": 1,
  });
});

it("sends no batch when there is nothing for it", async () => {
  expect(short(await many(["app/db", { stage: "AWSPREVIOUS" }], "not a name"))).toEqual(["2", "invalid_reference"]);
  expect(vault.log.counts).toEqual({ "secretsmanager.GetSecretValue": 1 });
});

it("gives every failing item its own code and leaves its neighbours alone", async () => {
  const outcomes = await many("app/none", "app/db", "app/deleted", "app/undecryptable", "audit/report", "bad name");
  expect(short(outcomes)).toEqual(["not_found", "3", "unusable", "unusable", "denied", "invalid_reference"]);
});

it("follows pages, and takes exactly twenty", async () => {
  vault.set({ pageSize: 7 });
  for (let index = 0; index < 20; index++) vault.put(`app/many-${index}`, `vlcanary-many-${index}`);
  const outcomes = await many(...Array.from({ length: 20 }, (_, index) => `app/many-${index}`));
  expect(outcomes.map((outcome) => outcome.status === "fulfilled" && textOf(outcome.value).slice(14))).toEqual(
    Array.from({ length: 20 }, (_, index) => String(index)),
  );
  expect(vault.log.counts).toEqual({ "secretsmanager.BatchGetSecretValue": 3 });
  expect(session.maxBatch).toBe(20);
});

it("calls what AWS left out unavailable, never not found", async () => {
  vault.set({ dropsMissing: true });
  expect(short(await many("app/none", "app/db"))).toEqual(["unavailable", "3"]);
});

it("does not take a name for a longer ARN's, nor one secret's partial ARN for another's", async () => {
  vault.put("app/db-backup", "vlcanary-backup");
  const outcomes = await many(vault.arn("app/db").slice(0, -7), "app/db-backup");
  expect(outcomes.map((outcome) => outcome.status === "fulfilled" && textOf(outcome.value).includes("backup"))).toEqual(
    [false, true],
  );
});

it("rejects as a whole when the whole call is refused", async () => {
  await withSession({}, { env: vault.envOf("single") }, async (single) => {
    const error = await refused(
      single.readMany?.([locator("app/db"), locator("app/api-key")], context()) ?? Promise.resolve(),
    );
    expect([error.code, error.details.hint]).toEqual(["denied", "allow secretsmanager:BatchGetSecretValue"]);
  });
});
