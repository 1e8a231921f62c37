import { DELETED_SOFTLY, deletedMetadata, isDeletedSoftly, NO_METADATA, parseMetadata, revivedMetadata } from './stream-metadata';

const parse = (value: unknown) => parseMetadata(Buffer.from(JSON.stringify(value)));

describe('The metadata of a stream', () => {
  it('says what is shown and who may do what', () => {
    expect(
      parse({ $maxCount: 3, $maxAge: 60, $tb: 7, $cacheControl: 5, $acl: { $r: 'ops', $w: ['a', 'b'], $mr: [] }, turkey: '🦃' }),
    ).toStrictEqual({ maxCount: 3n, maxAgeSeconds: 60, truncateBefore: 7n, acl: { read: ['ops'], write: ['a', 'b'], metaRead: [] } });
  });

  it.each([
    ['a count of nothing', { $maxCount: 0 }],
    ['half a count', { $maxCount: 1.5 }],
    ['a count as text', { $maxCount: '3' }],
    ['no age at all', { $maxAge: 0 }],
    ['a negative revision', { $tb: -1 }],
    ['rights that are a name', { $maxCount: 2, $acl: '$userStreamAcl' }],
    ['rights of a number', { $acl: { $r: 5 } }],
    ['a list', [1]],
    ['a number', 7],
  ])('counts as none, as a whole, when it holds %s', (_, value) => {
    expect(parse(value)).toStrictEqual(NO_METADATA);
  });

  it('counts as none when it is not JSON', () => {
    expect(parseMetadata(Buffer.from('{"$maxCount":'))).toStrictEqual(NO_METADATA);
    expect(parseMetadata(Buffer.alloc(0))).toStrictEqual(NO_METADATA);
  });

  it('of a soft delete hides everything and keeps nothing else', () => {
    expect(parseMetadata(deletedMetadata())).toStrictEqual({ truncateBefore: DELETED_SOFTLY });
    expect(isDeletedSoftly(parseMetadata(deletedMetadata()))).toBe(true);
    expect(isDeletedSoftly(parse({ $tb: 5 }))).toBe(false);
  });

  it('of a stream that comes back shows it from there and keeps everything else', () => {
    const revived = revivedMetadata(Buffer.from('{"$tb":9223372036854775807,"$maxCount":2,"own":[1]}'), 5n);
    expect(JSON.parse(Buffer.from(revived ?? '').toString())).toStrictEqual({ $tb: 5, $maxCount: 2, own: [1] });
    expect(revivedMetadata(Buffer.from('nothing'), 5n)).toBe(null);
  });
});
