/** What people call AWS's regions: cities and states, in every language at once. */
export const REGION_NAMES: Readonly<Record<string, string>> = {
  'us-east-1': 'virginia | n. virginia | north virginia | northern virginia | 버지니아 | 弗吉尼亚',
  'us-east-2': 'ohio | 오하이오 | 俄亥俄',
  'us-west-1': 'california | n. california | northern california | 캘리포니아 | 加利福尼亚 | 加州',
  'us-west-2': 'oregon | 오리건 | 오레곤 | 俄勒冈',
  'ca-central-1': 'montreal | 몬트리올 | 蒙特利尔',
  'sa-east-1': 'sao paulo | são paulo | 상파울루 | 圣保罗',
  'eu-west-1': 'ireland | dublin | 아일랜드 | 爱尔兰',
  'eu-west-2': 'london | 런던 | 伦敦',
  'eu-west-3': 'paris | 파리 | 巴黎',
  'eu-central-1': 'frankfurt | 프랑크푸르트 | 法兰克福',
  'eu-central-2': 'zurich | 취리히 | 苏黎世',
  'eu-north-1': 'stockholm | 스톡홀름 | 斯德哥尔摩',
  'eu-south-1': 'milan | 밀라노 | 米兰',
  'ap-northeast-1': 'tokyo | 도쿄 | 동경 | 东京',
  'ap-northeast-2': 'seoul | 서울 | 首尔',
  'ap-northeast-3': 'osaka | 오사카 | 大阪',
  'ap-southeast-1': 'singapore | 싱가포르 | 싱가폴 | 新加坡',
  'ap-southeast-2': 'sydney | 시드니 | 悉尼',
  'ap-southeast-3': 'jakarta | 자카르타 | 雅加达',
  'ap-southeast-4': 'melbourne | 멜버른 | 墨尔本',
  'ap-south-1': 'mumbai | 뭄바이 | 孟买',
  'ap-south-2': 'hyderabad | 하이데라바드 | 海得拉巴',
  'ap-east-1': 'hong kong | 홍콩 | 香港',
  'me-south-1': 'bahrain | 바레인 | 巴林',
  'me-central-1': 'dubai | 두바이 | 迪拜',
  'il-central-1': 'tel aviv | 텔아비브 | 特拉维夫',
  'af-south-1': 'cape town | 케이프타운 | 开普敦',
};

/** The noun beside a region's or an account's name, which says nothing more itself. */
export const REGION_NOUNS: readonly string[] = ['region', '리전', '지역', '区域', '地区'];
export const ACCOUNT_NOUNS: readonly string[] = [
  'account',
  'accounts',
  '계정',
  '账户',
  '账号',
  '帐户',
  '帐号',
];
/** Words that may stand between `all` and `accounts`. */
export const BETWEEN: readonly string[] = ['the', 'of', 'my', 'our', 'aws', '的', 'configured'];
/** Words before a bare account name that say it is a place. */
export const PLACING: readonly string[] = ['in', 'on', 'from', 'for', 'of', 'at', 'within', 'across', '在'];
/** What follows a bare account name to say the same. */
export const PLACED: readonly string[] = ['에서', '에', '의', '에서의', '里', '中', '里的', '中的', '上'];
