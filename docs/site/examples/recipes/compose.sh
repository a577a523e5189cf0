vaultlink run --only DB_USER,DB_PASSWORD -- docker compose up
