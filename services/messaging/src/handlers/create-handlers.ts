import type { Handler } from '@natter/bus';
import { handleAddReaction } from './add-reaction.ts';
import { handleBlockUser } from './block-user.ts';
import { handleCreateConversation } from './create-conversation.ts';
import { handleDeleteMessage } from './delete-message.ts';
import { handleEditMessage } from './edit-message.ts';
import { handleFindAcquaintances } from './find-acquaintances.ts';
import { handleGetConversation } from './get-conversation.ts';
import { handleGetMessage } from './get-message.ts';
import { handleListAcquaintances } from './list-acquaintances.ts';
import { handleListBlocks } from './list-blocks.ts';
import { handleListConversations } from './list-conversations.ts';
import { handleListMembers } from './list-members.ts';
import { handleListMessages } from './list-messages.ts';
import { handleMarkRead } from './mark-read.ts';
import { handleReadLog } from './read-log.ts';
import { handleRemoveMember } from './remove-member.ts';
import { handleRemoveReaction } from './remove-reaction.ts';
import { handleRenameConversation } from './rename-conversation.ts';
import { handleSearchMessages, type SearchingServices } from './search-messages.ts';
import { handleSendMessage } from './send-message.ts';
import { handleSendTyping, type TypingServices } from './send-typing.ts';
import { handleSetMember } from './set-member.ts';
import { handleUnblockUser } from './unblock-user.ts';
import type { WritingServices } from './writing-services.ts';

/** Everything that messaging can be asked. */
export function createHandlers(services: SearchingServices & WritingServices & TypingServices): Handler[] {
  return [
    handleAddReaction,
    handleBlockUser,
    handleCreateConversation,
    handleDeleteMessage,
    handleEditMessage,
    handleFindAcquaintances,
    handleGetConversation,
    handleGetMessage,
    handleListAcquaintances,
    handleListBlocks,
    handleListConversations,
    handleListMembers,
    handleListMessages,
    handleMarkRead,
    handleReadLog,
    handleRemoveMember,
    handleRemoveReaction,
    handleRenameConversation,
    handleSearchMessages,
    handleSendMessage,
    handleSendTyping,
    handleSetMember,
    handleUnblockUser,
  ].map((handle) => handle(services));
}
