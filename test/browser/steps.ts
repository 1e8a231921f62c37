import type { Locator, Page } from 'playwright-core';

/** What people do on the pages, in their words. */

export type Picture = Readonly<{ name: string; mimeType: string; buffer: Buffer }>;

/** The page is there: its heading stands, and nothing is loading any more. */
export const shown = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes('正在加载'));
};

/** By the main menu; the page that was there before is gone. */
export const menu = async (page: Page, name: string, title = name): Promise<void> => {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name: title, level: 1, exact: true }).waitFor();
};

/** From the inbox to the page of a finding, by its text. */
export const openFromInbox = async (page: Page, text: string): Promise<void> => {
  await menu(page, '待办');
  await page.getByRole('link', { name: text }).first().click();
  await page.waitForURL(/\/findings\/[0-9a-f-]{36}/);
  await shown(page);
};

/** The buttons of what may be done now; where several legs could be meant the unit stands behind the name. */
export const offer = (page: Page, name: string, unit = ''): Locator =>
  page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}( · .*${unit}.*)?$`) });

/** Opens the form of a command, fills it in, sends it; the form closes when it was taken. */
export const act = async (page: Page, name: string, fill: (form: Locator) => Promise<void> = async () => {}, unit = ''): Promise<void> => {
  await offer(page, name, unit).first().click();
  const form = page.getByRole('dialog', { name: new RegExp(`^${name}`) });
  await form.waitFor();
  await fill(form);
  await form.getByRole('button', { name: `提交：${name}` }).click();
  await form.waitFor({ state: 'detached' }).catch(async () => {
    throw new Error(`${name} was not taken: ${await form.innerText()}`);
  });
};

/** Whom it is about, what, and one sentence. */
export const writeFinding = async (page: Page, name: string, text: string, category = '住房安全'): Promise<void> => {
  await page.getByLabel('户主姓名或编码').fill(name);
  await page.getByRole('radio', { name: category }).check();
  await page.getByLabel('一句话说明').fill(text);
};
export const photograph = async (page: Page, picture: Picture): Promise<void> => {
  await page.getByLabel(/^照片/).setInputFiles(picture);
  await page.getByRole('img', { name: '问题照片 1' }).waitFor();
};
export const saveFinding = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('heading', { name: '今日检查' }).waitFor();
};
/** The line about something, in a list of it. */
export const lineOf = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text });

/** 报完成 with a photo of how it is now. */
export const fillReport =
  (picture: Picture, day: string) =>
  async (form: Locator): Promise<void> => {
    await form.getByLabel('采取的措施').fill('拆除重建');
    await form.getByLabel('整改成效').fill('已入住');
    await form.getByLabel('完成情况说明').fill('新房已建成。');
    await form.getByLabel('完成日期').fill(day);
    await form.getByLabel('上传文件').setInputFiles(picture);
    await form.getByRole('checkbox', { name: new RegExp(`整改后：${picture.name}`), checked: true }).waitFor();
  };

/** Goes there by the Tab key alone, and sees where it is. */
export const tabTo = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await target.waitFor();
  const isThere = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 80 && !(await isThere()); presses += 1) await page.keyboard.press(key);
  expect(await isThere()).toBe(true);
  const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).not.toBe('none');
};
