import { countries, countryName, timeZones } from 'cms/src/admin/resources/geography.ts'
import { ServedPlace, TimeZone } from 'content-schemas'
import { expect, test } from 'vitest'

test('what an editor can choose is what the contract takes', () => {
  const choices = countries()
  expect(choices.length).toBeGreaterThan(240)
  expect(choices.length).toBeLessThan(260)
  for (const { value, label } of choices) {
    expect(ServedPlace.shape.country.safeParse(value).success, label).toBe(true)
    expect(countryName(value)).toBe(label)
  }
  expect(choices.map(({ value }) => value)).not.toContain('EU')
  const zones = timeZones()
  expect(zones).toContainEqual({ label: 'New York (America)', value: 'America/New_York' })
  for (const { value, label } of zones) expect(TimeZone.safeParse(value).success, label).toBe(true)
})
