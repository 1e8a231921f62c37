/**
 * What people are told of: delivered 交办送达 · reminder 临期提醒 · overdue 超期 · sent-back 退回重办 · return-asked 退单待裁定 ·
 * return-ruled 退单已裁定 · extension-asked 申请延期 · extension-ruled 延期答复 · pause-asked 申请暂停 · pause-ruled 暂停答复 ·
 * review-waits 待复核 · verify-waits 待核查 · clear-waits 待销号 · instruction 领导批示 · rung-proposed 督办建议 · rung-issued 督办 · rung-answered 督办回复 · listing 挂牌督办 ·
 * notice 文书 · bulletin 简报 · calendar 工作日历 · failure 系统故障 · trial 试发.
 */
export const NOTIFICATION_KINDS = [
  'delivered',
  'reminder',
  'overdue',
  'sent-back',
  'return-asked',
  'return-ruled',
  'extension-asked',
  'extension-ruled',
  'pause-asked',
  'pause-ruled',
  'review-waits',
  'verify-waits',
  'clear-waits',
  'instruction',
  'rung-proposed',
  'rung-issued',
  'rung-answered',
  'listing',
  'notice',
  'bulletin',
  'calendar',
  'failure',
  'trial',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What of a message changes from one to the next: numbers, units, days. Never a name of a household or anything personal. */
export type NotificationParams = Readonly<Record<string, string>>;
