export { type NatterOptions, natter } from './natter.ts';
