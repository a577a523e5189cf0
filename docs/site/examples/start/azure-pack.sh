npx -y -p node@24 -p pnpm@11.22.0 -- pnpm --filter "./packages/*" exec pnpm pack --pack-destination ~/vaultlink-packages
mkdir ~/my-program
cd ~/my-program
npm init --yes --init-type module
npm install ~/vaultlink-packages/vaultlink-core-*.tgz ~/vaultlink-packages/vaultlink-provider-azure-*.tgz
