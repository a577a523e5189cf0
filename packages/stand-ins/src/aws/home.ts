import { createHash, generateKeyPairSync } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACCOUNT, type AwsSeed } from "./seed.ts";

/** A home directory with the vendor's files in it. */
export interface AwsHome {
  /** For `HOME`. */
  readonly path: string;
  /** For `AWS_WEB_IDENTITY_TOKEN_FILE`. */
  readonly webTokenFile: string;
  /** Writes the portal's sign-in as the vendor's CLI keeps it; by default it holds for eight hours. */
  signIn(about?: { readonly expiresAt?: number; readonly refreshable?: boolean }): Promise<void>;
  /** Writes the sign-in of `aws login` as the vendor's CLI keeps it, with these credentials; it can be renewed. */
  logIn(keys: HomeKeys, expiresAt: number): Promise<void>;
  /** Writes what `credential_process` prints. */
  processPrints(output: string): Promise<void>;
  remove(): Promise<void>;
}

/** Credentials as a sign-in keeps them. */
export interface HomeKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The name of the portal's session in the files, and its address. */
const SESSION = "corporate";
const LOGIN_SESSION = `arn:aws:iam::${ACCOUNT}:user/app`;
const START_URL = "https://portal.example/start";

/** Makes a temporary home whose profiles use every source of credentials there is. */
export async function makeHome(seed: AwsSeed): Promise<AwsHome> {
  const path = await mkdtemp(join(tmpdir(), "aws-home-"));
  const cache = join(path, ".aws", "sso", "cache");
  await mkdir(cache, { recursive: true });
  const script = join(path, "credentials.sh");
  const printed = join(path, "credentials.json");
  await writeFile(script, `#!/bin/sh\ncat '${printed}'\n`);
  await chmod(script, 0o700);
  const webTokenFile = join(path, "web-token");
  await writeFile(webTokenFile, seed.webToken);
  await writeFile(join(path, ".aws", "config"), config(seed, script, webTokenFile));
  await writeFile(join(path, ".aws", "credentials"), credentials(seed));

  const write = (id: string, token: object): Promise<void> =>
    writeFile(join(cache, `${createHash("sha1").update(id).digest("hex")}.json`), JSON.stringify(token));
  return {
    path,
    webTokenFile,
    signIn: async ({ expiresAt = Date.now() + 8 * 3_600_000, refreshable = true } = {}) => {
      const { accessToken, refreshToken, clientSecret } = seed.portal;
      const token = {
        accessToken,
        expiresAt: new Date(expiresAt).toISOString(),
        region: seed.region,
        startUrl: START_URL,
      };
      const client = { clientId: "stand-in-client", clientSecret, refreshToken };
      await write(SESSION, { ...token, ...(refreshable && client) });
      await write(START_URL, token);
    },
    logIn: async (keys, expiresAt) => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const folder = join(path, ".aws", "login", "cache");
      await mkdir(folder, { recursive: true });
      const token = {
        accessToken: { ...keys, accountId: ACCOUNT, expiresAt: new Date(expiresAt).toISOString() },
        clientId: "stand-in-client",
        refreshToken: seed.portal.refreshToken,
        dpopKey: privateKey.export({ format: "pem", type: "sec1" }),
      };
      const name = createHash("sha256").update(LOGIN_SESSION).digest("hex");
      await writeFile(join(folder, `${name}.json`), JSON.stringify(token));
    },
    processPrints: (output) => writeFile(printed, output),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

function config({ region }: AwsSeed, script: string, webTokenFile: string): string {
  const role = (name: string): string => `role_arn = arn:aws:iam::${ACCOUNT}:role/${name}`;
  const portal = `sso_account_id = ${ACCOUNT}\nsso_role_name = portal`;
  return [
    `[profile dev]\nregion = ${region}`,
    `[profile prod]\nregion = ${region}`,
    `[profile sso]\nregion = ${region}\nsso_session = ${SESSION}\n${portal}`,
    `[sso-session ${SESSION}]\nsso_region = ${region}\nsso_start_url = ${START_URL}`,
    `[profile legacy-sso]\nregion = ${region}\nsso_start_url = ${START_URL}\nsso_region = ${region}\n${portal}`,
    `[profile role]\nregion = ${region}\nsource_profile = dev\n${role("reader")}\nrole_session_name = from-profile`,
    `[profile unnamed-role]\nregion = ${region}\nsource_profile = dev\n${role("reader")}`,
    `[profile guarded]\nregion = ${region}\nsource_profile = dev\n${role("guarded")}\nmfa_serial = arn:aws:iam::${ACCOUNT}:mfa/app`,
    `[profile environment]\nregion = ${region}\ncredential_source = Environment\n${role("reader")}`,
    `[profile process]\nregion = ${region}\ncredential_process = ${script}`,
    `[profile web]\nregion = ${region}\nweb_identity_token_file = ${webTokenFile}\n${role("ci")}`,
    `[profile login]\nregion = ${region}\nlogin_session = ${LOGIN_SESSION}`,
    `[profile cycle]\nregion = ${region}\nsource_profile = cycle-back\n${role("reader")}`,
    `[profile cycle-back]\nregion = ${region}\nsource_profile = cycle\n${role("reader")}`,
    `[profile homeless]`,
    "",
  ].join("\n");
}

function credentials({ users }: AwsSeed): string {
  const keys = (profile: string, user: string): string => {
    const { accessKeyId = "", secretAccessKey = "" } = users[user]?.keys ?? {};
    return `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  };
  return [keys("dev", "app"), keys("prod", "audit"), keys("homeless", "app")].join("\n");
}
