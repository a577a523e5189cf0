import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARY } from "../kit/witness.ts";
import { startChild } from "./child.ts";
import { findSlapd } from "./find-slapd.ts";
import { twoFreePorts } from "./free-ports.ts";
import { runToEnd } from "./run-to-end.ts";
import { untilListening } from "./until-listening.ts";

/** Somebody in a directory. */
export interface DirectoryUser {
  readonly uid: string;
  readonly password: string;
  readonly groups: readonly string[];
}

/** A real directory with one administrator. */
export interface Slapd {
  readonly url: string;
  /** Where the people are, by `uid`. */
  readonly people: string;
  /** Where the groups are, by `cn`, each with its `member`s. */
  readonly groups: string;
  readonly administrator: { readonly dn: string; readonly password: string };
  stop(): Promise<void>;
}

const SUFFIX = "dc=example,dc=test";

/**
 * Fills a directory in a folder of its own and serves it on a free port of loopback.
 *
 * @throws Error if there is no program (see `findSlapd`) or it does not come up.
 */
export async function startSlapd(users: readonly DirectoryUser[]): Promise<Slapd> {
  const found = findSlapd();
  if ("missing" in found) throw new Error(found.missing);
  const home = await mkdtemp(join(tmpdir(), "real-slapd-"));
  const settings = join(home, "slapd.conf");
  const entries = join(home, "entries.ldif");
  const administrator = { dn: `cn=administrator,${SUFFIX}`, password: `${CANARY}directory-password` };
  const port = await twoFreePorts();
  const url = `ldap://127.0.0.1:${port}`;
  try {
    await mkdir(join(home, "data"), { mode: 0o700 });
    await writeFile(settings, settingsFor(found.root, home, administrator), { mode: 0o600 });
    await writeFile(entries, contents(users), { mode: 0o600 });
    await runToEnd([found.bin, "-T", "add", "-f", settings, "-l", entries]);
    // With a level of debugging, even none, it stays our child.
    const child = await startChild(found.bin, ["-d", "0", "-f", settings, "-h", url], { stderr: "ignore" });
    const stop = async (): Promise<void> => {
      await child.stop();
      await rm(home, { recursive: true, force: true });
    };
    await untilListening(port, child.process).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url, people: `ou=people,${SUFFIX}`, groups: `ou=groups,${SUFFIX}`, administrator, stop };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

/** https://www.openldap.org/software/man.cgi?query=slapd.conf */
function settingsFor(root: string, home: string, { dn, password }: Slapd["administrator"]): string {
  const schemas = ["core", "cosine", "inetorgperson"].map(
    (name) => `include ${join(root, "etc/ldap/schema", `${name}.schema`)}`,
  );
  const lines = [
    ...schemas,
    `modulepath ${join(root, "usr/lib/ldap")}`,
    "moduleload back_mdb",
    `pidfile ${join(home, "pid")}`,
    "database mdb",
    `suffix "${SUFFIX}"`,
    `directory ${join(home, "data")}`,
    `rootdn "${dn}"`,
    `rootpw ${password}`,
    "dbnosync",
    "access to attrs=userPassword by anonymous auth by * none",
    "access to * by * none",
  ];
  return `${lines.join("\n")}\n`;
}

/** Everything as LDIF, values in base64, so that they may hold anything: https://www.rfc-editor.org/rfc/rfc2849 */
function contents(users: readonly DirectoryUser[]): string {
  const dnOf = (at: number): string => `cn=user-${at},ou=people,${SUFFIX}`;
  const names = [...new Set(users.flatMap(({ groups }) => groups))];
  return [
    entry(SUFFIX, { objectClass: ["dcObject", "organization"], dc: ["example"], o: ["example"] }),
    ...["people", "groups"].map((ou) => entry(`ou=${ou},${SUFFIX}`, { objectClass: ["organizationalUnit"], ou: [ou] })),
    ...users.map(({ password, uid }, at) =>
      entry(dnOf(at), {
        objectClass: ["inetOrgPerson"],
        cn: [`user-${at}`],
        sn: ["User"],
        uid: [uid],
        userPassword: [password],
      }),
    ),
    ...names.map((cn) => {
      const member = users.flatMap(({ groups }, at) => (groups.includes(cn) ? [dnOf(at)] : []));
      return entry(`cn=${cn},ou=groups,${SUFFIX}`, { objectClass: ["groupOfNames"], cn: [cn], member });
    }),
  ].join("\n");
}

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) =>
    values.map((value) => `${name}:: ${Buffer.from(value).toString("base64")}`),
  );
  return `dn: ${dn}\n${lines.join("\n")}\n`;
}
