import { APPEND_UNCHANGED } from '@app/event-store';
import { sqlMigration } from './sql-migration';

export const AppendUnchanged0128 = sqlMigration(128, 'append-unchanged', APPEND_UNCHANGED);
