import type { Random } from './random';

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏'];
const FIRST = [...'建国志德永春文学光兴福玉秀桂淑凤海洪克维立宗茂忠'];
const SECOND = [...'华明军平伟芳兰英梅霞林强山庆生荣祥峰丽云波亮泉胜'];

/** Made up from common characters; whoever bears such a name is not meant. */
export const personName = (random: Random, not: ReadonlySet<string>): string => {
  for (;;) {
    const name = `${random.pick(SURNAMES)}${random.chance(0.8) ? random.pick(FIRST) : ''}${random.pick(SECOND)}`;
    if (!not.has(name)) return name;
  }
};

/** Everybody whom the source documents name: none of them may appear in the demo. */
export const NAMED_IN_THE_DOCUMENTS: ReadonlySet<string> = new Set([
  '孙京信',
  '王茜',
  '李黎明',
  '郭巧玲',
  '王京芳',
  '王尚磊',
  '马骞',
  '张杰',
  '郭萍',
  '张海军',
  '黄超',
  '王尽舜',
  '艾典鹏',
  '杨维娜',
  '边祥慧',
]);
