package people

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"luukku/fault"
	"luukku/store"
)

var (
	qSessionPut          = queries.Get("session-put")
	qSessionTouch        = queries.Get("session-touch")
	qSessionGet          = queries.Get("session-get")
	qSessionDelete       = queries.Get("session-delete")
	qSessionDeleteAll    = queries.Get("session-delete-all")
	qSessionDeleteOthers = queries.Get("session-delete-others")
	qSessionSweep        = queries.Get("session-sweep")
)

// touchEvery is how often activity is written down at most.
const touchEvery = time.Minute

// Session is one sign-in. It holds ids and times only; what its holder may do is looked up in each
// transaction. Times are real and in unix milliseconds.
type Session struct {
	ID        string // for the audit; it is not the token
	Authority string
	Staff     string
	Directory bool // by the organisation's directory
	MFA       bool // more than one factor was shown: there, or our own code after it
	BegunAt   int64
	ActiveAt  int64
	IdleAt    int64 // it ends then unless its holder acts
	EndsAt    int64 // it ends then at the latest
}

// way is how somebody was let in, as a session's row says it.
type way string

const (
	byPassword     way = ""
	byDirectory    way = "directory"     // with one factor
	byDirectoryMFA way = "directory_mfa" // with more than one
)

func (w way) facts() (directory, mfa bool) { return w != byPassword, w == byDirectoryMFA }

func wayOf(one Session) way {
	switch {
	case one.MFA:
		return byDirectoryMFA
	case one.Directory:
		return byDirectory
	}
	return byPassword
}

// sessions keeps sign-ins: tokens, lifetimes and encoding by scs, one manager for each authority, over
// a table that has only the hash of a token.
type sessions struct {
	db       *store.DB
	now      func() time.Time
	idle     time.Duration
	lifetime time.Duration
	mu       sync.Mutex
	managers map[string]*scs.SessionManager
}

func newSessions(db *store.DB, now func() time.Time, idle, lifetime time.Duration) *sessions {
	return &sessions{db: db, now: now, idle: idle, lifetime: lifetime, managers: map[string]*scs.SessionManager{}}
}

// of is the manager of an authority. The idle time is kept by sessions itself: scs would write a row
// at every request.
func (s *sessions) of(authority string) *scs.SessionManager {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.managers[authority]
	if m == nil {
		m = scs.New()
		m.Lifetime, m.Codec = s.lifetime, sessionCodec{}
		m.Store = &sessionStore{db: s.db, authority: authority, now: s.now}
		s.managers[authority] = m
	}
	return m
}

// begin makes a session and returns its token, which is shown this once.
func (s *sessions) begin(ctx context.Context, authority, staff string, way way) (string, Session, error) {
	m := s.of(authority)
	ctx, err := m.Load(ctx, "")
	if err != nil {
		return "", Session{}, err
	}
	m.SetDeadline(ctx, s.now().Add(s.lifetime))
	now := s.now().UnixMilli()
	m.Put(ctx, "id", store.NewID("ss_"))
	m.Put(ctx, "staff", staff)
	m.Put(ctx, "begun", now)
	m.Put(ctx, "active", now)
	m.Put(ctx, "way", string(way))
	token, _, err := m.Commit(ctx)
	return token, s.read(ctx, m, authority), err
}

// find returns a running session; fault.Denied "signed-out" when there is none, or it was idle too long.
func (s *sessions) find(ctx context.Context, authority, token string) (context.Context, Session, error) {
	out := fault.New(fault.Denied, "signed-out")
	if token == "" || len(token) > 128 {
		return ctx, Session{}, out
	}
	m := s.of(authority)
	ctx, err := m.Load(ctx, token)
	if err != nil {
		return ctx, Session{}, err
	}
	one := s.read(ctx, m, authority)
	now := s.now().UnixMilli()
	if one.Staff == "" || now >= one.IdleAt || now >= one.EndsAt {
		return ctx, Session{}, out
	}
	return ctx, one, nil
}

// touch notes activity, at most once in touchEvery. A session that was ended since it was found stays
// ended: fault.Denied "signed-out".
func (s *sessions) touch(ctx context.Context, one Session) (Session, error) {
	now := s.now().UnixMilli()
	if now-one.ActiveAt < touchEvery.Milliseconds() {
		return one, nil
	}
	m := s.of(one.Authority)
	m.Put(ctx, "active", now)
	data, err := json.Marshal(sessionData{Deadline: m.Deadline(ctx).UnixMilli(), ID: one.ID, Staff: one.Staff, Begun: one.BegunAt, Active: now, Way: string(wayOf(one))})
	if err != nil {
		return one, fault.New(fault.Internal, "session-unreadable").Wrap(err)
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		there, err := tx.Exec(ctx, qSessionTouch, string(data), one.Authority, tokenHash(m.Token(ctx)))
		if err == nil && there == 0 {
			err = fault.New(fault.Denied, "signed-out")
		}
		return err
	})
	return s.read(ctx, m, one.Authority), err
}

// end deletes a session by its token; ending none is no error.
func (s *sessions) end(ctx context.Context, authority, token string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qSessionDelete, authority, tokenHash(token))
		return err
	})
}

// sweep deletes the sessions of an authority that have reached their end.
func (s *sessions) sweep(ctx context.Context, authority string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qSessionSweep, authority, s.now().UnixMilli())
		return err
	})
}

// read takes the session out of scs's context.
func (s *sessions) read(ctx context.Context, m *scs.SessionManager, authority string) Session {
	return s.told(authority, sessionData{ID: m.GetString(ctx, "id"), Staff: m.GetString(ctx, "staff"), Begun: m.GetInt64(ctx, "begun"),
		Active: m.GetInt64(ctx, "active"), Way: m.GetString(ctx, "way")})
}

// told is the session that a row's data tell of.
func (s *sessions) told(authority string, d sessionData) Session {
	one := Session{ID: d.ID, Authority: authority, Staff: d.Staff, BegunAt: d.Begun, ActiveAt: d.Active}
	one.Directory, one.MFA = way(d.Way).facts()
	one.EndsAt = one.BegunAt + s.lifetime.Milliseconds()
	one.IdleAt = min(one.ActiveAt+s.idle.Milliseconds(), one.EndsAt)
	return one
}

// sessionStore is scs's store of one authority.
type sessionStore struct {
	db        *store.DB
	authority string
	now       func() time.Time
}

var _ scs.CtxStore = (*sessionStore)(nil)

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// FindCtx implements scs.CtxStore.
func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data string
	err := s.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, qSessionGet, s.authority, tokenHash(token), s.now().UnixMilli()).Scan(&data)
	})
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	return []byte(data), err == nil, err
}

// CommitCtx implements scs.CtxStore.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	_, values, err := sessionCodec{}.Decode(b)
	if err != nil {
		return err
	}
	staff, _ := values["staff"].(string)
	return s.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qSessionPut, s.authority, tokenHash(token), staff, string(b), expiry.UnixMilli())
		return err
	})
}

// DeleteCtx implements scs.CtxStore.
func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qSessionDelete, s.authority, tokenHash(token))
		return err
	})
}

// Find implements scs.Store; scs calls FindCtx instead.
func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store; scs calls CommitCtx instead.
func (s *sessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete implements scs.Store; scs calls DeleteCtx instead.
func (s *sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// sessionCodec writes a session as JSON of ids and times, so that a row can be read by anybody who audits it.
type sessionCodec struct{}

type sessionData struct {
	Deadline int64  `json:"deadline"`
	ID       string `json:"id"`
	Staff    string `json:"staff"`
	Begun    int64  `json:"begun"`
	Active   int64  `json:"active"`
	Way      string `json:"way,omitempty"`
}

// Encode implements scs.Codec.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	d := sessionData{Deadline: deadline.UnixMilli()}
	d.ID, _ = values["id"].(string)
	d.Staff, _ = values["staff"].(string)
	d.Begun, _ = values["begun"].(int64)
	d.Active, _ = values["active"].(int64)
	d.Way, _ = values["way"].(string)
	return json.Marshal(d)
}

// Decode implements scs.Codec.
func (sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var d sessionData
	if err := json.Unmarshal(b, &d); err != nil {
		return time.Time{}, nil, fault.New(fault.Internal, "session-unreadable").Wrap(err)
	}
	return time.UnixMilli(d.Deadline), map[string]any{"id": d.ID, "staff": d.Staff, "begun": d.Begun, "active": d.Active, "way": d.Way}, nil
}
