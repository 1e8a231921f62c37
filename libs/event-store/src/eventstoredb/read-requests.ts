import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { AllFilter } from '../event-store.port';

type Options = InstanceType<typeof ReadReq.Options>;

/** Considered events between two checkpoints: this times the server's 32. */
const CHECKPOINT_EVERY = 32;
const FORWARDS = 0;
const BACKWARDS = 1;

const requestWith = (fill: (options: Options) => void): ReadReq => {
  const options = new ReadReq.Options();
  const uuids = new ReadReq.Options.UUIDOption();
  uuids.setString(new Empty());
  options.setUuidOption(uuids);
  options.setResolveLinks(false);
  fill(options);
  const request = new ReadReq();
  request.setOptions(options);
  return request;
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names of the server begin with `$`; the same expression as the client's own helper. */
const NOT_OF_THE_SERVER = '^[^$].*';

/** One kind of filter goes to the server, which takes one alone; the other is applied to what comes back. */
const filterOf = (filter: AllFilter = {}): InstanceType<typeof ReadReq.Options.FilterOptions> => {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  const options = new ReadReq.Options.FilterOptions();
  options.setCount(new Empty());
  options.setCheckpointintervalmultiplier(CHECKPOINT_EVERY);
  if (filter.streamPrefixes !== undefined) {
    expression.setPrefixList([...filter.streamPrefixes]);
    return options.setStreamIdentifier(expression);
  }
  expression.setRegex(filter.eventTypes === undefined ? NOT_OF_THE_SERVER : `^(${filter.eventTypes.map(literal).join('|')})$`);
  return options.setEventType(expression);
};

const fromPosition = (position: bigint): InstanceType<typeof ReadReq.Options.AllOptions> => {
  const all = new ReadReq.Options.AllOptions();
  if (position === 0n) return all.setStart(new Empty());
  const at = new ReadReq.Options.Position();
  at.setCommitPosition(position.toString());
  at.setPreparePosition(position.toString());
  return all.setPosition(at);
};

export const readStreamRequest = (stream: string, from: bigint | 'end', direction: 'forwards' | 'backwards', limit: number): ReadReq =>
  requestWith((options) => {
    const identifier = new StreamIdentifier();
    identifier.setStreamName(new TextEncoder().encode(stream));
    const of = new ReadReq.Options.StreamOptions();
    of.setStreamIdentifier(identifier);
    if (from === 'end') of.setEnd(new Empty());
    else of.setRevision(from.toString());
    options.setStream(of);
    options.setReadDirection(direction === 'forwards' ? FORWARDS : BACKWARDS);
    options.setCount(String(limit));
    options.setNoFilter(new Empty());
  });

/** From a position on, inclusive. */
export const readAllRequest = (from: bigint, limit: number, filter: AllFilter | undefined): ReadReq =>
  requestWith((options) => {
    options.setAll(fromPosition(from));
    options.setReadDirection(FORWARDS);
    options.setCount(String(limit));
    options.setFilter(filterOf(filter));
  });

export const readAllBackwardsRequest = (limit: number): ReadReq =>
  requestWith((options) => {
    options.setAll(new ReadReq.Options.AllOptions().setEnd(new Empty()));
    options.setReadDirection(BACKWARDS);
    options.setCount(String(limit));
    options.setFilter(filterOf());
  });

/** After a position, exclusive. */
export const subscribeToAllRequest = (after: bigint): ReadReq =>
  requestWith((options) => {
    options.setAll(fromPosition(after));
    options.setSubscription(new ReadReq.Options.SubscriptionOptions());
    options.setFilter(filterOf());
  });
