import { contentHash as hashOf } from '@app/documents';
import { CommandRunner, createCodec, EventStore } from '@app/event-store';
import { FindingReader } from '@app/findings';
import { Clock, DomainError, localDateOf, stampOf, type EvidenceId, type Instant } from '@app/kernel';
import { Directory } from '@app/organisation';
import { MasterKey } from '@app/privacy';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IssueNotice, NoticeCommand, NoticeWorld } from '../domain/notice.commands';
import { documentOf } from '../document/notice-document';
import { noticeDecider } from '../domain/notice.decider';
import { NOTICE_EVENT_TYPES } from '../domain/notice.event-types';
import type { NoticeIssued } from '../domain/notice.events';
import type { NoticeId } from '../domain/notice.types';
import { HandleNotice, type NoticeAck, type NoticeIntent } from './handle-notice';
import { NoticeAddresses } from './notice-addresses';
import { NoticeDrafts, type NoticeDraft } from './notice-drafts';
import { NoticeNumbers } from './notice-numbers';
import { annexed, NoticePhotos, type PrintedPhoto } from './notice-photos';
import { noticeStream } from './notice-stream';

/** Stands in for the number while it is only looked at whether the notice could be issued. */
const NO_NUMBER = '';
/** Characters of the hash in the QR code: enough that no other content has them. */
const HASH_IN_ADDRESS = 32;
const OPAQUE_LENGTH = 32;
const UNSEALED = { contentHash: '', opaque: '', address: '', rung: null } as const;
const codec = createCodec(NOTICE_EVENT_TYPES);

@CommandHandler(HandleNotice)
export class NoticeCommandHandler implements ICommandHandler<HandleNotice> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(NoticeDrafts) private readonly drafts: NoticeDrafts,
    @Inject(NoticePhotos) private readonly photos: NoticePhotos,
    @Inject(NoticeNumbers) private readonly numbers: NoticeNumbers,
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(MasterKey) private readonly master: MasterKey,
    @Inject(NoticeAddresses) private readonly addresses: NoticeAddresses,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(request: HandleNotice): Promise<NoticeAck> {
    const { noticeId, intent, options } = request;
    if (intent.type === 'IssueNotice') return this.issue(request, intent);
    const [view, at] = [await this.directory.view(), this.clock.now()];
    const world = { succession: view.succession(), managingOffice: view.managingOffice()?.id ?? null };
    const data = await this.dataOf(noticeId, intent, at);
    return this.run(request, { ...data, by: options.by, at, on: localDateOf(at), world }, null);
  }

  /** Refuses before it takes a number, so that a series has no gaps but those of a crash. */
  private async issue(request: HandleNotice, intent: Extract<NoticeIntent, { type: 'IssueNotice' }>): Promise<NoticeAck> {
    const { noticeId, options } = request;
    const known = await this.issuedBefore(noticeId);
    if (known !== null) return this.run(request, await this.again(known, request), known.number);
    const draft = await this.drafts.of(intent.data, options.by);
    const commandFor = (issued: IssueNotice['data']['issued']): IssueNotice => ({
      type: 'IssueNotice',
      data: { issued: { ...issued, rung: intent.rung ?? null }, legs: draft.legs, photos: draft.photos },
      by: options.by,
      at: draft.at,
      on: draft.on,
      world: draft.world,
    });
    noticeDecider.decide(commandFor({ noticeId, number: NO_NUMBER, ...draft.content, ...UNSEALED }), noticeDecider.initial);
    const printed = await this.photos.print(draft.photos);
    await this.photos.keep(printed);
    const { kind, issuedOn } = draft.content;
    const number = await this.numbers.take(kind, issuedOn, options.commandId, noticeId);
    try {
      const ack = await this.run(request, commandFor(this.sealed(noticeId, draft, number, printed)), number);
      await this.numbers.settle(kind, issuedOn, options.commandId, 'used');
      return ack;
    } catch (error) {
      if (error instanceof DomainError) await this.numbers.settle(kind, issuedOn, options.commandId, 'void', error.code);
      throw error;
    }
  }

  private sealed(noticeId: NoticeId, draft: NoticeDraft, number: string, printed: readonly PrintedPhoto[]) {
    const content = { noticeId, number, ...draft.content, ...annexed(printed) };
    const pictures = printed.map(({ bytes }) => bytes);
    const contentHash = hashOf(documentOf({ ...content, ...UNSEALED, at: draft.at }, { copy: 'unit' }, pictures));
    const opaque = this.master.fingerprint('notice', Buffer.from(noticeId)).slice(0, OPAQUE_LENGTH);
    return {
      ...content,
      rung: null,
      contentHash,
      opaque,
      address: this.addresses.of(`/n/${opaque}?h=${contentHash.slice(0, HASH_IN_ADDRESS)}`),
    };
  }

  /** What was issued under this id, from the first event of the stream, which never changes. */
  private async issuedBefore(noticeId: NoticeId): Promise<NoticeIssued['data'] | null> {
    const [first] = await this.store.readStream(noticeStream(noticeId), 0n, 1);
    if (first === undefined) return null;
    const event = codec.decode(first);
    return event.type === 'NoticeIssued' ? (event.data as NoticeIssued['data']) : null;
  }

  /** The same command gets its first answer, another one on this id its refusal; neither looks at the findings again. */
  private async again({ at, on, by, ...issued }: NoticeIssued['data'], { options }: HandleNotice): Promise<IssueNotice> {
    const view = await this.directory.view();
    const world: NoticeWorld = { succession: view.succession(), managingOffice: view.managingOffice()?.id ?? null };
    await this.numbers.settle(issued.kind, issued.issuedOn, options.commandId, 'used');
    return { type: 'IssueNotice', data: { issued, legs: [], photos: [] }, by: { ...by, roles: options.by.roles }, at, on, world };
  }

  private async dataOf(
    noticeId: NoticeId,
    intent: Exclude<NoticeIntent, { type: 'IssueNotice' }>,
    at: Instant,
  ): Promise<Pick<Exclude<NoticeCommand, IssueNotice>, 'type' | 'data'>> {
    switch (intent.type) {
      case 'DeliverNotice':
        return { type: intent.type, data: { ...intent.data, deliveredAt: intent.data.deliveredAt ?? at } };
      case 'SignForNotice':
        return { type: intent.type, data: {} };
      case 'ReplyToNotice':
        return { type: intent.type, data: { ...intent.data, known: await this.evidenceOn(noticeId) } };
      default:
        return intent;
    }
  }

  /** Evidence of the findings on the notice that was not taken away. */
  private async evidenceOn(noticeId: NoticeId): Promise<readonly EvidenceId[]> {
    const known: EvidenceId[] = [];
    for (const { findingId } of (await this.issuedBefore(noticeId))?.rows ?? []) {
      const { state } = await this.findings.load(findingId);
      if (state.phase !== 'absent')
        known.push(...Object.values(state.core.evidence).flatMap((file) => (file.removed ? [] : [file.evidenceId])));
    }
    return known;
  }

  private async run(
    { noticeId, options }: HandleNotice,
    command: Pick<NoticeCommand, 'type' | 'data' | 'by' | 'at' | 'on' | 'world'>,
    number: string | null,
  ): Promise<NoticeAck> {
    const { at, on, by } = command;
    const ack = await this.runner.run({
      stream: noticeStream(noticeId),
      decider: noticeDecider,
      types: NOTICE_EVENT_TYPES,
      // Type and data are of one member of the union; taking it apart loses that, the value does not.
      command: command as NoticeCommand,
      commandId: options.commandId,
      expected: options.expected,
      act: { at, on, by: stampOf(by) },
      causationId: options.causationId,
    });
    return { ...ack, noticeId, number };
  }
}
