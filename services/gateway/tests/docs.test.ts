import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './_client.ts';
import { Stack } from './_stack.ts';

describe('the documentation page', () => {
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    gateway = await stack.startGateway({ AUTH_BASIC: 'off' });
  });
  afterAll(() => stack.close());

  it('consists of files of our own, and no script within', async () => {
    const page = await gateway.get('/docs', { authorization: null });
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).not.toMatch(/<script>|<style|\son\w+=|https?:/);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(files).toHaveLength(5);
    for (const path of files) {
      const file = await gateway.get(path, { authorization: null });
      expect(file.status).toBe(200);
      expect(file.text.length).toBeGreaterThan(50);
    }
  });

  it('is led to by the root', async () => {
    const { status, json, headers } = await gateway.get('/', { authorization: null });
    expect([status, json['name']]).toEqual([200, 'natter']);
    expect(headers.get('Link')).toContain('</docs>; rel="service-doc"');
    const [api, ...files] = ['api', 'documentation', 'openapi', 'asyncapi'].map((place) =>
      String(json[place]),
    );
    for (const path of [`${api}/server`, ...files])
      expect((await gateway.get(path, { authorization: null })).status).toBe(200);
  });

  it('leads to what is said of the WebSocket', async () => {
    const page = await gateway.get('/docs', { authorization: null });
    expect(page.text).toContain('href="/asyncapi.json"');
    const { status, json } = await gateway.get('/asyncapi.json', { authorization: null });
    expect([status, json['asyncapi']]).toEqual([200, '3.0.0']);
  });

  it('comes with a policy under which it works', async () => {
    const { headers } = await gateway.get('/docs/');
    const policy = headers.get('Content-Security-Policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/upgrade-insecure-requests|unsafe/);
  });

  it('shows the document, which says what this gateway understands', async () => {
    const { status, json } = await gateway.get('/openapi.json', { authorization: null });
    expect([status, json['openapi']]).toEqual([200, '3.1.0']);
    expect(json['components']).toMatchObject({
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    });
    expect(JSON.stringify(json)).not.toContain('"basic"');
  });
});
