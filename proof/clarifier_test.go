package proof

import (
	"crypto/rand"
	"net/http"
	"strings"
	"sync"

	"luukku/core/notice"
	"luukku/web/api"
)

// clarifier is an adviser who takes printouts of conversations until the program is gone, and notes every
// answer.
type clarifier struct {
	house    *house
	adviser  *person
	contacts []string
	mu       sync.Mutex
	asked    map[string]string // contact by case number, answered or not
	papers   map[string]*paper // acknowledged, by case number
	cut      int               // requests that a kill left without an answer
}

// paper is what a printout's maker was told of it.
type paper struct {
	id     string
	number int64
	given  bool // its page came
	ended  bool // it counts as destroyed
}

// said stands in every conversation that is printed.
const said = "Sisareni on päämieheni"

// clarifying is an adviser with so many conversations whose notice declares printing.
func (h *house) clarifying(conversations int) *clarifier {
	h.t.Helper()
	c := &clarifier{house: h, adviser: h.staff("dvv", notice.RoleAdviser), asked: map[string]string{}, papers: map[string]*paper{}}
	for range conversations {
		p := h.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
		c.adviser.take(p.contact)
		p.say(said)
		c.contacts = append(c.contacts, p.contact)
	}
	return c
}

// work takes up to so many printouts of each conversation until one is not answered.
func (c *clarifier) work(most int) {
	var all sync.WaitGroup
	for _, contact := range c.contacts {
		all.Go(func() {
			for range most {
				if c.print(contact) != nil {
					c.note(func() { c.cut++ })
					return
				}
			}
		})
	}
	all.Wait()
}

// print takes one printout; of each three one is left, one opened, and one opened and ended.
func (c *clarifier) print(contact string) error {
	number, nth := "7/"+strings.ToLower(rand.Text()), 0
	c.note(func() { c.asked[number], nth = contact, len(c.asked) })
	var made api.MadePrintout
	in := api.PrintWish{CaseNumber: number, Purpose: "answer", Reason: "asiakas kiistää neuvon"}
	err := c.adviser.try(http.MethodPost, "/api/desk/contacts/"+contact+"/printouts", in, &made)
	if err != nil {
		return err
	}
	one := &paper{id: made.ID, number: made.Number}
	c.note(func() { c.papers[number] = one })
	if nth%3 > 0 {
		err = c.open(number, one)
	}
	if nth%3 > 1 && err == nil {
		err = c.end(one)
	}
	return err
}

// open fetches the page of a printout, which has to be whole.
func (c *clarifier) open(number string, one *paper) error {
	page, err := c.adviser.page(one.id)
	if err != nil {
		return err
	}
	if !strings.Contains(page, number) || !strings.Contains(page, said) || !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
		c.house.t.Errorf("the page of %s is not whole", number)
	}
	c.note(func() { one.given = true })
	return nil
}

// end marks its paper as destroyed.
func (c *clarifier) end(one *paper) error {
	err := c.adviser.try(http.MethodPost, "/api/printouts/"+one.id+"/destroyed", nil, nil)
	if err == nil {
		c.note(func() { one.ended = true })
	}
	return err
}

func (c *clarifier) note(what func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what()
}

func (c *clarifier) acknowledged() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.papers)
}

// page is what goes on paper, which the program gives out once.
func (p *person) page(printout string) (string, error) {
	request, err := http.NewRequest(http.MethodPost, "http://localhost/"+p.authority+"/printouts/"+printout, nil)
	if err != nil {
		return "", err
	}
	text, err := p.roundTrip(request)
	return string(text), err
}
