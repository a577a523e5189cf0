import { AUTHOR_PAGES } from "./scripts/generate/authors.ts";

/** What stands beside every page, in the order in which a newcomer needs it. */
export const sidebar = [
  {
    label: "Start",
    items: [
      { label: "Install", slug: "start/install" },
      { label: "HashiCorp Vault, OpenBao", slug: "start/hashicorp" },
      { label: "AWS Secrets Manager", slug: "start/aws" },
      { label: "Azure Key Vault", slug: "start/azure" },
      { label: "1Password", slug: "start/1password" },
      { label: "How it works", slug: "guides/how-it-works" },
      { label: "The window", slug: "guides/window" },
      { label: "The life of a connection", slug: "guides/life" },
      { label: "Connections of a team", slug: "guides/team" },
    ],
  },
  {
    label: "Sessions",
    items: ["hashicorp", "aws", "azure", "1password"].map((name) => ({ slug: `sessions/${name}` })),
  },
  {
    label: "Recipes",
    items: [
      ...["express", "next", "nest", "pg", "mysql2", "ioredis"],
      ...["lambda", "kubernetes", "github-actions", "docker-compose", "vs-code", "opentelemetry"],
    ].map((name) => ({ slug: `recipes/${name}` })),
  },
  {
    label: "Reference",
    items: [
      { label: "Commands", slug: "reference/commands" },
      { label: "Files", slug: "reference/files" },
      { label: "References", slug: "reference/references" },
      { label: "Options: HashiCorp Vault", slug: "reference/options/hashicorp" },
      { label: "Options: AWS", slug: "reference/options/aws" },
      { label: "Options: Azure", slug: "reference/options/azure" },
      { label: "Options: 1Password", slug: "reference/options/1password" },
      { label: "Error codes", slug: "reference/errors" },
      { label: "API", collapsed: true, items: [{ autogenerate: { directory: "api" } }] },
    ],
  },
  {
    label: "Move from",
    items: ["dotenv", "varlock", "fnox", "vals", "postman"].map((name) => ({ slug: `migrate/${name}` })),
  },
  {
    label: "Write a provider",
    items: AUTHOR_PAGES.map(({ name }) => ({ slug: `providers/${name}` })),
  },
  {
    label: "More",
    items: [
      { slug: "guides/security" },
      { slug: "guides/matrix" },
      { slug: "guides/edge-cases" },
      { slug: "guides/life-session" },
      { slug: "guides/comparison" },
      { slug: "guides/performance" },
    ],
  },
];
