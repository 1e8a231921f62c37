import { binaryEvent, START, streamNameFilter, type EventData } from '@eventstore/db-client';
import { all, notes, onBothStages, someStream } from './stage';

const linkTo = (stream: string, revision: bigint): EventData => binaryEvent({ type: '$>', data: Buffer.from(`${revision}@${stream}`) });

onBothStages('A link', (stage) => {
  const linked = async (): Promise<{ target: string; links: string }> => {
    const [target, links] = [someStream('target'), someStream('links')];
    await stage.client().appendToStream(target, notes(4));
    await stage.client().appendToStream(links, [linkTo(target, 2n), linkTo(target, 0n)]);
    return { target, links };
  };

  it('is an event like others for those who do not ask for what it leads to', async () => {
    const { links } = await linked();
    const read = await all(stage.client().readStream(links));
    expect(read.map(({ event, link }) => [event?.type, event?.streamId, link])).toStrictEqual([
      ['$>', links, undefined],
      ['$>', links, undefined],
    ]);
  });

  it('is resolved into the very event it leads to, for those who ask', async () => {
    const { target, links } = await linked();
    const events = await all(stage.client().readStream(target));
    const read = await all(stage.client().readStream(links, { resolveLinkTos: true }));
    expect(read.map(({ event }) => event)).toStrictEqual([events[2]?.event, events[0]?.event]);
    expect(read.map(({ link }) => [link?.type, link?.streamId, link?.revision])).toStrictEqual([
      ['$>', links, 0n],
      ['$>', links, 1n],
    ]);
  });

  it('leads a subscription to the events too, in a stream and in the whole log', async () => {
    const { target, links } = await linked();
    const seen: string[] = [];
    for await (const { event, link } of stage.client().subscribeToStream(links, { resolveLinkTos: true })) {
      seen.push(`${link?.revision} → ${event?.streamId}@${event?.revision}`);
      if (seen.length === 2) break;
    }
    expect(seen).toStrictEqual([`0 → ${target}@2`, `1 → ${target}@0`]);
    const found: string[] = [];
    const filter = streamNameFilter({ prefixes: [links] });
    for await (const { event, link } of stage.client().subscribeToAll({ fromPosition: START, resolveLinkTos: true, filter })) {
      found.push(`${link?.revision} → ${event?.streamId}@${event?.revision}`);
      if (found.length === 2) break;
    }
    expect(found).toStrictEqual(seen);
  });

  it.each([
    { what: 'a stream that never was', break: async () => someStream('never'), revision: 0n },
    {
      what: 'an event that is not there yet',
      break: async (stage_: typeof stage) => {
        const stream = someStream();
        await stage_.client().appendToStream(stream, notes(1));
        return stream;
      },
      revision: 9n,
    },
    {
      what: 'a hidden event',
      break: async (stage_: typeof stage) => {
        const stream = someStream();
        await stage_.client().appendToStream(stream, notes(3));
        await stage_.client().setStreamMetadata(stream, { truncateBefore: 2 });
        return stream;
      },
      revision: 0n,
    },
    {
      what: 'a deleted stream',
      break: async (stage_: typeof stage) => {
        const stream = someStream();
        await stage_.client().appendToStream(stream, notes(3));
        await stage_.client().tombstoneStream(stream);
        return stream;
      },
      revision: 0n,
    },
  ])('to $what is given as a link without an event', async ({ break: broken, revision }) => {
    const links = someStream('links');
    await stage.client().appendToStream(links, linkTo(await broken(stage), revision));
    const read = await all(stage.client().readStream(links, { resolveLinkTos: true }));
    expect(read.map(({ event, link }) => [event, link?.type])).toStrictEqual([[undefined, '$>']]);
  });
});
