import type { Prompter } from "@vaultlink/core/provider";
import { expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { answering } from "./person.ts";
import { pick } from "./stand-in-subject.ts";
import { context, refused, useVault } from "./support.ts";

/* What logins ask for beside credentials, and what can go wrong. Real passcodes are on OpenBao. */

const server = useVault();
const PHONE = { name: "phone", type: "totp", passcode: "111111" } as const;
const WATCH = { name: "watch", type: "duo" } as const;

type Rules = NonNullable<Parameters<typeof server.vault.set>[0]["secondFactor"]>;

/** Signs in with a password where logins ask for more. */
function signIn(secondFactor: Rules, prompter?: Prompter): Promise<unknown> {
  server.vault.set({ secondFactor });
  const auth = { ...pick(server.vault.credentials, "app").userpass, method: "userpass" } as const;
  const provider = hashicorp({ address: server.vault.url, auth });
  return provider.open(context({}, prompter === undefined ? {} : { prompter }));
}
const validations = (): number => server.vault.log.count("login.second-factor");

it("asks for the passcode as a secret, and signs in with it", async () => {
  const anna = answering(() => " 100001 ");
  const rules = { all: [{ ...PHONE, passcode: "100001" }] };
  await expect(signIn(rules, anna)).resolves.toMatchObject({ roles: ["app", "default"] });
  expect(anna.asked).toEqual([{ label: `Passcode of phone for ${server.vault.url}`, secret: true }]);
  expect(validations()).toBe(1);
});

it("says that the vault refuses a passcode, and does not ask for another by itself", async () => {
  const anna = answering(() => "222222");
  const error = await refused(signIn({ all: [PHONE] }, anna), "unauthenticated");
  expect(error.message).toContain("passcode is wrong");
  expect(error.details.hint).toBe("vaultlink reauth");
  expect(anna.asked).toHaveLength(1);
});

it("asks nobody's device where no person is signing in", async () => {
  for (const rules of [{ all: [PHONE] }, { all: [WATCH] }]) {
    const error = await refused(signIn(rules), "unauthenticated");
    expect(error.details.hint).toBe("vaultlink reauth");
  }
  expect(validations()).toBe(0);
});

it("tells the person to confirm on their device, and asks them nothing", async () => {
  const anna = answering(() => "nothing");
  await signIn({ all: [WATCH] }, anna);
  expect(anna.asked).toEqual([]);
  expect(anna.shown).toEqual(["Confirm this sign-in on the device of watch."]);
  const error = await refused(signIn({ all: [{ ...WATCH, declines: true }] }, anna), "unauthenticated");
  expect(error.message).toContain("a device said no");
});

it("has the person choose where one of several will do", async () => {
  const anna = answering(({ secret }) => (secret ? "300003" : "phone"));
  await signIn({ all: [WATCH, { ...PHONE, passcode: "300003" }] }, anna);
  expect(anna.asked.map(({ label }) => label)).toEqual([
    `Second factor for ${server.vault.url}, one of watch, phone`,
    `Passcode of phone for ${server.vault.url}`,
  ]);
  const lost = signIn(
    { all: [WATCH, PHONE] },
    answering(() => "other"),
  );
  expect((await refused(lost, "unauthenticated")).message).toContain("no second factor of that name");
});

it("satisfies every rule, and asks once for what serves two of them", async () => {
  const phone = { ...PHONE, passcode: "400004" };
  const anna = answering(() => "400004");
  await signIn({ one: [phone], two: [phone, WATCH] }, anna);
  expect(anna.asked).toHaveLength(1);
  const both = answering(() => "500005");
  await signIn({ one: [{ ...PHONE, passcode: "500005" }], two: [WATCH] }, both);
  expect(both.asked).toHaveLength(1);
  expect(both.shown).toHaveLength(1);
});

it("takes a person who declines, or gives nothing, at their word", async () => {
  const declining = answering(() => {
    throw new Error("no");
  });
  await refused(signIn({ all: [PHONE] }, declining), "aborted");
  await refused(
    signIn(
      { all: [PHONE] },
      answering(() => ""),
    ),
    "unauthenticated",
  );
  expect(validations()).toBe(0);
});

it("says so when the person took longer than the vault waits", async () => {
  const slow = answering(() => {
    server.vault.clock.advance(300_000);
    return "600006";
  });
  const error = await refused(signIn({ all: [{ ...PHONE, passcode: "600006" }] }, slow), "unauthenticated");
  expect(error.message).toBe("The vault did not wait for the second factor any longer.");
});

it("shows a name that the vault made up without what a terminal would obey", async () => {
  const anna = answering(() => "700007");
  await signIn({ all: [{ ...PHONE, name: "ph\u001b[2Jone", passcode: "700007" }] }, anna);
  expect(anna.asked[0]?.label).toContain("ph??2Jone");
});

it("does not go on where the vault asks again and again", async () => {
  const body = { request_id: "r", auth: { client_token: "", mfa_requirement: { mfa_request_id: "m" } } };
  server.vault.fault({ on: "login.second-factor", kind: "status", status: 200, body });
  await refused(
    signIn(
      { all: [PHONE] },
      answering(() => "111111"),
    ),
    "unauthenticated",
  );
  expect(validations()).toBe(1);
});
