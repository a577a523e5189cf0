vaultlink link DB_USER 'hcv://secret/app/db#username'
vaultlink link DB_PASSWORD 'hcv://secret/app/db#password'
vaultlink run -- node -e 'console.log("signed in as", process.env.DB_USER)'
