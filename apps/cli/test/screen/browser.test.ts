import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { startAzure } from "@vaultlink/stand-ins";
import type { Terminal } from "@vaultlink/test-support/terminal";
import { describe, expect, it, onTestFinished } from "vitest";
import { startAgent } from "../agent-shell.ts";
import { openShell } from "../shell.ts";
import { openWindow } from "./window.ts";

/** What a browser does with the page of the stand-in of Entra: it posts what the page gives it to where the page sends it. */
const BROWSER = `
const { redirect, form } = await (await fetch(process.argv.at(-1))).json();
await fetch(redirect, { method: "POST", body: form, headers: { "content-type": "application/x-www-form-urlencoded" } });
`;

interface Options {
  /** Whether the machine has a program that opens pages. */
  readonly hasOpener?: boolean;
  readonly agent?: "on" | "off";
  /** @default "browser" */
  readonly method?: string;
}

/** The window over a vault to which a person signs in elsewhere. */
async function openAzureWindow({ hasOpener = false, agent = "off", method = "browser" }: Options = {}) {
  const azure = await startAzure();
  onTestFinished(() => azure.stop());
  const shell = await openShell();
  const bin = join(shell.home, "bin");
  await mkdir(bin);
  if (hasOpener) {
    await writeFile(join(bin, "package.json"), '{ "type": "module" }');
    await writeFile(join(bin, "xdg-open"), `#!${process.execPath}${BROWSER}`);
    await chmod(join(bin, "xdg-open"), 0o700);
  }
  await shell.writeUser({
    version: 1,
    connections: { az: { provider: "azure", vaultUrl: azure.url, auth: { method } } },
  });
  await shell.writeProject({ version: 1, links: { TOKEN: "az://db#password", KEY: "az://api-key" } });
  const { AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS } = azure.env;
  const { runtime } = agent === "on" ? await startAgent(shell) : {};
  const env = { AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS, PATH: bin };
  const window = await openWindow(shell, { agent, env: { ...env, ...runtime } });
  await window.shows(/> TOKEN +○ not read +az/);
  /** Does what a person's browser would. */
  const browse = (page: string): Promise<unknown> =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", BROWSER, page], { env: { ...env } });
  return { azure, window, browse };
}

/** The address on the screen, put together from the rows that it takes. */
function pageOn(window: Terminal): string {
  const [, page = ""] = /To sign in, open\n([^]*?)\n +…/.exec(window.text()) ?? [];
  return page.replaceAll("\n", "");
}

/** Begins a sign-in, and waits until the address is there. */
async function beginSignIn(window: Terminal): Promise<string> {
  window.type("a");
  await window.shows(/To sign in, open\nhttps:[^ ]*\n +…/);
  return pageOn(window);
}

describe.skipIf(process.platform !== "linux")(
  "signing in elsewhere, from inside the window (skipped elsewhere than on Linux: the opener is xdg-open)",
  () => {
    it("opens the page in the browser, and the window goes on when the person is back", async () => {
      const { azure, window } = await openAzureWindow({ hasOpener: true, agent: "on" });
      window.type("a");
      await window.shows("az: signed in as person@example.com.");
      await window.shows(/^ {2}az +● ready +person@example.com/m);
      window.type("v");
      await window.shows("vlcanary-db-password-2");
      window.press("escape");
      await window.shows(/> TOKEN +● resolved .* 1 *$/m);
      expect(azure.log.count("secrets.get")).toBe(1);
    });

    it("has the whole address on the screen where no browser opens, in any size, with the table at hand", async () => {
      const { window, browse, azure } = await openAzureWindow();
      const page = await beginSignIn(window);
      expect(page).toContain(`${azure.authority}/`);
      window.resize(61, 24);
      await window.until(() => pageOn(window) === page, "show the whole address in 61 columns");
      window.type("y");
      await window.shows("The address was handed to the clipboard.");
      expect(window.clipboard).toEqual([page]);
      window.press("tab");
      await window.shows("signing in to az: a shows it, Esc cancels");
      window.type("j");
      await window.shows("> KEY");
      window.type("a");
      await window.until(() => pageOn(window) === page, "show the address again");
      await browse(page);
      await window.shows("az: signed in as person@example.com.");
      await window.shows("> KEY");
    });

    it("says that the address does not fit where it does not, instead of showing a part of it", async () => {
      const { window } = await openAzureWindow();
      const page = await beginSignIn(window);
      window.resize(40, 9);
      await window.shows("does not fit here");
      expect(window.text()).not.toContain("https:");
      window.type("y");
      await window.until(() => window.clipboard.length > 0, "copy the address");
      expect(window.clipboard).toEqual([page]);
    });

    it("says that the person declined", async () => {
      const { azure, window, browse } = await openAzureWindow({ agent: "on" });
      azure.set({ deviceCode: "declined" });
      await browse(await beginSignIn(window));
      await window.shows("Signing in was declined in the browser.");
      await window.shows(/> TOKEN +○ not read/);
      expect(azure.log.count("secrets.get")).toBe(0);
    });

    it.each([
      ["escape", "with"],
      ["interrupt", "without"],
    ] as const)(
      "is cancelled by the key %s, %s an agent, and nobody waits for the browser any more",
      async (key, how) => {
        const { window, browse } = await openAzureWindow({ agent: how === "with" ? "on" : "off" });
        const { port } = new URL(new URL(await beginSignIn(window)).searchParams.get("redirect_uri") ?? "");
        expect(await isListening(Number(port))).toBe(true);
        window.press(key);
        await window.shows("Signing in was cancelled; nothing was changed.");
        await expect.poll(() => isListening(Number(port))).toBe(false);
        await browse(await beginSignIn(window));
        await window.shows("az: signed in as person@example.com.");
      },
    );

    it("shows the code that is entered on a page, until it was", async () => {
      const { azure, window } = await openAzureWindow({ method: "device-code", agent: "on" });
      azure.set({ deviceCode: "pending" });
      window.type("a");
      await window.shows("To sign in, open https://microsoft.com/devicelogin and enter the code ABCD1234");
      window.press("tab");
      await window.shows("signing in to az: a shows it");
      expect(azure.log.count("secrets.get")).toBe(0);
      azure.set({ deviceCode: "approved" });
      await window.shows("az: signed in as person@example.com.");
    });
  },
);

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
