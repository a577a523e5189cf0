import type { Session } from "@vaultlink/core/provider";
import { describe, expect, it } from "vitest";
import { context, locator, refused, typing, withSession } from "../support.ts";
import { MFA_SERIAL, role, session, told, useFixture, user, whoReads } from "./fixture.ts";

const fixture = useFixture();

describe("a role of the connection", () => {
  it("is assumed with its external id and session name, and needs no further call for the identity", async () => {
    const options = { role: { arn: role("external"), externalId: "partner-7", sessionName: "billing" } };
    expect(await whoReads(options, { env: fixture.vault.env })).toBe(session("external", "billing"));
    expect(fixture.vault.log.counts).toEqual({ "sts.AssumeRole": 1, "secretsmanager.GetSecretValue": 1 });
  });

  it("is assumed with its session tags, whose values may hold anything", async () => {
    const tags = ["team=payments", "cost-centre=a=b"];
    expect(await whoReads({ role: { arn: role("tagged"), tags } }, { env: fixture.vault.env })).toBe(
      session("tagged", "vaultlink"),
    );
    const without = whoReads({ role: { arn: role("tagged"), tags: tags.slice(1) } }, { env: fixture.vault.env });
    expect((await refused(without)).code).toBe("denied");
  });

  it("is reached by way of others", async () => {
    const options = { role: { arn: role("chained"), via: [role("reader")] } };
    expect(await whoReads(options, { env: fixture.vault.env }, "audit/report")).toBe(session("chained", "vaultlink"));
    expect(fixture.vault.log.count("sts.AssumeRole")).toBe(2);
  });

  it("that may not be assumed is denied, not unauthenticated", async () => {
    const missing = whoReads({ role: { arn: role("external") } }, { env: fixture.vault.env });
    expect((await refused(missing)).code).toBe("denied");
  });

  it("asks for a code where it needs one", async () => {
    const options = { role: { arn: role("guarded"), mfaSerial: MFA_SERIAL } };
    expect(await whoReads(options, { env: fixture.vault.env, prompter: typing("123456") })).toBe(
      session("guarded", "vaultlink"),
    );
    expect(await told(whoReads(options, { env: fixture.vault.env }))).toEqual(["unauthenticated", "vaultlink reauth"]);
  });

  it("E25: has the same identity each time, so that opening again keeps the cache", async () => {
    const options = { role: { arn: role("reader") } };
    expect(await whoReads(options, { env: fixture.vault.env })).toBe(
      await whoReads(options, { env: fixture.vault.env }),
    );
  });
});

describe("a role of one reference", () => {
  const read = (opened: Session, path: string, as?: string) =>
    opened.read(locator(path, as === undefined ? {} : { role: role(as) }), context());

  it("reads what only it may, keeps its session, and leaves the connection's own identity alone", async () => {
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      await read(opened, "reader/only", "reader");
      await read(opened, "reader/only", "reader");
      expect((await refused(read(opened, "reader/only"))).code).toBe("denied");
      expect(fixture.vault.log.count("sts.AssumeRole")).toBe(1);
      expect(opened.identity).toBe(user("app"));
    });
  });

  it("is assumed without disturbing the reads under way", async () => {
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      fixture.vault.fault({ on: "secretsmanager.*", kind: "slow", afterMs: 50 });
      const both = await Promise.all([read(opened, "app/db"), read(opened, "reader/only", "reader")]);
      expect(both.map(({ version }) => typeof version)).toEqual(["string", "string"]);
    });
  });

  it("refused is denied for that read only", async () => {
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      expect((await refused(read(opened, "app/db", "task"))).code).toBe("denied");
      expect((await read(opened, "app/db")).version).toBeDefined();
    });
  });

  it("revoked is assumed anew once, although a refusal of the old credentials comes late", async () => {
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      await read(opened, "reader/only", "reader");
      fixture.vault.revoke("reader");
      const slow = fixture.vault.fault({ on: "secretsmanager.*", kind: "slow", afterMs: 100, times: 1 });
      const late = refused(read(opened, "reader/only", "reader"));
      while (slow.hits === 0) await new Promise((resolve) => void setImmediate(resolve));
      await refused(read(opened, "reader/only", "reader"));
      await read(opened, "reader/only", "reader");
      expect((await late).code).toBe("unavailable");
      await read(opened, "reader/only", "reader");
      expect(fixture.vault.log.count("sts.AssumeRole")).toBe(2);
    });
  });

  it("revoked is assumed anew by the next attempt, and the session goes on", async () => {
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      await read(opened, "reader/only", "reader");
      fixture.vault.revoke("reader");
      expect((await refused(read(opened, "reader/only", "reader"))).code).toBe("unavailable");
      await read(opened, "reader/only", "reader");
      await read(opened, "app/db");
    });
  });
});
