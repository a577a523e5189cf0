vaultlink connect aws --region eu-west-1
vaultlink link DB_USER "aws://app/db#username"
vaultlink link DB_PASSWORD "aws://app/db#password"
vaultlink get DB_USER
vaultlink run -- node app.js
