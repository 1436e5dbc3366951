import type { AccountWideTitles } from '../../result-words/account-wide.ts';

export const accountWide: AccountWideTitles = {
  service: 'service',
  affected: 'affected',
  missing: 'missing',
  status: (status) => status,
};
