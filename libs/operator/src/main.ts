import { natter } from './natter.ts';

const options = {
  name: 'natter',
  description: 'Looks after the Natter whose servers are at NATS_URL and MONGODB_URL.',
  environment: () => process.env,
};

process.exit(await natter(process.argv.slice(2), options));
