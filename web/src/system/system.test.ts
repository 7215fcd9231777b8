import { expect, it } from 'vitest'
import { size } from './system'

it.each([[0, '0 B'], [999, '999 B'], [1000, '1 kB'], [1549, '1.5 kB'], [10_400_000, '10 MB'], [3_260_000_000, '3.3 GB'], [5e15, '5000 TB'], [-1, '']])('writes %d bytes as %s', (bytes, text) =>
  expect(size(bytes, (n, digits) => n.toFixed(digits).replace(/\.0$/, ''))).toBe(text))
