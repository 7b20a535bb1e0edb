import type { Route } from '../../http/define-route.ts';

/** A frame by which a client asks for the same as by a route. */
export interface Command {
  readonly type: string;
  readonly route: Route;
}

/** Which route, by its id, each command stands for. */
const routeIds = { send: 'sendMessage', read: 'markRead', typing: 'sendTyping' } as const;

/** The commands of a WebSocket, from the routes of the API. */
export function commandsOf(routes: readonly Route[]): Command[] {
  return Object.entries(routeIds).map(([type, id]) => {
    const route = routes.find((one) => one.id === id);
    if (route === undefined) throw new Error(`There is no route ${id}`);
    return { type, route };
  });
}
