import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import { apiReference } from "./scripts/generate/api.ts";
import { sidebar } from "./sidebar.ts";

/** Everything comes from this repository: the fonts are the reader's own, and no picture is fetched or scaled. */
export default defineConfig({
  // Rolldown does not know a directive of Astro's own, and would say so once for each page.
  vite: { logLevel: "error" },
  image: { service: passthroughImageService() },
  integrations: [
    starlight({
      title: "vaultlink",
      description: "Links names to secrets in external vaults, and resolves them through a local cache.",
      favicon: "/favicon.svg",
      customCss: ["./src/styles/site.css"],
      sidebar,
      plugins: [apiReference],
      pagefind: true,
    }),
  ],
});
