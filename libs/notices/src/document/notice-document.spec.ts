import { contentHash, renderDocx, renderHtml, renderPdf, type DocumentBlock, type OfficialDocument } from '@app/documents';
import { assertNever, localDate, type EvidenceId, type FileHash, type FindingId } from '@app/kernel';
import sharp from 'sharp';
import { AT, noticeOf, referenceTo, second } from '../testing/issued-notices';
import type { NoticeKind, NoticePhoto } from '../domain/notice.types';
import { photoCaption } from './words';
import { documentOf, type DocumentOptions } from './notice-document';

const lineOf = (block: DocumentBlock): readonly string[] => {
  switch (block.kind) {
    case 'paragraph':
      return [block.text];
    case 'heading':
      return [`# ${block.text}`];
    case 'facts':
      return block.facts.map(([name, value]) => `${name}｜${value}`);
    case 'table':
      return [block.columns.map(({ title }) => title), ...block.rows].map((cells) => cells.join('｜'));
    case 'picture':
    case 'page-break':
      return [];
    default:
      return assertNever(block);
  }
};
const written = (kind: NoticeKind, over: Parameters<typeof noticeOf>[1] = {}, options?: DocumentOptions): OfficialDocument =>
  documentOf({ ...noticeOf(kind, over), at: AT }, options);
const textOf = ({ blocks }: OfficialDocument): readonly string[] => blocks.flatMap(lineOf);

const TABLE = [
  '序号｜对象与位置｜问题｜依据｜整改要求｜类型｜整改期限',
  '1｜周**，大泽山镇北树园村（QL-2020-000001）｜房屋鉴定为 C 级，尚未改造。｜《农村危房改造管理办法》第八条｜完成危房改造并组织验收。｜限期整改｜2020年7月27日 17:30（15个工作日）',
  '2｜北树园村，大泽山镇北树园村（QL-2020-000002）｜档案不全。｜—｜按户补齐档案。｜立行立改｜2020年7月13日 17:30',
];
const DERIVED = [
  '# 二、期限说明',
  '第1项：2020年7月6日 09:00 送达，从2020年7月6日起算；按规则 rectify 第1版，15 个工作日；期限：2020年7月27日 17:30。',
];
const ANSWER = '请于2020年7月27日前（含当日），将整改措施、完成情况和佐证材料书面反馈市督查办。';
const REST = [
  '# 三、书面反馈',
  ANSWER,
  '# 四、权利告知',
  '第1项：认为不属本单位职责、地点有误或问题不实的，可自送达之日起2个工作日内，即2020年7月8日前（含当日）提出退单，并写明理由。',
  '第2项：认为不属本单位职责、地点有误或问题不实的，可自送达之日起2个工作日内，即2020年7月9日前（含当日）提出退单，并写明理由。',
  '确需延期的，应在整改期限届满前提出申请，写明理由、目前进展和预计完成日期；未获批准前，原期限不变。',
  '# 五、复查安排',
  '整改期限届满后，市督查办将组织复查；提前完成的，可以申请提前复查。',
];

describe('A notice on paper', () => {
  it('限期整改通知单: inspection, findings, due times and how they came about, the answer asked for, rights and re-check', () => {
    expect(textOf(written('rectification-notice'))).toStrictEqual([
      '经检查，发现以下2个问题，由你单位负责整改。请按所列要求和期限办理，并保存整改前后的佐证材料备查。',
      '检查时间｜2020年7月2日至2020年7月6日',
      '检查组｜督查一组',
      '检查方式｜进村入户',
      '检查人员｜督查员甲、督查员乙',
      '# 一、问题和整改要求',
      ...TABLE,
      ...DERIVED,
      ...REST,
    ]);
  });

  it('交办单: the same without an inspection', () => {
    expect(textOf(written('assignment'))).toStrictEqual([
      '现将涉及你单位的2个问题交办给你单位。请逐项核实，明确责任人，按期整改，并按要求反馈。',
      '# 一、问题和整改要求',
      ...TABLE,
      ...DERIVED,
      ...REST,
    ]);
  });

  it('催办通知: what is overdue, the notice before it, and an answer by a day', () => {
    const follows = referenceTo('rectification-notice');
    expect(textOf(written('urging-notice', { follows, text: '请说明逾期原因。' }))).toStrictEqual([
      '下列问题的整改期限已过，你单位尚未报送整改结果。此前已印发《限期整改通知单》（限改〔2020〕0001号，2020年7月6日）。请抓紧办理。',
      '请说明逾期原因。',
      '# 一、问题和整改要求',
      ...TABLE,
      '# 二、书面反馈',
      ANSWER,
    ]);
  });

  it('督办函: to the head, with copies to the leaders', () => {
    const letter = written('supervision-letter', { copies: ['大泽山镇包联领导包镇领导'], feedback: '书面说明逾期原因。' });
    expect(letter.copies).toStrictEqual(['大泽山镇包联领导包镇领导']);
    expect(textOf(letter)).toStrictEqual([
      '下列问题逾期未整改到位。现予督办，请主要负责人亲自过问，查明原因，限期整改到位。',
      '# 一、问题和整改要求',
      ...TABLE,
      ...DERIVED,
      '# 三、书面反馈',
      ANSWER,
      '书面说明逾期原因。',
    ]);
  });

  it('更正通知: which notice it corrects and how; what there is nothing to say about is left out', () => {
    const corrected = written('correction-notice', {
      corrects: referenceTo('rectification-notice'),
      text: '第1项期限更正为7月30日。\n第2项不变。',
      rows: [],
      feedbackBy: null,
    });
    expect(textOf(corrected)).toStrictEqual([
      '此前印发的《限期整改通知单》（限改〔2020〕0001号，2020年7月6日）更正如下，其余内容不变：',
      '第1项期限更正为7月30日。',
      '第2项不变。',
    ]);
    expect(corrected.slips).toStrictEqual([]);
  });

  it('has the form of an official document: number, signer, recipient, two inspectors who sign, seal and day', () => {
    const { letterhead, number, signer, title, recipient, signature, at } = written('rectification-notice');
    expect({ letterhead, number, signer, title, recipient, signature, at }).toStrictEqual({
      letterhead: '市督查办',
      number: '限改〔2020〕0001号',
      signer: '督查办主任',
      title: '限期整改通知单',
      recipient: '大泽山镇',
      signature: { unit: '市督查办', day: localDate('2020-07-06'), sealed: true, people: ['督查员甲', '督查员乙'] },
      at: AT,
    });
  });

  it('has the 送达回证 on the copy for the files only, and the 回执 on both', () => {
    expect(written('assignment').slips.map(({ title }) => title)).toStrictEqual(['回执']);
    const [slip, ...more] = written('assignment', {}, { copy: 'file' }).slips;
    expect([slip?.title, slip?.lines, more.map(({ title }) => title)]).toStrictEqual([
      '送达回证',
      ['送达文书：《问题整改交办单》交办〔2020〕0001号', '受送达单位：大泽山镇'],
      ['回执'],
    ]);
  });

  it('holds an opaque id and a hash in its QR code and nothing of a person; a preview has neither code nor number', () => {
    const { qr } = written('assignment');
    expect(qr).toStrictEqual({
      text: '/n/0123456789abcdef0123456789abcdef?h=00112233445566778899aabbccddeeff',
      caption: '扫码核对 0011223344556677',
    });
    const preview = written('assignment', { number: '', address: '' });
    expect([preview.qr, preview.number]).toStrictEqual([null, null]);
  });

  it('says what holds for all of its findings once, and leaves the column of the basis out where none has one', () => {
    const text = textOf(written('assignment', { rows: [second, { ...second, object: '东太平村' }] }));
    expect(text[2]).toBe('序号｜对象与位置｜问题｜整改要求｜类型｜整改期限');
    expect(text.filter((line) => line.includes('退单'))).toStrictEqual([
      '认为不属本单位职责、地点有误或问题不实的，可自送达之日起2个工作日内，即2020年7月9日前（含当日）提出退单，并写明理由。',
    ]);
    expect(text.filter((line) => line.includes('期限说明'))).toStrictEqual([]);
  });
});

describe('The annex of a notice', () => {
  const HASH = 'a'.repeat(64) as FileHash;
  const photo = (n: number): NoticePhoto => ({
    findingId: 'f-1' as FindingId,
    evidenceId: `e-${String(n)}` as EvidenceId,
    hash: HASH,
    printed: HASH,
    caption: photoCaption('QL-2020-000001', '大泽山镇北树园村', n === 0 ? 'before' : 'after', localDate('2020-07-06')),
  });
  const photos = [0, 1, 2].map(photo);
  const picture = (background: string): Promise<Buffer> =>
    sharp({ create: { width: 80, height: 60, channels: 3, background } })
      .jpeg()
      .toBuffer();
  const printed = async (over = photos): Promise<OfficialDocument> => {
    const pictures = await Promise.all(['red', 'green', 'blue'].map(picture));
    return documentOf({ ...noticeOf('assignment', over.length === 0 ? {} : { photos: over }), at: AT }, { copy: 'unit' }, pictures);
  };
  const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

  it('has the photos with number, place, phase and day on pages of their own, two to a page, which the text names', async () => {
    const document = await printed();
    expect(textOf(document).at(-1)).toBe('附件：佐证照片（3张）');
    expect(document.annex?.map((block) => (block.kind === 'picture' ? block.caption : block.kind))).toStrictEqual([
      'page-break',
      'heading',
      '照片1　QL-2020-000001，大泽山镇北树园村，整改前，2020年7月6日',
      '照片2　QL-2020-000001，大泽山镇北树园村，整改后，2020年7月6日',
      '照片3　QL-2020-000001，大泽山镇北树园村，整改后，2020年7月6日',
    ]);
    const [without, pdf] = await Promise.all([renderPdf(await printed([])), renderPdf(document)]);
    expect(pagesOf(pdf) - pagesOf(without)).toBe(2);
    expect(renderHtml(document).match(/<img src="data:image\/jpeg/g)).toHaveLength(3);
  });

  it('comes in the same bytes every time, and its hash is over the pictures as printed', async () => {
    const [one, again] = [await printed(), await printed()];
    expect([await renderPdf(again), await renderDocx(again), renderHtml(again)]).toStrictEqual([
      await renderPdf(one),
      await renderDocx(one),
      renderHtml(one),
    ]);
    expect(contentHash(again)).toBe(contentHash(one));
    const other = documentOf({ ...noticeOf('assignment', { photos }), at: AT }, { copy: 'unit' }, [await picture('white')]);
    expect(contentHash(other)).not.toBe(contentHash(one));
  });

  it('shows a photo that is gone as a frame with words', async () => {
    const document = documentOf({ ...noticeOf('assignment', { photos }), at: AT });
    expect(renderHtml(document).match(/（图片无法显示）/g)).toHaveLength(3);
    expect(pagesOf(await renderPdf(document))).toBeGreaterThan(pagesOf(await renderPdf(await printed([]))));
    expect((await renderDocx(document)).length).toBeGreaterThan(0);
  });
});
