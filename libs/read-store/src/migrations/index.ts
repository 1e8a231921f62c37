import { EventStore0001 } from './0001-event-store';
import { Checkpoints0002 } from './0002-checkpoints';
import { Organisation0010 } from './0010-organisation';
import { Identity0020 } from './0020-identity';
import { Findings0030 } from './0030-findings';
import { Placeholders0038 } from './0038-placeholders';
import { Figures0040 } from './0040-figures';
import { FigureBasis0041 } from './0041-figure-basis';
import { FigureChanges0046 } from './0046-figure-changes';
import { NumberRegister0050 } from './0050-number-register';
import { Lists0051 } from './0051-lists';
import { Calendar0070 } from './0070-calendar';
import { Deadlines0075 } from './0075-deadlines';
import { CalendarEvent0076 } from './0076-calendar-event';
import { SubjectKeys0080 } from './0080-subject-keys';
import { HttpIdempotency0083 } from './0083-http-idempotency';
import { UpperReference0084 } from './0084-upper-reference';
import { Imports0060 } from './0060-imports';
import { Inspections0090 } from './0090-inspections';
import { DevicesAndUploads0091 } from './0091-devices-and-uploads';
import { FindingNeighbours0095 } from './0095-finding-neighbours';
import { ReaderAnchors0096 } from './0096-reader-anchors';
import { ProcessBeats0097 } from './0097-process-beats';
import { RoundTrips0102 } from './0102-round-trips';
import { CarryOvers0103 } from './0103-carry-overs';
import { ImportsAtSize0104 } from './0104-imports-at-size';
import { Selections0100 } from './0100-selections';
import { ListsAtSize0107 } from './0107-lists-at-size';
import { ListsById0110 } from './0110-lists-by-id';
import { HourlyReminders0114 } from './0114-hourly-reminders';
import { CalendarProposals0115 } from './0115-calendar-proposals';
import { ImportRowsAsText0112 } from './0112-import-rows-as-text';
import { HttpIdempotencyAtSpeed0113 } from './0113-http-idempotency-at-speed';
import { Ladder0116 } from './0116-ladder';
import { Supervision0118 } from './0118-supervision';
import { Examinations0119 } from './0119-examinations';
import { Notices0120 } from './0120-notices';
import { Notifications0124 } from './0124-notifications';
import { FoldsAsTold0130 } from './0130-folds-as-told';
import { ShorterPendingLists0134 } from './0134-shorter-pending-lists';
import { TakeNumbers0135 } from './0135-take-numbers';
import { MailConfirmation0140 } from './0140-mail-confirmation';
import { BulletinDrafts0136 } from './0136-bulletin-drafts';
import { Bulletins0122 } from './0122-bulletins';
import { AppendUnchanged0128 } from './0128-append-unchanged';
import { ClocksByCalendar0129 } from './0129-clocks-by-calendar';
import type { MigrationClass } from './sql-migration';

/** Every migration, by number. Ranges: 0001 stores, 0010 organisation, 0020 identity, 0030 findings and placeholders, 0040 figures, 0050 lists, 0060 imports, 0070 calendar and rules, 0080 keys, evidence, numbers, 0090 inspections, devices, uploads. */
export const MIGRATIONS: readonly MigrationClass[] = [
  EventStore0001,
  Checkpoints0002,
  Organisation0010,
  Identity0020,
  Findings0030,
  Placeholders0038,
  Figures0040,
  FigureBasis0041,
  FigureChanges0046,
  NumberRegister0050,
  Lists0051,
  Calendar0070,
  Deadlines0075,
  CalendarEvent0076,
  SubjectKeys0080,
  HttpIdempotency0083,
  UpperReference0084,
  Imports0060,
  Inspections0090,
  DevicesAndUploads0091,
  FindingNeighbours0095,
  ReaderAnchors0096,
  ProcessBeats0097,
  Selections0100,
  RoundTrips0102,
  CarryOvers0103,
  ImportsAtSize0104,
  ListsAtSize0107,
  ListsById0110,
  ImportRowsAsText0112,
  HttpIdempotencyAtSpeed0113,
  HourlyReminders0114,
  CalendarProposals0115,
  Ladder0116,
  Supervision0118,
  Examinations0119,
  Notices0120,
  Notifications0124,
  Bulletins0122,
  AppendUnchanged0128,
  ClocksByCalendar0129,
  FoldsAsTold0130,
  ShorterPendingLists0134,
  TakeNumbers0135,
  BulletinDrafts0136,
  MailConfirmation0140,
];
