// Drive axios-redmine, unmodified, and print what it saw.
const Redmine = require('axios-redmine')

const [baseUrl, key] = process.argv.slice(2)
const redmine = new Redmine(baseUrl, { apiKey: key })

async function main () {
  const seen = {}
  seen.user = (await redmine.current_user({})).data.user.login
  const made = await redmine.create_project({ project: { name: 'From node', identifier: 'from-node' } })
  seen.project = made.data.project.identifier
  const project = made.data.project.id
  const issue = await redmine.create_issue({ issue: { project_id: project, subject: 'Hello' } })
  await redmine.update_issue(issue.data.issue.id, { issue: { subject: 'Hello again' } })
  const issues = (await redmine.issues({ project_id: project, limit: 2 })).data
  seen.issues = issues.issues.map(each => each.subject)
  seen.total = issues.total_count
  seen.roles = (await redmine.roles()).data.roles.length > 2
  seen.customFields = Array.isArray((await redmine.custom_fields()).data.custom_fields)
  try {
    await redmine.create_issue({ issue: { project_id: project, subject: '' } })
  } catch (error) {
    seen.blank = JSON.stringify(error.response.data)
  }
  await redmine.delete_issue(issue.data.issue.id)
  await redmine.delete_project('from-node')
  console.log(JSON.stringify(seen))
}

main().catch(error => { console.error(error); process.exit(1) })
