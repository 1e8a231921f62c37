/** Units of one kind of work: 街道 · 镇 · 乡 · 开发区 · 部门 · 督查办等管理单位 · 国有企业等业主. */
export const PEER_GROUPS = ['subdistrict', 'town', 'township', 'zone', 'department', 'managing', 'company'] as const;
export type PeerGroup = (typeof PEER_GROUPS)[number];

/** What a unit calls itself at the end of its name; the first that fits. */
const ENDINGS: readonly (readonly [RegExp, PeerGroup])[] = [
  [/(开发区|高新区|新区|园区|示范区|度假区|管委会|管理委员会)$/u, 'zone'],
  [/(街道|街道办事处|街办)$/u, 'subdistrict'],
  [/乡(人民政府|政府)?$/u, 'township'],
];

/** Who a unit is compared with: its like by kind and by the ending of its name (R36 still decides whether there is a place). */
export const peerGroupOf = ({ kind, name }: Readonly<{ kind: string; name: string }>): PeerGroup => {
  if (kind === 'company') return 'company';
  if (kind === 'office' || kind === 'independent') return 'managing';
  if (kind === 'department') return 'department';
  return ENDINGS.find(([ending]) => ending.test(name))?.[1] ?? 'town';
};
