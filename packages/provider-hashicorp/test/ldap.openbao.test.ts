import { findOpenBao26 } from "@vaultlink/stand-ins/openbao";
import { findSlapd, type Slapd, startSlapd } from "@vaultlink/stand-ins/slapd";
import { createVault } from "@vaultlink/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { useOpenBao } from "./openbao.ts";
import { open, type Opened, refused } from "./support.ts";

/* Users of a real directory, at the last release of OpenBao that knows directories. */

const release = findOpenBao26();
const slapd = findSlapd();
const missing = [release, slapd].flatMap((found) => ("missing" in found ? [found.missing] : []));
const why = missing.length === 0 ? "" : ` (${missing.join(", ")})`;

const ANNA = { uid: "anna", password: "vlcanary-of-anna", groups: ["readers"] };
const BERT = { uid: "bert", password: "vlcanary-of-bert", groups: [] };
/** Everything that means something in a path, in a name of the directory, or in a question to it. */
const ODD = { uid: "zoë o'neil+ops, (first) *\\\"#=;<>?&%", password: 'vlcanary-ü "\\ :%?#', groups: ["readers"] };

describe.skipIf(missing.length > 0)(`on OpenBao 2.6 with slapd${why}`, () => {
  const bao = useOpenBao({ release });
  let directory: Slapd;
  beforeAll(async () => {
    directory = await startSlapd([ANNA, BERT, ODD]);
    await bao().admin("POST", "sys/auth/directory", { type: "ldap" });
    await bao().admin("POST", "auth/directory/config", {
      url: directory.url,
      binddn: directory.administrator.dn,
      bindpass: directory.administrator.password,
      userdn: directory.people,
      userattr: "uid",
      groupdn: directory.groups,
      groupattr: "cn",
    });
    await bao().admin("POST", "auth/directory/groups/readers", { policies: ["app"] });
  });
  afterAll(() => directory?.stop());

  const auth = (username: string, password: string) =>
    ({ method: "ldap", mount: "directory", username, password }) as const;
  const signIn = ({ uid, password }: typeof ANNA): Promise<Opened> =>
    open({ VAULT_ADDR: bao().url }, { auth: auth(uid, password) });

  it.each([
    ["a plain name", ANNA],
    ["a name full of signs", ODD],
  ])("signs in a user with %s, and has the policies of their groups", async (_what, user) => {
    const { read, session } = await signIn(user);
    expect(session.roles).toEqual(["app", "default"]);
    await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
    await refused(read("secret/audit/report"), "denied");
    await session.close?.();
  });

  it("gives a user of no group no policy but the default one", async () => {
    const { read, session } = await signIn(BERT);
    expect(session.roles).toEqual(["default"]);
    await refused(read("secret/app/api"), "denied");
    await session.close?.();
  });

  it.each([
    ["a wrong password", { ...ANNA, password: "vlcanary-wrong" }],
    ["somebody else's", { ...ANNA, password: BERT.password }],
    ["a name that the directory does not know", { ...ANNA, uid: "nobody" }],
    ["a name that would be a pattern", { ...ANNA, uid: "an*" }],
  ])("refuses %s", async (_what, user) => {
    const error = await refused(signIn(user), "unauthenticated");
    expect(error.details.hint).toBe("export VAULT_LDAP_PASSWORD=…");
  });

  it("tells a directory that is not there from a wrong password", async () => {
    const other = await startSlapd([ANNA]);
    const config = { url: other.url, userdn: other.people, userattr: "uid" };
    await bao().admin("POST", "sys/auth/gone", { type: "ldap" });
    await bao().admin("POST", "auth/gone/config", config);
    await other.stop();
    const opening = open({ VAULT_ADDR: bao().url }, { auth: { ...auth(ANNA.uid, ANNA.password), mount: "gone" } });
    await refused(opening, "unavailable");
  });

  it("ends the token at the vault when it is disconnected", async () => {
    const before = await living();
    const vault = createVault({
      connections: { hcv: hashicorp({ address: bao().url, auth: auth(ANNA.uid, ANNA.password) }) },
      env: {},
    });
    expect((await vault.get("hcv://secret/app/api#key")).reveal()).toBe("vlcanary-api-key");
    expect(await living()).toBe(before + 1);
    await vault.disconnect("hcv");
    expect(await living()).toBe(before);
    await vault.close();
  });

  /** How many tokens of this login path live. */
  async function living(): Promise<number> {
    const listed = await bao().admin("GET", "auth/token/accessors?list=true");
    const accessors = listed.data?.["keys"] as readonly string[];
    const tokens = await Promise.all(
      accessors.map((accessor) => bao().call("POST", "auth/token/lookup-accessor", { accessor })),
    );
    return tokens.filter(({ body }) => JSON.stringify(body).includes('"path":"auth/directory/login')).length;
  }
});
