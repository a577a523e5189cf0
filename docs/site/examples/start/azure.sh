vaultlink connect azure az --vault my-vault
vaultlink link DB_USER "az://db#username"
vaultlink link DB_PASSWORD "az://db#password"
vaultlink get DB_USER
vaultlink run -- node app.js
