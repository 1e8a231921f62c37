import { sqlMigration } from './sql-migration';

/** Which finding bears an upper level's number (R23). Not a read model: it is claimed before the event, so that two filings cannot both win. */
export const UpperReference0084 = sqlMigration(
  84,
  'UpperReference',
  `
  CREATE TABLE upper_reference (
    authority text NOT NULL,
    batch text NOT NULL,
    number text NOT NULL,
    finding_id uuid NOT NULL,
    PRIMARY KEY (authority, batch, number)
  );
  `,
);
