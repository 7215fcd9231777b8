import { root } from '../api/client'
import { call } from '../api/session.svelte'

/** Whether a file is an Excel workbook, by its name. */
export const isWorkbook = (file: File): boolean => /\.xls[xm]$/i.test(file.name)

/** The text of a file in UTF-8, UTF-16 or, when it is neither, Windows-1252, which spreadsheets in the West write. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [a, b] = bytes
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if ((a === 0xff && b === 0xfe) || (a && b === 0)) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The names of a workbook's sheets. The server reads it, so that the console need not. */
export const sheetsOf = async (book: File): Promise<string[]> => (await call<{ sheets: string[] }>('POST', `${root}/spreadsheet/sheets`, { body: book, reads: true })).data.sheets

/** A sheet as CSV. */
export const csvOf = async (book: File, sheet: string): Promise<string> =>
  String((await call<string>('POST', `${root}/spreadsheet/csv?sheet=${encodeURIComponent(sheet)}`, { body: book, reads: true })).data ?? '')
