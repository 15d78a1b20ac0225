package report

import "slices"

// cell is one count of a month and service in one dimension.
type cell struct {
	value    string
	n        int64
	withheld bool
}

// suppress decides which cells of one month, service and dimension are told; they come in the
// dimension's order. Their total is told elsewhere unless it is small itself, so a single withheld
// cell could be worked out, and so could several that add up to almost nothing or are all as large as
// a small cell can be. Therefore cells beside the small ones are withheld too, until k withheld cells
// add up to at least k+3: each is at least 1, so each could have been several numbers.
//
// A table of which nothing but fours is withheld and nothing is told is told as one whose counts are all
// withheld, like its neighbours: left out, it would be the only one of its total that is, which tells it.
//
// Which cells are added follows from their places, never from their counts: an observer who knows
// this function, every told count and the total still finds two numbers for each withheld cell
// (a test walks all small tables). Where even that does not help, the table is left out: nil.
func suppress(cells []cell) []cell { return suppressBelow(cells, Limit) }

func suppressBelow(cells []cell, limit int64) []cell {
	out := slices.Clone(cells)
	var total int64
	for i := range out {
		total += out[i].n
		out[i].withheld = out[i].n < limit
	}
	for {
		k, sum := withheld(out)
		room := k >= 2 && sum >= k+limit-2 && (k == int64(len(out)) || !allFours(out, k, limit))
		switch {
		case room, total >= limit && k == 0:
			return out
		case k == int64(len(out)):
			return nil
		}
		out[neighbour(out)].withheld = true
	}
}

func withheld(cells []cell) (k, sum int64) {
	for _, c := range cells {
		if c.withheld {
			k, sum = k+1, sum+c.n
		}
	}
	return k, sum
}

// allFours tells whether every withheld cell is the largest small one.
func allFours(cells []cell, k, limit int64) bool {
	for _, c := range cells {
		if c.withheld && c.n != limit-1 {
			return false
		}
	}
	return k > 0
}

// neighbour is the next cell to withhold: the one after the last withheld cell, and where there is
// none, the last one that is still told.
func neighbour(cells []cell) int {
	if !cells[len(cells)-1].withheld {
		for i := len(cells) - 2; i >= 0; i-- {
			if cells[i].withheld {
				return i + 1
			}
		}
	}
	for i := len(cells) - 1; i >= 0; i-- {
		if !cells[i].withheld {
			return i
		}
	}
	return 0
}
