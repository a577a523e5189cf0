import { startAws, startAzure, startOnePassword, startVault } from "@vaultlink/stand-ins";
import { describe, expect, it, onTestFinished } from "vitest";
import { openShell, type Ran, type Shell } from "./shell.ts";

/** A shell whose user can sign in to one vault, and how it is connected. */
interface Place {
  readonly shell: Shell;
  readonly connect: readonly string[];
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** What following the next step, and getting the name it links, comes to. */
  readonly leads: object;
}

const TO_A_VALUE = { code: 0, stderr: "" };
/** Which fields a secret has is only known once it is read: nobody being there to pick one, what there is is named. */
const TO_A_LIST = { code: 0, stdout: expect.stringMatching(/^hcv:\/\/secret\/app\/db$/m) as string };

const PLACES = {
  async AWS(): Promise<Place> {
    const vault = await startAws();
    const home = await vault.home();
    onTestFinished(async () => {
      await home.remove();
      await vault.stop();
    });
    const shell = await openShell({ HOME: home.path, AWS_ENDPOINT_URL: vault.url });
    return { shell, name: "aws", connect: ["connect", "aws", "--profile", "dev"], env: {}, leads: TO_A_VALUE };
  },
  async Azure(): Promise<Place> {
    const azure = await startAzure();
    const tools = await azure.tools();
    onTestFinished(async () => {
      await tools.remove();
      await azure.stop();
    });
    await tools.azGives(azure.issue("app"), Date.now() + 3_600_000);
    const { AZURE_AUTHORITY_HOST = "", NODE_EXTRA_CA_CERTS = "" } = azure.env;
    const PATH = `${tools.path}:${process.env["PATH"] ?? ""}`;
    const shell = await openShell({ AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS, PATH });
    return {
      ...{ shell, name: "az", env: { AZURE_KEYVAULT_URL: azure.url }, leads: TO_A_VALUE },
      connect: ["connect", "azure", "--method", "cli"],
    };
  },
  async HashiCorp(): Promise<Place> {
    const vault = await startVault();
    onTestFinished(() => vault.stop());
    vault.setPolicy("app", { "secret/data/app/*": ["read"], "secret/metadata/*": ["list"] });
    const shell = await openShell({ VAULT_TOKEN: vault.credentials["app"]?.token ?? "" });
    return { shell, name: "hcv", connect: ["connect", "hashicorp"], env: { VAULT_ADDR: vault.url }, leads: TO_A_LIST };
  },
  async "1Password"(): Promise<Place> {
    const vault = await startOnePassword();
    onTestFinished(() => vault.stop());
    const shell = await openShell(vault.env);
    return { shell, name: "op", connect: ["connect", "1password"], env: {}, leads: TO_A_VALUE };
  },
};

/** The arguments of a command as it is printed: words, or words in single quotes. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "").slice(1);

describe.each(Object.entries(PLACES))("%s, from nothing", (_vault, open) => {
  it("connect names who one is, and a next step that works; search names what there is (N4, N5, N8)", async () => {
    const { shell, connect, name, env, leads } = await open();
    const connected = await shell.call(connect, { env });
    expect([connected.code, connected.stderr]).toEqual([0, ""]);
    expect(connected.stdout).not.toMatch(/#[0-9a-f]{8}/);
    const next = /^Next: (.+)$/m.exec(connected.stdout)?.[1] ?? "";
    const followed: Ran = await shell.call(wordsOf(next), { reveals: true });
    const isLinked = followed.code === 0 && next.startsWith("vaultlink link ");
    const read = isLinked ? await shell.call(["get", "NAME"], { reveals: true }) : followed;
    expect(read).toMatchObject(leads);
    const { code, stdout } = await shell("search", name, "db");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${name}://.*db`, "m"));
  });
});

it("connect keeps the address of the environment, and another shell reads the same vault (N12)", async () => {
  const { shell, connect, env } = await PLACES.HashiCorp();
  const { stdout } = await shell.call(connect, { env });
  expect(stdout).toContain(
    `Kept, since another shell may not have it: address ${env["VAULT_ADDR"] ?? ""} (VAULT_ADDR).`,
  );
  expect((await shell.call(["get", "hcv://secret/app/db#username"])).stdout).toBe("app\n");
});

it("search says that the permission to list is missing, and a reference is read all the same", async () => {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  const shell = await openShell({ VAULT_TOKEN: vault.credentials["app"]?.token ?? "" });
  await shell.writeUser({ version: 1, connections: { hcv: { provider: "hashicorp", address: vault.url } } });
  const { code, lines } = await shell("search", "hcv", "--prefix", "secret/");
  expect([code, lines[0]]).toEqual([77, expect.stringMatching(/permission to list is missing/)]);
  expect((await shell("search", "hcv", "--prefix", "secret/app/")).stdout).toMatch(/^hcv:\/\/secret\/app\/db$/m);
  expect((await shell("get", "hcv://secret/app/db#username")).stdout).toBe("app\n");
});

it("connect says that a credential alone does not say where the vault is", async () => {
  const shell = await openShell({ VAULT_TOKEN: "vlcanary-token" });
  expect((await shell("connect", "hashicorp")).lines[0]).toBe(
    "vaultlink: HashiCorp Vault or OpenBao needs --address, or VAULT_ADDR in the environment. Found so far: VAULT_TOKEN is set.",
  );
});

it("without a terminal, connect names the flags that are missing (N3)", async () => {
  const shell = await openShell();
  for (const [args, lines] of [
    [
      ["hashicorp"],
      [
        "vaultlink: HashiCorp Vault or OpenBao needs --address, or VAULT_ADDR in the environment.",
        "  try: vaultlink connect hashicorp hcv --address …",
      ],
    ],
    [
      ["azure"],
      [
        "vaultlink: Azure Key Vault needs --vault, or AZURE_KEYVAULT_URL in the environment.",
        "  try: vaultlink connect azure az --vault …",
      ],
    ],
    [
      ["aws", "--method", "keys"],
      [
        "vaultlink: AWS Secrets Manager needs --region, or AWS_REGION in the environment.",
        "  try: vaultlink connect aws aws --region …",
      ],
    ],
    [[], ["vaultlink: Say which kind of vault: 1password, aws, azure, hashicorp.", "  try: vaultlink connect --help"]],
  ] as const) {
    expect(await shell("connect", ...args)).toMatchObject({ code: 64, lines });
  }
});

it("names the flag that takes a key vault's address, with the address (F15)", async () => {
  const shell = await openShell();
  expect(await shell("connect", "azure", "--vault", "https://My-Vault.vault.azure.net/")).toMatchObject({
    code: 78,
    lines: [
      'vaultlink: Option "vault" must be a key vault\'s name in lower case; an address is given as "vaultUrl", or --vault-url.',
      "  try: vaultlink connect azure --vault-url https://my-vault.vault.azure.net",
    ],
  });
});
