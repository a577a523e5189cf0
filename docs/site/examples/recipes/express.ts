import express from "express";
import { vault } from "./vault.ts";

const app = express();

app.get("/charges", async (_request, response) => {
  const key = await vault.get("API_KEY");
  const answer = await fetch("https://api.example.com/charges", {
    headers: { authorization: `Bearer ${key.reveal()}` },
  });
  response.status(answer.status).json(await answer.json());
});

export const server = app.listen(3000);

process.once("SIGTERM", () => {
  server.close(() => void vault.close());
});
