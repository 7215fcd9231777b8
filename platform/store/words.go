package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	maxWord  = 64   // runes of a word that are looked at
	maxWords = 4000 // words of one kind of text of a record that are indexed
)

// Words splits a text into the words by which it is found: letters and digits without case and accents. Chinese and
// Japanese characters are words of their own, as no space parts theirs. Both engines index these same words.
func Words(text string) []string {
	var all []string
	var word strings.Builder
	length := 0
	end := func() {
		if word.Len() > 0 {
			all = append(all, word.String())
			word.Reset()
			length = 0
		}
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end()
			word.WriteRune(r)
			end()
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if length++; length <= maxWord {
				word.WriteRune(foldRune(r))
			}
		default:
			end()
		}
	}
	end()
	return all
}

// barrier stands between two values, so that no phrase reaches from one into the next. No text holds this word.
const barrier = "\u241e"

// joined returns the words of several values with barriers between them.
func joined(values []string) []string {
	var all []string
	for _, v := range values {
		words := Words(v)
		if len(words) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, barrier)
		}
		all = append(all, words...)
	}
	return all[:min(len(all), maxWords)]
}

// phones returns telephone numbers as written and as digits alone, as people search for both.
func phones(values []string) []string {
	all := make([]string, 0, 2*len(values))
	for _, v := range values {
		digits := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, v)
		all = append(all, v, digits)
	}
	return all
}
