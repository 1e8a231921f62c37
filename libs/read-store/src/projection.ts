import type { RecordedEvent } from '@app/event-store';
import type { EntityManager } from 'typeorm';

/** The transaction that rows and checkpoint share. */
export type Tx = Pick<EntityManager, 'query'>;
/** What is asked of it. */
export type Asked = readonly [sql: string, params: readonly unknown[]];

/**
 * A read model: which events it wants and what one event changes. Rows and checkpoint move in one transaction,
 * which several share at the same time.
 * `apply` must be a function of the event and of this read model's own rows alone, so that a rebuild gives the same rows.
 */
export interface Projection {
  /** Stable; names the checkpoint. */
  readonly name: string;
  /** Bump to rebuild from scratch at the next start. */
  readonly version: number;
  /** Stored event types this projection applies; derive it from the union with `satisfies Record<…['type'], boolean>`. */
  readonly handles: readonly string[];
  /** Tables owned by this read model: truncated before a rebuild, compared in the rebuild test. */
  readonly tables: readonly string[];
  /** Events arrive decoded to their current version, in order, each exactly once. A batch shares one transaction. */
  apply(events: readonly RecordedEvent[], tx: Tx): Promise<void>;
}

/**
 * A reaction to stored events that sends commands. At least once: the command id must follow from the event id
 * (`idFrom(event.id, name, …)`), so that a repeated reaction changes nothing.
 */
export interface Policy {
  readonly name: string;
  readonly handles: readonly string[];
  react(event: RecordedEvent): Promise<void>;
}
