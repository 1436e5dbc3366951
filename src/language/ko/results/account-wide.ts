import type { AccountWideTitles } from '../../result-words/account-wide.ts';

const STATUS: Readonly<Record<string, string>> = { open: '진행 중', upcoming: '예정', closed: '종료' };

export const accountWide: AccountWideTitles = {
  service: '서비스',
  affected: '영향',
  missing: '없는 태그',
  status: (status) => STATUS[status] ?? status,
};
