import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { eventFilter, UnsupportedPattern, type EventFilter } from '../engine/event-filter';
import { unresolved, type Resolved, type Visible } from '../engine/reader';
import { ALL, LINK_TYPE } from '../engine/stream-names';
import { DEFAULT_SEARCH_WINDOW, StreamIsDeleted, type AllSubscription, type SubscriptionItem } from '../engine/subscriptions';
import type { LogRecord } from '../storage/log-storage';
import { faultBefore, type CallTools } from './call-kit';
import { accessDenied, invalidArgument, streamDeleted, unauthenticated, unavailable } from './errors';
import { atOrAfter, atOrBefore, before } from './position';
import { CallIsOver, ReadCall } from './read-call';
import {
  CAUGHT_UP,
  encodeCheckpoint,
  encodeConfirmation,
  encodeEvent,
  encodeLastPosition,
  encodeNotFound,
  type UuidForm,
} from './read-codec';

const PAGE = 256;
/** Greater than every position and revision. */
const END = 2n ** 63n - 1n;

class InvalidRead extends Error {}

type Options = ReadReq.Options;

const countOf = (options: Options): bigint => BigInt(options.getCount());
const uuidForm = (options: Options): UuidForm => (options.getUuidOption()?.hasString() === true ? 'string' : 'structured');
const isBackwards = (options: Options): boolean => options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;

const capped = (value: string): bigint => {
  const number = BigInt(value);
  return number > END ? END : number;
};

const filterOf = (options: Options): Readonly<{ matches: EventFilter; checkpointInterval: number }> | null => {
  const filter = options.getFilter();
  if (filter === undefined) return null;
  const on = filter.hasEventType() ? 'type' : 'stream';
  const expression = filter.hasEventType() ? filter.getEventType() : filter.getStreamIdentifier();
  if (expression === undefined) throw new InvalidRead('a filter without an expression');
  const window = filter.hasMax() ? filter.getMax() : DEFAULT_SEARCH_WINDOW;
  const matches = eventFilter({ on, regex: expression.getRegex(), prefixes: expression.getPrefixList() });
  return { matches, checkpointInterval: window * filter.getCheckpointintervalmultiplier() };
};

const resolveLinks = async (tools: CallTools, records: readonly LogRecord[], wanted: boolean): Promise<readonly Resolved[]> =>
  wanted && records.some(({ type }) => type === LINK_TYPE) ? tools.engine.reader.resolve(records) : records.map(unresolved);

const sendAll = async (call: ReadCall, events: readonly Resolved[], form: UuidForm): Promise<void> => {
  for (const event of events) {
    const wait = call.send(encodeEvent(event, form));
    if (wait !== null) await wait;
  }
};

type StreamPart =
  Exclude<Visible, { kind: 'there' }> | Readonly<{ kind: 'page'; events: readonly Resolved[]; next: bigint | null; last: bigint }>;

/** Read while the page before is being sent; when that fails nobody asks for it any more. */
const early = <T>(page: Promise<T>): Promise<T> => {
  page.catch(() => undefined);
  return page;
};

const readStream = async (call: ReadCall, tools: CallTools, options: Options): Promise<void> => {
  const from = options.getStream();
  const stream = streamName(options);
  const { reader } = tools.engine;
  const form = uuidForm(options);
  const backwards = isBackwards(options);
  const start = from?.hasRevision() === true ? capped(from.getRevision()) : from?.hasEnd() === true ? END : 0n;
  let wanted = countOf(options);
  const pageFrom = async (from: bigint): Promise<StreamPart> => {
    const there = await reader.visible(stream);
    if (there.kind !== 'there') return there;
    const limit = wanted < BigInt(PAGE) ? Number(wanted) : PAGE;
    const page = await reader[backwards ? 'backwards' : 'forwards'](stream, there, from, limit);
    return { kind: 'page', next: page.next, last: there.last, events: await resolveLinks(tools, page.records, options.getResolveLinks()) };
  };
  let ahead = wanted === 0n ? null : early(pageFrom(start));
  while (ahead !== null) {
    const part: StreamPart = await ahead;
    if (part.kind === 'deleted') {
      call.fail(streamDeleted(stream));
      return;
    }
    if (part.kind === 'not-found') {
      await call.send(encodeNotFound(stream));
      break;
    }
    wanted -= BigInt(part.events.length);
    ahead = part.next === null || wanted === 0n ? null : early(pageFrom(part.next));
    await sendAll(call, part.events, form);
    if (part.next === null && (options.getControlOption()?.getCompatibility() ?? 0) >= 1) await call.send(encodeLastPosition(part.last));
  }
  call.end();
};

const readAll = async (call: ReadCall, tools: CallTools, options: Options): Promise<void> => {
  const { storage } = tools.engine;
  const all = options.getAll();
  const form = uuidForm(options);
  const backwards = isBackwards(options);
  const filter = filterOf(options);
  const given = all?.getPosition()?.getCommitPosition();
  const from = given === undefined ? (all?.hasEnd() === true ? END : 0n) : capped(given);
  let wanted = countOf(options);
  const limit = filter === null && wanted < BigInt(PAGE) ? Number(wanted) : PAGE;
  const pageFrom = (position: bigint): Promise<readonly LogRecord[]> =>
    early(backwards ? storage.readAllBackwards(position, limit) : storage.readAll(position, limit));
  let ahead = wanted === 0n ? null : pageFrom(backwards ? atOrAfter(from) : before(from));
  while (ahead !== null) {
    const records: readonly LogRecord[] = await ahead;
    const matching = filter === null ? records : records.filter(filter.matches);
    const shown = BigInt(matching.length) > wanted ? matching.slice(0, Number(wanted)) : matching;
    wanted -= BigInt(shown.length);
    const last = records.at(-1);
    ahead = last === undefined || records.length < limit || wanted === 0n ? null : pageFrom(last.position);
    await sendAll(call, await resolveLinks(tools, shown, options.getResolveLinks()), form);
  }
  call.end();
};

const sendItems = async (call: ReadCall, items: readonly SubscriptionItem[], form: UuidForm): Promise<void> => {
  for (const item of items) {
    const wait = call.send(encodeItem(item, form));
    if (wait !== null) await wait;
  }
};

const encodeItem = (item: SubscriptionItem, form: UuidForm): Buffer => {
  switch (item.kind) {
    case 'event':
      return encodeEvent(item, form);
    case 'checkpoint':
      return encodeCheckpoint(item.position);
    case 'caught-up':
      return CAUGHT_UP;
  }
};

const streamSubscription = (call: ReadCall, tools: CallTools, options: Options): Promise<AsyncGenerator<readonly SubscriptionItem[]>> => {
  const from = options.getStream();
  const after = from?.hasRevision() === true ? capped(from.getRevision()) : from?.hasEnd() === true ? 'end' : -1n;
  return tools.engine.subscribeToStream(
    streamName(options),
    { after: after === END ? 'end' : after, resolveLinks: options.getResolveLinks() },
    call.signal,
  );
};

const allSubscription = (call: ReadCall, tools: CallTools, options: Options): Promise<AsyncGenerator<readonly SubscriptionItem[]>> => {
  const all = options.getAll();
  const filter = filterOf(options);
  if (filter?.checkpointInterval === 0) throw new InvalidRead('a checkpoint interval of 0');
  const given = all?.getPosition()?.getCommitPosition();
  const position = given === undefined ? (all?.hasEnd() === true ? END : 0n) : capped(given);
  const subscription: AllSubscription = {
    after: position === END ? 'end' : atOrBefore(position),
    resolveLinks: options.getResolveLinks(),
    filter,
  };
  return tools.engine.subscribeToAll(subscription, call.signal);
};

const subscribe = async (call: ReadCall, tools: CallTools, options: Options): Promise<void> => {
  if (isBackwards(options)) throw new InvalidRead('a subscription goes forwards');
  const form = uuidForm(options);
  const items = await (options.hasStream() ? streamSubscription : allSubscription)(call, tools, options);
  await call.send(encodeConfirmation(randomUUID()));
  for await (const some of items) await sendItems(call, some, form);
  call.end();
};

const streamName = (options: Options): string => {
  const name = options.getStream()?.getStreamIdentifier()?.getStreamName_asU8();
  if (name === undefined || name.length === 0) throw new InvalidRead('no stream');
  return Buffer.from(name).toString('utf8');
};

const serve = async (call: ReadCall, tools: CallTools, options: Options | undefined): Promise<void> => {
  if (options === undefined || options.hasStream() === options.hasAll()) throw new InvalidRead('neither a stream nor $all');
  if (options.hasStream() && options.hasFilter()) throw new InvalidRead('a stream cannot be filtered');
  const caller = tools.authenticate(call.call.metadata);
  if (caller === null) {
    call.fail(unauthenticated());
    return;
  }
  await tools.engine.ready();
  const what = options.hasSubscription() ? 'subscription' : options.hasAll() ? 'all' : 'stream';
  const fault = faultBefore(tools.faults.beforeRead(what), tools, call.call.getHost());
  if (fault === 'silent') return;
  if (fault !== null) {
    call.fail(fault);
    return;
  }
  if (!(await tools.engine.allows(caller, 'read', options.hasAll() ? ALL : streamName(options)))) {
    call.fail(accessDenied());
    return;
  }
  if (what === 'subscription') await subscribe(call, tools, options);
  else await (what === 'all' ? readAll : readStream)(call, tools, options);
};

/** Read: a stream or $all, once or followed. */
export const read =
  (tools: CallTools) =>
  (wire: ServerWritableStream<ReadReq, Buffer>): void => {
    const call = new ReadCall(wire, tools);
    serve(call, tools, wire.request.getOptions()).catch((error: unknown) => {
      if (error instanceof CallIsOver) return;
      if (error instanceof StreamIsDeleted) call.fail(streamDeleted(error.stream));
      else if (error instanceof InvalidRead) call.fail(invalidArgument(error.message));
      else if (error instanceof UnsupportedPattern) call.fail(invalidArgument(`the pattern cannot be read here: ${error.message}`));
      else call.fail(unavailable());
    });
  };
