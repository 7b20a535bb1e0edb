import type { Handler } from '@natter/bus';
import { handleAddReaction } from './add-reaction.ts';
import { handleBlockUser } from './block-user.ts';
import { handleCreateConversation } from './create-conversation.ts';
import { handleDeleteMessage } from './delete-message.ts';
import { handleEditMessage } from './edit-message.ts';
import { handleFindAcquaintances } from './find-acquaintances.ts';
import { handleGetConversation } from './get-conversation.ts';
import { handleGetCursorKey } from './get-cursor-key.ts';
import { handleGetMessage } from './get-message.ts';
import { handleListAcquaintances } from './list-acquaintances.ts';
import { handleListBlocks } from './list-blocks.ts';
import { handleListConversations } from './list-conversations.ts';
import { handleListHeads } from './list-heads.ts';
import { handleListMembers } from './list-members.ts';
import { handleListMessages } from './list-messages.ts';
import { handleMarkRead } from './mark-read.ts';
import { handleReadEntries } from './read-entries.ts';
import { handleReadLog } from './read-log.ts';
import { handleRemoveMember } from './remove-member.ts';
import { handleRemoveReaction } from './remove-reaction.ts';
import { handleRenameConversation } from './rename-conversation.ts';
import { handleSearchMessages, type SearchingServices } from './search-messages.ts';
import { handleSendMessage } from './send-message.ts';
import { handleSendTyping, type TypingServices } from './send-typing.ts';
import { handleSetMember } from './set-member.ts';
import { handleSync } from './sync.ts';
import type { SyncingServices } from './syncing-services.ts';
import { handleUnblockUser } from './unblock-user.ts';
import type { WritingServices } from './writing-services.ts';

/** Everything that messaging can be asked. */
export function createHandlers(
  services: SearchingServices & SyncingServices & TypingServices & WritingServices,
): Handler[] {
  return [
    handleAddReaction,
    handleBlockUser,
    handleCreateConversation,
    handleDeleteMessage,
    handleEditMessage,
    handleFindAcquaintances,
    handleGetConversation,
    handleGetCursorKey,
    handleGetMessage,
    handleListAcquaintances,
    handleListBlocks,
    handleListConversations,
    handleListHeads,
    handleListMembers,
    handleListMessages,
    handleMarkRead,
    handleReadEntries,
    handleReadLog,
    handleRemoveMember,
    handleRemoveReaction,
    handleRenameConversation,
    handleSearchMessages,
    handleSendMessage,
    handleSendTyping,
    handleSetMember,
    handleSync,
    handleUnblockUser,
  ].map((handle) => handle(services));
}
