import type { Prompter } from "@vaultlink/core/provider";
import { type Chromium, findChromium, type Page, startChromium } from "@vaultlink/stand-ins/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { setUpPeople } from "./people.ts";
import { freePort, person } from "./person.ts";
import { context, refused } from "./support.ts";
import { setUpTwoSteps } from "./two-steps.ts";

/* The same sign-ins as with scripted browsers, in a real one: pages are shown, filled in and clicked. */

const chromium = findChromium();
const without = "missing" in chromium ? ` (${chromium.missing})` : WHY;

describe.skipIf(NO_OPENBAO || "missing" in chromium)(`on OpenBao in Chromium${without}`, () => {
  const bao = useOpenBao();
  let browser: Chromium;
  let issuer: Issuer;
  let port: number;
  beforeAll(async () => {
    browser = await startChromium();
    issuer = await startIssuer();
    issuer.asks = true;
    port = await freePort();
    await setUpPeople(bao(), issuer, port);
  });
  afterAll(async () => {
    await browser?.stop();
    await issuer?.stop();
  });

  /** Somebody who does `use` with the page they are sent to. */
  const anna = (use: (page: Page) => Promise<void>): Prompter =>
    person(async (url) => use(await browser.open(url.href)));
  const provider = () =>
    hashicorp({ address: bao().url, auth: { method: "oidc", mount: "people", role: "app", callbackPort: port } });

  it("signs in with what is typed on the issuer's page", async () => {
    const user = anna(async (page) => {
      await page.type("#username", issuer.username);
      await page.type("#password", issuer.password);
      await page.click("#sign-in");
      await page.shows("Signed in. You can close this page.");
    });
    const session = await provider().open(context({}, { prompter: user }));
    await expect(session.read(at("secret/app/api"), context({}))).resolves.toMatchObject({ version: "1" });
    expect(session.roles).toEqual(["app", "default"]);
    await session.revoke?.(context({}));
    await refused(session.read(at("secret/app/api"), context({})), "unauthenticated");
    await session.close?.();
  });

  it("takes a person who clicks to decline at their word", async () => {
    const user = anna(async (page) => {
      await page.click("#decline");
      await page.shows("Signing in was refused. You can close this page.");
    });
    await refused(provider().open(context({}, { prompter: user })), "aborted");
  });

  it("signs in in two steps, on the vault's own page", async () => {
    const setUp = await setUpTwoSteps(bao(), port);
    // So that the page offers this way of signing in by its name.
    await bao().admin("POST", "sys/auth/userpass/tune", { listing_visibility: "unauth" });
    const user = anna(async (page) => {
      await page.type("#username", setUp.username);
      await page.type("#password", setUp.password);
      await page.click("#auth-submit");
      await page.shows("Signed in. You can close this page.");
    });
    const lent = context({}, { prompter: user });
    const session = await hashicorp({ address: bao().url, auth: setUp.auth(port) }).open(lent);
    await expect(session.read(at("secret/app/api"), context({}))).resolves.toMatchObject({ version: "1" });
    await refused(session.read(at("secret/audit/report"), context({})), "denied");
    await session.revoke?.(context({}));
    await session.close?.();
  });
});
