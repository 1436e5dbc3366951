import { describe, expect, it } from 'vitest';
import { terminalWords } from '../../../src/language/terminal.ts';
import type { Ground } from '../../../src/terminal/prompt/completion/known.ts';
import { menuLines } from '../../../src/terminal/prompt/completion/menu-view.ts';
import { offerAt } from '../../../src/terminal/prompt/completion/offer.ts';
import { cells } from '../../../src/terminal/text/cells.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';

const REGION = 'ap-northeast-2';
const GROUND: Ground = {
  accounts: ['shop', 'staging'],
  regions: ['ap-northeast-2', 'us-east-1'],
  known: {
    names: [
      { name: 'web-1', kind: 'instance', region: REGION },
      { name: 'web-2', kind: 'instance', region: REGION },
      { name: 'orders-web', kind: 'function', region: REGION },
      { name: '/aws/lambda/checkout', kind: 'log_group', region: REGION },
      { name: 'API 5xx high', kind: 'alarm', region: REGION },
      { name: '웹-서버', kind: 'instance', region: REGION },
    ],
    sessions: [{ id: 'k3f9', title: 'list alarms' }],
    models: ['built-in'],
  },
};

function offered(text: string, ground: Ground = GROUND): string[] {
  const { from, to, candidates } = offerAt(text, text.length, ground);
  return candidates.map((each) => text.slice(0, from) + each.text + text.slice(to));
}

describe('what a word can become', () => {
  it.each([
    ['/he', ['/help ']],
    ['/se', ['/sessions']],
    ['/세', ['/세션']],
    ['/恢', ['/恢复 ']],
    ['/region us', ['/region us-east-1']],
    ['/region ', ['/region all', '/region us-east-1', '/region ap-northeast-2']],
    ['/lang k', ['/lang ko']],
    ['/account st', ['/account staging']],
    ['/resume k', ['/resume k3f9']],
    ['/export j', ['/export json']],
    ['/export json fi', []],
    ['auto of', ['auto off']],
    ['/계정 sh', ['/계정 shop']],
    ['/help exp', ['/help export']],
    ['/sessions x', []],
  ])('%j: %j', (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });

  it('is a name of the account anywhere in a sentence, however its case, width and separators are written', () => {
    expect(offered('reboot WEB2')).toEqual(['reboot web-2']);
    expect(offered('reboot ｗｅｂ')[0]).toBe('reboot web-1');
    expect(offered('logs of /aws/la')).toEqual(['logs of /aws/lambda/checkout']);
    expect(offered('웹서')).toEqual(['웹-서버']);
    expect(offered('history of api 5xx')).toEqual(['history of API 5xx high']);
  });

  it('has what begins so before what holds it before what has the letters in their order', () => {
    expect(offered('stop web')).toEqual(['stop web-1', 'stop web-2', 'stop orders-web']);
    expect(offered('stop ckout')).toEqual(['stop /aws/lambda/checkout']);
    expect(offered('stop owb')).toEqual(['stop orders-web']);
    expect(offered('stop xyz')).toEqual([]);
  });

  it('is not known before names were looked up, but commands are', () => {
    const nothing = { ...GROUND, known: null };
    expect(offerAt('stop web', 8, nothing).unknown).toBe(true);
    expect(offerAt('/he', 3, nothing)).toMatchObject({ unknown: false, sure: true });
  });

  it('is sure only when it begins as what is written', () => {
    expect(offerAt('reboot web2', 11, GROUND).sure).toBe(true);
    expect(offerAt('reboot owb', 10, GROUND).sure).toBe(false);
  });

  it('takes nothing for close that has other letters', () => {
    expect(offered('stop web-3')).toEqual([]);
    expect(offered('stop ')).toHaveLength(6);
  });
});

describe('what is offered on the screen', () => {
  it.each([12, 30, 80])('stays within %d columns and its rows, the chosen one in sight', (columns) => {
    const { candidates } = offerAt('stop ', 5, GROUND);
    candidates.forEach((_, index) => {
      const lines = menuLines({ candidates, index, looking: false }, terminalWords('zh'), columns, 4);
      expect(lines.length).toBeLessThanOrEqual(4);
      for (const line of lines) expect(cells(lineText(line))).toBeLessThanOrEqual(columns);
      expect(lines.filter((line) => lineText(line).startsWith('▸'))).toHaveLength(1);
    });
  });

  it('says of a name what it is and where, and hides nothing that a name holds', () => {
    const candidates = [
      {
        text: 'evil\u202e1',
        label: 'evil\u202e1',
        note: { is: 'resource', kind: 'instance', region: REGION },
      } as const,
    ];
    const [line = []] = menuLines({ candidates, index: 0, looking: false }, terminalWords('en'), 80, 4);
    expect(lineText(line)).toBe(`▸ evil\\u{202e}1  instance · ${REGION}`);
  });
});
