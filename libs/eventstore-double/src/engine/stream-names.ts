/** The stream of all streams. */
export const ALL = '$all';

export const isSystemStream = (stream: string): boolean => stream.startsWith('$');
export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
export const originalOf = (metastream: string): string => metastream.slice(2);

export const METADATA_TYPE = '$metadata';
export const TOMBSTONE_TYPE = '$streamDeleted';
export const LINK_TYPE = '$>';

/** What the tombstone of a stream shows as its revision: 2^63 - 1. */
export const TOMBSTONE_REVISION = 9_223_372_036_854_775_807n;
