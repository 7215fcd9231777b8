import { expect, test } from 'vitest'
import { onwardTo } from './onward'

const here = 'https://field.example'

test('a sign-in leads on to an address of this server', () => {
  expect(onwardTo('/services/oauth2/authorize?client_id=a&state=b', here)).toBe(`${here}/services/oauth2/authorize?client_id=a&state=b`)
  expect(onwardTo('/r/0WO1#steps', here)).toBe(`${here}/r/0WO1#steps`)
})

test('a sign-in leads to no other server, however it is written', () => {
  for (const to of ['', 'https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\n/evil.example', '/\r\\evil.example', 'javascript:alert(1)', ' /x', 'evil.example'])
    expect(onwardTo(to, here), JSON.stringify(to)).toBe('')
})

test('a path stays a path of this server', () => {
  expect(new URL(onwardTo('/.//evil.example', here)).host).toBe('field.example')
})
