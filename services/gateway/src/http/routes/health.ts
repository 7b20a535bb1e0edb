import type { Health, HealthReport } from '@natter/platform';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';

export const healthReportSchema = z.object({ ok: z.boolean(), checks: z.record(z.string(), z.boolean()) });

const answers = {
  200: { description: 'Yes', schema: healthReportSchema, example: { ok: true, checks: { nats: true } } },
  503: { description: 'No', schema: healthReportSchema, headers: { 'Retry-After': 'Seconds' } },
};

function replyOf(body: HealthReport) {
  if (body.ok) return { status: 200 as const, body };
  return { status: 503 as const, body, headers: { 'Retry-After': '1' } };
}

export function healthRoutes(health: Health): Route[] {
  return [
    defineRoute({
      id: 'getLiveness',
      method: 'get',
      path: '/livez',
      tag: 'server',
      summary: 'Whether the process is well',
      access: 'open',
      unlimited: true,
      answers,
      handle: () => replyOf(health.live()),
    }),
    defineRoute({
      id: 'getReadiness',
      method: 'get',
      path: '/readyz',
      tag: 'server',
      summary: 'Whether it can serve now',
      access: 'open',
      unlimited: true,
      answers,
      handle: async () => replyOf(await health.ready()),
    }),
  ];
}
