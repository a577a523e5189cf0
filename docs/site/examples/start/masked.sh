vaultlink run --mask always -- node -p process.env.DB_PASSWORD
