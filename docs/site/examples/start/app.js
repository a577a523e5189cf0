const { DB_USER, DB_PASSWORD = "" } = process.env;
console.log(`signing in as ${DB_USER} with a password of ${DB_PASSWORD.length} characters`);
