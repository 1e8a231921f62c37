import type { RungIssued, RungsIssuedTogether } from '@app/escalation';
import type { RecordedEvent } from '@app/event-store';
import { idFrom, type Actor, type CommandId } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { HandleNotice } from '../application/handle-notice';
import type { NoticeRequest } from '../application/notice-drafts';
import type { NoticeId, NoticeKind, NoticeReference } from '../domain/notice.types';
import { NoticeQueries } from '../read-models/notice.queries';

/** Rungs that go out as documents; 约谈 and 挂牌 have their own. */
const KINDS: Readonly<Partial<Record<RungIssued['data']['rung'], NoticeKind>>> = {
  urging: 'urging-notice',
  'supervision-letter': 'supervision-letter',
};

/** Whom a rung is addressed to beside the unit, as it is written under 抄送. */
const copiesOf = ({ addressees }: Pick<RungIssued['data'], 'addressees'>, view: DirectoryView): readonly string[] =>
  addressees.flatMap(({ kind, unitId, personId }) => {
    const unit = view.unit(unitId)?.name ?? unitId;
    const name = personId === null ? '' : (view.person(personId)?.name ?? '');
    switch (kind) {
      case 'unit':
        return [];
      case 'unit-head':
        return [`${unit}主要负责人${name}`];
      case 'leader':
        return [`${unit}包联领导${name}`];
    }
  });

/** What goes out as one document: a rung alone, or several of one unit. */
type Going = Pick<RungsIssuedTogether['data'], 'unitId' | 'rungs' | 'addressees' | 'text' | 'replyBy' | 'by'> &
  Readonly<{ kind: NoticeKind }>;

const goingOut = (stored: RecordedEvent): Going | null => {
  const event = { type: stored.type, data: stored.data } as RungIssued | RungsIssuedTogether;
  const kind = KINDS[event.data.rung];
  if (kind === undefined) return null;
  if (event.type === 'RungsIssuedTogether') return { ...event.data, kind };
  const { findingId, legId, dueAt, togetherId } = event.data;
  return togetherId === undefined ? { ...event.data, kind, rungs: [{ findingId, legId, dueAt }] } : null;
};

/** 催办通知 and 督办函: what somebody issued on the ladder goes out as a document, once; several of one unit together where they chose so. */
@Injectable()
export class RungNoticesPolicy implements Policy {
  readonly name = 'rung-notices';
  readonly handles: readonly string[] = ['RungIssued', 'RungsIssuedTogether'] satisfies readonly (
    RungIssued | RungsIssuedTogether
  )['type'][];

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(NoticeQueries) private readonly notices: NoticeQueries,
  ) {}

  async react(stored: RecordedEvent): Promise<void> {
    const going = goingOut(stored);
    const [first] = going?.rungs ?? [];
    if (going === null || first === undefined) return;
    const { kind, unitId, rungs, text, replyBy, by } = going;
    const view = await this.directory.view();
    const request: NoticeRequest = {
      kind,
      unitId,
      legs: rungs.map(({ findingId, legId, dueAt }) => ({ findingId, legId, requirement: null, dueAt })),
      text,
      inspectors: [],
      inspectedFrom: null,
      inspectedTo: null,
      feedbackBy: replyBy,
      feedback: null,
      recheck: null,
      signer: by.personId,
      copies: [...new Set(copiesOf(going, view))],
      photos: [],
      corrects: null,
      follows: await this.latestOfAll(rungs),
    };
    const issuer: Actor = { ...by, roles: ['system'] };
    const noticeId = idFrom(stored.id, 'notice') as NoticeId;
    const commandId = idFrom(stored.id, this.name) as CommandId;
    const intent = { type: 'IssueNotice', data: request, rung: { eventId: stored.id, findingId: first.findingId } } as const;
    await this.bus.execute(new HandleNotice(noticeId, intent, { commandId, by: issuer, causationId: stored.id }));
  }

  /** The notice before it, where all of them stood on the same one. */
  private async latestOfAll(rungs: Going['rungs']): Promise<NoticeReference | null> {
    const before: (NoticeReference | null)[] = [];
    for (const { findingId, legId } of rungs) before.push(await this.notices.latestOn(findingId, legId));
    const [first = null] = before;
    return before.every((one) => one?.noticeId === first?.noticeId) ? first : null;
  }
}
