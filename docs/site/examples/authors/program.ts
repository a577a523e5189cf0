import { execProvider } from "@vaultlink/core";

export const acme = execProvider({
  name: "acme",
  command: ["python3", "provider.py"],
  envVariables: ["ACME_KEY"],
  options: { url: "https://vault.acme.example" },
});
