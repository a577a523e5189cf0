npx -y -p node@24 -p pnpm@11.22.0 -- pnpm demo
npx -y -p node@24 -p pnpm@11.22.0 -- pnpm build
node apps/cli/dist/main.js --help
