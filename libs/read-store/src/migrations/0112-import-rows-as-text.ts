import { sqlMigration } from './sql-migration';

/**
 * What a row of an import says is made once as JSON and handed on as it is: nobody asks the database what stands in it, and taking it
 * apart and putting it together again cost more than keeping it.
 */
export const ImportRowsAsText0112 = sqlMigration(
  112,
  'ImportRowsAsText',
  `
  alter table import_row alter column content type text using content::text;
  `,
);
