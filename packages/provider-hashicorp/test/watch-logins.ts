/** A `fetch` that notes which token the last login gave, and whether that token still lives. */
export function watchLogins(address: string): { readonly fetch: typeof fetch; readonly ended: () => Promise<boolean> } {
  let last: string | undefined;
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (typeof input === "string" && input.endsWith("/login") && response.ok) {
        const body = (await response.clone().json()) as { auth?: { client_token?: string } };
        last = body.auth?.client_token;
      }
      return response;
    },
    ended: async () => {
      const headers = { "x-vault-token": last ?? "" };
      const response = await fetch(`${address}/v1/auth/token/lookup-self`, { headers });
      await response.arrayBuffer();
      return last !== undefined && response.status === 403;
    },
  };
}
