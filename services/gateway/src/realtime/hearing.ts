/** Where pushes are heard. */
export interface Hearing {
  addConversation(conversationId: string): void;
  removeConversation(conversationId: string): void;
  addUser(userId: string): void;
  removeUser(userId: string): void;
  /** Resolves when all that was added is heard. @throws {NatterError} `service_unavailable`. */
  settled(): Promise<void>;
  /** Whether anything is heard just now. */
  readonly connected: boolean;
}
