/**
 * What of an instance goes into a backup. Everything else in the database is a read model and is made anew from the events; a test
 * holds this list against the tables and folders that there are.
 */

/** In an order in which rows can be put back: what is referred to comes first. */
export const KEPT_TABLES = [
  'account',
  'api_token',
  'device',
  'security_log',
  'subject_key',
  'number_taken',
  'list_row_claim',
  'upper_reference',
  'http_idempotency',
  'import_job',
  'import_row',
  'upload',
  'selection_job',
  'selection_row',
  'round_trip',
  'round_trip_row',
  'notification',
  'notification_choice',
  'webhook_endpoint',
  'webhook_secret',
  'outbox',
  'bulletin_draft',
  'checkpoint',
] as const;
export type KeptTable = (typeof KEPT_TABLES)[number];

/** Of these only some rows are kept. */
export const KEPT_ROWS: Readonly<Partial<Record<KeptTable, string>>> = {
  // Where policies stand. Projections start again from the first event.
  checkpoint: "kind = 'policy'",
  // What waited then has gone out since, and a restore sends nothing again; it stays to be read in the application.
  outbox: "state <> 'waiting'",
};

/**
 * What follows from work that was done: it must not be newer than the events, or an answer would be repeated to a client whose events
 * are not in the backup. The others are what events rest on and must not be older than they are.
 */
export const FOLLOWS_EVENTS: ReadonlySet<KeptTable> = new Set<KeptTable>([
  'http_idempotency',
  'import_job',
  'import_row',
  'upload',
  'selection_job',
  'selection_row',
  'round_trip',
  'round_trip_row',
  'notification',
  'outbox',
  'checkpoint',
]);

/** Deliberately not kept, with the reason. */
export const LEFT_OUT_TABLES: Readonly<Record<string, string>> = {
  events: 'read through the port of the event store, which may be another server',
  migration: 'names of the migrations stand in the manifest; a restore makes the schema by running them',
  session: 'people sign in again: a copy of a backup must not hold open doors',
  restored_to: 'says of this instance what it was filled with; a restore says so anew',
  process_beat: 'says which processes live now',
};

/** Other schemas of the database. */
export const LEFT_OUT_SCHEMAS: Readonly<Record<string, string>> = {
  bullmq: 'alarms are armed again from the read models',
  read_models_aside: 'read models that a rebuild under way is making',
  eventstore_double: 'a double that keeps its events in the same database; read through the port',
};

/** Below DATA_DIR: folders are kept with every file in them whose path fits. */
export const KEPT_FILES: readonly Readonly<{ name: string; fits: RegExp }>[] = [
  { name: 'evidence', fits: /^[0-9a-f]{2}\/[0-9a-f]{64}$/ },
  { name: 'imports', fits: /^[0-9a-f-]{36}$/ },
  { name: 'round-trips', fits: /^[0-9a-f-]{36}$/ },
  { name: 'uploads', fits: /^[0-9a-f-]{36}$/ },
  { name: 'scenario.json', fits: /^$/ },
  { name: 'demo-accounts.json', fits: /^$/ },
];

export const LEFT_OUT_FILES: Readonly<Record<string, string>> = {
  'instance.json': 'ports and process ids of this machine; demo or not is told by scenario.json',
  keys: 'the master key goes into a file of its own; the other passwords belong to the inner servers of this machine',
  'evidence-served': 'pictures without their metadata are made anew when they are asked for',
  postgres: 'the tables are read through the server',
  redis: 'alarms are armed again from the read models',
  'large-seed.json': 'how far the loading of a scenario has come: what was loaded is in the backup',
  logs: 'what happened stands in the events and in security_log',
  backups: 'a backup holds no backups',
};
