import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';

const [folder] = process.argv.slice(2) as [string];
// It may have one already that another project has fetched, in a cache of its own.
const binary = await MongoBinary.getPath({ downloadDir: folder });
await symlink(path.relative(folder, binary), path.join(folder, 'mongod'));
