package formula

var logicFunctions = []Function{
	{Name: "IF", Signature: "IF(condition, then, else)", Help: "Gives one of two values.", form: formIf},
	{Name: "CASE", Signature: "CASE(value, match, result, …, else)", Help: "Gives the result of the first match; blank matches nothing.", form: formCase},
	{Name: "AND", Signature: "AND(condition, …), a && b", Help: "Holds when all conditions do.", form: formAnd},
	{Name: "OR", Signature: "OR(condition, …), a || b", Help: "Holds when one of the conditions does.", form: formOr},
	{Name: "NOT", Signature: "NOT(condition), !a", Help: "Holds when the condition does not.", overloads: []overload{
		{takes: []Type{TypeBoolean}, gives: TypeBoolean, lite: "(NOT {0})", pg: "(NOT {0})",
			eval: func(a []Value) Value { return Boolean(!a[0].True()) }},
	}},
	{Name: "ISBLANK", Signature: "ISBLANK(value)", Help: "Holds when there is no value; numbers of fields are seen as they are.", form: formIsBlank},
	{Name: "ISNULL", Signature: "ISNULL(value)", Help: "The same as ISBLANK.", form: formIsBlank},
	{Name: "BLANKVALUE", Signature: "BLANKVALUE(value, otherwise)", Help: "Gives the value, or another when it is blank.", form: formBlankValue},
	{Name: "NULLVALUE", Signature: "NULLVALUE(value, otherwise)", Help: "The same as BLANKVALUE.", form: formBlankValue},
	{Name: "ISPICKVAL", Signature: "ISPICKVAL(picklist, text)", Help: "Holds when the picklist has that choice; the empty text is none.", overloads: []overload{
		{takes: []Type{TypePicklist, TypeText}, gives: TypeBoolean, lite: "({0} = {1})", pg: "({0} = {1})",
			eval: func(a []Value) Value { return Boolean(a[0].text == a[1].text) }},
	}},
	{Name: "INCLUDES", Signature: "INCLUDES(picklist, text)", Help: "Holds when that is one of the choices of a multi-select picklist.", overloads: []overload{
		{takes: []Type{TypeMultiPicklist, TypeText}, gives: TypeBoolean, key: "includes",
			pg:   "({1} <> '' AND strpos({1}, ';') = 0 AND strpos(';' || {0} || ';', ';' || {1} || ';') > 0)",
			eval: func(a []Value) Value { return Boolean(chosen(a[0].text, a[1].text)) }},
	}},
	{Name: "ISCHANGED", Signature: "ISCHANGED(field)", Help: "Holds when the saving changes the field; never for a new record.", form: formIsChanged},
	{Name: "PRIORVALUE", Signature: "PRIORVALUE(field)", Help: "Gives what the field was before the saving; blank for a new record.", form: formPriorValue},
	{Name: "ISNEW", Signature: "ISNEW()", Help: "Holds when the record is being created.", form: formIsNew},
}

var otherFunctions = []Function{
	{Name: "CASESAFEID", Signature: "CASESAFEID(id)", Help: "Gives the 18-character form of an id.", overloads: []overload{
		{takes: []Type{TypeId}, gives: TypeText, key: "case_safe_id", lite: "{0}", pg: "{0}",
			eval: func(a []Value) Value { return Text(caseSafe(a[0].text)) }},
		{takes: []Type{TypeText}, gives: TypeText, key: "case_safe_text",
			eval: func(a []Value) Value { return Text(caseSafe(a[0].text)) }},
	}},
	{Name: "DISTANCE", Signature: "DISTANCE(place, place, unit)", Help: "Gives the distance of two places as the crow flies, in 'km' or 'mi'.", form: formDistance, overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber, TypeNumber, TypeNumber, TypeText}, gives: TypeNumber, key: "distance", pg: pgDistance, eval: distance},
	}},
	{Name: "GEOLOCATION", Signature: "GEOLOCATION(latitude, longitude)", Help: "Makes a place for DISTANCE, of degrees.", form: formGeolocation},
}
