// app/api/charges/route.ts
import { vault } from "./vault.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const key = await vault.get("API_KEY");
  const answer = await fetch("https://api.example.com/charges", {
    cache: "no-store",
    headers: { authorization: `Bearer ${key.reveal()}` },
  });
  return Response.json(await answer.json(), { status: answer.status });
}
