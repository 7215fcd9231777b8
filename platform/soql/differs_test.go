package soql

// onPurpose lists the queries of testdata/grammar.txt on which the parser differs from Salesforce's grammar, and why.
// Most are texts that their grammar lets through and a later step of theirs refuses.
var onPurpose = map[string]string{
	"SELECT (SELECT Id FROM B) x FROM A":                                                               noAlias,
	"SELECT FIELDS(ALL) x FROM A":                                                                      noAlias,
	"SELECT TYPEOF x WHEN A THEN b END y FROM A":                                                       noAlias,
	"SELECT DISTANCE(x, GEOLOCATION(1,2), 'm') FROM A":                                                 "the unit is a closed choice",
	"SELECT FIELDS(FOO) FROM A":                                                                        "the set is a closed choice",
	"SELECT FOO(x) FROM A":                                                                             noFunction,
	"SELECT Id FROM A WHERE FOO(x) > 5":                                                                noFunction,
	"SELECT FORMAT(convertCurrency(MAX(x))) FROM A":                                                    deeper,
	"SELECT MIN(DISTANCE(x, GEOLOCATION(1,2), 'km')) FROM A":                                           deeper,
	"SELECT Id FROM A GROUP BY DISTANCE(x, GEOLOCATION(1,2), 'mi')":                                    deeper,
	"SELECT Id FROM A WHERE DISTANCE(x, GEOLOCATION(1,2), 'mi') IN (5)":                                deeper,
	"SELECT Id FROM A FOR REFERENCE FOR VIEW":                                                          twoPurposes,
	"SELECT Id FROM A FOR VIEW FOR REFERENCE":                                                          twoPurposes,
	"SELECT Id FROM A FOR UPDATE FOR VIEW":                                                             twoPurposes,
	"SELECT Id FROM A FOR UPDATE":                                                                      forUpdate,
	"SELECT Id FROM A LIMIT 1 OFFSET 1 FOR UPDATE":                                                     forUpdate,
	"SELECT Id FROM A ORDER BY x FOR UPDATE":                                                           forUpdate,
	"SELECT Id FROM A UPDATE FOO":                                                                      "the purpose is a closed choice",
	"SELECT Id FROM A UPDATE VIEWSTAT, VIEWSTAT":                                                       "said twice",
	"SELECT Id FROM A LIMIT +1":                                                                        noSign,
	"SELECT Id FROM A LIMIT -1":                                                                        noSign,
	"SELECT Id FROM A WHERE x = 2026-01-01T24:00:00Z":                                                  noSuchDay,
	"SELECT Id FROM A WHERE x = 2026-13-41":                                                            noSuchDay,
	"SELECT typeof x.y FROM A":                                                                         "there is no WHEN",
	"SELECT Id FROM A WHERE x = LAST_N_DAYS":                                                           "the number is missing",
	"SELECT Id FROM A WHERE x = TODAY:5":                                                               "TODAY has no number",
	"SELECT Id FROM A WHERE x INCLUDES (1)":                                                            textOnly,
	"SELECT Id FROM A WHERE x INCLUDES (null)":                                                         textOnly,
	"SELECT Id FROM A WHERE x LIKE 5":                                                                  textOnly,
	"SELECT Id FROM A WHERE x LIKE null":                                                               textOnly,
	`SELECT Id FROM A WHERE x = 'a\nb\r\t\b\f\"\'\\'`:                                                  "documented escapes",
	"SELECT Id FROM A WHERE y = 1 WITH SECURITY_ENFORCED WITH USER_MODE":                               oneMode,
	"SELECT Id FROM A WITH FOO":                                                                        oneMode,
	"SELECT Id FROM A WITH RecordVisibilityContext (maxDescriptorPerRecord=100)":                       oneMode,
	"SELECT Id FROM A WITH RecordVisibilityContext (maxDescriptorPerRecord=100, supportsDomains=true)": oneMode,
	"SELECT Id FROM A WITH x = 'a'":                                                                    oneMode,
	"SELECT Id FROM A as":                                                                              "AS wants an alias",
	"SELECT Id. FROM A":                                                                                emptyPart,
	"SELECT a..Id FROM A":                                                                              emptyPart,
	"SELECT a .Id FROM A":                                                                              "space before a dot does no harm",
	"SELECT COUNT(Id) bind FROM A":                                                                     apexWord,
	"SELECT Id FROM A GROUP BY bind":                                                                   apexWord,
	"SELECT Id FROM A ORDER BY bind":                                                                   apexWord,
	"SELECT Id FROM A WHERE bind = 1":                                                                  apexWord,
	"SELECT Id FROM A bind":                                                                            apexWord,
	"SELECT Id FROM bind":                                                                              apexWord,
	"SELECT bind FROM A":                                                                               apexWord,
	"SELECT COUNT(Id) lookup FROM A":                                                                   apexWord,
	"SELECT Id FROM A GROUP BY lookup":                                                                 apexWord,
	"SELECT Id FROM A ORDER BY lookup":                                                                 apexWord,
	"SELECT Id FROM A WHERE lookup = 1":                                                                apexWord,
	"SELECT Id FROM A lookup":                                                                          apexWord,
	"SELECT Id FROM lookup":                                                                            apexWord,
	"SELECT lookup FROM A":                                                                             apexWord,
}

const (
	noAlias     = "only terms have an alias"
	noFunction  = "functions are a closed list"
	deeper      = "read like any other nesting, and judged with the types known"
	twoPurposes = "the two do not exclude each other"
	forUpdate   = "documented, and part of what our API answers"
	noSign      = "a count has no sign"
	noSuchDay   = "there is no such date or time"
	textOnly    = "only text has parts"
	oneMode     = "modes are a closed list, of which one is chosen"
	emptyPart   = "a part of the path is empty"
	apexWord    = "reserved for clauses that exist inside Apex only"
)
