/** A table's lines. A bar in a cell is kept from ending it. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(titles), row(titles.map(() => '---')), ...rows.map(row)];
}

export function code(text: string): string {
  return `\`${text}\``;
}
