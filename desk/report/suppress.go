package report

import (
	"cmp"
	"slices"
)

// cell is one count of a month and service in one dimension.
type cell struct {
	value    string
	n        int64
	withheld bool
}

// suppress decides which cells of one month, service and dimension are told. Their total is told
// elsewhere unless it is small itself, so a single withheld cell could be worked out, and so could
// several that add up to almost nothing. Cells are withheld, smallest first, until the sum of the
// withheld leaves room: with k of them, each at least 1, the sum is at least k+3, so that each could
// have been several numbers. The result hides also which of them were the small ones.
func suppress(cells []cell) []cell {
	out := slices.Clone(cells)
	slices.SortFunc(out, func(a, b cell) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.value, b.value)) })
	var total, sum, k int64
	for _, c := range out {
		total += c.n
	}
	for i := range out {
		small := out[i].n < Limit
		open := k > 0 && (k < 2 || sum < k+Limit-2)
		if total >= Limit && !small && !open {
			break
		}
		out[i].withheld = true
		sum, k = sum+out[i].n, k+1
	}
	if k == int64(len(out)) && (k < 2 || sum < k+Limit-2) {
		return nil // even how many values there are would tell too much
	}
	return out
}
