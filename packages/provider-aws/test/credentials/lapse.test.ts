import type { Session } from "@vaultlink/core/provider";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { context, locator, refused, withSession } from "../support.ts";
import { role, useFixture } from "./fixture.ts";

const fixture = useFixture();
const START = Date.UTC(2026, 0, 1);

// The SDK dates its signatures itself: it and the stand-in are shown the same time, and only that.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: START }));
afterEach(() => void vi.useRealTimers());

const after = (seconds: number): void => void vi.setSystemTime(START + seconds * 1000);
const readAs = (opened: Session) => opened.read(locator("reader/only"), context());
const assumed = (): number => fixture.vault.log.count("sts.AssumeRole");
const asReader = (use: (opened: Session) => Promise<void>): Promise<void> =>
  withSession({ role: { arn: role("reader") } }, { env: fixture.vault.env }, use);

describe("credentials that lapse", () => {
  it("in mid-session are unauthenticated, and nothing more is sent until the session is opened again", async () => {
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      fixture.vault.revoke("app");
      const first = await refused(opened.read(locator("app/db"), context()));
      expect([first.code, first.details.hint]).toEqual(["unauthenticated", expect.stringContaining("export AWS_")]);
      const sent = fixture.vault.log.count();
      expect((await refused(opened.read(locator("app/db"), context()))).code).toBe("unauthenticated");
      expect(fixture.vault.log.count()).toBe(sent);
    });
  });

  it("E25: of a role are renewed five minutes before that, once for all who ask", async () => {
    await asReader(async (opened) => {
      after(54 * 60);
      await readAs(opened);
      expect(assumed()).toBe(1);
      after(56 * 60);
      await Promise.all([1, 2, 3].map(() => readAs(opened)));
      await readAs(opened);
      expect(assumed()).toBe(2);
    });
  });

  it("of a role are asked for the minutes of its options", async () => {
    const halfAnHour = { role: { arn: role("reader"), duration: 30 } };
    await withSession(halfAnHour, { env: fixture.vault.env }, async (opened) => {
      after(24 * 60);
      await readAs(opened);
      expect(assumed()).toBe(1);
      after(26 * 60);
      await readAs(opened);
      expect(assumed()).toBe(2);
    });
  });

  it("after two minutes are renewed after one, not with each call", async () => {
    fixture.vault.set({ roleSeconds: 120 });
    await asReader(async (opened) => {
      await Promise.all([1, 2, 3].map(() => readAs(opened)));
      expect(assumed()).toBe(1);
      after(61);
      await Promise.all([1, 2, 3].map(() => readAs(opened)));
      expect(assumed()).toBe(2);
    });
  });

  it("E25: are used to their end while nothing renews them, and then it is said why", async () => {
    await asReader(async (opened) => {
      fixture.vault.fault({ on: "sts.*", kind: "status", status: 503 });
      after(59 * 60);
      await readAs(opened);
      after(61 * 60);
      expect((await refused(readAs(opened))).code).toBe("unavailable");
      fixture.vault.clearFaults();
      await readAs(opened);
    });
  });

  it("of a role whose own credentials were refused are unauthenticated, with the command for those", async () => {
    await asReader(async (opened) => {
      fixture.vault.revoke("app");
      after(61 * 60);
      const { code, details } = await refused(readAs(opened));
      expect([code, details.hint]).toEqual(["unauthenticated", expect.stringContaining("export AWS_")]);
    });
  });
});
