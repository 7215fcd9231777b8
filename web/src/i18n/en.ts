// The English texts, a file for each part of the console.
import auth from './en/auth.json'
import common from './en/common.json'
import data from './en/data.json'
import layout from './en/layout.json'
import list from './en/list.json'
import model from './en/model.json'
import people from './en/people.json'
import record from './en/record.json'
import setup from './en/setup.json'
import shell from './en/shell.json'
import system from './en/system.json'
import work from './en/work.json'
import worksetup from './en/worksetup.json'
import workbench from './en/workbench.json'

export default { ...auth, ...common, ...data, ...layout, ...list, ...model, ...people, ...record, ...setup, ...shell, ...system, ...work, ...workbench, ...worksetup }
