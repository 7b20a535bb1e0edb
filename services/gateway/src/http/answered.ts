import type { ServerResponse } from 'node:http';

/** Of a response: from now on it is a stream. */
const streaming = 'natter:streaming';

/** The answer has begun and goes on for as long as the client likes: nobody is to wait for its end. */
export function becomeStream(response: ServerResponse): void {
  response.emit(streaming);
}

/** Tells, once, that the answer was given, or the client went away; a stream is answered when it begins. */
export function onceAnswered(response: ServerResponse, tell: () => void): void {
  let told = false;
  const tellOnce = () => {
    if (told) return;
    told = true;
    tell();
  };
  response.on('close', tellOnce).on(streaming, tellOnce);
}
