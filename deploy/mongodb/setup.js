// For mongosh as root: makes MongoDB a replica set of one, and a user for each service who may do nothing but read and
// write its database. It bears repetition, and brings the passwords to what they are now.
/* global db, rs, sleep */

try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: 'natter', members: [{ _id: 0, host: 'mongodb:27017' }] });
}
for (let waited = 0; !db.hello().isWritablePrimary; waited += 100) {
  if (waited > 60_000) throw new Error(`No primary: ${JSON.stringify(rs.status())}`);
  sleep(100);
}

for (const name of ['users', 'messaging']) {
  const database = db.getSiblingDB(name);
  const known = database.runCommand({ usersInfo: name }).users.length > 0;
  database.runCommand({
    [known ? 'updateUser' : 'createUser']: name,
    pwd: process.env[`MONGODB_${name.toUpperCase()}_PASSWORD`],
    roles: [{ role: 'readWrite', db: name }],
  });
}
