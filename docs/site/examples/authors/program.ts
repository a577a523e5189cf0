import { execProvider } from "@vaultlink/core/provider";

export const acme = execProvider({
  name: "acme",
  command: ["python3", "provider.py"],
  envVariables: ["ACME_KEY"],
  options: { url: "https://vault.acme.example" },
});
