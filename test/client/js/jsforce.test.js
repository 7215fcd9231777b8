// What people do with jsforce, done to a running server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsforce from 'jsforce';
import { start } from './server.js';

let server;
let conn;

before(async () => {
  server = await start();
  conn = new jsforce.Connection({
    loginUrl: server.base_url,
    oauth2: { loginUrl: server.base_url, clientId: server.client_id, clientSecret: server.client_secret },
  });
  await conn.login(server.users[0].username, server.users[0].password);
});

after(() => server?.stop());

test('login by password tells who signed in', async () => {
  assert.match(conn.accessToken, /^00D[A-Za-z0-9]{12,15}![.\w]+$/);
  assert.equal(conn.instanceUrl, server.base_url);
  assert.match(conn.userInfo.id, /^005/);
  assert.match(conn.userInfo.organizationId, /^00D/);
  const me = await conn.identity();
  assert.equal(me.username, server.users[0].username);
});

test('login by SOAP, which is what jsforce does without an app', async () => {
  const soap = new jsforce.Connection({ loginUrl: server.base_url });
  const who = await soap.login(server.users[0].username, server.users[0].password);
  assert.equal(who.id, conn.userInfo.id);
  assert.ok((await soap.query('SELECT Id FROM Account LIMIT 1')).totalSize > 0);
  await assert.rejects(soap.login(server.users[0].username, 'wrong'), /INVALID_LOGIN/);
});

test('describe', async () => {
  const all = await conn.describeGlobal();
  assert.ok(all.sobjects.some((o) => o.name === 'WorkOrder' && o.keyPrefix === '0WO' && o.queryable));
  const d = await conn.sobject('WorkOrder').describe();
  const status = d.fields.find((f) => f.name === 'Status');
  assert.ok(status.picklistValues.length > 0);
  assert.equal(d.urls.rowTemplate, '/services/data/v50.0/sobjects/WorkOrder/{ID}');
  assert.equal((await conn.sobject('WorkOrder').describe$()).name, 'WorkOrder');
});

test('one record: create, retrieve, update, upsert, destroy', async () => {
  const accounts = conn.sobject('Account');
  const made = await accounts.create({ Name: 'jsforce one' });
  assert.deepEqual({ ...made, id: '' }, { id: '', success: true, errors: [] });
  const read = await accounts.retrieve(made.id);
  assert.equal(read.Name, 'jsforce one');
  assert.equal(read.attributes.type, 'Account');
  const changed = await accounts.update({ Id: made.id, Name: 'jsforce two' });
  assert.equal(changed.success, true);
  assert.equal((await accounts.retrieve(made.id)).Name, 'jsforce two');
  const again = await accounts.upsert({ Id: made.id, Name: 'jsforce three' }, 'Id');
  assert.equal(again.success, true);
  assert.equal((await accounts.destroy(made.id)).success, true);
  await assert.rejects(accounts.retrieve(made.id), (e) => e.errorCode === 'NOT_FOUND');
});

test('many records, with the errors of each', async () => {
  const accounts = conn.sobject('Account');
  const made = await accounts.create([{ Name: 'many 1' }, { Name: 'many 2' }, {}]);
  assert.deepEqual(made.map((r) => r.success), [true, true, false]);
  assert.equal(made[2].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
  const ids = made.slice(0, 2).map((r) => r.id);
  const both = await accounts.update(ids.map((Id, i) => ({ Id, Name: `many ${i} changed` })));
  assert.ok(both.every((r) => r.success));
  const read = await accounts.retrieve([...ids, '001000000000000AAA']);
  assert.deepEqual(read.map((r) => r?.Name ?? null), ['many 0 changed', 'many 1 changed', null]);
  const undone = await accounts.create([{ Name: 'all' }, {}], { allOrNone: true });
  assert.deepEqual(undone.map((r) => r.errors[0].statusCode), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']);
  assert.ok((await accounts.destroy(ids)).every((r) => r.success));
});

test('query by text, by builder, page by page', async () => {
  const text = await conn.query("SELECT Id, WorkOrderNumber, Account.Name, (SELECT Id FROM WorkOrderLineItems) FROM WorkOrder WHERE Account.Name != null ORDER BY CreatedDate DESC LIMIT 5");
  assert.equal(text.totalSize, 5);
  assert.equal(typeof text.records[0].Account.Name, 'string');
  const built = await conn.sobject('WorkOrder').find({ Status: { $ne: null } }, ['Id', 'Status']).sort({ CreatedDate: -1 }).limit(3).execute();
  assert.equal(built.length, 3);
  assert.ok((await conn.sobject('WorkOrder').count()) >= 50);
  const many = Array.from({ length: 200 }, (_, i) => ({ Name: `page ${i}` }));
  for (const half of [many, many.slice(0, 60)]) await conn.sobject('Account').create(half);
  const first = await conn.query("SELECT Id FROM Account WHERE Name LIKE 'page %'", { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
  assert.equal(first.done, false);
  assert.equal(first.records.length, 200);
  const next = await conn.queryMore(first.nextRecordsUrl);
  assert.equal(next.done, true);
  assert.equal(next.records.length, 60);
  assert.equal((await conn.queryMore(first.nextRecordsUrl.split('/').pop())).records.length, 60);
  await assert.rejects(conn.query('SELECT Nothing FROM Account'), (e) => e.errorCode === 'INVALID_FIELD');
  await assert.rejects(conn.query('SELECT FROM'), (e) => e.errorCode === 'MALFORMED_QUERY');
});

test('deleted records by queryAll, updated and deleted', async () => {
  const from = new Date(Date.now() - 60_000);
  const { id } = await conn.sobject('Account').create({ Name: 'to be deleted' });
  assert.ok((await conn.sobject('Account').updated(from, new Date(Date.now() + 1000))).ids.includes(id));
  await conn.sobject('Account').destroy(id);
  const all = await conn.query(`SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`, { scanAll: true });
  assert.equal(all.records[0].IsDeleted, true);
  const gone = await conn.sobject('Account').deleted(from, new Date(Date.now() + 1000));
  assert.ok(gone.deletedRecords.some((r) => r.id === id));
});

test('search, recent, limits, explain', async () => {
  const { id } = await conn.sobject('Account').create({ Name: 'Zanzibar Elevators' });
  const found = await conn.search('FIND {Zanzi*} IN NAME FIELDS RETURNING Account(Id, Name)');
  assert.deepEqual(found.searchRecords.map((r) => r.Id), [id]);
  await conn.query(`SELECT Id FROM Account WHERE Id = '${id}' FOR VIEW`);
  assert.equal((await conn.recent())[0].Id, id);
  assert.equal((await conn.sobject('Account').recent())[0].Id, id);
  const limits = await conn.limits();
  assert.ok(limits.DailyApiRequests.Remaining < limits.DailyApiRequests.Max);
  assert.ok(conn.limitInfo.apiUsage.used > 0);
  const plan = await conn.sobject('Account').find({ Name: 'x' }).explain();
  assert.equal(plan.plans[0].sobjectType, 'Account');
});

test('list views, layouts, quick actions', async () => {
  const views = await conn.sobject('WorkOrder').listviews();
  const all = views.listviews[0];
  assert.ok((await conn.sobject('WorkOrder').listview(all.id).results()).size > 0);
  assert.ok((await conn.sobject('WorkOrder').listview(all.id).describe()).columns.length > 0);
  assert.ok((await conn.sobject('WorkOrder').layouts()).layouts.length > 0);
  assert.ok((await conn.sobject('WorkOrder').compactLayouts()).compactLayouts.length > 0);
  assert.deepEqual(await conn.sobject('WorkOrder').quickActions(), []);
});

test('composite and tree', async () => {
  const base = '/services/data/v60.0';
  const answer = await conn.requestPost('/composite', {
    allOrNone: true,
    compositeRequest: [
      { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'a', body: { Name: 'composite' } },
      { method: 'POST', url: `${base}/sobjects/WorkOrder`, referenceId: 'w', body: { AccountId: '@{a.id}', Subject: 'by composite' } },
      { method: 'GET', url: `${base}/query?q=SELECT+Subject,Account.Name+FROM+WorkOrder+WHERE+Id='@{w.id}'`, referenceId: 'q' },
    ],
  });
  assert.deepEqual(answer.compositeResponse.map((r) => r.httpStatusCode), [201, 201, 200]);
  assert.equal(answer.compositeResponse[2].body.records[0].Account.Name, 'composite');
  const tree = await conn.requestPost('/composite/tree/Account', {
    records: [{ attributes: { type: 'Account', referenceId: 'r1' }, Name: 'tree', Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'r2' }, LastName: 'Leaf' }] } }],
  });
  assert.equal(tree.hasErrors, false);
});

test('a file', async () => {
  const VersionData = Buffer.from('one page').toString('base64');
  const { id } = await conn.sobject('ContentVersion').create({ Title: 'page', PathOnClient: 'page.txt', VersionData });
  const data = await conn.request(`/services/data/v50.0/sobjects/ContentVersion/${id}/VersionData`);
  assert.equal(String(data), 'one page');
});

test('a token that was revoked is refused, in the words that clients look for', async () => {
  const other = new jsforce.Connection({
    loginUrl: server.base_url,
    oauth2: { loginUrl: server.base_url, clientId: server.client_id, clientSecret: server.client_secret },
  });
  await other.login(server.users[0].username, server.users[0].password);
  const token = other.accessToken;
  await other.logout();
  const late = new jsforce.Connection({ instanceUrl: server.base_url, accessToken: token });
  await assert.rejects(late.query('SELECT Id FROM Account'), (e) => e.errorCode === 'INVALID_SESSION_ID');
});
