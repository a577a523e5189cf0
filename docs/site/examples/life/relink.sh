vaultlink relink DB_PASSWORD "hcv://secret/app/other#password"
