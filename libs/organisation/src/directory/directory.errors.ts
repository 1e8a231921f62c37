import { rejecterFor, type Bilingual } from '@app/kernel';

export type DirectoryErrorCode = 'no-current-post' | 'post-not-yours' | 'unit-unknown' | 'category-unknown';

export const DIRECTORY_ERRORS: Readonly<Record<DirectoryErrorCode, Bilingual>> = {
  'no-current-post': { zh: '该人员目前没有任职岗位，不能办理业务。', en: 'This person holds no post at present and cannot act.' },
  'post-not-yours': { zh: '您目前不在该岗位任职，也不是其 B 角。', en: 'You neither hold this post at present nor stand in for it.' },
  'unit-unknown': { zh: '没有这个单位：{unit}。', en: 'There is no such unit: {unit}.' },
  'category-unknown': { zh: '没有这个问题类别：{category}。', en: 'There is no such category: {category}.' },
};
export const rejectInDirectory = rejecterFor<DirectoryErrorCode>(DIRECTORY_ERRORS);
