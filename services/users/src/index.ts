export { type UsersConfig, usersSettings } from './config.ts';
export { usersCommands } from './operator/users-commands.ts';
export { UsersService } from './service.ts';
