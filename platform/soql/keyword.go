package soql

import "strings"

// keyword is a word with a meaning in the grammar. Words that are only known in one place, such as functions and date
// literals, are not keywords.
type keyword uint8

// The words before firstFree are reserved: alone they name nothing, though they may be part of a path.
// The others are names wherever the grammar leaves no doubt.
const (
	kwSelect keyword = iota + 1
	kwFrom
	kwWhere
	kwAnd
	kwOr
	kwNot
	kwIn
	kwIncludes
	kwExcludes
	kwLike
	kwNull
	kwTrue
	kwFalse
	kwAsc
	kwDesc
	kwNulls
	kwFirst
	kwLast
	kwLimit
	kwUsing
	kwWith
	kwHaving
	kwBy
	kwFor
	kwUpdate
	kwRollup
	kwCube
	kwElse
	kwAs
	firstFree

	kwGroup
	kwOrder
	kwOffset
	kwScope
	kwTypeof
	kwWhen
	kwThen
	kwEnd
	kwAll
	kwRows
	kwFind
	kwReturning
	kwFields
)

var keywords = map[string]keyword{
	"select": kwSelect, "from": kwFrom, "where": kwWhere, "and": kwAnd, "or": kwOr, "not": kwNot, "in": kwIn,
	"includes": kwIncludes, "excludes": kwExcludes, "like": kwLike, "null": kwNull, "true": kwTrue, "false": kwFalse,
	"asc": kwAsc, "desc": kwDesc, "nulls": kwNulls, "first": kwFirst, "last": kwLast, "limit": kwLimit,
	"using": kwUsing, "with": kwWith, "having": kwHaving, "by": kwBy, "for": kwFor, "update": kwUpdate,
	"rollup": kwRollup, "cube": kwCube, "else": kwElse, "as": kwAs,
	"group": kwGroup, "order": kwOrder, "offset": kwOffset, "scope": kwScope, "typeof": kwTypeof, "when": kwWhen,
	"then": kwThen, "end": kwEnd, "all": kwAll, "rows": kwRows, "find": kwFind, "returning": kwReturning,
	"fields": kwFields,
}

// longestKeyword bounds the words that are looked up.
const longestKeyword = len("returning")

// lookup finds a word's keyword without allocating; 0 when it is none.
func lookup(word string) keyword {
	if len(word) > longestKeyword {
		return 0
	}
	var lower [longestKeyword]byte
	for i := range len(word) {
		c := word[i]
		if !isLetter(c) {
			return 0
		}
		lower[i] = c | 0x20
	}
	return keywords[string(lower[:len(word)])]
}

func (k keyword) reserved() bool { return 0 < k && k < firstFree }

// is compares a word without case.
func (t token) is(word string) bool { return t.kind == tokWord && strings.EqualFold(t.text, word) }
