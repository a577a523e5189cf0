npx -y -p node@24 -p pnpm@11.22.0 -- pnpm demo
npx -y -p node@24 -p pnpm@11.22.0 -- pnpm build
alias vaultlink="node '$PWD/apps/cli/dist/main.js'"
vaultlink --help
