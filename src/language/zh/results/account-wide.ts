import type { AccountWideTitles } from '../../result-words/account-wide.ts';

const STATUS: Readonly<Record<string, string>> = { open: '进行中', upcoming: '即将', closed: '已结束' };

export const accountWide: AccountWideTitles = {
  service: '服务',
  affected: '受影响',
  missing: '缺少的标签',
  status: (status) => STATUS[status] ?? status,
};
