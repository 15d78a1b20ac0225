package contact

import (
	"io"
	"strings"

	"luukku/fault"
)

// A reference code is how a person who never said their name can come back to a contact (S4-T8):
// eight random characters of Crockford's base 32 and a check character, written in threes:
// "K7M-29Q-XT4". The check finds every mistyped character and every swap of two.

// crockford is the alphabet; I, L, O and U are not in it.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const referenceLength = 8

// newReference makes a code: 40 random bits and its check character.
func newReference(random io.Reader) (string, error) {
	var raw [referenceLength]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", err
	}
	code := make([]byte, 0, referenceLength+1)
	for _, b := range raw {
		code = append(code, crockford[b&31])
	}
	return string(append(code, checkCharacter(code))), nil
}

// checkCharacter is the sum over GF(32) of each character times a different power of the generator.
func checkCharacter(code []byte) byte {
	var sum, weight byte = 0, 1
	for _, c := range code {
		weight = timesX(weight)
		sum ^= times(byte(strings.IndexByte(crockford, c)), weight)
	}
	return crockford[sum]
}

// times multiplies in GF(32) with the polynomial x^5 + x^2 + 1.
func times(a, b byte) byte {
	var product byte
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			product ^= a
		}
		a = timesX(a)
	}
	return product
}

func timesX(a byte) byte {
	a <<= 1
	if a >= 32 {
		a ^= 0b100101
	}
	return a
}

// ParseReference reads a code as people write it: in either case, with or without hyphens and
// spaces, O for 0 and I or L for 1. It is fault.Invalid "reference-code" on value otherwise.
func ParseReference(typed string) (string, error) {
	folded := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(typed))
	bad := fault.New(fault.Invalid, "reference-code").On("value")
	if len(folded) != referenceLength+1 {
		return "", bad
	}
	for i := range len(folded) {
		if strings.IndexByte(crockford, folded[i]) < 0 {
			return "", bad
		}
	}
	if checkCharacter([]byte(folded[:referenceLength])) != folded[referenceLength] {
		return "", bad
	}
	return folded, nil
}

// ShowReference writes a stored code in groups of three.
func ShowReference(code string) string {
	if len(code) != referenceLength+1 {
		return code
	}
	return code[:3] + "-" + code[3:6] + "-" + code[6:]
}
