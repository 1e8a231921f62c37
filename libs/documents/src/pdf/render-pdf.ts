import { setImmediate as turnOver } from 'node:timers/promises';
import type { DocumentBlock, OfficialDocument } from '../official-document';
import { picturesOf } from '../pictures';
import { drawBlock, type Follower } from './blocks';
import { drawClosing, signedHeight } from './closing';
import { drawHead } from './head';
import { Sheet } from './sheet';
import { drawSlips } from './slips';

const followerOf = (block: DocumentBlock | undefined): Follower =>
  block === undefined ? 'nothing' : block.kind === 'table' || block.kind === 'facts' || block.kind === 'picture' ? 'table' : 'text';

let earlier: Promise<unknown> = Promise.resolve();

/**
 * A4 pages in the form of official documents, fonts within; the same document gives the same bytes. A character that the fonts have no
 * shape for is printed as 〓 and told in a note below the text. One after the other: each holds the thread for tens of milliseconds, and what
 * else waits has its turn between them.
 */
export const renderPdf = (document: OfficialDocument): Promise<Buffer> => {
  const drawn = earlier.then(() => turnOver()).then(() => draw(document));
  earlier = drawn.catch(() => undefined);
  return drawn;
};

const draw = async (document: OfficialDocument): Promise<Buffer> => {
  const pictures = await picturesOf(document);
  const sheet = new Sheet(document);
  drawHead(sheet, document);
  const { blocks } = document;
  blocks.forEach((block, at) => {
    // The last words and the heading over them stay with who signs them.
    const ends = at === blocks.length - 1 || (at === blocks.length - 2 && block.kind === 'heading');
    drawBlock(sheet, block, followerOf(blocks[at + 1]), pictures, ends ? signedHeight(sheet, document) : 0);
  });
  drawClosing(sheet, document);
  const { annex = [] } = document;
  annex.forEach((block, at) => drawBlock(sheet, block, followerOf(annex[at + 1]), pictures, 0));
  drawSlips(sheet, document);
  return sheet.bytes();
};
