import { createHash } from 'node:crypto';
import { contentHashOf } from '@app/kernel';
import type { DocumentBlock, OfficialDocument } from './official-document';

/** A picture stands for itself by its hash. */
const inWords = (block: DocumentBlock): unknown =>
  block.kind === 'picture' ? { ...block, bytes: createHash('sha256').update(block.bytes).digest('hex') } : block;

/**
 * SHA-256 in hex over what the document says. Not over its QR, which carries this hash, and not over the time its files give as that
 * of their making.
 */
export const contentHash = ({ qr: _qr, at: _at, ...said }: OfficialDocument): string =>
  contentHashOf({
    ...said,
    blocks: said.blocks.map(inWords),
    ...(said.annex === undefined ? {} : { annex: said.annex.map(inWords) }),
  });
