import type { RecordedEvent } from '@app/event-store';
import type { FindingEvent } from '../../domain/finding.events';
import type { FindingState } from '../../domain/finding.state';

/** An event of a finding, and the state that it leaves the finding in. */
export type Told = Readonly<{ recorded: RecordedEvent; event: FindingEvent; state: FindingState }>;
