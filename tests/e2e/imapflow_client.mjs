// The imapflow client, as mail programs for Node use it. Run in a folder with node_modules:
//     PORT= CA= USER= PASSWORD= node imapflow_client.mjs
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const {ImapFlow} = createRequire(process.cwd() + '/')('imapflow');
const {PORT, CA, USER, PASSWORD} = process.env;
const kBox = 'Größe & Maß';   // modified UTF-7 or UTF-8, as was agreed on
const kDate = new Date(1700000000000);

async function connected(options = {}) {
    const client = new ImapFlow({
        host: 'localhost', port: Number(PORT), secure: true, logger: false, qresync: true,
        tls: {ca: readFileSync(CA)}, auth: {user: USER, pass: PASSWORD}, ...options,
    });
    await client.connect();
    return client;
}

function message(number) {
    return [`From: "Sender ${number}" <s${number}@x.test>`, 'To: me@localhost', `Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_${number}?=`,
        `Message-ID: <${number}@x.test>`, number > 0 ? 'In-Reply-To: <0@x.test>' : 'X-First: yes', 'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=cut', '', '--cut', 'Content-Type: text/plain; charset=utf-8', '', `text ${number} ünïcode`, '--cut',
        'Content-Type: application/octet-stream; name=a.bin', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment', '',
        Buffer.alloc(3000, number).toString('base64'), '--cut--', ''].join('\r\n');
}

async function mailboxes(client) {
    await client.mailboxCreate(kBox);
    const list = await client.list({statusQuery: {messages: true, unseen: true}});
    assert.equal(list.find(each => each.path === kBox)?.status.messages, 0);
    assert.equal(list.find(each => each.specialUse === '\\Sent')?.path, 'Sent');
    for (let number = 0; number < 5; ++number) {
        const {uid, destination} = await client.append(kBox, message(number), number % 2 ? ['\\Seen', '$kw'] : [], kDate);
        assert.deepEqual([uid, destination], [number + 1, kBox]);
    }
    const status = await client.status(kBox, {messages: true, unseen: true, uidNext: true, highestModseq: true});
    assert.deepEqual([status.messages, status.unseen, status.uidNext], [5, 3, 6]);
}

async function reading(client) {
    const lock = await client.getMailboxLock(kBox);
    const all = await client.fetchAll('1:*', {uid: true, flags: true, envelope: true, bodyStructure: true, size: true, internalDate: true, threadId: true});
    assert.equal(all.length, 5);
    assert.equal(new Set(all.map(each => each.emailId)).size, 5);
    assert.equal(new Set(all.map(each => each.threadId)).size, 1);
    for (const [number, each] of all.entries()) {
        assert.equal(each.envelope.subject, `Grüße ${number}`);
        assert.equal(each.size, Buffer.byteLength(message(number)));
        assert.equal(+each.internalDate, +kDate);
        assert.equal(each.bodyStructure.childNodes[1].disposition, 'attachment');
        assert.equal(each.flags.has('$kw'), number % 2 === 1);
    }
    const {content, meta} = await client.download('2', '2');
    let bytes = Buffer.alloc(0);
    for await (const piece of content)
        bytes = Buffer.concat([bytes, piece]);
    assert.deepEqual([meta.contentType, bytes], ['application/octet-stream', Buffer.alloc(3000, 1)]);
    assert.deepEqual(await client.search({subject: 'grüße 3'}, {uid: true}), [4]);
    assert.deepEqual(await client.search({body: 'ÜNÏCODE', seen: true}), [2, 4]);
    assert.deepEqual(await client.search({or: [{from: 's0@'}, {keyword: '$kw'}]}), [1, 2, 4]);
    lock.release();
}

// What another connection does while this one is idle.
async function news(client, other) {
    const lock = await client.getMailboxLock(kBox);
    const idle = client.idle();   // until there is another command
    const exists = once(client, 'exists');
    await other.append(kBox, message(5));
    assert.equal((await exists)[0].count, 6);
    const theirs = await other.getMailboxLock(kBox);
    const flags = once(client, 'flags');
    await other.messageFlagsAdd('1', ['\\Flagged']);
    const [changed] = await flags;
    assert.equal(changed.uid, 1);
    assert.ok(changed.flags.has('\\Flagged') && changed.modseq > 0n);
    const expunged = once(client, 'expunge');
    await other.messageDelete('6', {uid: true});
    assert.ok((await expunged)[0].vanished);
    theirs.release();
    await client.noop();
    await idle;
    assert.equal(client.mailbox.exists, 5);
    lock.release();
}

async function moving(client) {
    const lock = await client.getMailboxLock(kBox);
    const moved = await client.messageMove('1:2', 'Archive', {uid: true});
    assert.deepEqual([...moved.uidMap.keys()], [1, 2]);
    assert.equal(client.mailbox.exists, 3);
    await client.messageCopy('1', 'Archive');
    lock.release();
    await client.mailboxClose();
    await client.mailboxRename(kBox, 'Archive/deep');
    await client.mailboxDelete('Archive/deep');
    assert.equal((await client.status('Archive', {messages: true})).messages, 3);
    assert.equal(await client.getQuota('INBOX').then(quota => quota.path), 'INBOX');
}

const client = await connected();
const other = await connected({qresync: false});
assert.ok(client.enabled.has('QRESYNC') && client.capabilities.has('OBJECTID'));
await mailboxes(client);
await reading(client);
await news(client, other);
await moving(client);
await other.logout();
await client.logout();
console.log('imapflow is served');
