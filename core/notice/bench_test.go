package notice_test

import (
	"testing"

	"luukku/core/notice"
)

// The program reads every notice at each start.
func BenchmarkParse(b *testing.B) {
	source := example(b)
	for b.Loop() {
		notice.Parse(source, "example.yaml")
	}
}

func BenchmarkCheck(b *testing.B) {
	n := read(b)
	for b.Loop() {
		notice.Check(n)
	}
}

func BenchmarkRender(b *testing.B) {
	n := read(b)
	for b.Loop() {
		render(b, n, "fi", notice.HTML)
	}
}
