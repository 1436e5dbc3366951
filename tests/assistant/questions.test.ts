import { expect, test } from 'vitest';
import { questionOfFailure, questionText } from '../../src/assistant/questions.ts';
import type { PlannedCall } from '../../src/domain/reading.ts';
import { WORDS } from '../../src/language/conversation.ts';

const call: PlannedCall = {
  tool: 'stop_instances',
  arguments: { instances: ['web', 'api-1'], region: 'eu-west-1' },
  risk: 'destructive',
  namedInFull: false,
};
const candidate = { kind: 'instance', account: 'shop', region: 'eu-west-1' };
const failure = {
  code: 'ambiguous' as const,
  message: '"web" could be two',
  mention: 'web',
  nothing_changed: true,
  candidates: [
    { ...candidate, id: 'i-1', name: 'web-1', state: 'running' },
    { ...candidate, id: 'i-2', name: 'web\u202e-2' },
  ],
};

test("a server's doubt becomes a question; each choice is the same call on that one id", () => {
  const question = questionOfFailure(failure, call);
  expect(question?.choices.map((one) => one.pick.arguments)).toEqual([
    { instances: ['i-1', 'api-1'], region: 'eu-west-1' },
    { instances: ['i-2', 'api-1'], region: 'eu-west-1' },
  ]);
  expect(questionText(question!, WORDS.en.talk)).toBe(
    'Which instance do you mean by "web"?\n1. web-1 (i-1, running, eu-west-1)\n2. web\\u{202e}-2 (i-2, eu-west-1)',
  );
});

test.each([
  ['en', 'There are 3 more that are not listed: say the name of the one you mean.'],
  ['ko', '목록에 없는 것이 3개 더 있습니다. 찾는 것의 이름을 말해 주세요.'],
  ['zh', '还有 3 个未列出：请直接说出名称。'],
] as const)('choices that are left out are counted (%s)', (language, line) => {
  const question = {
    code: 'missing_target' as const,
    tool: 'stop_instances',
    kind: 'instance' as const,
    choices: [{ label: 'web-1', pick: call }],
  };
  const { talk } = WORDS[language];
  expect(
    questionText({ ...question, more: 3 }, talk)
      .split('\n')
      .slice(1),
  ).toEqual(['1. web-1', line]);
  expect(questionText(question, talk)).not.toContain(line);
});

test('a failure without candidates asks nothing', () => {
  expect(questionOfFailure({ ...failure, candidates: [] }, call)).toBeNull();
});
