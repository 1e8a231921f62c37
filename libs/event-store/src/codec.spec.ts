import { someEvent } from './event-store.contract';
import { createCodec, UndecodableEvent, UnknownEvent } from './codec';
import type { RecordedEvent } from './event-store.port';

const stored = (type: string, version: number, data: unknown): RecordedEvent => ({
  ...someEvent(type, data),
  version,
  stream: 's',
  revision: 0n,
  position: 1n,
});

describe('The codec', () => {
  const codec = createCodec(
    { Plain: { version: 1 } },
    {
      Grown: {
        version: 3,
        upcasts: {
          1: ({ town }: { town: string }) => ({ units: [town] }),
          2: ({ units }: { units: string[] }) => ({ units, lead: units[0] }),
        },
      },
    },
  );

  it('leaves an event of the current version as it is', () => {
    const event = stored('Plain', 1, { a: 1 });
    expect(codec.decode(event)).toBe(event);
  });

  it('leads an old event through every version to the current one', () => {
    expect(codec.decode(stored('Grown', 1, { town: '大泽山镇' }))).toMatchObject({
      version: 3,
      data: { units: ['大泽山镇'], lead: '大泽山镇' },
    });
    expect(codec.decode(stored('Grown', 2, { units: ['a', 'b'] }))).toMatchObject({ version: 3, data: { units: ['a', 'b'], lead: 'a' } });
  });

  it.each([
    ['a type nobody knows', stored('Unheard', 1, {})],
    ['a version that is still to come', stored('Plain', 2, {})],
    ['a name every object has', stored('toString', 1, {})],
  ])('calls %s unknown', (_, event) => {
    expect(() => codec.decode(event)).toThrow(UnknownEvent);
  });

  it('names the event whose old data cannot be turned into the next version', () => {
    const broken = createCodec({
      Odd: {
        version: 2,
        upcasts: {
          1: () => {
            throw new TypeError('not what it was said to be');
          },
        },
      },
    });
    expect(() => broken.decode(stored('Odd', 1, {}))).toThrow(UndecodableEvent);
  });

  it('is refused when an upcast is missing or two contexts claim one type', () => {
    expect(() => createCodec({ Gap: { version: 3, upcasts: { 1: (data: never) => data } } })).toThrow(RangeError);
    expect(() => createCodec({ Twice: { version: 1 } }, { Twice: { version: 1 } })).toThrow(RangeError);
  });
});
