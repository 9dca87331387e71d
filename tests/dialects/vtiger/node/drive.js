// Drive node-vtiger, unmodified, and print what it saw.
const NodeVtiger = require('node-vtiger')

const [baseUrl, username, accessKey] = process.argv.slice(2)
const crm = new NodeVtiger(baseUrl, username, accessKey, 'fatal')

const call = (method, ...params) => new Promise((resolve, reject) =>
  crm[method](...params, (error, result) => error ? reject(new Error(JSON.stringify(error))) : resolve(result)))

async function main () {
  const seen = {}
  seen.version = (await call('doLogin')).version
  const made = await call('doCreate', 'Contacts', { lastname: 'Иванов', firstname: 'Émile' })
  seen.label = made.label
  seen.owner = made.assigned_user_id
  seen.read = (await call('doRetrieve', made.id)).lastname
  const changed = { ...made, title: 'Boss', birthday: '1980-06-15' }
  seen.title = (await call('doUpdate', changed)).title
  // Letters arrive as the language of browsers escaped them long ago.
  const found = await call('doQuery', "SELECT id, firstname FROM Contacts WHERE lastname = 'иванов' AND firstname = 'émile'")
  seen.found = found.map(each => each.firstname)
  seen.prefix = (await call('doDescribe', 'Contacts')).idPrefix
  seen.synced = (await call('doSync', 0, 'Contacts')).updated.map(each => each.lastname)
  seen.deleted = await call('doDelete', made.id)
  seen.refused = await call('doRetrieve', made.id).catch(error => JSON.parse(error.message).code)
  console.log(JSON.stringify(seen))
}

main().catch(error => { console.error(error); process.exit(1) })
