import { fileURLToPath } from "node:url";
import type { StarlightPlugin } from "@astrojs/starlight/types";
import starlightTypeDoc from "starlight-typedoc";

const folder = fileURLToPath(new URL("../../api/", import.meta.url));

/** One page a package, made from its public declarations and their comments. */
export const apiReference: StarlightPlugin = starlightTypeDoc({
  entryPoints: [`${folder}*.ts`],
  tsconfig: fileURLToPath(new URL("../../tsconfig.api.json", import.meta.url)),
  output: "api",
  pagination: false,
  typeDoc: {
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
