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
];
