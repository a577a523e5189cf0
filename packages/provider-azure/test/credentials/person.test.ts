import { request } from "node:http";
import type { Prompter } from "@vaultlink/core/provider";
import { AZURE_SEED } from "@vaultlink/stand-ins";
import { afterEach, describe, expect, it } from "vitest";
import { context, locator, refused, useAzure, withSession } from "../support.ts";
import { bare, identityOf, whoReads } from "./fixture.ts";
import { browse } from "./browse.ts";

const server = useAzure();
const nobody = () => bare({ env: server.azure.env, tenant: false });

afterEach(() => server.azure.set({ deviceCode: "approved", interactionRequired: false, tokenSeconds: 3600 }));

/** A person with a browser. */
function person(): Prompter & { readonly shown: string[]; readonly opened: string[] } {
  const [shown, opened]: [string[], string[]] = [[], []];
  return {
    shown,
    opened,
    ask: () => Promise.reject(new Error("nothing is to be typed")),
    open: async (url) => {
      opened.push(url);
      await browse(url, server.azure.ca);
    },
    show: (text) => void shown.push(text),
  };
}

describe("a person", () => {
  it("signs in on a page, which goes to whoever asked", async () => {
    const prompter = person();
    expect(await whoReads({ auth: { method: "browser" } }, { env: nobody(), prompter })).toBe(identityOf("person"));
    const [page = ""] = prompter.opened;
    const { origin, searchParams } = new URL(page);
    expect(origin).toBe(server.azure.authority);
    expect([searchParams.get("client_id"), searchParams.get("code_challenge_method")]).toEqual([
      AZURE_SEED.publicClient,
      "S256",
    ]);
    expect(searchParams.get("redirect_uri")).toMatch(/^http:\/\/localhost:\d+$/);
  });

  it("enters a code on another page", async () => {
    const prompter = person();
    expect(await whoReads({ auth: { method: "device-code" } }, { env: nobody(), prompter })).toBe(identityOf("person"));
    expect(prompter.shown).toEqual(["To sign in, open https://microsoft.com/devicelogin and enter the code ABCD1234"]);
    expect(prompter.opened).toEqual([]);
  });

  it.each(["browser", "device-code"] as const)("is not needed when the token is renewed: %s", async (method) => {
    // Ends so soon that each read asks again.
    server.azure.set({ tokenSeconds: 200 });
    const prompter = person();
    await withSession({ auth: { method } }, { env: nobody(), prompter }, async (session) => {
      await session.read(locator("api-key"), context());
      await session.read(locator("db"), context());
      expect([prompter.opened.length, prompter.shown.length]).toEqual(method === "browser" ? [1, 0] : [0, 1]);
      expect(server.azure.log.count("entra.token")).toBeGreaterThan(1);
    });
  });

  it.each(["browser", "device-code"] as const)("is wanted again when Entra says so: %s", async (method) => {
    server.azure.set({ tokenSeconds: 200 });
    await withSession({ auth: { method } }, { env: nobody(), prompter: person() }, async (session) => {
      server.azure.set({ interactionRequired: true });
      const { code, message, details } = await refused(session.read(locator("api-key"), context()));
      expect([code, message, details.hint]).toEqual([
        "unauthenticated",
        "Entra wants the person to sign in again.",
        "vaultlink reauth",
      ]);
    });
  });

  it.each(["browser", "device-code"] as const)("declines: %s", async (method) => {
    server.azure.set({ deviceCode: "declined" });
    const call = whoReads({ auth: { method } }, { env: nobody(), prompter: person() });
    expect((await refused(call)).code).toBe("aborted");
  });

  it("who does not open the page has declined", async () => {
    const prompter = { ...person(), open: () => Promise.reject(new Error("no")) };
    expect((await refused(whoReads({ auth: { method: "browser" } }, { env: nobody(), prompter }))).code).toBe(
      "aborted",
    );
  });

  it("who goes away leaves nothing behind", async () => {
    const controller = new AbortController();
    let redirect = "";
    const open = (page: string): Promise<void> => {
      redirect = new URL(page).searchParams.get("redirect_uri") ?? "";
      controller.abort();
      return Promise.resolve();
    };
    const lent = { env: nobody(), prompter: { ...person(), open }, signal: controller.signal };
    expect((await refused(whoReads({ auth: { method: "browser" } }, lent))).code).toBe("aborted");
    const knock = new Promise((resolve) => request(redirect).once("error", resolve).end());
    expect(await knock).toMatchObject({ code: "ECONNREFUSED" });
  });
});
