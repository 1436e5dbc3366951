/** Text in single quotes, also one that was cut before its end; a doubled quote is part of it. */
const SINGLE_QUOTED = /'(?:[^'\\]|''|\\.)*(?:'|$)/g;
/** The same in double quotes, which MySQL and MariaDB take for text, and the others for a name. */
const DOUBLE_QUOTED = /"(?:[^"\\]|""|\\.)*(?:"|$)/g;
/** PostgreSQL's `$$text$$` and `$tag$text$tag$`. */
const DOLLAR_QUOTED = /\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)/g;

/**
 * A statement without the texts in it. Performance Insights replaces literals in its digests, but not in
 * statements that are no queries (`ALTER USER ... PASSWORD '...'`), and a text may be a secret.
 */
export function maskedStatement(statement: string, engine: string): string {
  const masked = statement.replace(DOLLAR_QUOTED, "'?'").replace(SINGLE_QUOTED, "'?'");
  return /mysql|mariadb/.test(engine) ? masked.replace(DOUBLE_QUOTED, '"?"') : masked;
}
