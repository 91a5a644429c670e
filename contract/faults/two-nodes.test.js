// The same with sockets spread over two nodes, one of which falls at a time.

import { test } from "node:test";

import { FANOUTS } from "../support/nodes.js";
import { choosePlan, chooseTransports } from "./parts/plan.js";
import { runFaults } from "./parts/run.js";

const plan = choosePlan();
const transports = chooseTransports();
const { FANOUT } = process.env;

// SQLite is for one node.
const skip = process.env.TEST_DATABASE_URL ? false : "needs PostgreSQL";
for (const fanout of FANOUTS.filter((each) => !FANOUT || each === FANOUT)) {
  test(`two nodes over ${fanout}`, { skip, timeout: plan.limitMinutes * 60_000 }, (t) =>
    runFaults(t, {
      name: `two nodes over ${fanout}, ${transports.join(" and ")}`,
      plan,
      transports,
      nodeCount: 2,
      fanout,
    }),
  );
}
