/** A reason not to go on that a person can act on: printed as one sentence in both languages, exit code 1, no stack trace. */
export class Refusal extends Error {
  constructor(zh, en) {
    super(`${zh} · ${en}`);
    this.name = 'Refusal';
    this.zh = zh;
    this.en = en;
  }
}

export const isDiskFull = (error) => ['ENOSPC', 'EDQUOT', '53100'].includes(error?.code);

const diskFull = () =>
  new Refusal('磁盘空间不足，请清理后再启动。', 'The disk is full (no space left on device): free some space and start again.');

/** What the operating system or PostgreSQL says, as a sentence; null when it is none of the known troubles. */
export const refusalFor = (error, path = error?.path ?? '') => {
  if (error instanceof Refusal) return error;
  const text = `${error?.message ?? ''}`;
  if (isDiskFull(error)) return diskFull();
  switch (error?.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Refusal(
        `没有权限写入或读取 ${path}。`,
        `No permission to read or write ${path}: give this user access or set DATA_DIR to a directory it owns.`,
      );
    case 'EADDRINUSE':
      return new Refusal(
        `端口 ${error.port ?? ''} 已被占用。`,
        `Port ${error.port ?? ''} is in use: stop what listens there or set PORT to another one.`,
      );
  }
  return /No space left on device|ENOSPC/.test(text) ? diskFull() : null;
};
