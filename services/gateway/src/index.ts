export { type GatewayConfig, gatewaySettings } from './config.ts';
export { GatewayService } from './service.ts';
