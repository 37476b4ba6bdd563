import type { ReactNode } from 'react';
import { SideScroll } from '../side-scroll';

type FiguresTableProps = {
  readonly caption: string;
  /** The first one is of the rows' own headers. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly cells: readonly ReactNode[];
    /** Whether nothing is known of it. */
    readonly isGap: boolean;
  }[];
  readonly testId: string;
};

/** The figures of a chart, row by row. */
export function FiguresTable({ caption, columns, rows, testId }: FiguresTableProps) {
  return (
    <SideScroll>
      <table data-testid={testId} className="w-full border-collapse text-right max-xl:text-xs">
        <caption className="pb-1 text-left text-xs text-muted">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="py-1 pl-1.5 align-bottom font-medium hyphens-manual first:pl-0 first:text-left"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, isGap, cells: [head, ...cells] }) => (
            <tr key={key} className={`border-b border-line last:border-b-0 ${isGap ? 'text-muted' : ''}`}>
              <th scope="row" className="py-1 text-left font-normal whitespace-nowrap">
                {head}
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]} className="py-1 pl-1.5 whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}
