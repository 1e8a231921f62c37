import { EVENT_STORE_SCHEMA } from '@app/event-store';
import { sqlMigration } from './sql-migration';

export const EventStore0001 = sqlMigration(1, 'event-store', EVENT_STORE_SCHEMA);
