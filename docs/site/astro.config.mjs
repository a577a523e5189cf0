// @ts-check
import { fileURLToPath } from "node:url";
import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import starlightTypeDoc from "starlight-typedoc";
import { sidebar } from "./sidebar.ts";

const folder = fileURLToPath(new URL("./api/", import.meta.url));

/** The API reference: one page a package, made from its public declarations and their comments. */
const apiReference = starlightTypeDoc({
  entryPoints: [`${folder}*.ts`],
  tsconfig: fileURLToPath(new URL("./tsconfig.api.json", import.meta.url)),
  output: "api",
  pagination: false,
  typeDoc: {
    name: "API",
    router: "module",
    basePath: folder,
    disableSources: true,
    excludeExternals: true,
    excludePrivate: true,
    readme: "none",
    githubPages: false,
    parametersFormat: "table",
    propertiesFormat: "table",
    interfacePropertiesFormat: "table",
    useCodeBlocks: true,
    hideBreadcrumbs: true,
    expandObjects: true,
    useHTMLAnchors: true,
  },
});

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
