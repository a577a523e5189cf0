export OP_SERVICE_ACCOUNT_TOKEN=…
vaultlink connect 1password op
vaultlink link DB_USER "op://App/db/username"
vaultlink link DB_PASSWORD "op://App/db/password"
vaultlink get DB_USER
vaultlink run -- node app.js
