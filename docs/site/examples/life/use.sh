vaultlink link DB_PASSWORD "hcv://secret/app/db#password"
vaultlink get DB_PASSWORD
vaultlink run -- ./server
