import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { context, refused } from "./support.ts";
import { type Answers, answering } from "./person.ts";

/* Passcodes of a real authenticator, as a person would read them off their phone. */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** https://www.rfc-editor.org/rfc/rfc6238 with the usual six digits, half a minute and SHA-1. */
function passcodeOf(secret: string): string {
  const bits = Array.from(secret, (digit) => DIGITS.indexOf(digit).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const from = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  const password = "vlcanary-of-somebody";

  /** Somebody who signs in with a password and an authenticator; gives the authenticator's secret. */
  async function enrol(username: string): Promise<string> {
    const method = { method_name: `phone-of-${username}`, issuer: "test", period: 30 };
    const made = await bao().admin("POST", "identity/mfa/method/totp", method);
    const method_id = made.data?.["method_id"];
    await bao().admin("POST", `auth/userpass/users/${username}`, { password, token_policies: ["app"] });
    const first = await bao().call("POST", `auth/userpass/login/${username}`, { password });
    const { entity_id } = (first.body as { auth: { entity_id: string } }).auth;
    const generated = await bao().admin("POST", "identity/mfa/method/totp/admin-generate", { method_id, entity_id });
    const rule = { mfa_method_ids: [method_id], identity_entity_ids: [entity_id] };
    await bao().admin("POST", `identity/mfa/login-enforcement/${username}`, rule);
    return new URL(String(generated.data?.["url"])).searchParams.get("secret") ?? "";
  }
  const provider = (username: string) =>
    hashicorp({ address: bao().url, auth: { method: "userpass", username, password } });

  it("asks for the passcode and signs in with it, once with each", async () => {
    const secret = await enrol("anna");
    const passcode = passcodeOf(secret);
    const anna: Answers = answering(() => passcode);
    const session = await provider("anna").open(context({}, { prompter: anna }));
    expect(anna.asked).toEqual([{ label: `Passcode of phone-of-anna for ${bao().url}`, secret: true }]);
    await expect(session.read(at("secret/app/api"), context({}))).resolves.toMatchObject({ version: "1" });
    expect(session.roles).toEqual(["app", "default"]);
    expect(session.expiresAt).toBeGreaterThan(Date.now());
    const again = provider("anna").open(context({}, { prompter: answering(() => passcode) }));
    expect((await refused(again, "unauthenticated")).message).toContain("used already");
    await session.revoke?.(context({}));
    await refused(session.read(at("secret/app/api"), context({})), "unauthenticated");
    await session.close?.();
  });

  it("says that a passcode is wrong, and when there were too many of them", async () => {
    const right = passcodeOf(await enrol("bert"));
    const wrong = String((Number(right) + 500_000) % 1_000_000).padStart(6, "0");
    const open = () => provider("bert").open(context({}, { prompter: answering(() => wrong) }));
    const error = await refused(open(), "unauthenticated");
    expect(error.message).toContain("wrong");
    expect(error.details.hint).toBe("vaultlink reauth");
    const said: string[] = [];
    while (!said.join().includes("too many") && said.length < 10) {
      said.push((await refused(open(), "unauthenticated")).message);
    }
    expect(said.at(-1)).toBe("The vault was given too many wrong passcodes, and takes none for a while.");
  });

  it("needs a person, and says so", async () => {
    await enrol("cleo");
    const error = await refused(provider("cleo").open(context({})), "unauthenticated");
    expect(error.details.hint).toBe("vaultlink reauth");
    expect(error.message).toContain("second factor");
  });
});
