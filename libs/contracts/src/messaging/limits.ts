/** Different emoji among the reactions to one message. */
export const maxReactionKinds = 20;

/** Members whom one message mentions. */
export const maxMentions = 50;
