import type { Session } from "@vaultlink/core/provider";
import { AWS_OTHER_ACCOUNT, type AwsStandIn, startAws } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

const read = (path: string, query?: Readonly<Record<string, string>>) => session.read(locator(path, query), context());
const PASSWORD = /password-(\d)/;
const passwordOf = (value: unknown): string | undefined => PASSWORD.exec(String(value))?.[1];

describe("a secret is read", () => {
  it("by name, ARN and partial ARN, text untouched, with its version", async () => {
    const arn = vault.arn("app/db");
    const byName = await read("app/db");
    expect(JSON.parse(textOf(byName))).toMatchObject({ username: "app" });
    expect(byName.version).toBe("00000000-0000-4000-8000-000000000003");
    expect(await read(arn)).toEqual(byName);
    expect(await read(arn.slice(0, -7))).toEqual(byName);
    expect(vault.log.counts).toEqual({ "secretsmanager.GetSecretValue": 3 });
  });

  it("of another account by its ARN", async () => {
    expect(textOf(await read(vault.arn("app/elsewhere", AWS_OTHER_ACCOUNT)))).toContain("elsewhere");
    expect((await refused(read("app/elsewhere"))).code).toBe("not_found");
  });

  it("as bytes where it is binary", async () => {
    const { value } = await read("app/binary");
    expect(value).toBeInstanceOf(Uint8Array);
    expect([...(value as Uint8Array)]).toEqual([0xff, 0x00, 0x80, 0x76, 0x6c]);
  });

  it.each([
    [{ version: "00000000-0000-4000-8000-000000000001" }, "1"],
    [{ version: "AWSPREVIOUS" }, "2"],
    [{ stage: "AWSPREVIOUS" }, "2"],
    [{ stage: "AWSCURRENT", version: "00000000-0000-4000-8000-000000000003" }, "3"],
  ] as const)("at %o", async (query, expected) => {
    expect(passwordOf((await read("app/db", query)).value)).toBe(expected);
  });

  it("although it is the text of a number", async () => {
    expect((await read("app/number")).value).toBe("5432");
  });
});

describe("a reference that cannot name anything sends nothing", () => {
  it.each([
    ["", {}],
    ["a~2b", {}],
    ["a~", {}],
    ["with space", {}],
    ["a".repeat(513), {}],
    ["arn:aws:secretsmanager:eu-west-1:1:secret:x", {}],
    ["arn:aws:s3:::bucket", {}],
    ["app/db", { version: "has space" }],
    ["app/db", { version: "AWSPREVIOUS", stage: "AWSCURRENT" }],
    ["app/db", { stage: "x".repeat(257) }],
    ["app/db", { role: "reader" }],
    ["app/db", { colour: "blue" }],
  ] as const)("%j %o", async (path, query) => {
    expect((await refused(read(path, query))).code).toBe("invalid_reference");
    expect(vault.log.count()).toBe(0);
  });

  it("and an ARN of another region says which region the connection is for", async () => {
    const error = await refused(read(vault.arn("app/db").replace("eu-west-1", "us-east-1")));
    expect([error.code, error.details.reason]).toEqual(["invalid_reference", "mismatch"]);
    expect(error.message).toContain("eu-west-1");
    expect(vault.log.count()).toBe(0);
  });
});

describe("listing", () => {
  const names = async (listing: Session, prefix = ""): Promise<readonly (readonly [string, string | undefined])[]> => {
    const found: (readonly [string, string | undefined])[] = [];
    for await (const { locator: at, state } of listing.list?.({ prefix }, context()) ?? [])
      found.push([at.path, state]);
    return found;
  };

  it("gives names and states, page by page, and never a value", async () => {
    vault.set({ pageSize: 3 });
    const found = await names(session, "app/");
    expect(found.map(([name]) => name)).toContain("app/db");
    expect(found).toContainEqual(["app/deleted", "deleted"]);
    expect(found.every(([name]) => name.startsWith("app/"))).toBe(true);
    expect(vault.log.counts).toEqual({ "secretsmanager.ListSecrets": Math.ceil(found.length / 3) });
  });

  it("takes a prefix for what it says, not for a filter's", async () => {
    expect(await names(session, "!app/")).toEqual([]);
    expect(await names(session, "app/d")).toEqual([
      ["app/db", undefined],
      ["app/deleted", "deleted"],
    ]);
  });

  it("stops asking when the caller stops", async () => {
    vault.set({ pageSize: 1 });
    for await (const _ of session.list?.({ prefix: "" }, context()) ?? []) break;
    expect(vault.log.counts).toEqual({ "secretsmanager.ListSecrets": 1 });
  });

  it("is restricted by the connection's filters", async () => {
    const filters = ["tag-key=team", "name=!audit/"];
    await withSession({ filters }, { env: vault.env }, async (filtered) => {
      expect(await names(filtered)).toEqual([["app/db", undefined]]);
    });
  });

  it("refused leaves reading as it was", async () => {
    await withSession({}, { env: vault.envOf("single") }, async (single) => {
      expect((await refused(names(single))).code).toBe("denied");
      expect((await single.read(locator("app/db"), context())).version).toBeDefined();
    });
  });
});
