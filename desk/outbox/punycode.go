package outbox

import "slices"

// The parameters of punycode, RFC 3492 section 5.
const (
	base, tmin, tmax       = 36, 1, 26
	skew, damp             = 38, 700
	firstBias, firstN      = 72, 128
	digits                 = "abcdefghijklmnopqrstuvwxyz0123456789"
	longest           rune = 0x10ffff
)

// punycode encodes one label that holds letters beyond ASCII (RFC 3492 section 6.3).
func punycode(label []rune) string {
	var out []byte
	for _, r := range label {
		if r < firstN {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(firstN), 0, firstBias
	for done := basic; done < len(label); {
		next := following(label, n)
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range label {
			if r < n {
				delta++
			}
			if r == n {
				out = appendNumber(out, delta, bias)
				bias = adapt(delta, done+1, done == basic)
				delta = 0
				done++
			}
		}
		delta++
		n++
	}
	return string(out)
}

// following is the smallest character of label that is not below n.
func following(label []rune, n rune) rune {
	return slices.MinFunc(label, func(a, b rune) int { return int(order(a, n) - order(b, n)) })
}

func order(r, n rune) rune {
	if r < n {
		return longest
	}
	return r
}

// appendNumber writes delta as a generalised variable-length integer.
func appendNumber(out []byte, delta, bias int) []byte {
	q := delta
	for k := base; ; k += base {
		t := min(max(k-bias, tmin), tmax)
		if q < t {
			return append(out, digits[q])
		}
		out = append(out, digits[t+(q-t)%(base-t)])
		q = (q - t) / (base - t)
	}
}

func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > ((base-tmin)*tmax)/2; k += base {
		delta /= base - tmin
	}
	return k + (base-tmin+1)*delta/(delta+skew)
}
