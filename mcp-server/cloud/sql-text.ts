/**
 * How an engine writes what has to be told apart: texts, and what a quote inside of is no text. Each goes to the
 * end where it was cut before its own. Source: the lexical rules in each engine's manual.
 */
const TEXT = `'(?:[^']|'')*(?:'|$)`;
const TEXT_WITH_ESCAPES = String.raw`'(?:[^'\\]|''|\\[\s\S])*(?:'|\\?$)`;
const NAME = `"(?:[^"]|"")*(?:"|$)`;
// MySQL runs what begins with `/*!`: that is no comment.
const BLOCK = String.raw`/\*(?!!)[\s\S]*?(?:\*/|$)`;
const COMMENT = String.raw`${BLOCK}|--[^\n]*`;

type Dialect = { engine: RegExp; texts: readonly string[]; others: readonly string[] };

const DIALECTS: readonly Dialect[] = [
  {
    engine: /mysql|mariadb/,
    // Double quotes are text here, unless a mode says otherwise.
    texts: [TEXT_WITH_ESCAPES, String.raw`"(?:[^"\\]|""|\\[\s\S])*(?:"|\\?$)`],
    others: ['`(?:[^`]|``)*(?:`|$)', String.raw`${BLOCK}|--(?=\s)[^\n]*|#[^\n]*`],
  },
  {
    engine: /postgres/,
    texts: [
      String.raw`\b[Ee]${TEXT_WITH_ESCAPES}`,
      TEXT,
      // `$$text$$` and `$tag$text$tag$`.
      String.raw`\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?(?:\$\k<tag>\$|$)`,
    ],
    others: [NAME, COMMENT],
  },
  {
    engine: /oracle/,
    texts: [
      String.raw`\b[Nn]?[Qq]'(?:\[[\s\S]*?(?:\]'|$)|\{[\s\S]*?(?:\}'|$)|\([\s\S]*?(?:\)'|$)|<[\s\S]*?(?:>'|$)|(?<mark>[\s\S])[\s\S]*?(?:\k<mark>'|$))`,
      TEXT,
    ],
    others: [NAME, COMMENT],
  },
  // SQL Server, Db2, and whatever comes.
  { engine: /(?:)/, texts: [TEXT], others: [NAME, String.raw`\[[^\]']*'[^\]]*\]`, COMMENT] },
];

const MASK = "'?'";

/** A password that stands without single quotes: `IDENTIFIED BY "secret"`, `PASSWORD = 0x01AB HASHED`. */
const PASSWORD =
  /(\bidentified\s+(?:with\s+\S+\s+)?(?:by|as)\s+)(?!'|\?|values\b|password\b)(?:"[^"]*(?:"|$)|[^\s;,]+)|(\bpassword\s*=\s*)0x[0-9a-f]+/gi;

/**
 * A statement without the texts in it. Performance Insights replaces literals in its digests, but not in
 * statements that are no queries (`ALTER USER ... PASSWORD '...'`), and a text may be a secret. Read from the
 * left: a quote in a comment or in a name opens nothing.
 */
export function maskedStatement(statement: string, engine: string): string {
  const dialect = DIALECTS.find((one) => one.engine.test(engine));
  const { texts = [], others = [] } = dialect ?? {};
  const parts = new RegExp(`(?<text>${texts.join('|')})|${others.join('|')}`, 'g');
  const masked = statement.replace(parts, (found, ...rest) => {
    const { text } = rest.at(-1) as { text?: string };
    // What is commented out may be a text all the same.
    if (text === undefined) return found.replace(/'[^']*'/g, MASK);
    return text.startsWith('"') ? '"?"' : MASK;
  });
  return masked.replace(PASSWORD, '$1$2?');
}
