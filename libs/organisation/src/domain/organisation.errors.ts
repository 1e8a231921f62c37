import { rejecterFor, type Bilingual } from '@app/kernel';

export type OrganisationErrorCode =
  | 'unit-exists'
  | 'unit-not-active'
  | 'unit-id-malformed'
  | 'unit-name-missing'
  | 'unit-above-not-active'
  | 'unit-root-only-county'
  | 'unit-under-itself'
  | 'unit-successor-not-active'
  | 'person-exists'
  | 'person-absent'
  | 'person-name-missing'
  | 'period-reversed'
  | 'secondment-overlaps'
  | 'secondment-same-unit'
  | 'charge-overlaps'
  | 'charge-not-a-town'
  | 'post-exists'
  | 'post-absent'
  | 'post-closed'
  | 'post-title-missing'
  | 'post-role-reserved'
  | 'post-roles-incompatible'
  | 'post-held'
  | 'post-own-substitute'
  | 'substitute-overlaps'
  | 'category-exists'
  | 'category-absent'
  | 'category-retired'
  | 'category-code-malformed'
  | 'category-name-missing'
  | 'category-parent-absent'
  | 'category-proof-missing'
  | 'category-guide-cannot-lead'
  | 'category-unit-not-active';

export const ORGANISATION_ERRORS: Readonly<Record<OrganisationErrorCode, Bilingual>> = {
  'unit-exists': { zh: '该单位编号已被使用。', en: 'This unit id is taken.' },
  'unit-not-active': { zh: '该单位不存在，或者已撤并、撤销。', en: 'This unit does not exist, or was merged or dissolved.' },
  'unit-id-malformed': {
    zh: '单位编号只能用小写字母、数字和连字符。',
    en: 'A unit id consists of lower-case letters, digits and hyphens.',
  },
  'unit-name-missing': { zh: '请填写单位名称。', en: 'The unit needs a name.' },
  'unit-above-not-active': { zh: '上级单位不存在，或者已撤并、撤销。', en: 'The unit above does not exist, or was merged or dissolved.' },
  'unit-root-only-county': { zh: '只有县级单位可以没有上级单位。', en: 'Only a county may stand at the root of the tree.' },
  'unit-under-itself': { zh: '单位不能移到自己或自己的下级之下。', en: 'A unit cannot be moved below itself.' },
  'unit-successor-not-active': {
    zh: '并入的单位不存在、已撤并，或就是本单位。',
    en: 'The unit to merge into does not exist, is not active, or is this unit.',
  },
  'person-exists': { zh: '该人员编号已被使用。', en: 'This person id is taken.' },
  'person-absent': { zh: '没有这个人员。', en: 'There is no such person.' },
  'person-name-missing': { zh: '请填写姓名。', en: 'The person needs a name.' },
  'period-reversed': { zh: '结束日期早于开始日期。', en: 'The last day lies before the first.' },
  'secondment-overlaps': { zh: '该时间段内已有借调到同一单位的记录。', en: 'There is a secondment to this unit within that time already.' },
  'secondment-same-unit': { zh: '借出单位和借入单位不能相同。', en: 'A secondment needs two different units.' },
  'charge-overlaps': { zh: '该时间段内已负责该镇街。', en: 'This leader answers for the town within that time already.' },
  'charge-not-a-town': { zh: '包镇只能指定镇街。', en: 'Leaders answer for towns only.' },
  'post-exists': { zh: '该岗位编号已被使用。', en: 'This post id is taken.' },
  'post-absent': { zh: '没有这个岗位。', en: 'There is no such post.' },
  'post-closed': { zh: '该岗位已撤销。', en: 'This post is closed.' },
  'post-title-missing': { zh: '请填写岗位名称。', en: 'The post needs a title.' },
  'post-role-reserved': {
    zh: '“system”是系统自身的角色，不能授予岗位。',
    en: 'The role “system” belongs to the product itself and cannot be given to a post.',
  },
  'post-roles-incompatible': {
    zh: '系统管理员和审计角色必须单独设岗，不能与其他角色合并。',
    en: 'Administrator and auditor need posts of their own: neither goes together with another role.',
  },
  'post-held': { zh: '该时间段内岗位已有人任职。', en: 'Somebody else holds this post within that time.' },
  'post-own-substitute': { zh: '任职人不能做自己的 B 角。', en: 'Nobody stands in for themselves.' },
  'substitute-overlaps': { zh: '该时间段内已是该岗位的 B 角。', en: 'This person stands in for the post within that time already.' },
  'category-exists': { zh: '该类别代码已被使用。', en: 'This category code is taken.' },
  'category-absent': { zh: '没有这个问题类别。', en: 'There is no such category.' },
  'category-retired': { zh: '该问题类别已停用。', en: 'This category is retired.' },
  'category-code-malformed': {
    zh: '类别代码只能用小写字母、数字、点和连字符。',
    en: 'A category code consists of lower-case letters, digits, dots and hyphens.',
  },
  'category-name-missing': { zh: '请填写类别名称。', en: 'The category needs a name.' },
  'category-parent-absent': { zh: '上级类别不存在或已停用。', en: 'The category above does not exist or is retired.' },
  'category-proof-missing': {
    zh: '佐证方式不能只有照片，至少还要接受一种其他材料。',
    en: 'A photo is never the only proof: accept at least one other kind.',
  },
  'category-guide-cannot-lead': { zh: '只负责指导的部门不能牵头。', en: 'A department that only guides cannot lead.' },
  'category-unit-not-active': {
    zh: '责任部门不存在，或者已撤并、撤销。',
    en: 'The responsible department does not exist, or was merged or dissolved.',
  },
};
export const reject = rejecterFor<OrganisationErrorCode>(ORGANISATION_ERRORS);
