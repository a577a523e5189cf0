import { describe } from "vitest";
import { missing, startReal } from "./questions/real.ts";
import { askAboutSecrets } from "./questions/secrets.ts";
import { askAboutTokens } from "./questions/tokens.ts";

/** The same questions to the stand-in and to a real server: where they differ, the stand-in is wrong. */
describe.skipIf(missing !== undefined)(`answers as OpenBao does${missing ? ` (${missing})` : ""}`, () => {
  describe("about secrets", () => {
    askAboutSecrets(startReal);
  });
  describe("about tokens", () => {
    askAboutTokens(startReal);
  });
});
