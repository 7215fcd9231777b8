import { expect, it } from 'vitest'
import { letterNodes } from './safe'

function shown(html: string): string {
  const div = document.createElement('div')
  div.append(...letterNodes(html))
  return div.innerHTML
}

it('takes what a letter is made of', () => {
  expect(shown('<p align="center">Dear <b>Ann</b>,<br>see <a href="https://x.example/">here</a></p>')).toBe('<p align="center">Dear <b>Ann</b>,<br>see <a href="https://x.example/" target="_blank" rel="noopener noreferrer">here</a></p>')
  expect(shown('<section><p>in</p></section>')).toBe('<p>in</p>')
})

it('leaves out what runs, loads or covers', () => {
  const all = shown('<script>alert(1)</script><style>*{}</style><object data="x"></object><img src="x" onerror="alert(1)" alt="logo"><p onclick="alert(1)" id="main">a</p><a href="javascript:alert(1)">b</a><svg onload="alert(1)"></svg><form action="/x"><input name="a"></form>')
  expect(all).toBe('[logo]<p>a</p><a>b</a>')
})

it('keeps the looks that stay in their place', () => {
  const p = letterNodes('<p style="color: red; position: fixed; background: url(x); font-weight: 700">a</p>')[0] as HTMLElement
  expect([p.style.color, p.style.position, p.style.background, p.style.fontWeight]).toEqual(['red', '', '', '700'])
})
