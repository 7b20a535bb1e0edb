import { parseConfig, runService } from '@natter/platform';
import { gatewaySettings } from './config.ts';
import { GatewayService } from './service.ts';

await runService(() => GatewayService.create(parseConfig(gatewaySettings, process.env)));
