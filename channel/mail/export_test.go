package mail

import "context"

// Crash sends a mail and dies before what became of it is stored.
func (m *Mail) Crash(ctx context.Context) {
	one, _, _ := m.o.Outbox.Claim(ctx)
	letter, err := m.o.Compose(context.Background(), one)
	if err == nil {
		by := &courier{m: m}
		defer by.hangUp()
		by.send(context.Background(), one, letter)
	}
}
