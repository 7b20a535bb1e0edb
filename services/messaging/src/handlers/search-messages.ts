import { type Handler, implement } from '@natter/bus';
import {
  type ConversationRef,
  type Message as MessageDto,
  NatterError,
  searchMessages,
} from '@natter/contracts';
import { decodeCursor, encodeCursor } from '../domain/cursor.ts';
import { fitPage } from '../domain/fit-page.ts';
import type { MessageSearch, SearchHit } from '../domain/message-search.ts';
import { isFoundBy, searchedWordsOf, termFor } from '../domain/search-terms.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import { viewMessages } from './message-view.ts';
import { maxPageBytes, weigh } from './page-weight.ts';
import type { ReadingServices } from './reading-services.ts';

export interface SearchingServices extends ReadingServices {
  search: MessageSearch;
  /** How many entries can't be found yet. */
  behind: () => Promise<number>;
}

/** Where is searched. */
interface Scope {
  /** No cursor of one scope is good for another. */
  name: string;
  find(terms: readonly string[], limit: number, place: string | undefined): Promise<SearchHit[]>;
  placeOf(hit: SearchHit): string;
}

export function handleSearchMessages(services: SearchingServices): Handler {
  return implement(searchMessages, async ({ callerId, conversation: ref, q, limit, cursor }) => {
    const words = searchedWordsOf(q);
    if (words.length === 0) {
      throw new NatterError('validation_failed', {
        faults: [{ pointer: 'q', message: 'Must have a word' }],
      });
    }
    const scope = ref === undefined ? everywhere(services, callerId) : await within(services, callerId, ref);
    const place = cursor === undefined ? undefined : placeIn(scope, callerId, cursor);
    // Asked before the search: what was sent before it and is not counted is found.
    const behind = await services.behind();
    const found = await scope.find(words.map(termFor), limit + 1, place);
    const hits = found.slice(0, limit);
    const views = await viewHits(services, callerId, hits, words);
    const { end } = fitPage(views.map(weigh), 0, maxPageBytes);
    const messages = views.slice(0, end);
    const last = end < views.length ? hitOf(messages.at(-1)) : found[limit] && hits.at(-1);
    const next = last && encodeCursor('search', callerId, [scope.name, scope.placeOf(last)]);
    return { messages, next: next ?? null, behind };
  });
}

function everywhere({ search }: SearchingServices, callerId: string): Scope {
  return {
    name: 'all',
    find: (terms, limit, before) => search.findForMember(callerId, terms, before, limit),
    placeOf: ({ messageId }) => messageId,
  };
}

/** @throws {NatterError} `user_not_found`, `conversation_not_found`. */
async function within(services: SearchingServices, callerId: string, ref: ConversationRef): Promise<Scope> {
  const { id, seq } = await findVisibleConversation(services, callerId, ref);
  return {
    name: id,
    find: (terms, limit, place) =>
      services.search.findIn(id, terms, Math.min(Number(place ?? Infinity), seq + 1), limit),
    placeOf: (hit) => String(hit.seq),
  };
}

/** @throws {NatterError} `cursor_invalid`. */
function placeIn({ name }: Scope, callerId: string, cursor: string): string {
  const [scope, place = ''] = decodeCursor('search', callerId, cursor);
  if (scope !== name) throw new NatterError('cursor_invalid');
  return place;
}

/** What was found as it is now, without what changed so that it would not be found any more. */
async function viewHits(
  { projections, directory }: SearchingServices,
  callerId: string,
  hits: readonly SearchHit[],
  words: readonly string[],
): Promise<MessageDto[]> {
  const found = await projections.findMessages(hits.map(({ messageId }) => messageId));
  const messages = new Map(found.map((message) => [message.id, message]));
  const current = hits
    .flatMap(({ messageId }) => messages.get(messageId) ?? [])
    .filter(({ content, deleted }) => deleted === null && isFoundBy(content, words));
  return await viewMessages(directory, callerId, current);
}

function hitOf(message: MessageDto | undefined): SearchHit | undefined {
  return message && { messageId: message.id, seq: message.seq };
}
