import type { RungAnswered, RungIssued } from '@app/escalation';
import { EventStore, type RecordedEvent } from '@app/event-store';
import { FINDING_EVENT_TYPES, FindingReader, findingIdOf, type FindingEvent } from '@app/findings';
import { Clock, instantFromMs, msOf, type Instant, type PersonId } from '@app/kernel';
import { Directory } from '@app/organisation';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import type { News } from '../domain/news';
import { Announcer } from './announcer';
import { FINDING_NEWS, newsOfFinding } from './finding-news';
import { newsOfOthers, OTHER_NEWS, type OtherEvent } from './other-news';

/** What is older is no news: an instance that reads its history for the first time, or again, tells nobody of it. */
const NEWS_FOR_MS = 14 * 24 * 3_600_000;
type DeadlineApproached = Extract<FindingEvent, { type: 'DeadlineApproached' }>;

/** A reminder that is read after its due time, as after an outage, would be untrue; that it was missed has an event of its own. */
const isOver = ({ type, data }: RecordedEvent, now: Instant): boolean =>
  type === 'DeadlineApproached' && (data as DeadlineApproached['data']).dueAt <= now;

/** Turns stored events into messages to people: each person once for each event, however often the event comes. */
@Injectable()
export class NotificationPolicy implements Policy {
  readonly name = 'notifications';
  readonly handles: readonly string[] = [...FINDING_NEWS, ...OTHER_NEWS];

  constructor(
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const { recordedAt, actor } = event.metadata;
    const now = this.clock.now();
    if (recordedAt < instantFromMs(msOf(now) - NEWS_FOR_MS) || isOver(event, now)) return;
    const news = await this.newsOf(event);
    if (news.length === 0) return;
    const doneBy: PersonId = actor;
    await this.announcer.tell({ eventId: event.id, at: recordedAt, position: event.position, doneBy, news });
  }

  private async newsOf(stored: RecordedEvent): Promise<readonly News[]> {
    const view = await this.directory.view();
    const unitName = (id: Parameters<typeof view.unit>[0]): string => view.unit(id)?.name ?? id;
    const officeId = view.managingOffice()?.id ?? null;
    if (!(stored.type in FINDING_EVENT_TYPES)) {
      const event = { type: stored.type, data: stored.data } as OtherEvent;
      const issuer = event.type === 'RungAnswered' ? await this.issuerOf(event, stored) : null;
      return newsOfOthers(event, { stream: stored.stream, officeId, unitName, issuer });
    }
    const findingId = findingIdOf(stored.stream);
    const { state } = await this.findings.load(findingId);
    if (state.phase === 'absent') return [];
    const event = { type: stored.type, data: stored.data } as FindingEvent;
    return newsOfFinding(event, {
      path: `/findings/${findingId}`,
      state,
      officeId,
      unitName,
      kindOf: (id) => view.unit(view.currentOf(id))?.kind,
    });
  }

  /** Whoever issued the rung that is answered; it stands before the answer in its stream. */
  private async issuerOf({ data: { rung, dueAt } }: RungAnswered, { stream, revision }: RecordedEvent): Promise<PersonId | null> {
    const before = await this.store.readStream(stream, 0n, Number(revision));
    const issued = before.findLast(({ type, data }) => {
      const of = data as RungIssued['data'];
      return type === 'RungIssued' && of.rung === rung && of.dueAt === dueAt;
    });
    return issued?.metadata.actor ?? null;
  }
}
