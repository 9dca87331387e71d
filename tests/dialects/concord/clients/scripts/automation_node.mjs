// The calls of a published node for an automation service, and of a class in an AI project.
const [origin, token] = process.argv.slice(2);
const headers = {
  Authorization: `Bearer ${token}`,
  'Content-Type': 'application/json',
  Accept: 'application/json',
};

async function call(method, path, body) {
  const answer = await fetch(`${origin}/api/${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? answer.status : answer.json();
}

const seen = {};
seen.test = Array.isArray((await call('GET', 'users')).data);
const made = await call('POST', 'contacts', { first_name: 'Nora', phones: '+1 111,+1 222|work' });
seen.phones = made.phones.map((phone) => phone.type);
const company = await call('POST', 'companies', { name: 'Node Ltd' });
const other = await call('POST', 'companies', { name: 'Other Ltd' });
const ties = `contacts/${made.id}/associations/companies`;
await call('POST', ties, { ids: [company.id] });
// A second time is no conflict here.
await call('POST', ties, { ids: [company.id] });
await call('PUT', ties, { ids: [other.id] });
seen.synced = (await call('GET', `contacts/${made.id}`)).companies.map((row) => row.name);
seen.left = (await call('DELETE', ties, { ids: [other.id] })).companies;
const list = 'contacts?page=1&per_page=50&sort_field=first_name&sort_direction=desc';
seen.listed = (await call('GET', list)).data.some((row) => row.id === made.id);
seen.found = (await call('GET', 'contacts/search?q=Nora')).length;
seen.updated = (await call('PUT', `contacts/${made.id}`, { job_title: 'Buyer' })).job_title;
seen.deleted = await call('DELETE', `contacts/${made.id}`);
seen.trashed = (await call('GET', 'contacts/trashed')).data.some((row) => row.id === made.id);
seen.restored = (await call('POST', `contacts/${made.id}/restore`)).id === made.id;
seen.forced = await call('DELETE', `contacts/${made.id}/force`);
for (const name of ['activityTypes', 'callOutcomes', 'stages', 'pipelines', 'sources', 'industries']) {
  await call('GET', name);
}
seen.valid = (await call('GET', 'auth/validate')).valid;

class ConcordCRMClient {
  getContacts() { return call('GET', 'contacts'); }
  getContact(id) { return call('GET', `contacts/${id}`); }
  createContact(data) { return call('POST', 'contacts', data); }
  updateContact(id, data) { return call('PUT', `contacts/${id}`, data); }
  createActivity(data) { return call('POST', 'activities', data); }
  getDeals() { return call('GET', 'deals'); }
}
const client = new ConcordCRMClient();
const person = await client.createContact({ first_name: 'Ada', last_name: 'Byron' });
const renamed = await client.updateContact(person.id, { last_name: 'Lovelace' });
seen.renamed = (await client.getContact(person.id)).display_name === renamed.display_name;
const me = await call('GET', 'me');
const activity = await client.createActivity({
  title: 'Call back', due_date: '2030-01-02', user_id: me.id, contacts: [person.id],
});
seen.activity = [activity.due_date, activity.contacts.length];
seen.lists = [await client.getContacts(), await client.getDeals()].every((page) => page.meta);
console.log(JSON.stringify(seen));
