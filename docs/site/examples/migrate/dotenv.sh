vaultlink link DB_USER 'hcv://secret/app/db#username'
vaultlink link DB_PASSWORD 'hcv://secret/app/db#password'
vaultlink run -- sh -c 'echo "signed in as $DB_USER"'
