export OP_SERVICE_ACCOUNT_TOKEN=…
vaultlink connect 1password op
vaultlink link DB_PASSWORD op://App/db/password
vaultlink list
