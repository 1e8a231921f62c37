import type { ListId } from '@app/kernel';
import { listDecider } from '../domain/list.decider';
import { LIST_EVENT_TYPES } from '../domain/list.event-types';

/** How the runner finds and folds a list. */
export const listStream = (listId: ListId) => ({ stream: `list-${listId}`, decider: listDecider, types: LIST_EVENT_TYPES }) as const;
