import { alarmCheck } from "../../../bin/preflight/checks/alarms";
import { ProgramGraph } from "../../../lib/graph/program-graph";
import { findingsOf, firstDeployment, lines } from "./context";

const topicType = "aws:sns/topic:Topic";

describe("the recipients of alarms", () => {
  it("are asked for in prod, where there are none", async () => {
    const [finding] = await findingsOf(alarmCheck, await firstDeployment("prod"));

    expect(finding).toMatchObject({ level: "warning", what: "none: an alarm reaches nobody" });
    expect(finding?.whatToDo).toContain("alarmTopicArn");
  });

  it("are well where there is one, who has to confirm", async () => {
    const context = await firstDeployment("prod");
    const [topic] = context.graph.ofType(topicType);
    if (topic === undefined) throw new Error("the stack has no topic");
    const subscription = { ...topic, type: "aws:sns/topicSubscription:TopicSubscription" };
    const graph = new ProgramGraph(context.graph.result, [topic, subscription]);

    expect(lines(await findingsOf(alarmCheck, { ...context, graph }), "ok")).toEqual([
      "payments:alarms.emailAddresses: 1 to notify, who each have to confirm",
    ]);
  });

  it("are nobody's business in dev, nor where the topic is another's", async () => {
    const prod = await firstDeployment("prod");
    const others = prod.graph.resources.filter(({ type }) => type !== topicType);
    const graph = new ProgramGraph(prod.graph.result, others);

    expect(await findingsOf(alarmCheck, { ...prod, graph })).toEqual([]);
    expect(await findingsOf(alarmCheck, await firstDeployment("dev"))).toEqual([]);
  });
});
