import { parseConfig, runService } from '@natter/platform';
import { usersSettings } from './config.ts';
import { UsersService } from './service.ts';

await runService(() => UsersService.create(parseConfig(usersSettings, process.env)));
