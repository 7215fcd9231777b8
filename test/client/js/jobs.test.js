// What people do with jsforce that goes on for a while: bulk jobs, streams of changes, and definitions that they begin with.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsforce from 'jsforce';
import { StreamingExtension } from 'jsforce/lib/api/streaming.js';
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

test('bulk: insert, with what became of each row, then update and delete', async () => {
  const input = Array.from({ length: 300 }, (_, i) => ({ NAME: i === 7 ? '' : `bulk "${i}"`, PHONE: `0${i}` }));
  const job = conn.bulk2.createJob({ object: 'Account', operation: 'insert' });
  await job.open();
  await job.uploadData(input);
  await job.close();
  await job.poll(100, 60_000);
  const info = await job.check();
  assert.equal(info.state, 'JobComplete');
  assert.equal(info.numberRecordsProcessed, 300);
  assert.equal(info.numberRecordsFailed, 1);
  const results = await job.getAllResults();
  assert.equal(results.successfulResults.length, 299);
  assert.equal(results.successfulResults[8].NAME, 'bulk "9"');
  assert.match(results.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING:/);
  assert.deepEqual(results.unprocessedRecords, []);
  await job.delete();

  const ids = results.successfulResults.map((r) => r.sf__Id);
  const updated = await conn.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'update', input: ids.map((Id) => ({ Id, Phone: '#N/A' })), pollTimeout: 60_000, pollInterval: 100 });
  assert.equal(updated.successfulResults.length, 299);
  const deleted = await conn.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'delete', input: ids.map((Id) => ({ Id })), pollTimeout: 60_000, pollInterval: 100 });
  assert.equal(deleted.successfulResults.length, 299);
  assert.equal(await conn.sobject('Account').count({ Name: { $like: 'bulk "%' } }), 0);
});

test('bulk: a query, in pages', async () => {
  conn.bulk2.pollInterval = 100;
  const records = await (await conn.bulk2.query('SELECT Id, WorkOrderNumber, Account.Name FROM WorkOrder ORDER BY WorkOrderNumber')).toArray();
  assert.equal(records.length, await conn.sobject('WorkOrder').count());
  assert.ok(records[0]['Account.Name']);
});

test('tooling: a field of one\'s own is there at once', async () => {
  const made = await conn.tooling.sobject('CustomField').create({ FullName: 'Account.Client_Code__c', Metadata: { type: 'Text', label: 'Client code', length: 20, externalId: true, unique: true } });
  assert.equal(made.success, true);
  const rule = await conn.tooling.sobject('ValidationRule').create({ FullName: 'Account.Code_is_long', Metadata: { active: true, errorConditionFormula: 'AND(NOT(ISBLANK(Client_Code__c)), LEN(Client_Code__c) < 3)', errorMessage: 'Three characters at least.', errorDisplayField: 'Client_Code__c' } });
  assert.equal(rule.success, true);
  assert.equal((await conn.sobject('Account').upsert({ Client_Code__c: 'abc', Name: 'coded' }, 'Client_Code__c')).created, true);
  await assert.rejects(conn.sobject('Account').create({ Name: 'x', Client_Code__c: 'a' }), /Three characters at least/);
  const found = await conn.tooling.query("SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account'");
  assert.deepEqual(found.records.map((r) => r.DeveloperName), ['Client_Code']);
  const described = await conn.tooling.query("SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Account' AND QualifiedApiName = 'Client_Code__c'");
  assert.equal(described.totalSize, 1);
  assert.ok((await conn.sobject('Account').describe()).fields.some((f) => f.name === 'Client_Code__c'));
});

test('streaming: changes come, and a client that comes back gets what it missed', { timeout: 60_000 }, async () => {
  const heard = [];
  const until = async (n) => { while (heard.length < n) await new Promise((resolve) => setTimeout(resolve, 50)); };
  const first = conn.streaming.createClient([new StreamingExtension.Replay('/data/AccountChangeEvent', -1)]);
  const sub = first.subscribe('/data/AccountChangeEvent', (m) => heard.push(m));
  await new Promise((resolve, reject) => sub.then(resolve, reject));
  const made = await conn.sobject('Account').create({ Name: 'streamed' });
  await until(1);
  assert.equal(heard[0].payload.ChangeEventHeader.changeType, 'CREATE');
  assert.deepEqual(heard[0].payload.ChangeEventHeader.recordIds, [made.id]);
  assert.equal(heard[0].payload.Name, 'streamed');
  await first.disconnect();

  await conn.sobject('Account').update({ Id: made.id, Name: 'streamed again' });
  const again = conn.streaming.createClient([new StreamingExtension.Replay('/data/AccountChangeEvent', heard[0].event.replayId)]);
  again.subscribe('/data/AccountChangeEvent', (m) => heard.push(m));
  await until(2);
  assert.equal(heard[1].payload.Name, 'streamed again');
  await again.disconnect();
});
