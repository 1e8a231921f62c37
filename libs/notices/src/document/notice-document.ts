import type { DocumentBlock, DocumentSlip, OfficialDocument } from '@app/documents';
import { assertNever } from '@app/kernel';
import type { NoticeIssued } from '../domain/notice.events';
import type { NoticeContent } from '../domain/notice.types';
import { derivations, feedback, findingsTable, inspectionFacts, paragraph, paragraphs, rights } from './notice-parts';
import { dayWords, ordinal, referenceWords, TITLES } from './words';

/** `file`: the copy that stays with the issuer, with the 送达回证 on it. */
export type DocumentOptions = Readonly<{ copy: 'unit' | 'file' }>;
/** What was stored when it was issued, and nothing else: the same document for ever. */
export type Issued = Omit<NoticeIssued['data'], 'on' | 'by'>;

type Part = Readonly<{ title: string; blocks: readonly DocumentBlock[] }>;

/** Parts that have something to say, numbered 一、二、三. */
const numbered = (parts: readonly Part[]): readonly DocumentBlock[] =>
  parts
    .filter(({ blocks }) => blocks.length > 0)
    .flatMap(({ title, blocks }, at) => [{ kind: 'heading', level: 1, text: `${ordinal(at)}、${title}` } as const, ...blocks]);

const textOf = ({ text }: NoticeContent): readonly DocumentBlock[] => (text === null ? [] : paragraphs(text));
const followsWords = ({ follows }: NoticeContent): string => (follows === null ? '' : `此前已印发${referenceWords(follows)}。`);
const findingsPart = ({ rows }: NoticeContent): Part => ({
  title: '问题和整改要求',
  blocks: rows.length === 0 ? [] : [findingsTable(rows)],
});
const recheckOf = ({ recheck, issuerName }: NoticeContent): readonly DocumentBlock[] =>
  recheck === null ? [paragraph(`整改期限届满后，${issuerName}将组织复查；提前完成的，可以申请提前复查。`)] : paragraphs(recheck);

const bodyOf = (notice: NoticeContent): readonly DocumentBlock[] => {
  const { kind, rows, inspection } = notice;
  const count = String(rows.length);
  switch (kind) {
    case 'assignment':
      return [
        paragraph(`现将涉及你单位的${count}个问题交办给你单位。请逐项核实，明确责任人，按期整改，并按要求反馈。`),
        ...textOf(notice),
        ...numbered([
          findingsPart(notice),
          { title: '期限说明', blocks: derivations(rows) },
          { title: '书面反馈', blocks: feedback(notice) },
          { title: '权利告知', blocks: rights(rows) },
          { title: '复查安排', blocks: recheckOf(notice) },
        ]),
      ];
    case 'rectification-notice':
      return [
        paragraph(`经检查，发现以下${count}个问题，由你单位负责整改。请按所列要求和期限办理，并保存整改前后的佐证材料备查。`),
        ...(inspection === null ? [] : [inspectionFacts(inspection)]),
        ...textOf(notice),
        ...numbered([
          findingsPart(notice),
          { title: '期限说明', blocks: derivations(rows) },
          { title: '书面反馈', blocks: feedback(notice) },
          { title: '权利告知', blocks: rights(rows) },
          { title: '复查安排', blocks: recheckOf(notice) },
        ]),
      ];
    case 'urging-notice':
      return [
        paragraph(`下列问题的整改期限已过，你单位尚未报送整改结果。${followsWords(notice)}请抓紧办理。`),
        ...textOf(notice),
        ...numbered([findingsPart(notice), { title: '书面反馈', blocks: feedback(notice) }]),
      ];
    case 'supervision-letter':
      return [
        paragraph(`下列问题逾期未整改到位。${followsWords(notice)}现予督办，请主要负责人亲自过问，查明原因，限期整改到位。`),
        ...textOf(notice),
        ...numbered([
          findingsPart(notice),
          { title: '期限说明', blocks: derivations(rows) },
          { title: '书面反馈', blocks: feedback(notice) },
        ]),
      ];
    case 'correction-notice':
      return [
        paragraph(
          `${notice.corrects === null ? '此前印发的文书' : `此前印发的${referenceWords(notice.corrects)}`}更正如下，其余内容不变：`,
        ),
        ...textOf(notice),
        ...numbered([
          { ...findingsPart(notice), title: '更正后的问题和整改要求' },
          { title: '期限说明', blocks: derivations(rows) },
        ]),
      ];
    default:
      return assertNever(kind);
  }
};

/** 送达回证, filled in by hand. */
const deliverySlip = ({ kind, number, unitName }: NoticeContent): DocumentSlip => ({
  title: '送达回证',
  lines: [`送达文书：《${TITLES[kind]}》${number}`, `受送达单位：${unitName}`],
  fields: ['送达方式', '送达地点', '送达时间', '受送达人（签名或盖章）', '送达人（两人签名）', '拒收原因', '见证人（两人签名）', '备注'],
});

/** 回执联: the unit's answer on paper. */
const replySlip = ({ kind, number, unitName, issuerName, feedbackBy }: NoticeContent): DocumentSlip => ({
  title: '回执',
  lines: [
    `${issuerName}：`,
    `我单位（${unitName}）已收到《${TITLES[kind]}》${number}，整改情况如下${feedbackBy === null ? '' : `（${dayWords(feedbackBy)}前反馈，含当日）`}：`,
  ],
  fields: ['整改措施', '完成情况', '佐证材料', '负责人（签名）', '单位（盖章）', '日期'],
});

/** Millimetres: two photos that lie stand on a page. */
const PHOTO_WIDTH = 100;

const annexOf = ({ photos = [] }: NoticeContent, pictures: readonly Buffer[]): Pick<OfficialDocument, 'annex'> => {
  if (photos.length === 0) return {};
  const shown = photos.map(({ caption }, at) => ({
    kind: 'picture' as const,
    bytes: pictures[at] ?? Buffer.alloc(0),
    caption: `照片${String(at + 1)}　${caption}`,
    width: PHOTO_WIDTH,
  }));
  return { annex: [{ kind: 'page-break' }, { kind: 'heading', level: 1, text: '附件：佐证照片' }, ...shown] };
};
const annexNote = ({ photos = [] }: NoticeContent): readonly DocumentBlock[] =>
  photos.length === 0 ? [] : [paragraph(`附件：佐证照片（${String(photos.length)}张）`)];

/**
 * A notice in words, ready for .docx, PDF and print. Without a number: a preview, which has no QR code either. `pictures` are the bytes
 * of its photos, in their order; what is no picture is shown as a frame with words.
 */
export const documentOf = (
  issued: Issued,
  { copy }: DocumentOptions = { copy: 'unit' },
  pictures: readonly Buffer[] = [],
): OfficialDocument => {
  const { kind, number, signer, unitName, issuerName, issuedOn, inspection, copies, address, contentHash, at } = issued;
  return {
    letterhead: issuerName,
    number: number === '' ? null : number,
    signer,
    title: TITLES[kind],
    recipient: unitName,
    blocks: [...bodyOf(issued), ...annexNote(issued)],
    signature: { unit: issuerName, day: issuedOn, sealed: true, people: inspection?.inspectors ?? [] },
    copies,
    ...annexOf(issued, pictures),
    slips: [...(copy === 'file' ? [deliverySlip(issued)] : []), ...(kind === 'correction-notice' ? [] : [replySlip(issued)])],
    qr: address === '' ? null : { text: address, caption: `扫码核对 ${contentHash.slice(0, 16)}` },
    at,
  };
};
