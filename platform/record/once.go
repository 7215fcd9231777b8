package record

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"truckroll/platform/schema"
)

// KeyDays is how long the answer to a repeatable request is kept.
const KeyDays = 30

// Key makes a request repeatable: the same key from the same user gets the first answer again, and what was asked for
// happens once.
type Key struct {
	Text   string // chosen by the caller, at most 255 characters
	Digest []byte // of the request, so that another request under the same key is noticed
}

// Answer is what a request was answered with.
type Answer struct {
	Status int
	Body   []byte
}

// Once is [Keeper.Do] for a repeatable request. The answer that f gives is kept in the same transaction; when one is
// there already, f does not run and replayed is true. The same key with another digest is a [Fault]. A request that
// failed leaves nothing behind, so that it can be tried again.
func (k *Keeper) Once(ctx context.Context, why Cause, key Key, f func(*Tx) (Answer, error)) (a Answer, replayed bool, err error) {
	if key.Text == "" || len(key.Text) > 255 {
		return Answer{}, false, fault("INVALID_ARGUMENT", "An idempotency key has 1 to 255 characters")
	}
	err = k.Do(ctx, why, func(tx *Tx) (err error) {
		replayed = true
		if a, err = tx.recall(key); !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		replayed = false
		if a, err = f(tx); err != nil {
			return err
		}
		return tx.remember(key, a)
	})
	if err != nil {
		return Answer{}, false, err
	}
	return a, replayed, nil
}

// recall returns the kept answer. When there is none it takes the key, so that whoever else comes with it waits until
// this transaction ends, and returns sql.ErrNoRows.
func (tx *Tx) recall(key Key) (Answer, error) {
	user := string(tx.Viewer().User())
	res, err := tx.db.Exec("INSERT INTO idempotency (user_id, key, digest, status, answer, at) VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING",
		user, key.Text, key.Digest, []byte{}, tx.now.UnixMilli())
	if err != nil {
		return Answer{}, fmt.Errorf("take an idempotency key: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return Answer{}, errors.Join(err, sql.ErrNoRows)
	}
	var a Answer
	var digest []byte
	err = tx.db.QueryRow("SELECT digest, status, answer FROM idempotency WHERE user_id = ? AND key = ?", user, key.Text).Scan(&digest, &a.Status, &a.Body)
	if err != nil {
		return Answer{}, fmt.Errorf("recall an answer: %v", err)
	}
	if !bytes.Equal(digest, key.Digest) {
		return Answer{}, fault("IDEMPOTENCY_KEY_REUSED", "The idempotency key was used for another request. Choose a new key for each request")
	}
	return a, nil
}

func (tx *Tx) remember(key Key, a Answer) error {
	body := a.Body
	if body == nil {
		body = []byte{}
	}
	_, err := tx.db.Exec("UPDATE idempotency SET status = ?, answer = ? WHERE user_id = ? AND key = ?", a.Status, body, string(tx.Viewer().User()), key.Text)
	if err != nil {
		return fmt.Errorf("keep an answer: %w", err)
	}
	return nil
}

// ForgetKeys drops the answers that are older than [KeyDays] days. A daily job calls it.
func (k *Keeper) ForgetKeys(ctx context.Context, why Cause) (int, error) {
	var n int64
	err := k.Do(ctx, why, func(tx *Tx) error {
		res, err := tx.db.Exec("DELETE FROM idempotency WHERE at < ?", schema.At(tx.now.Add(-KeyDays*24*time.Hour)).Milli())
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}
