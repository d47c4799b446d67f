import type { Check } from "../check";

/** Whether somebody hears of the stack's alarms. What others subscribe to a topic of theirs is theirs to see to. */
export const alarmCheck: Check = {
  name: "recipients",
  permissions: [],
  run: ({ environment, graph }) => {
    const topics = graph.ofType("aws:sns/topic:Topic").length;
    const subscriptions = graph.ofType("aws:sns/topicSubscription:TopicSubscription");
    if (topics === 0 || environment !== "prod") return Promise.resolve([]);
    const where = "payments:alarms.emailAddresses";
    return Promise.resolve([
      subscriptions.length > 0
        ? {
            level: "ok",
            where,
            what: `${String(subscriptions.length)} to notify, who each have to confirm`,
          }
        : {
            level: "warning",
            where,
            what: "none: an alarm reaches nobody",
            whatToDo:
              "name who is on call, or subscribe something else to the topic (output alarmTopicArn)",
          },
    ]);
  },
};
