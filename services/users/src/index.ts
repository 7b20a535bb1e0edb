export { type UsersConfig, usersSettings } from './config.ts';
export { UsersService } from './service.ts';
