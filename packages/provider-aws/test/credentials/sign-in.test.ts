import { describe, expect, it } from "vitest";
import { refused } from "../support.ts";
import { profile, session, told, useFixture, user, whoReads } from "./fixture.ts";

const fixture = useFixture();

describe("SSO", () => {
  it.each(["sso", "legacy-sso"])("profile %s reads as the person who signed in", async (name) => {
    await fixture.home.signIn();
    expect(await whoReads({}, profile(fixture, name), "platform/shared")).toBe(session("portal", "person"));
    expect(fixture.vault.log.count("sso.GetRoleCredentials")).toBe(1);
  });

  it.each([
    ["sso", "nobody has signed in", undefined],
    ["legacy-sso", "nobody has signed in", undefined],
    ["sso", "it has expired and nothing renews it", { expiresAt: Date.now() - 1000, refreshable: false }],
    ["legacy-sso", "it has expired", { expiresAt: Date.now() - 1000 }],
  ])("profile %s names its command when %s", async (name, _, state) => {
    if (state) await fixture.home.signIn(state);
    expect(await told(whoReads({}, profile(fixture, name)))).toEqual([
      "unauthenticated",
      `aws sso login --profile ${name}`,
    ]);
    expect(fixture.vault.log.count("sso.*")).toBe(0);
  });

  it("names its command when the portal has ended the session", async () => {
    await fixture.home.signIn();
    fixture.vault.signOut();
    expect(await told(whoReads({}, profile(fixture, "sso")))).toEqual([
      "unauthenticated",
      "aws sso login --profile sso",
    ]);
  });

  it("renews an expired token by itself while the portal lets it", async () => {
    await fixture.home.signIn({ expiresAt: Date.now() - 1000 });
    expect(await whoReads({}, profile(fixture, "sso"), "platform/shared")).toBe(session("portal", "person"));
    expect(fixture.vault.log.count("oidc.CreateToken")).toBe(1);
    // It is kept where AWS's own command keeps it: the next opening finds it.
    expect(await whoReads({}, profile(fixture, "sso"), "platform/shared")).toBe(session("portal", "person"));
    expect(fixture.vault.log.count("oidc.CreateToken")).toBe(1);
    await fixture.home.signIn({ expiresAt: Date.now() - 1000 });
    fixture.vault.set({ refreshable: false });
    expect(await told(whoReads({}, profile(fixture, "sso")))).toEqual([
      "unauthenticated",
      "aws sso login --profile sso",
    ]);
  });

  it("is unavailable when the portal is", async () => {
    await fixture.home.signIn();
    fixture.vault.fault({ on: "sso.*", kind: "status", status: 503 });
    expect((await refused(whoReads({}, profile(fixture, "sso")))).code).toBe("unavailable");
  });
});

describe("aws login", () => {
  const keys = { accessKeyId: "AKIAAPP000000000APP1", secretAccessKey: "vlcanary-app-secret-key", sessionToken: "" };

  it("is used, and renewed when it is about to lapse", async () => {
    await fixture.home.logIn({ ...keys, sessionToken: "vlcanary-stale" }, Date.now() + 60_000);
    expect(await whoReads({}, profile(fixture, "login"))).toBe(user("app"));
    expect(fixture.vault.log.count("signin.CreateOAuth2Token")).toBe(1);
  });

  it("names its command when nobody has signed in, and when it has expired", async () => {
    expect(await told(whoReads({}, profile(fixture, "login")))).toEqual([
      "unauthenticated",
      "aws login --profile login",
    ]);
    await fixture.home.logIn({ ...keys, sessionToken: "vlcanary-stale" }, Date.now() - 60_000);
    fixture.vault.set({ refreshable: false });
    expect(await told(whoReads({}, profile(fixture, "login")))).toEqual([
      "unauthenticated",
      "aws login --profile login",
    ]);
  });
});
