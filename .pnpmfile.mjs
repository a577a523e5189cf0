/*
 * API Extractor brings a supports-color, which pnpm would then hand to every `debug` that can do without, and so to what
 * we bundle and publish.
 */
export const hooks = {
  readPackage(manifest) {
    if (manifest.name === "debug") {
      delete manifest.peerDependencies?.["supports-color"];
      delete manifest.peerDependenciesMeta?.["supports-color"];
    }
    return manifest;
  },
};
