import { expect, it } from 'vitest'
import { like, quote } from './soql'

it('quotes what would end the text', () => {
  expect(quote(`it's a \\ "x"\n`)).toBe(`'it\\'s a \\\\ \\"x\\"\\n'`)
})

it('takes % and _ of the user for themselves', () => {
  expect(like('50%_off')).toBe("'%50\\%\\_off%'")
  expect(like('_')).toBe("'%\\_%'")
  expect(like('%')).toBe("'%\\%%'")
})
