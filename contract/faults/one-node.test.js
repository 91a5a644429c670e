// 0 lost of what was acknowledged, 0 doubled, 0 out of order, `seq` without gaps, whatever falls over meanwhile.

import { test } from "node:test";

import { choosePlan, chooseTransports } from "./parts/plan.js";
import { runFaults } from "./parts/run.js";

const plan = choosePlan();
const transports = chooseTransports();

test("one node", { timeout: plan.limitMinutes * 60_000 }, (t) =>
  runFaults(t, { name: `one node, ${transports.join(" and ")}`, plan, transports, nodeCount: 1 }),
);
