package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"luukku/fault"
)

// manifestFile says what a PostgreSQL snapshot holds; each table is a file beside it in COPY's
// text form, which every version of PostgreSQL reads.
const manifestFile = "postgres.json"

type manifest struct {
	Format     int         `json:"format"`
	Migrations []int64     `json:"migrations"`
	Tables     []tableCopy `json:"tables"`
}

type tableCopy struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	SHA256  string   `json:"sha256"`
}

func (t tableCopy) file(folder string) string { return filepath.Join(folder, t.Name+".copy") }

// text is the table with its columns, as COPY names it.
func (t tableCopy) text() string {
	var names []string
	for _, c := range t.Columns {
		names = append(names, pgx.Identifier{c}.Sanitize())
	}
	return pgx.Identifier{t.Name}.Sanitize() + " (" + strings.Join(names, ", ") + ")"
}

// snapshot copies every table in one repeatable-read transaction. The manifest is written last: a
// folder without it is no snapshot.
func (p *postgres) snapshot(ctx context.Context, toDir string) error {
	file, err := prepareFolder(toDir, manifestFile)
	if err != nil {
		return err
	}
	return p.within(ctx, "isolation level repeatable read read only", func(conn *sql.Conn, raw *pgconn.PgConn) error {
		m := manifest{Format: 1}
		if m.Migrations, m.Tables, err = described(ctx, conn); err != nil {
			return err
		}
		for i := range m.Tables {
			if err := m.Tables[i].dump(ctx, raw, toDir); err != nil {
				return err
			}
		}
		text, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			return err
		}
		if err := copyTo(file, strings.NewReader(string(text)+"\n")); err != nil {
			return err
		}
		return syncFolder(toDir)
	})
}

// within runs fn in a transaction of its own on one connection without time limits, in SQL and in
// the protocol beneath.
func (p *postgres) within(ctx context.Context, mode string, fn func(*sql.Conn, *pgconn.PgConn) error) error {
	pool := p.unlimited()
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // without commit this is a rollback: the pool is closed with it
	if _, err := conn.ExecContext(ctx, "begin "+mode); err != nil {
		return err
	}
	var raw *pgconn.PgConn
	if err := conn.Raw(func(c any) error { raw = c.(*stdlib.Conn).Conn().PgConn(); return nil }); err != nil {
		return err
	}
	if err := fn(conn, raw); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "commit")
	return err
}

// described lists the applied migrations and the tables with their columns.
func described(ctx context.Context, conn *sql.Conn) (applied []int64, tables []tableCopy, err error) {
	err = each(ctx, conn, "select version_id from goose_db_version where version_id > 0 and is_applied order by version_id", func(scan func(...any) error) error {
		var version int64
		err := scan(&version)
		applied = append(applied, version)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	const columns = `select c.table_name, c.column_name from information_schema.columns c
		join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
		where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.table_name <> 'goose_db_version'
		order by c.table_name, c.ordinal_position`
	err = each(ctx, conn, columns, func(scan func(...any) error) error {
		var table, column string
		if err := scan(&table, &column); err != nil {
			return err
		}
		if len(tables) == 0 || tables[len(tables)-1].Name != table {
			tables = append(tables, tableCopy{Name: table})
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, column)
		return nil
	})
	return applied, tables, err
}

func each(ctx context.Context, conn *sql.Conn, text string, fn func(scan func(...any) error) error) error {
	rows, err := conn.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// dump writes one table's file and notes its size and hash.
func (t *tableCopy) dump(ctx context.Context, raw *pgconn.PgConn, toDir string) error {
	to, err := os.OpenFile(t.file(toDir), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer to.Close()
	hash := sha256.New()
	tag, err := raw.CopyTo(ctx, io.MultiWriter(to, hash), "copy "+t.text()+" to stdout")
	if err != nil {
		return err
	}
	t.Rows, t.SHA256 = tag.RowsAffected(), hex.EncodeToString(hash.Sum(nil))
	return to.Sync()
}

// restore migrates to where the snapshot stood and loads every table in one transaction.
func (p *postgres) restore(ctx context.Context, fromDir string) error {
	m, err := readManifest(fromDir)
	if err != nil {
		return err
	}
	if err := p.migrateTo(ctx, m.Migrations); err != nil {
		return err
	}
	return p.within(ctx, "", func(conn *sql.Conn, raw *pgconn.PgConn) error {
		for _, t := range m.Tables {
			if err := t.load(ctx, conn, raw, fromDir); err != nil {
				return err
			}
		}
		return nil
	})
}

// readManifest reads it and compares every file's hash before anything is loaded.
func readManifest(fromDir string) (m manifest, err error) {
	text, err := os.ReadFile(filepath.Join(fromDir, manifestFile))
	if os.IsNotExist(err) {
		return m, fault.New(fault.Invalid, "snapshot-engine")
	}
	if err != nil {
		return m, err
	}
	if json.Unmarshal(text, &m) != nil || m.Format != 1 {
		return m, fault.New(fault.Invalid, "snapshot-version")
	}
	for _, t := range m.Tables {
		if sum, err := hashed(t.file(fromDir)); err != nil || sum != t.SHA256 {
			return m, fault.New(fault.Invalid, "snapshot-damaged", "table", t.Name).Wrap(err)
		}
	}
	return m, nil
}

func hashed(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, f)
	return hex.EncodeToString(hash.Sum(nil)), err
}

// migrateTo applies exactly the migrations of a snapshot; one that this program does not have, or
// has besides, means that another version wrote it.
func (p *postgres) migrateTo(ctx context.Context, want []int64) error {
	pool := p.unlimited()
	defer pool.Close()
	m, err := migrator(goose.DialectPostgres, pool, embedded())
	if err != nil {
		return err
	}
	var have []int64
	for _, s := range m.ListSources() {
		if len(want) > 0 && s.Version <= want[len(want)-1] {
			have = append(have, s.Version)
		}
	}
	if len(want) == 0 || !slices.Equal(have, want) {
		return fault.New(fault.Invalid, "snapshot-version")
	}
	_, err = m.UpTo(ctx, want[len(want)-1])
	return err
}

// load fills one empty table and counts its rows.
func (t tableCopy) load(ctx context.Context, conn *sql.Conn, raw *pgconn.PgConn, fromDir string) error {
	var taken bool
	name := pgx.Identifier{t.Name}.Sanitize()
	if err := conn.QueryRowContext(ctx, "select exists (select 1 from "+name+")").Scan(&taken); err != nil {
		return err
	}
	if taken {
		return fault.New(fault.Conflict, "database-not-empty")
	}
	from, err := os.Open(t.file(fromDir))
	if err != nil {
		return err
	}
	defer from.Close()
	tag, err := raw.CopyFrom(ctx, from, "copy "+t.text()+" from stdin")
	if err == nil && tag.RowsAffected() != t.Rows {
		return fault.New(fault.Invalid, "snapshot-damaged", "table", t.Name)
	}
	return err
}

// empty deletes every row of every table; the schema stays.
func (p *postgres) empty(ctx context.Context) error {
	return p.within(ctx, "", func(conn *sql.Conn, _ *pgconn.PgConn) error {
		_, tables, err := described(ctx, conn)
		if err != nil {
			return err
		}
		var names []string
		for _, t := range tables {
			names = append(names, pgx.Identifier{t.Name}.Sanitize())
		}
		_, err = conn.ExecContext(ctx, "truncate "+strings.Join(names, ", "))
		return err
	})
}
