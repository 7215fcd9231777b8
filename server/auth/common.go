package auth

import "strings"

// common reports whether a password is one of those that lists of leaked passwords begin with, or a short pattern
// repeated.
func common(password string) bool {
	p := strings.ToLower(password)
	for _, c := range commonPasswords {
		if p == c {
			return true
		}
	}
	for n := 1; n <= 3; n++ {
		if strings.Repeat(p[:n], len(p)/n+1)[:len(p)] == p {
			return true
		}
	}
	return false
}

// commonPasswords are passwords of eight characters and more that every guesser tries first.
var commonPasswords = strings.Fields(`
12345678 123456789 1234567890 12345678910 0123456789 87654321 987654321 11223344 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui
qwertyuiop qwerty123 qwerty12 asdfghjkl asdfasdf zxcvbnm1 password password1 password12 password123 passw0rd p@ssw0rd
p@ssword iloveyou iloveyou1 sunshine princess football baseball basketball superman batman123 welcome1 welcome123 letmein1
letmein123 admin123 admin1234 administrator changeme changeme1 changeme123 default1 trustno1 whatever computer internet
starwars michelle jennifer corvette mercedes maverick samantha victoria abcd1234 abc12345 abcdefgh abcdefg1 test1234
testtest secret123 monkey123 dragon123 master123 shadow123 qazwsxedc truckroll truckroll1 summer2024 summer2025 summer2026
winter2024 winter2025 winter2026 spring2026 autumn2026 january2026 hello123 hellohello guest123 root1234 toor1234 login123
`)
