import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Response } from 'express';
import { originForm } from './origin-form.ts';

const paths = new Set(['/api/ws', '/api/v1/ws']);

/** Milliseconds for a client whose request was refused to end the connection, too. */
const endWithinMs = 3_000;

const upgrades = new WeakSet<IncomingMessage>();

/** Whether a request that asks for an upgrade is to get one. All others are requests like any other (RFC 9110, 7.8). */
export function wantsWebSocket({ method, httpVersion, headers, url = '' }: IncomingMessage): boolean {
  const [path = ''] = originForm(url).split('?', 1);
  const isWebSocket = headers.upgrade?.toLowerCase() === 'websocket';
  return isWebSocket && method === 'GET' && httpVersion === '1.1' && paths.has(path.replace(/\/$/, ''));
}

/** Whether what follows this request is the client's to say: there is nobody who would read another request. */
export function isUpgrade(request: IncomingMessage): boolean {
  return upgrades.has(request);
}

/**
 * A socket that fails is closed, and that is heard of. Not a closure: it would keep request and response for as long as
 * the socket is there.
 */
const ignore = () => undefined;

/** By which a request for an upgrade can be refused like any other; that closes the connection. */
export function createUpgradeResponse(
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
): ServerResponse {
  upgrades.add(request);
  socket.on('error', ignore);
  socket.unshift(head);
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => {
    response.detachSocket(socket);
    // What the client says afterwards goes nowhere; unread, it would keep the connection from ending.
    socket.resume();
    socket.setTimeout(endWithinMs, () => socket.destroy());
    socket.end();
    response.emit('close');
  });
  return response;
}

/** The connection is upgraded: there is no more to answer by this response. */
export function leaveToUpgrade(response: Response): void {
  const { socket } = response;
  response.statusCode = 101;
  response.locals.stream = true;
  if (socket) {
    response.detachSocket(socket);
    // Whose it is now listens itself.
    socket.off('error', ignore);
  }
  response.emit('close');
}
