/**
 * Writers take this transaction lock before they draw positions. PostgreSQL makes a commit visible before it releases
 * the committer's locks, so whoever sees an event sees every event with a lower position.
 */
export const COMMIT_ORDER_LOCK = 7_101_500_001;

/** Channel on which a commit tells its highest position. */
export const EVENTS_CHANNEL = 'events_appended';

/** How an expected revision travels to `append_events`; revisions from 0 stand for themselves. */
export const EXPECT = { noStream: -1, any: -2, streamExists: -4 } as const;

/** Table, guards and the append function; run once by the first migration. */
export const EVENT_STORE_SCHEMA = `
create table events (
  "position" bigint primary key,
  stream     text   not null,
  revision   bigint not null,
  id         uuid   not null,
  type       text   not null,
  version    int    not null,
  data       jsonb  not null,
  metadata   jsonb  not null,
  constraint events_stream_revision unique (stream, revision),
  constraint events_id unique (id)
);

create function events_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are never changed or removed (%)', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger events_append_only before update or delete or truncate on events
  for each statement execute function events_refuse_change();

-- Each element of p_streams is one append of p_counts[i] events; the event arrays hold those of all appends in a row,
-- p_of says to which append each belongs, from 1.
-- One row per append: outcome 'appended' | 'repeated' (all its ids are stored in that stream already) | 'conflict'
-- (revision then is that of the stream, -1 when there is none).
-- A volatile function takes a new snapshot for each statement: what follows the lock sees the last commit.
create function append_events(
  p_streams text[], p_expected bigint[], p_counts int[],
  p_of int[], p_ids uuid[], p_types text[], p_versions int[], p_data text[], p_metadata text[]
) returns table (outcome text, revision bigint, "position" bigint) language plpgsql volatile
-- Plans are kept from when the table was small; they must never fall to reading it whole.
set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  first int := 1;
  upto int;
  last_position bigint;
  before_position bigint;
  head bigint;
  ids uuid[];
  stored int;
  stored_here int;
  stored_revision bigint;
  stored_position bigint;
begin
  perform pg_advisory_xact_lock(${COMMIT_ORDER_LOCK});
  select coalesce(max(e."position"), 0) into last_position from events e;
  if cardinality(p_streams) > 3
     and (select count(distinct s) from unnest(p_streams) as s) = cardinality(p_streams)
     and not exists (select from events e where e.id = any (p_ids)) then
    -- Under load, nearly always: nothing was stored before and no stream comes twice, so one statement takes all.
    return query
      with heads as materialized (
        select n, stream, expected, size,
               coalesce((select max(e.revision) from events e where e.stream = a.stream), -1) as head
        from unnest(p_streams, p_expected, p_counts) with ordinality as a (stream, expected, size, n)
      ), judged as (
        select *, case expected
          when ${EXPECT.any} then true
          when ${EXPECT.noStream} then head = -1
          when ${EXPECT.streamExists} then head >= 0
          else head = expected end as ok
        from heads
      ), placed as materialized (
        select *, sum(size) over w - size as skip,
               (last_position + sum(case when ok then size else 0 end) over w - case when ok then size else 0 end)::bigint as start
        from judged window w as (order by n)
      ), added as (
        insert into events ("position", stream, revision, id, type, version, data, metadata)
          select a.start + e.n - a.skip, a.stream, a.head + e.n - a.skip, e.id, e.type, e.version, e.data::jsonb, e.metadata::jsonb
          from unnest(p_of, p_ids, p_types, p_versions, p_data, p_metadata)
            with ordinality as e (of, id, type, version, data, metadata, n)
          join placed a on a.n = e.of and a.ok
      )
      select case when ok then 'appended' else 'conflict' end,
             case when ok then head + size else head end,
             case when ok then start + size else 0 end
      from placed order by n;
    select max(e."position") into head from events e;
    if head > last_position then
      perform pg_notify('${EVENTS_CHANNEL}', head::text);
    end if;
    return;
  end if;
  before_position := last_position;
  for i in 1 .. cardinality(p_streams) loop
    upto := first + p_counts[i] - 1;
    ids := p_ids[first:upto];
    select max(e.revision) into head from events e where e.stream = p_streams[i];
    select count(*), count(*) filter (where e.stream = p_streams[i]), max(e.revision), max(e."position")
      into stored, stored_here, stored_revision, stored_position
      from events e where e.id = any (ids);
    if stored_here = p_counts[i] then
      outcome := 'repeated'; revision := stored_revision; "position" := stored_position;
    elsif stored > 0 or not (case p_expected[i]
        when ${EXPECT.any} then true
        when ${EXPECT.noStream} then head is null
        when ${EXPECT.streamExists} then head is not null
        else coalesce(head = p_expected[i], false) end) then
      outcome := 'conflict'; revision := coalesce(head, -1); "position" := 0;
    else
      insert into events ("position", stream, revision, id, type, version, data, metadata)
        select last_position + n, p_streams[i], coalesce(head, -1) + n, id, type, version, data::jsonb, metadata::jsonb
        from unnest(ids, p_types[first:upto], p_versions[first:upto], p_data[first:upto], p_metadata[first:upto])
          with ordinality as e (id, type, version, data, metadata, n);
      last_position := last_position + p_counts[i];
      outcome := 'appended'; revision := coalesce(head, -1) + p_counts[i]; "position" := last_position;
    end if;
    return next;
    first := upto + 1;
  end loop;
  if last_position > before_position then
    perform pg_notify('${EVENTS_CHANNEL}', last_position::text);
  end if;
end $$;
`;

/**
 * Many streams at once, with one look at each: its events are stored behind its last one unless that came after p_since. An element of
 * the arrays is an event, p_nth its place among those of its stream, from 1. Returns the streams that were left alone.
 */
export const APPEND_UNCHANGED = `
create function append_unchanged(
  p_since bigint, p_streams text[], p_nth int[], p_ids uuid[], p_types text[], p_versions int[], p_data text[], p_metadata text[]
) returns text[] language plpgsql volatile
set enable_seqscan = off set jit = off as $$
declare
  before_position bigint;
  stored int;
begin
  perform pg_advisory_xact_lock(${COMMIT_ORDER_LOCK});
  select coalesce(max(e."position"), 0) into before_position from events e;
  insert into events ("position", stream, revision, id, type, version, data, metadata)
    select before_position + row_number() over (order by e.n), e.stream, last.revision + e.nth, e.id, e.type, e.version,
           e.data::jsonb, e.metadata::jsonb
    from unnest(p_streams, p_nth, p_ids, p_types, p_versions, p_data, p_metadata)
      with ordinality as e (stream, nth, id, type, version, data, metadata, n)
    cross join lateral (
      select h.revision, h."position" from events h where h.stream = e.stream order by h.revision desc limit 1
    ) as last
    where last."position" <= p_since;
  get diagnostics stored = row_count;
  if stored > 0 then
    perform pg_notify('${EVENTS_CHANNEL}', (before_position + stored)::text);
  end if;
  if stored = cardinality(p_streams) then
    return '{}';
  end if;
  return array(
    select distinct s.stream from unnest(p_streams) as s (stream)
    where not exists (select from events e where e.stream = s.stream and e."position" > before_position)
  );
end $$;
`;
