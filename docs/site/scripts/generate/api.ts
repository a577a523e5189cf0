import { fileURLToPath } from "node:url";
import starlightTypeDoc from "starlight-typedoc";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The packages whose public declarations are the API. */
const PACKAGES = ["core", "provider-hashicorp", "provider-aws", "provider-azure", "provider-1password", "testkit"];

/** One page a package, made from its public declarations and their comments. */
export const apiReference = starlightTypeDoc({
  entryPoints: PACKAGES.map((name) => `${root}packages/${name}/src/index.ts`),
  tsconfig: fileURLToPath(new URL("../../tsconfig.api.json", import.meta.url)),
  output: "api",
  pagination: false,
  typeDoc: {
    router: "module",
    basePath: root,
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
  },
});
