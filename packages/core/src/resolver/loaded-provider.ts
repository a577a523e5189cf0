import type { Provider } from "../contract/provider.ts";

/** The provider that was made of one definition: a recipe, which serves every view that has this definition. */
export class LoadedProvider {
  #provider: Provider | undefined;

  get provider(): Provider | undefined {
    return this.#provider;
  }

  /** Keeps the first; returns the one that is kept. */
  keep(provider: Provider): Provider {
    return (this.#provider ??= provider);
  }
}
