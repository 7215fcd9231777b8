// Package audit is the tamper-evident log of every change.
//
// An entry is written in the transaction of the change it tells of. Its body is JSON whose bytes are kept and hashed as
// they are, and never made anew. The values before and after stand in it as salted commitments; the values themselves
// are kept beside it, sealed under a key of the person they are about, so that destroying that key erases them and
// leaves the entry's hash true. Each entry names the hash of the one before it of the same record, and all of them are
// the leaves of one Merkle tree as in RFC 6962: a changed, removed, moved or slipped-in entry makes [Log.Verify] fail.
//
// On SQLite an entry gets its place in the tree in the same transaction. On PostgreSQL a sequencer ([Log.Run]) gives
// places to committed entries a moment later, in an order that every node agrees on, so that writers need not wait for
// each other. What the tree alone can't show is a log cut at its end or replaced whole by one with the same key; that
// needs a copy of its root kept elsewhere.
//
// The body, version 1, has these members in this order; those that are empty are left out:
//
//	{"v":1,"log":…,"id":UUIDv7,"ts":…,"node":…,"req":…,"actor":{"id","name","role","auth"},"on_behalf":…,
//	 "dev":{"id","app","client_ts","offset_ms","mutation_id","offline"},"op":…,"obj":…,"rid":…,"rev":…,"prev":…,
//	 "key":…,"f":[{"n":field,"o":commitment,"n2":commitment}],"reason":{"code","text":commitment},"erased":[…]}
//
// There is no space between tokens, and texts and numbers are written as RFC 8785 has it. Hashes and commitments are in
// base64url without padding. "key" is the number of the key that the values are sealed under, "rev" the record's
// version. A commitment to a value x of a field is SHA-256("fsm-audit-v1" 0 field 0 salt x), where x is the value's
// JSON as [schema.Field.Append] writes it; a value that is null has none. The salt is SHA-256("fsm-audit-salt-v1" seed
// side field): seed is 32 random bytes of the entry, side is 'o' for the value before and 'n' for the one after.
//
// It does not know which changes deserve an entry, or who may read them.
package audit
