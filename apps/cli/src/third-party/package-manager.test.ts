import { describe, expect, it } from "vitest";
import { installForUser } from "./package-manager.ts";

const OWN = "/home/ada/.config/vaultlink";

describe("the command that installs a provider for its user", () => {
  it.each([
    [
      "where npm installed vaultlink globally",
      "/usr/local/lib/node_modules/vaultlink/dist",
      "npm install --global acme",
    ],
    ["in a project", "/srv/app/node_modules/vaultlink/dist", `npm install --prefix ${OWN} acme`],
    ["in a project called lib", "/srv/lib/app/node_modules/vaultlink/dist", `npm install --prefix ${OWN} acme`],
    ["from its sources", "/srv/vaultlink/apps/cli/src", `npm install --prefix ${OWN} acme`],
  ])("%s", (_, command, says) => {
    expect(installForUser("acme", [OWN, command])).toBe(says);
  });
});
