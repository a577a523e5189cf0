vaultlink connect aws aws-prod --region eu-west-1
vaultlink link DB_USER 'aws-prod://app/db#username'
vaultlink link DB_PASSWORD 'aws-prod://app/db#password'
vaultlink get DB_USER
vaultlink run -- sh -c 'echo "signed in as $DB_USER"'
