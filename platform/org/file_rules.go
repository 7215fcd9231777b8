package org

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"truckroll/platform/file"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// FileRules is the book of the records that hold files: what is known of a content stands in the record, and a
// content is kept for as long as a record uses it.
func FileRules(files *file.Dir) record.Book {
	k := keepsFiles{files}
	return record.Book{
		record.Fill("attachment: length", k.fillAttachment),
		record.Fill("document: length and type", k.fillDocument),
		record.Fill("content version: length, type and number", k.fillVersion),
		record.Follow("content version: belongs to a content document", k.followVersion),
		record.FollowAny("file: kept while a record uses it", holdsFile, useFile),
		record.FollowDelete("attachment: its file may go", func(tx *record.Tx, a *Attachment) error { return file.Release(tx.Store(), a.Id) }),
		record.FollowDelete("document: its file may go", func(tx *record.Tx, d *Document) error { return file.Release(tx.Store(), d.Id) }),
		record.FollowDelete("content version: its file may go", func(tx *record.Tx, v *ContentVersion) error { return file.Release(tx.Store(), v.Id) }),
		record.FollowUndelete("attachment: its file stays", func(tx *record.Tx, a *Attachment) error { return use(tx, a.Body, a.Id) }),
		record.FollowUndelete("document: its file stays", func(tx *record.Tx, d *Document) error { return use(tx, d.Body, d.Id) }),
		record.FollowUndelete("content version: its file stays", func(tx *record.Tx, v *ContentVersion) error { return use(tx, v.VersionData, v.Id) }),
	}
}

func holdsFile(o *schema.Object) bool { return blobOf(o) != nil }

// blobOf returns the field of o that holds a file; nil when there is none.
func blobOf(o *schema.Object) *schema.Field {
	for _, f := range o.Fields {
		if f.Kind == schema.KindBlob {
			return f
		}
	}
	return nil
}

// useFile notes which content a record uses now.
func useFile(tx *record.Tx, c record.AnyChange) error {
	f := blobOf(c.Object)
	if !c.Changed(f.Name) {
		return nil
	}
	id := schema.StandardOf(c.New).Id
	if err := file.Release(tx.Store(), id); err != nil {
		return err
	}
	return use(tx, schema.Blob(f.Text(c.New)), id)
}

func use(tx *record.Tx, content schema.Blob, id schema.Id) error {
	if content == "" {
		return nil
	}
	return file.Use(tx.Store(), string(content), id)
}

type keepsFiles struct{ files *file.Dir }

// size returns the length of a content; none has no length.
func (k keepsFiles) size(content schema.Blob, field string) (schema.Int, error) {
	if content == "" {
		return schema.Int{}, nil
	}
	r, err := k.files.Get(string(content))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, file.ErrName) {
		return schema.Int{}, record.Refuse("FIELD_INTEGRITY_EXCEPTION", field+": there is no such file; send its content", field)
	}
	if err != nil {
		return schema.Int{}, fmt.Errorf("look at a file: %w", err)
	}
	defer r.Close()
	return schema.NewInt(r.Size()), nil
}

func (k keepsFiles) fillAttachment(_ *record.Tx, c *record.Change[Attachment]) (err error) {
	if c.Insert || c.New.Body != c.Old.Body {
		c.New.BodyLength, err = k.size(c.New.Body, "Body")
	}
	return err
}

func (k keepsFiles) fillDocument(_ *record.Tx, c *record.Change[Document]) (err error) {
	if c.Insert || c.New.Body != c.Old.Body {
		c.New.BodyLength, err = k.size(c.New.Body, "Body")
	}
	if c.Insert && c.New.Type == "" {
		c.New.Type = extension(c.New.Name)
	}
	return err
}

// extension is the ending of a file's name, without its dot.
func extension(name string) string {
	e := strings.TrimPrefix(path.Ext(path.Base(strings.ReplaceAll(name, `\`, "/"))), ".")
	if len(e) > 40 {
		return ""
	}
	return e
}

func (k keepsFiles) fillVersion(tx *record.Tx, c *record.Change[ContentVersion]) (err error) {
	if !c.Insert {
		return nil
	}
	v := c.New
	if v.ContentSize, err = k.size(v.VersionData, "VersionData"); err != nil {
		return err
	}
	v.Checksum, v.IsLatest, v.ContentModifiedDate = string(v.VersionData), true, schema.At(tx.Now())
	if v.PathOnClient == "" {
		v.PathOnClient = v.Title
	}
	v.FileExtension = extension(v.PathOnClient)
	if v.FileType = strings.ToUpper(v.FileExtension); v.FileType == "" || len(v.FileType) > 20 {
		v.FileType = "UNKNOWN"
	}
	before := 0
	if v.ContentDocumentId != "" {
		if before, err = record.Count[ContentVersion](tx, "ContentDocumentId = ?", string(v.ContentDocumentId)); err != nil {
			return err
		}
	}
	v.VersionNumber = fmt.Sprint(before + 1)
	return nil
}

// followVersion makes the document of a first version, and makes a new version the latest of its document.
func (k keepsFiles) followVersion(tx *record.Tx, c record.Change[ContentVersion]) error {
	if !c.Insert {
		return nil
	}
	v, err := record.Get(tx, schema.Ref[ContentVersion](c.New.Id))
	if err != nil {
		return err
	}
	if v.ContentDocumentId == "" {
		return firstVersion(tx, v)
	}
	others, err := record.Find[ContentVersion](tx, "ContentDocumentId = ? AND Id != ? AND IsLatest = TRUE", string(v.ContentDocumentId), string(v.Id))
	if err != nil {
		return err
	}
	for _, o := range others {
		o.IsLatest = false
		if err := tx.Save(o); err != nil {
			return err
		}
	}
	doc, err := record.Get(tx, v.ContentDocumentId)
	if err != nil {
		return err
	}
	describeDocument(doc, v)
	return tx.Save(doc)
}

// firstVersion makes a document for its first version, and links it to the record that it was published on.
func firstVersion(tx *record.Tx, v *ContentVersion) error {
	doc := &ContentDocument{OwnerId: v.OwnerId, ParentId: v.FirstPublishLocationId, SharingOption: v.SharingOption}
	describeDocument(doc, v)
	if err := tx.Save(doc); err != nil {
		return err
	}
	v.ContentDocumentId = schema.Ref[ContentDocument](doc.Id)
	if err := tx.Save(v); err != nil || v.FirstPublishLocationId == "" {
		return err
	}
	return tx.Save(&ContentDocumentLink{ContentDocumentId: schema.Ref[ContentDocument](doc.Id), LinkedEntityId: v.FirstPublishLocationId, ShareType: "V", Visibility: "AllUsers"})
}

func describeDocument(doc *ContentDocument, v *ContentVersion) {
	doc.Title, doc.Description, doc.FileType, doc.FileExtension = v.Title, v.Description, v.FileType, v.FileExtension
	doc.ContentSize, doc.ContentModifiedDate, doc.PublishStatus = v.ContentSize, v.ContentModifiedDate, "P"
	doc.LatestPublishedVersionId = schema.Ref[ContentVersion](v.Id)
}
