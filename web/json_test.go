package web

import "testing"

func TestHalfASurrogatePairIsNoText(t *testing.T) {
	for text, want := range map[string]string{
		`"\ud83d\ude00"`: "😀", `"\uD83D\uDE00\ufffd"`: "😀\ufffd", `"�"`: "\ufffd", `"\\ud800"`: `\ud800`, `"\u00e4\n"`: "ä\n", `"\\\u0061"`: `\a`,
	} {
		var got string
		if err := readJSON([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{`"\ud800"`, `"\udc00"`, `"\ud800\ud800"`, `"\ude00\ud83d"`, `"\ud83dx\ude00"`, `"\ud83d\n"`, `"\\\ud83d"`,
		`"\ud83d\ude00\ud83d"`, `{"a\udfff":1}`, "\"\xed\xa0\x80\"", `"\ud8`, `"\`} {
		var got any
		if err := readJSON([]byte(text), &got); err == nil {
			t.Errorf("%s was read as %q", text, got)
		}
	}
}
