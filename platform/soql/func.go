package soql

import "strings"

// Func is a function, in the spelling of its documentation.
type Func string

// The functions of a Call.
const (
	Count         Func = "COUNT"
	CountDistinct Func = "COUNT_DISTINCT"
	Sum           Func = "SUM"
	Avg           Func = "AVG"
	Min           Func = "MIN"
	Max           Func = "MAX"

	Grouping Func = "GROUPING" // 1 when the row is a sub-total over the field, else 0

	CalendarYear    Func = "CALENDAR_YEAR"
	CalendarQuarter Func = "CALENDAR_QUARTER"
	CalendarMonth   Func = "CALENDAR_MONTH"
	FiscalYear      Func = "FISCAL_YEAR"
	FiscalQuarter   Func = "FISCAL_QUARTER"
	FiscalMonth     Func = "FISCAL_MONTH"
	DayInMonth      Func = "DAY_IN_MONTH"
	DayInWeek       Func = "DAY_IN_WEEK" // 1 is Sunday
	DayInYear       Func = "DAY_IN_YEAR"
	DayOnly         Func = "DAY_ONLY"
	HourInDay       Func = "HOUR_IN_DAY"
	WeekInMonth     Func = "WEEK_IN_MONTH"
	WeekInYear      Func = "WEEK_IN_YEAR"

	ConvertTimezone Func = "convertTimezone" // only within a date function
	ConvertCurrency Func = "convertCurrency"
	ToLabel         Func = "toLabel"
	Format          Func = "FORMAT"
)

// kind says where a function may stand.
type kind int

const (
	aggregate kind = iota + 1
	dateFunction
	other
)

// functions lists what may be called; the key is lower case.
var functions = map[string]struct {
	Func
	kind
}{
	"count":          {Count, aggregate},
	"count_distinct": {CountDistinct, aggregate},
	"sum":            {Sum, aggregate},
	"avg":            {Avg, aggregate},
	"min":            {Min, aggregate},
	"max":            {Max, aggregate},

	"grouping": {Grouping, other},

	"calendar_year":    {CalendarYear, dateFunction},
	"calendar_quarter": {CalendarQuarter, dateFunction},
	"calendar_month":   {CalendarMonth, dateFunction},
	"fiscal_year":      {FiscalYear, dateFunction},
	"fiscal_quarter":   {FiscalQuarter, dateFunction},
	"fiscal_month":     {FiscalMonth, dateFunction},
	"day_in_month":     {DayInMonth, dateFunction},
	"day_in_week":      {DayInWeek, dateFunction},
	"day_in_year":      {DayInYear, dateFunction},
	"day_only":         {DayOnly, dateFunction},
	"hour_in_day":      {HourInDay, dateFunction},
	"week_in_month":    {WeekInMonth, dateFunction},
	"week_in_year":     {WeekInYear, dateFunction},

	"converttimezone": {ConvertTimezone, other},
	"convertcurrency": {ConvertCurrency, other},
	"tolabel":         {ToLabel, other},
	"format":          {Format, other},
}

// Aggregate reports whether the function makes one value of many rows.
func (f Func) Aggregate() bool { return functions[strings.ToLower(string(f))].kind == aggregate }

// DatePart reports whether the function takes a part of a date or of a date and time.
func (f Func) DatePart() bool { return functions[strings.ToLower(string(f))].kind == dateFunction }

// Span is the name of a date literal, upper case.
type Span string

// The spans that take no number.
const (
	Yesterday         Span = "YESTERDAY"
	Today             Span = "TODAY"
	Tomorrow          Span = "TOMORROW"
	LastWeek          Span = "LAST_WEEK"
	ThisWeek          Span = "THIS_WEEK"
	NextWeek          Span = "NEXT_WEEK"
	LastMonth         Span = "LAST_MONTH"
	ThisMonth         Span = "THIS_MONTH"
	NextMonth         Span = "NEXT_MONTH"
	Last90Days        Span = "LAST_90_DAYS"
	Next90Days        Span = "NEXT_90_DAYS"
	LastQuarter       Span = "LAST_QUARTER"
	ThisQuarter       Span = "THIS_QUARTER"
	NextQuarter       Span = "NEXT_QUARTER"
	LastYear          Span = "LAST_YEAR"
	ThisYear          Span = "THIS_YEAR"
	NextYear          Span = "NEXT_YEAR"
	LastFiscalQuarter Span = "LAST_FISCAL_QUARTER"
	ThisFiscalQuarter Span = "THIS_FISCAL_QUARTER"
	NextFiscalQuarter Span = "NEXT_FISCAL_QUARTER"
	LastFiscalYear    Span = "LAST_FISCAL_YEAR"
	ThisFiscalYear    Span = "THIS_FISCAL_YEAR"
	NextFiscalYear    Span = "NEXT_FISCAL_YEAR"
)

// The spans that take a number: LAST_N_DAYS:30.
const (
	LastNDays           Span = "LAST_N_DAYS"
	NextNDays           Span = "NEXT_N_DAYS"
	NDaysAgo            Span = "N_DAYS_AGO"
	LastNWeeks          Span = "LAST_N_WEEKS"
	NextNWeeks          Span = "NEXT_N_WEEKS"
	NWeeksAgo           Span = "N_WEEKS_AGO"
	LastNMonths         Span = "LAST_N_MONTHS"
	NextNMonths         Span = "NEXT_N_MONTHS"
	NMonthsAgo          Span = "N_MONTHS_AGO"
	LastNQuarters       Span = "LAST_N_QUARTERS"
	NextNQuarters       Span = "NEXT_N_QUARTERS"
	NQuartersAgo        Span = "N_QUARTERS_AGO"
	LastNYears          Span = "LAST_N_YEARS"
	NextNYears          Span = "NEXT_N_YEARS"
	NYearsAgo           Span = "N_YEARS_AGO"
	LastNFiscalQuarters Span = "LAST_N_FISCAL_QUARTERS"
	NextNFiscalQuarters Span = "NEXT_N_FISCAL_QUARTERS"
	NFiscalQuartersAgo  Span = "N_FISCAL_QUARTERS_AGO"
	LastNFiscalYears    Span = "LAST_N_FISCAL_YEARS"
	NextNFiscalYears    Span = "NEXT_N_FISCAL_YEARS"
	NFiscalYearsAgo     Span = "N_FISCAL_YEARS_AGO"
)

// spans lists the date literals; the value says whether a number belongs to it.
var spans = map[Span]bool{
	Yesterday: false, Today: false, Tomorrow: false,
	LastWeek: false, ThisWeek: false, NextWeek: false,
	LastMonth: false, ThisMonth: false, NextMonth: false,
	Last90Days: false, Next90Days: false,
	LastQuarter: false, ThisQuarter: false, NextQuarter: false,
	LastYear: false, ThisYear: false, NextYear: false,
	LastFiscalQuarter: false, ThisFiscalQuarter: false, NextFiscalQuarter: false,
	LastFiscalYear: false, ThisFiscalYear: false, NextFiscalYear: false,

	LastNDays: true, NextNDays: true, NDaysAgo: true,
	LastNWeeks: true, NextNWeeks: true, NWeeksAgo: true,
	LastNMonths: true, NextNMonths: true, NMonthsAgo: true,
	LastNQuarters: true, NextNQuarters: true, NQuartersAgo: true,
	LastNYears: true, NextNYears: true, NYearsAgo: true,
	LastNFiscalQuarters: true, NextNFiscalQuarters: true, NFiscalQuartersAgo: true,
	LastNFiscalYears: true, NextNFiscalYears: true, NFiscalYearsAgo: true,
}
