export VAULT_TOKEN=…
vaultlink connect hashicorp hcv --address https://vault.example.com:8200
vaultlink link DB_USER "hcv://secret/app/db#username"
vaultlink link DB_PASSWORD "hcv://secret/app/db#password"
vaultlink get DB_USER
vaultlink run -- node app.js
