/** One thing wrong with a document, where it stands and how to put it right. */
export type DocumentProblem = {
  /** Counted from 1; 0 when the problem has no place in the text. */
  line: number;
  column: number;
  /** Keys and indexes from the top, as `ec2[3].state`; empty for the document as a whole. */
  path: string;
  /** What is wrong. */
  message: string;
  /** What to do about it; empty when the message says it. */
  fix: string;
};

const SHOWN_PROBLEMS = 10;

/** A document that a person wrote cannot be used. The message is for that person: place, problem, fix. */
export class DocumentError extends Error {
  readonly code = 'document_error';
  readonly file: string;
  /** Of the first problem. */
  readonly line: number;
  readonly column: number;
  readonly problems: readonly DocumentProblem[];

  constructor(file: string, problems: readonly DocumentProblem[]) {
    const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
    super(describe(file, sorted));
    this.name = 'DocumentError';
    this.file = file;
    this.line = sorted[0]?.line ?? 0;
    this.column = sorted[0]?.column ?? 0;
    this.problems = sorted;
  }
}

function describe(file: string, problems: readonly DocumentProblem[]): string {
  const lines = problems.slice(0, SHOWN_PROBLEMS).map((problem) => {
    const place = problem.line > 0 ? `${file}:${problem.line}` : file;
    const subject = problem.path === '' ? '' : `${problem.path}: `;
    return `${place}: ${subject}${problem.message}${problem.fix === '' ? '' : ` ${problem.fix}`}`;
  });
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `... and ${more} more`].join('\n') : lines.join('\n');
}
