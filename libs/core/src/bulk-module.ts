import { findingsInBulk } from '@app/findings';
import type { BulkModule } from '@app/read-store';
import { CODEC } from './event-types';

/** What the threads of a rebuild load: nothing here may start anything. */
const MODULE: BulkModule = { bulk: [findingsInBulk], codec: CODEC };

export const { bulk, codec } = MODULE;
