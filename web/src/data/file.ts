import { root } from '../api/client'
import { call } from '../api/session.svelte'

/** Whether a file is an Excel workbook, by its name. */
export const isWorkbook = (file: File): boolean => /\.xls[xm]$/i.test(file.name)

/** The names of a workbook's sheets. The server reads it, so that the console need not. */
export const sheetsOf = async (book: File): Promise<string[]> => (await call<{ sheets: string[] }>('POST', `${root}/spreadsheet/sheets`, { body: book, reads: true })).data.sheets

/** A sheet as CSV. */
export const csvOf = async (book: File, sheet: string): Promise<string> =>
  String((await call<string>('POST', `${root}/spreadsheet/csv?sheet=${encodeURIComponent(sheet)}`, { body: book, reads: true })).data ?? '')
