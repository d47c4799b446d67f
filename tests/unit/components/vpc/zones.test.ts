import { chosenZones, constrainedZones, zonesOf } from "../../../../lib/components/vpc/zones";
import type { ZoneCount } from "../../../../lib/components/vpc/zones";

/** Zones of an account, which names each as it likes: by the last letter of a name, the id. */
const regionOf = (region: string, idsByLetter: Readonly<Record<string, string>>) =>
  Object.entries(idsByLetter).map(([letter, id]) => ({ name: `${region}${letter}`, id }));
const choice = (zones: ZoneCount, ...excludeZoneIds: string[]) => ({ zones, excludeZoneIds });

const virginia = regionOf("us-east-1", {
  a: "use1-az3",
  b: "use1-az6",
  c: "use1-az1",
  d: "use1-az2",
  e: "use1-az4",
});
const california = regionOf("us-west-1", { a: "usw1-az1", b: "usw1-az2", c: "usw1-az3" });

describe("the zones of a network", () => {
  it("are known by name and id, or by name alone on mocks that know no more", () => {
    const names = ["eu-central-1a", "eu-central-1b"];

    expect(zonesOf({ names, zoneIds: ["euc1-az2", "euc1-az3"] })).toEqual([
      { name: "eu-central-1a", id: "euc1-az2" },
      { name: "eu-central-1b", id: "euc1-az3" },
    ]);
    expect(zonesOf({ names }).map(({ id }) => id)).toEqual(names);
  });

  it("are the first ones that are not constrained, whatever the account calls those", () => {
    expect(chosenZones(virginia, choice(3))).toEqual(["us-east-1b", "us-east-1c", "us-east-1d"]);
    expect(chosenZones(california, choice(2))).toEqual(["us-west-1a", "us-west-1c"]);
  });

  it("are none of those that are excluded", () => {
    expect(chosenZones(virginia, choice(3, "use1-az6"))).toEqual([
      "us-east-1c",
      "us-east-1d",
      "us-east-1e",
    ]);
  });

  it.each([
    [
      "two of them are left",
      choice(3),
      "the network needs 3 availability zones and the region has 2 for it (usw1-az1, usw1-az3); " +
        "usw1-az2 lacks EKS and parts of PrivateLink: set network.zones to 2, or choose another region",
    ],
    [
      "others are excluded",
      choice(2, "usw1-az1"),
      "the network needs 2 availability zones and the region has 1 for it (usw1-az3); " +
        "usw1-az1 is in network.excludeZoneIds; usw1-az2 lacks EKS and parts of PrivateLink: " +
        "shorten network.excludeZoneIds, or choose another region",
    ],
    [
      "none is left",
      choice(2, "usw1-az1", "usw1-az3"),
      "the network needs 2 availability zones and the region has 0 for it; " +
        "usw1-az1 is in network.excludeZoneIds; usw1-az2 lacks EKS and parts of PrivateLink; " +
        "usw1-az3 is in network.excludeZoneIds: shorten network.excludeZoneIds, or choose another region",
    ],
  ])("are refused with what helps where %s", (_, wanted, message) => {
    expect(() => chosenZones(california, wanted)).toThrow(message);
  });

  it("are constrained by ids, which name the same place in every account", () => {
    for (const id of Object.keys(constrainedZones)) expect(id).toMatch(/^[a-z]+\d-az\d$/);
  });
});
