vaultlink disconnect hcv
vaultlink disconnect --link DB_PASSWORD
